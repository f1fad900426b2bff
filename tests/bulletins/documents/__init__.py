"""The documents of a bulletin."""
