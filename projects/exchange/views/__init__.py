"""The pages of the data exchange."""
