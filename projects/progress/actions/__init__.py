"""The verbs of the monthly reports: opening a month, writing, submitting, checking, and entering figures at once."""
