"""The pages of the bulletin."""
