"""The database itself keeps the journal as it was written."""

import pytest
from django.db import DatabaseError, connection, transaction

from projects.journal.models import Entry
from projects.journal.protection import unprotected
from tests.cast import assemble


@pytest.mark.django_db
def test_an_entry_cannot_be_changed() -> None:
    assemble()
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        Entry.objects.filter(seq=1).update(note="something else")


@pytest.mark.django_db
def test_an_entry_cannot_be_deleted() -> None:
    assemble()
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        Entry.objects.filter(seq=1).delete()
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        connection.cursor().execute("DELETE FROM projects_entry")


@pytest.mark.django_db
def test_the_protection_comes_back_after_it_was_lifted() -> None:
    assemble()
    with unprotected():
        assert Entry.objects.filter(seq=1).update(note="lifted") == 1
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        Entry.objects.filter(seq=1).update(note="again")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_time", [1, 2])
def test_a_test_of_several_transactions_finds_an_empty_journal(_time: int) -> None:
    """The first leaves entries behind; the second would find them if they were not emptied."""
    assert not Entry.objects.exists()
    assemble()
    with pytest.raises(DatabaseError, match="never changed or deleted"):
        Entry.objects.filter(seq=1).update(note="something else")
