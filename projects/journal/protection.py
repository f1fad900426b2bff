"""Lifting the journal's protection, for emptying a test database only."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from projects.core.append_only import protect, unprotect
from projects.journal.models import Entry


@contextmanager
def unprotected() -> Iterator[None]:
    """While inside, rows of the journal may be deleted."""
    unprotect(connection, Entry._meta.db_table)
    try:
        yield
    finally:
        protect(connection, Entry._meta.db_table)
