"""What is asked of the monthly reports: facts for the rules, a project's year, what is due, what is known before."""

from projects.progress.queries.facts import (
    Known,
    MonthOfYear,
    Progress,
    approved,
    facts_for,
    invested_since_start,
    known_with,
    progress_by,
    year_of,
)

__all__ = [
    "Known",
    "MonthOfYear",
    "Progress",
    "approved",
    "facts_for",
    "invested_since_start",
    "known_with",
    "progress_by",
    "year_of",
]
