"""Writing the journal: in the transaction of the change, only what differs, in one order."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from projects.core.month import Month
from projects.journal.actions import differing, record
from projects.journal.models import Entry
from projects.journal.origin import Origin, origin
from tests.cast import AT, Cast, assemble


def note(cast: Cast, **more: Any) -> Entry:
    return record(**{"by": cast.office, "at": AT, "verb": "edit", "subject": cast.town, **more})


def test_entries_count_without_gaps_and_each_carries_the_digest_before_it(cast: Cast) -> None:
    note(cast)
    note(cast)
    entries = list(Entry.objects.order_by("seq"))
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry.previous for entry in entries] == ["", *(entry.digest for entry in entries[:-1])]


def test_an_entry_says_who_did_what_to_which_row(cast: Cast) -> None:
    entry = note(cast, note="因为", project_id=7)
    assert (entry.actor, entry.actor_name, entry.at, entry.verb) == (cast.office, "office", AT, "edit")
    assert (entry.subject_type, entry.subject_id, entry.subject_name) == ("unit", cast.town.pk, "税郭镇")
    assert (entry.project_id, entry.note) == (7, "因为")


def test_the_system_has_no_name(cast: Cast) -> None:
    entry = note(cast, by=None)
    assert (entry.actor, entry.actor_name) == (None, "")


def test_an_entry_says_where_it_came_from(cast: Cast) -> None:
    token = origin.set(Origin("10.0.0.7", "abc"))
    try:
        entry = note(cast)
    finally:
        origin.reset(token)
    assert (entry.address, entry.request_id) == ("10.0.0.7", "abc")
    assert note(cast).address == ""


def test_a_long_name_is_cut(cast: Cast) -> None:
    cast.town.short_name = "镇" * 400
    assert len(note(cast).subject_name) == 300


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded() -> None:
    cast = assemble()
    entries = Entry.objects.count()
    with pytest.raises(RuntimeError, match="in the transaction of the change"):
        note(cast)
    assert Entry.objects.count() == entries


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_taken_back_leaves_no_entry() -> None:
    cast = assemble()
    entries = Entry.objects.count()
    with transaction.atomic():
        note(cast)
        transaction.set_rollback(True)
    assert Entry.objects.count() == entries
    with transaction.atomic():
        assert note(cast).seq == entries + 1


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ({"a": 1, "b": 2}, {"a": 1, "b": 3}, ({"b": 2}, {"b": 3})),
        ({}, {"a": 1}, ({}, {"a": 1})),
        ({"a": 1}, {}, ({"a": 1}, {})),
        ({"a": None}, {"a": ""}, ({"a": None}, {"a": ""})),
        ({"a": Month(2023, 9)}, {"a": Month(2023, 10)}, ({"a": "2023-09"}, {"a": "2023-10"})),
        ({"a": datetime.date(2023, 9, 1)}, {"a": None}, ({"a": "2023-09-01"}, {"a": None})),
        ({"a": False}, {"a": True}, ({"a": False}, {"a": True})),
        ({"a": [1, Month(2023, 9)]}, {"a": (2,)}, ({"a": [1, "2023-09"]}, {"a": [2]})),
        ({"a": Decimal("6.000")}, {"a": Decimal("6.5")}, ({"a": "6"}, {"a": "6.5"})),
        ({"a": Decimal("6.000")}, {"a": Decimal(6)}, ({}, {})),
        ({"a": Decimal("1000.000")}, {"a": Decimal("1E+3")}, ({}, {})),
        ({"a": Decimal("0.000")}, {"a": Decimal("-0")}, ({}, {})),
    ],
    ids=str,
)
def test_only_what_differs_is_kept(before: Any, after: Any, kept: Any) -> None:
    assert differing(before, after) == kept


def test_a_row_is_kept_by_its_name(cast: Cast) -> None:
    assert differing({"unit": cast.town}, {"unit": cast.other_town}) == (
        {"unit": "税郭镇"},
        {"unit": "孟庄镇"},
    )
