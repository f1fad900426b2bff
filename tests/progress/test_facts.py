"""What the rules are told of a month, and one project's year."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.core.month import Month
from projects.progress.models import MonthlyReport
from projects.progress.queries import Known, facts_for, invested_since_start, year_of
from projects.rating.facts import IncidentFacts, NodeFacts
from projects.register.actions.planning import set_plan
from projects.register.models import Exemption, Incident, Milestone, Project, StageChange
from projects.register.stages import Stage
from tests.cast import AT, GRANTED, SEPTEMBER, WAN, Cast, component, figures, moved, phase, plan, project

AUGUST = Month(2023, 8)
EVEN = [WAN] * 12


def known(row: Project, month: Month = SEPTEMBER) -> Known:
    return facts_for(Project.objects.filter(pk=row.pk), month)[row.pk]


def draft(row: Project, month: Month, state: str = "draft") -> None:
    submitted = {"submitted_at": AT, "first_submitted_at": AT}
    times: dict[str, Any] = {"submitted": submitted, "returned": {"returned_at": AT}}
    MonthlyReport.objects.create(
        project=row, month=month, state=state, invested_this_month=99 * WAN, **times.get(state, {})
    )


class TestFigures:
    def test_are_summed_from_january_to_the_month(self, cast: Cast) -> None:
        row = project(cast, listed_from=Month(2022, 1))
        for month, amount in ((Month(2022, 12), 7), (Month(2023, 1), 1), (AUGUST, 2), (SEPTEMBER, 4)):
            figures(row, month, amount * WAN)
        assert known(row).facts.invested_to_date == 7 * WAN
        assert known(row, AUGUST).facts.invested_to_date == 3 * WAN
        assert known(row, Month(2022, 12)).facts.invested_to_date == 7 * WAN

    def test_below_zero_are_taken_away(self, cast: Cast) -> None:
        row = project(cast)
        figures(row, AUGUST, 5 * WAN)
        MonthlyReport.objects.create(
            project=row, month=SEPTEMBER, state="approved", approved_at=AT, invested_this_month=-WAN, reason="冲减"
        )
        assert known(row).facts.invested_to_date == 4 * WAN

    @pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
    def test_that_nobody_has_approved_do_not_count(self, cast: Cast, state: str) -> None:
        row = project(cast)
        draft(row, SEPTEMBER, state)
        assert known(row).facts.invested_to_date is None
        assert known(row).progress is None
        figures(row, AUGUST, WAN)
        progress = known(row).progress
        assert progress is not None
        assert (progress.invested_to_date, progress.reported_month) == (WAN, AUGUST)

    def test_of_zero_are_figures(self, cast: Cast) -> None:
        row = project(cast)
        figures(row, SEPTEMBER, 0)
        assert known(row).facts.invested_to_date == 0

    def test_of_another_project_are_its_own(self, cast: Cast) -> None:
        row, other = project(cast), project(cast, "P-2")
        figures(other, SEPTEMBER, WAN)
        found = facts_for(Project.objects.all(), SEPTEMBER)
        assert found[row.pk].facts.invested_to_date is None
        assert found[other.pk].facts.invested_to_date == WAN


class TestThePlan:
    def test_is_the_one_in_force_that_month(self, cast: Cast) -> None:
        row = project(cast)
        plan(row, 12 * WAN, months=EVEN)
        set_plan(
            row, 2023, amount=9 * WAN, effective_from=Month(2023, 7), reason="年中调整", by=None, at=AT,
            open_month=Month(2023, 7),
        )  # fmt: skip
        june, july = known(row, Month(2023, 6)).facts, known(row, Month(2023, 7)).facts
        assert (june.year_plan, june.month_plan) == (12 * WAN, tuple(EVEN))
        assert (july.year_plan, july.month_plan) == (9 * WAN, None)

    def test_of_another_year_does_not_hold(self, cast: Cast) -> None:
        row = project(cast)
        plan(row, 12 * WAN)
        assert known(row, Month(2024, 1)).facts.year_plan is None


class TestWhatStandsBeside:
    def test_only_what_is_planned_and_concerns_the_project_can_be_overdue(self, cast: Cast) -> None:
        row, day = project(cast), datetime.date(2023, 6, 30)
        approval = {"project": row, "kind": "approval"}
        Milestone.objects.create(**approval, code="tender", name="招标与合同", planned_on=day, done_on=day)
        Milestone.objects.create(**approval, code="energy", name="节能审查")
        Milestone.objects.create(
            **approval, code="soil", name="水土保持", planned_on=day, not_applicable=True, not_applicable_reason="…"
        )
        assert known(row).facts.nodes == (NodeFacts("招标与合同", day, day, False),)

    def test_nodes_and_incidents_and_days(self, cast: Cast) -> None:
        day = datetime.date(2023, 6, 30)
        row = project(
            cast, planned_start=day, actual_start=day, entered_statistics_on=day, total_investment=WAN, nature="new"
        )
        Milestone.objects.create(project=row, name="封顶", is_key=True, planned_on=day)
        Incident.objects.create(project=row, kind="false_data", happened_on=day, note="…")
        facts = known(row).facts
        assert facts.nodes == (NodeFacts("封顶", day, None, True),)
        assert facts.incidents == (IncidentFacts("false_data", day, None),)
        assert (facts.planned_start, facts.actual_start, facts.entered_statistics_on) == (day, day, day)
        assert (facts.project_class, facts.total_investment, facts.continued) == ("implementation", WAN, False)

    def test_what_is_continued_was_begun_in_an_earlier_year(self, cast: Cast) -> None:
        assert known(project(cast, nature="continued")).facts.continued

    @pytest.mark.parametrize(("month", "exempt"), [(7, ""), (8, "other"), (9, "other"), (10, "")])
    def test_an_exemption_from_its_first_month_to_its_last(self, cast: Cast, month: int, exempt: str) -> None:
        row = project(cast)
        Exemption.objects.create(project=row, first_month=AUGUST, last_month=SEPTEMBER, **GRANTED)
        assert known(row, Month(2023, month)).facts.exempt_reason == exempt
        assert known(row, Month(2023, month)).exempt_reason == exempt

    @pytest.mark.parametrize(("month", "halted"), [(7, ""), (8, "suspended"), (9, "suspended")])
    def test_a_halt_from_the_month_in_which_it_happened(self, cast: Cast, month: int, halted: str) -> None:
        row = project(cast, halted="suspended", halted_on=datetime.date(2023, 8, 31), halt_reason="land")
        assert known(row, Month(2023, month)).facts.halted == halted


class TestThePreparation:
    def facts(self, row: Project, month: Month = SEPTEMBER) -> tuple[bool, str]:
        found = known(row, month).facts
        return found.is_preparing, str(found.last_moved_on)

    def test_begins_with_the_entry_in_the_register(self, cast: Cast) -> None:
        assert self.facts(project(cast, listed_from=AUGUST)) == (False, "2023-08-01")

    @pytest.mark.parametrize(
        ("stage", "preparing"), [(Stage.CONCEIVED, True), (Stage.PREPARING, True), (Stage.STARTED, False)]
    )
    def test_lasts_until_the_start(self, cast: Cast, stage: Stage, preparing: bool) -> None:
        part = phase(project(cast), stage=stage, since=datetime.date(2023, 6, 5))
        assert self.facts(part.project) == (preparing, "2023-06-05")

    def test_is_that_of_the_months_last_day(self, cast: Cast) -> None:
        part = phase(project(cast), stage=Stage.SIGNED, since=datetime.date(2022, 11, 8))
        moved(part, Stage.PREPARING, AUGUST.last_day)
        moved(part, Stage.STARTED, SEPTEMBER.first_day)
        assert self.facts(part.project, Month(2023, 7)) == (True, "2023-01-01")
        assert self.facts(part.project, AUGUST) == (True, "2023-08-31")
        assert self.facts(part.project) == (False, "2023-09-01")

    def test_moves_with_every_part_and_with_the_way_back(self, cast: Cast) -> None:
        first = phase(project(cast), stage=Stage.CONCEIVED, since=datetime.date(2023, 2, 1))
        second = phase(first.project, 2)
        one = component(second, 1, Stage.IN_TALKS)
        moved(one, Stage.SIGNED, datetime.date(2023, 7, 4))
        assert self.facts(first.project) == (True, "2023-07-04")
        moved(first, Stage.LANDED, datetime.date(2023, 8, 5))
        moved(first, Stage.SIGNED, datetime.date(2023, 9, 6), reason="用地未落实")
        assert self.facts(first.project) == (True, "2023-09-06")

    def test_a_phase_follows_its_components(self, cast: Cast) -> None:
        part = phase(project(cast), stage=Stage.PREPARING, since=datetime.date(2023, 6, 5))
        moved(component(part, 1, Stage.PREPARING), Stage.BUILDING, datetime.date(2023, 7, 4))
        assert self.facts(part.project) == (False, "2023-07-04")

    def test_a_stage_of_unknown_day_counts_from_the_day_it_was_noted(self, cast: Cast) -> None:
        part = phase(project(cast), stage=Stage.SIGNED)  # noted on 10 October
        assert self.facts(part.project) == (False, "2023-01-01")
        assert self.facts(part.project, Month(2023, 10)) == (True, "2023-10-10")

    def test_the_day_it_was_noted_is_the_local_one(self, cast: Cast) -> None:
        part = phase(project(cast), stage=Stage.SIGNED)
        for hour, month, day in ((15, SEPTEMBER, "2023-09-30"), (16, Month(2023, 10), "2023-10-01")):
            StageChange.objects.update(at=datetime.datetime(2023, 9, 30, hour, 59, tzinfo=datetime.UTC))
            assert self.facts(part.project, month) == (True, day)
        assert self.facts(part.project) == (False, "2023-01-01")

    @pytest.mark.parametrize(("done", "counted"), [(30, "2023-09-30"), (31, "2023-03-02")])
    def test_a_node_done_is_a_move(self, cast: Cast, done: int, counted: str) -> None:
        part = phase(project(cast), stage=Stage.PREPARING, since=datetime.date(2023, 3, 2))
        Milestone.objects.create(
            project=part.project, name="立项", planned_on=datetime.date(2023, 8, 1),
            done_on=datetime.date(2023, 8, 31) + datetime.timedelta(done),
        )  # fmt: skip
        Milestone.objects.create(project=part.project, name="环评", planned_on=datetime.date(2023, 9, 1))
        assert self.facts(part.project) == (True, counted)


def test_no_report_is_missing_as_long_as_nobody_keeps_when_it_must_be_in(cast: Cast) -> None:
    assert known(project(cast)).facts.missed_periods is None


@pytest.mark.parametrize("count", [1, 3])
def test_nine_queries_for_any_number_of_projects(cast: Cast, count: int) -> None:
    for number in range(count):
        row = project(cast, f"P-{number}")
        plan(row, 12 * WAN)
        figures(row, SEPTEMBER, WAN)
        component(phase(row), stage=Stage.PREPARING)
        Milestone.objects.create(project=row, name="封顶", planned_on=AT.date())
    with CaptureQueriesContext(connection) as counted:
        assert len(facts_for(Project.objects.all(), SEPTEMBER)) == count
    assert len(counted) == 9


class TestYear:
    def by_month(self, row: Project, attribute: str, through: Month = SEPTEMBER) -> list[Any]:
        return [getattr(each, attribute) for each in year_of(row, 2023, through=through)]

    def test_sums_run_from_the_first_figure_to_the_month_looked_at(self, cast: Cast) -> None:
        row = project(cast)
        figures(row, Month(2023, 2), 2 * WAN)
        figures(row, Month(2023, 4), WAN)
        figures(row, SEPTEMBER, WAN)
        sums = [None, 2, 2, 3, 3, 3, 3, 3, 4, None, None, None]
        assert self.by_month(row, "invested_to_date") == [None if each is None else each * WAN for each in sums]
        assert self.by_month(row, "invested_to_date", AUGUST)[8] is None

    def test_what_is_not_approved_does_not_show(self, cast: Cast) -> None:
        row = project(cast)
        draft(row, AUGUST)
        assert self.by_month(row, "report") == [None] * 12
        assert self.by_month(row, "invested_to_date") == [None] * 12

    def test_each_month_has_the_plan_that_is_in_force_in_it(self, cast: Cast) -> None:
        row = project(cast)
        plan(row, 12 * WAN)
        set_plan(
            row, 2023, amount=9 * WAN, effective_from=SEPTEMBER, reason="调整", by=None, at=AT, open_month=SEPTEMBER
        )
        assert self.by_month(row, "year_plan") == [12 * WAN] * 8 + [9 * WAN] * 4

    def test_the_month_plan_is_added_up(self, cast: Cast) -> None:
        row = project(cast)
        plan(row, 12 * WAN, months=EVEN)
        assert self.by_month(row, "planned") == EVEN
        assert self.by_month(row, "planned_to_date") == [WAN * number for number in range(1, 13)]

    def test_without_a_month_plan_there_is_none_to_add(self, cast: Cast) -> None:
        row = project(cast)
        plan(row, 12 * WAN)
        assert self.by_month(row, "planned") == [None] * 12
        assert self.by_month(row, "planned_to_date") == [None] * 12


def test_since_the_start_all_years_count_up_to_the_month(cast: Cast) -> None:
    row = project(cast, listed_from=Month(2022, 1))
    assert invested_since_start(row, through=SEPTEMBER) is None
    figures(row, Month(2022, 12), 7 * WAN)
    figures(row, AUGUST, WAN)
    draft(row, Month(2023, 7))
    assert invested_since_start(row, through=SEPTEMBER) == 8 * WAN
    assert invested_since_start(row, through=Month(2023, 1)) == 7 * WAN
