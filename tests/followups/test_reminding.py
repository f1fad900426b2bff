"""Reminders of slips: the working day before, on the day, and overdue; raised by the ladder; each once."""

import datetime

import pytest

from projects.accounts.models import User
from projects.followups.actions.answering import reply_with_plan
from projects.followups.actions.reminding import remind_of_slips
from projects.followups.models import Slip
from projects.followups.workflow import State
from projects.journal.models import Entry
from projects.notices.models import Notice
from tests.cast import AT, Cast, project
from tests.followups.slips import DAY, again, brought, bulletin, drafted, follow


def remind(day: datetime.date, *, dry_run: bool = False) -> set[tuple[str, str]]:
    """Who is told what on a day."""
    at = AT + (day - AT.date())
    found = remind_of_slips(today=day, at=at, dry_run=dry_run)
    return {(each.kind, each.person.username if each.person else "") for each in found}


def due(slip: Slip) -> datetime.date:
    day = again(slip).due_on
    assert day is not None
    return day


def test_the_unit_is_told_before_on_and_after_its_day(cast: Cast) -> None:
    slip = brought(drafted(cast, level=1), cast, State.ISSUED)
    day = due(slip)
    assert day == datetime.date(2023, 10, 17)  # a Tuesday
    assert remind(day - 2 * DAY) == set()
    assert remind(day - DAY) == {("slips_due_soon", "reporter")}
    assert remind(day) == {("slips_due_today", "reporter")}
    assert remind(day + DAY) == {("slips_overdue", "reporter"), ("slips_to_raise_head", "office")}
    assert remind(day + 2 * DAY) == set()
    assert Notice.objects.filter(kind="slips_due_today").get().url == f"/followups/{slip.pk}/"


@pytest.mark.parametrize(
    ("today", "told"),
    [
        ("2023-09-27", False),
        ("2023-09-28", True),  # the last working day before the holiday
        ("2023-09-29", False),
        ("2023-10-06", False),
        ("2023-10-07", False),  # on the day it is another notice
    ],
)
def test_before_a_holiday_it_is_said_on_the_last_working_day(cast: Cast, today: str, told: bool) -> None:
    slip = brought(drafted(cast), cast, State.ISSUED)
    Slip.objects.filter(pk=slip.pk).update(due_on=datetime.date(2023, 10, 7))
    assert (("slips_due_soon", "reporter") in remind(datetime.date.fromisoformat(today))) == told


def test_a_second_run_tells_nobody_and_a_dry_one_nothing(cast: Cast) -> None:
    day = due(brought(drafted(cast), cast, State.ISSUED)) + DAY
    before = Notice.objects.count()
    first = remind(day, dry_run=True)
    assert first == {("slips_overdue", "reporter"), ("slips_to_raise_in_charge", "office")}
    assert Notice.objects.count() == before
    assert not Slip.objects.filter(raised_at__isnull=False).exists()
    assert remind(day) == first
    assert remind(day) == remind(day, dry_run=True) == set()


@pytest.mark.parametrize(
    ("level", "periods", "kind", "who"),
    [
        (1, 1, "slips_overdue_head", "head"),
        (1, 2, "slips_overdue_leader", "leader"),
        (2, 1, "slips_to_raise_in_charge", "office"),
        (2, 2, "slips_to_raise_executive", "office"),
    ],
)
def test_is_raised_to_whom_the_ladder_names(cast: Cast, level: int, periods: int, kind: str, who: str) -> None:
    User.objects.create(username="head", name="head", role="leader", unit=cast.town, is_head=True)
    slip = drafted(cast, level=level, periods=periods)
    cast.boss.account = cast.leader
    cast.boss.save()
    day = due(brought(slip, cast, State.ISSUED)) + DAY
    assert remind(day) == {("slips_overdue", "reporter"), (kind, who)}
    assert again(slip).is_raised
    entry = Entry.objects.filter(verb="raise_slip").get()
    assert (entry.subject_id, entry.actor) == (slip.pk, None)


def test_a_leader_without_an_account_is_told_by_the_office(cast: Cast) -> None:
    day = due(brought(drafted(cast, level=1, periods=2), cast, State.ISSUED)) + DAY
    assert ("slips_to_raise_leader", "office") in remind(day)
    assert Notice.objects.get(kind="slips_to_raise_leader").params["leaders"] == ["王区长"]


def test_what_the_office_has_not_issued_is_not_raised(cast: Cast) -> None:
    slip = drafted(cast)
    assert remind(slip.issue_due) == {("slips_due_today", "office")}
    assert remind(slip.issue_due + DAY) == {("slips_overdue", "office")}
    assert not again(slip).is_raised
    assert not Entry.objects.filter(verb="raise_slip").exists()


def test_each_day_that_is_missed_is_raised(cast: Cast) -> None:
    slip = brought(drafted(cast), cast, State.RECEIVED)
    assert ("slips_overdue", "reporter") in remind(due(slip) + DAY)
    reply_with_plan(again(slip), plan="增派人员", by=cast.reporter, at=AT, seen=None)
    assert again(slip).raised_at is None
    assert ("slips_overdue", "reporter") in remind(due(slip) + DAY)


@pytest.mark.parametrize("state", [State.ANSWERED, State.VERIFIED, State.CLOSED, State.WITHDRAWN])
def test_nothing_runs_where_the_unit_has_done_its_part(cast: Cast, state: State) -> None:
    slip = brought(drafted(cast), cast, state)
    for ahead in range(0, 60, 5):
        assert remind(AT.date() + ahead * DAY) == set()
    assert again(slip).raised_at is None


def test_one_notice_a_person_and_where_nobody_reports_it_is_said(cast: Cast) -> None:
    rows = [project(cast, "P-1"), project(cast, "P-2"), project(cast, "P-3", unit=cast.other_town)]
    User.objects.filter(pk=cast.other_reporter.pk).update(is_active=False)
    for slip in follow(bulletin(cast, [(row, 2, 1) for row in rows])):
        brought(slip, cast, State.ISSUED)
    day = datetime.date(2023, 10, 17)
    assert remind(day) == {("slips_due_today", "reporter"), ("slips_due_today", "")}
    notice = Notice.objects.get(kind="slips_due_today")
    assert (notice.params["count"], notice.params["projects"], notice.url) == (2, ["项目P-1", "项目P-2"], "/followups/")
