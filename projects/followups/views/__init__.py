"""The pages of the slips."""
