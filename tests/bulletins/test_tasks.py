"""A lock that passes in the night: who missed it has a line that knows, before anybody looks."""

import datetime

import pytest
from pytest_django import Settings

from projects.bulletins.actions import rate_month
from projects.bulletins.models import LineStamp
from projects.bulletins.tasks import follow_locks
from projects.progress.models import Period
from projects.register.models import Project
from tests.cast import SEPTEMBER, Cast, project
from tests.progress.month import LOCK, opened


@pytest.mark.parametrize(("later", "follows"), [(0, False), (1, True)])
def test_the_lines_of_those_who_missed_it_are_written_anew(
    cast: Cast, settings: Settings, later: int, follows: bool
) -> None:
    project(cast)
    opened()
    rate_month(SEPTEMBER, current=True)
    Project.objects.update(rerate_from=None)
    before = LineStamp.objects.get().number
    settings.TODAY = LOCK + datetime.timedelta(days=later)
    follow_locks.enqueue()
    follow_locks.enqueue()
    assert Period.objects.get().lock_noted is follows
    assert LineStamp.objects.get().number == before + follows
    assert not Project.objects.filter(rerate_from__isnull=False).exists()
