"""Constraints in words: asked before a row is written, or found while it is, with the same sentence."""

import datetime

import pytest
from django.db import IntegrityError, connection

from projects.core.constraints import check_constraints, constraints_in_words
from projects.core.refusals import Refused
from projects.register.models import Milestone
from tests.cast import Cast, project

DAY = datetime.date(2023, 9, 1)


@pytest.fixture
def twin(cast: Cast) -> Milestone:
    """A node that the project has already."""
    of = project(cast)
    Milestone.objects.create(project=of, name="封顶", planned_on=DAY)
    return Milestone(project=of, name="封顶", planned_on=DAY)


def test_asked_before(twin: Milestone) -> None:
    with pytest.raises(Refused) as refusal:
        check_constraints(twin, field="name")
    assert refusal.value.field == "name"


def test_found_while_it_is_written_with_the_same_sentence(twin: Milestone) -> None:
    with pytest.raises(Refused) as asked:
        check_constraints(twin, field="name")
    with pytest.raises(Refused) as found, constraints_in_words(twin, field="name"):
        twin.save(force_insert=True)
    assert (str(found.value), found.value.field) == (str(asked.value), "name")
    assert connection.in_atomic_block
    assert Milestone.objects.count() == 1  # the transaction goes on


def test_what_is_not_broken_is_written(twin: Milestone) -> None:
    twin.name = "竣工"
    with constraints_in_words(twin):
        twin.save(force_insert=True)
    assert Milestone.objects.count() == 2


def test_what_has_no_words_is_not_hidden(twin: Milestone) -> None:
    twin.name = "竣工"
    with pytest.raises(IntegrityError), constraints_in_words(twin):
        raise IntegrityError
