"""The pages that join everything, by subject."""
