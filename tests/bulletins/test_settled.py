"""Whether the lines of a month stand as they should, asked in one query, and what looking does when they do not."""

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from projects.bulletins.actions import rate_month, rerate_changed
from projects.bulletins.queries import settled_stamp
from projects.progress.models import Period
from projects.register.models import Project
from tests.cast import SEPTEMBER, TODAY, Cast, project, signed_in
from tests.progress.month import LOCK, opened

DAY = datetime.timedelta(days=1)


def test_a_month_without_lines_or_with_a_mark_is_not_settled(cast: Cast) -> None:
    assert settled_stamp(SEPTEMBER, day=TODAY) is None
    rate_month(SEPTEMBER, current=True)
    stamp = settled_stamp(SEPTEMBER, day=TODAY)
    assert stamp is not None
    project(cast)
    assert settled_stamp(SEPTEMBER, day=TODAY) is None
    rerate_changed(through=SEPTEMBER)
    assert (settled_stamp(SEPTEMBER, day=TODAY) or 0) > stamp


def test_a_lock_that_has_passed_is_noted_by_the_first_look(cast: Cast, settings: Settings) -> None:
    project(cast)
    opened()
    client = signed_in(cast.leader)
    for day, is_noted in ((LOCK, False), (LOCK + DAY, True)):
        settings.TODAY = day
        assert client.get("/projects/?month=2023-09").status_code == 200
        assert Period.objects.get().lock_noted is is_noted
    assert not Project.objects.filter(rerate_from__isnull=False).exists()
    assert settled_stamp(SEPTEMBER, day=LOCK + DAY) is not None


def test_it_is_asked_in_one_query(cast: Cast) -> None:
    rate_month(SEPTEMBER, current=True)
    with CaptureQueriesContext(connection) as counted:
        settled_stamp(SEPTEMBER, day=TODAY)
    assert len(counted) == 1
