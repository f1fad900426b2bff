"""The pages of the monthly reports."""
