"""The pages of the rules of the colour."""
