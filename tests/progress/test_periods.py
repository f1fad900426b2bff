"""Opening a month, who is asked, its days, and what the lock does."""

import datetime

import pytest
from django.utils import translation

from projects.core.month import Month
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.journal.models import Entry
from projects.progress.actions import periods
from projects.progress.models import MonthlyReport, Period, ReportingRules
from projects.register.actions.halting import Halt, halt_project
from projects.register.models import Exemption, Project
from tests.cast import GRANTED, SEPTEMBER, TODAY, Cast, project
from tests.progress.month import LOCK, asked, at, opened, submitted

DAY = datetime.timedelta(days=1)


def test_a_month_is_opened_with_its_usual_days_and_asks_who_must_report(cast: Cast) -> None:
    first, second = project(cast, "P-1"), project(cast, "P-2", project_class="preparation")
    project(cast, "P-3", project_class="lead")
    project(cast, "P-4", project_class="reserve")
    project(cast, "P-5", project_class="")
    project(cast, "P-6", listed_from=Month(2023, 10))
    period = opened()
    assert (period.opens_on, period.due_on, period.locks_on) == (
        datetime.date(2023, 9, 25), datetime.date(2023, 10, 8), LOCK,
    )  # fmt: skip
    assert set(MonthlyReport.objects.values_list("project_id", "state")) == {(first.pk, "due"), (second.pk, "due")}
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.after["reports"]) == ("open_period", 2)


def test_halted_and_exempt_projects_are_not_asked(cast: Cast) -> None:
    halted, exempt, ended = (project(cast, f"P-{number}") for number in (1, 2, 3))
    halt_project(
        halted, Halt("suspended", TODAY.replace(month=9, day=30), "land"), by=None, at=at(), today=TODAY, seen=0
    )
    Exemption.objects.create(project=exempt, first_month=SEPTEMBER, last_month=SEPTEMBER, **GRANTED)
    Exemption.objects.create(project=ended, first_month=Month(2023, 6), last_month=Month(2023, 8), **GRANTED)
    opened()
    assert list(MonthlyReport.objects.values_list("project_id", flat=True)) == [ended.pk]


def test_a_halt_of_the_next_month_does_not_excuse(cast: Cast) -> None:
    row = project(cast)
    halt_project(row, Halt("suspended", TODAY.replace(day=1), "land"), by=None, at=at(), today=TODAY, seen=0)
    opened()
    assert MonthlyReport.objects.count() == 1


def test_opening_again_only_adds_what_came_since(cast: Cast) -> None:
    submitted_one = project(cast, "P-1")
    opened()
    submitted(submitted_one)
    project(cast, "P-2")
    entries = Entry.objects.filter(verb="open_period").count()
    opened()
    assert sorted(MonthlyReport.objects.values_list("project__code", "state")) == [("P-1", "submitted"), ("P-2", "due")]
    opened()
    assert Period.objects.count() == 1
    assert Entry.objects.filter(verb="open_period").count() == entries + 1


@pytest.mark.parametrize(
    ("day", "is_refused"), [(datetime.date(2023, 8, 31), True), (datetime.date(2023, 9, 1), False)]
)
def test_a_month_is_opened_once_it_has_begun(cast: Cast, day: datetime.date, is_refused: bool) -> None:
    if is_refused:
        with pytest.raises(Refused):
            opened(SEPTEMBER, day)
    else:
        assert opened(SEPTEMBER, day).opens_on == day


