"""Lifting the journal's protection, for emptying a test database only."""

from contextlib import AbstractContextManager

from projects.core.append_only import lifted
from projects.journal.models import Entry


def unprotected() -> AbstractContextManager[None]:
    """While inside, rows of the journal may be deleted."""
    return lifted(Entry._meta.db_table)