@pytest.mark.parametrize("who", ["reporter", "leader", "auditor"])
def test_the_office_opens_months(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        periods.open_period(SEPTEMBER, by=cast.person(who), at=at(), today=TODAY)
    assert not Period.objects.exists()


def test_the_days_can_be_changed_in_order_only(cast: Cast) -> None:
    period = opened()
    period.due_on = LOCK + DAY
    with pytest.raises(Refused):
        periods.keep_period(period, by=cast.office, at=at(), today=TODAY, seen=0)
    period.locks_on = LOCK + DAY
    periods.keep_period(period, by=cast.office, at=at(), today=TODAY, seen=0)
    stored = Period.objects.get()
    assert (stored.due_on, stored.locks_on, stored.version) == (LOCK + DAY, LOCK + DAY, 1)
    with pytest.raises(Stale):
        periods.keep_period(period, by=cast.admin, at=at(), today=TODAY, seen=0)


def test_rules_hold_for_months_opened_later(cast: Cast) -> None:
    project(cast, "P-1", project_class="lead")
    opened(Month(2023, 8))
    rules = ReportingRules.current()
    rules.locks_on_day, rules.classes = 20, ["lead"]
    periods.keep_rules(rules, by=cast.office, at=at(), seen=0)
    assert opened().locks_on == datetime.date(2023, 10, 20)
    assert Period.objects.get(month=Month(2023, 8)).locks_on == datetime.date(2023, 9, 15)
    assert set(MonthlyReport.objects.values_list("project__code", "month")) == {("P-1", SEPTEMBER)}
    rules.due_on_day = 21
    with translation.override("en"), pytest.raises(Refused, match="cannot lie before the due day"):
        periods.keep_rules(rules, by=cast.office, at=at(), seen=1)
    with pytest.raises(Stale):
        periods.keep_rules(ReportingRules(pk=1), by=cast.office, at=at(), seen=7)


class TestLock:
    def test_is_noted_once_and_marks_who_missed_it(self, cast: Cast) -> None:
        missing, done = project(cast, "P-1"), project(cast, "P-2")
        opened()
        submitted(done)
        Project.objects.update(rerate_from=None)
        assert periods.note_locks(today=LOCK) == 0
        assert periods.note_locks(today=LOCK + DAY) == 1
        assert periods.note_locks(today=LOCK + DAY) == 0
        marks = dict(Project.objects.values_list("pk", "rerate_from"))
        assert marks == {missing.pk: SEPTEMBER, done.pk: None}

    def test_that_is_moved_back_takes_the_note_away(self, cast: Cast) -> None:
        row = project(cast)
        period = opened()
        periods.note_locks(today=LOCK + DAY)
        Project.objects.update(rerate_from=None)
        period.refresh_from_db()
        period.locks_on = LOCK + 2 * DAY
        periods.keep_period(period, by=cast.office, at=at(LOCK + DAY), today=LOCK + DAY, seen=period.version)
        assert not Period.objects.get().lock_noted
        assert Project.objects.get(pk=row.pk).rerate_from == SEPTEMBER
        assert asked(row).state == "due"


class TestByItself:
    """The month that is opened when its day comes, and what came to be due since."""

    @pytest.mark.parametrize(
        ("day", "months"),
        [
            (datetime.date(2023, 9, 24), []),  # August has been locked
            (datetime.date(2023, 9, 25), [SEPTEMBER]),
            (datetime.date(2023, 10, 15), [SEPTEMBER]),  # nothing ran on the 25th
            (datetime.date(2023, 10, 16), []),
        ],
    )
    def test_a_month_is_opened_from_its_day_to_its_lock(
        self, cast: Cast, day: datetime.date, months: list[Month]
    ) -> None:
        project(cast, listed_from=Month(2023, 8))
        opened_months = [period.month for period in periods.open_due(at=at(day, 0, 5), today=day)]
        assert opened_months == months == list(Period.objects.values_list("month", flat=True))
        assert MonthlyReport.objects.count() == len(months)

    def test_often_is_as_good_as_once(self, cast: Cast) -> None:
        project(cast)
        day = datetime.date(2023, 9, 25)
        periods.open_due(at=at(day), today=day)
        periods.open_due(at=at(day + DAY), today=day + DAY)
        assert Period.objects.count() == Entry.objects.filter(verb="open_period").count() == 1
        assert Period.objects.get().opened_by is None

    def test_projects_that_came_later_are_asked_in_every_open_month(self, cast: Cast) -> None:
        opened(SEPTEMBER)
        opened(Month(2023, 10))
        project(cast)
        assert len(periods.open_due(at=at(), today=TODAY)) == 2
        assert sorted(MonthlyReport.objects.values_list("month", flat=True)) == [SEPTEMBER, Month(2023, 10)]

    def test_a_locked_month_asks_for_nothing_more(self, cast: Cast) -> None:
        opened()
        project(cast)
        assert periods.open_due(at=at(LOCK + DAY), today=LOCK + DAY) == []
        assert not MonthlyReport.objects.exists()

    def test_where_nobody_has_to_report_no_month_is_opened(self, cast: Cast) -> None:
        project(cast, project_class="lead")
        assert periods.open_due(at=at(), today=TODAY) == []
        assert not Period.objects.exists()

    def test_the_offices_day_counts(self, cast: Cast) -> None:
        project(cast)
        rules = ReportingRules.current()
        rules.opens_on_day = 28
        periods.keep_rules(rules, by=cast.office, at=at(), seen=0)
        assert [rules.month_opened_by(datetime.date(2023, 9, day)) for day in (27, 28)] == [Month(2023, 8), SEPTEMBER]
        assert rules.month_opened_by(datetime.date(2024, 1, 1)) == Month(2023, 12)
