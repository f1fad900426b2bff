"""Writing the coloured lines: which months, which projects, as of when."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.bulletins.actions import open_month, rate_month, rating, rerate_changed
from projects.bulletins.models import Line, LineStamp, SearchKey
from projects.bulletins.queries import levels_before
from projects.core.month import Month
from projects.core.rounding import half_up
from projects.progress.actions.entering import Figures, enter_figures
from projects.progress.queries import facts_for
from projects.rating.rules import rate
from projects.register.actions.halting import Halt, halt_project
from projects.register.actions.registering import edit_project
from projects.register.models import Exemption, Incident, Milestone, Project
from projects.register.stages import Stage
from tests.cast import AT, GRANTED, SEPTEMBER, TODAY, WAN, Cast, component, figures, moved, phase, plan, project

AUGUST, OCTOBER = Month(2023, 8), Month(2023, 10)
AUGUST_20, SEPTEMBER_20 = datetime.date(2023, 8, 20), datetime.date(2023, 9, 20)


def line(of: Project, month: Month = SEPTEMBER) -> Line:
    found: Line = Line.objects.get(project=of, month=month)
    return found


def stages(of: Project, month: Month = SEPTEMBER) -> list[str]:
    """The stages of the phases as the line of a month shows them."""
    return [stage for _number, _name, stage, _step, _partly in line(of, month).phases]


def opened(*months: Month, through: Month = SEPTEMBER) -> None:
    for month in months:
        open_month(month, through=through)


class TestOpeningAMonth:
    def test_writes_a_line_for_every_project_listed_by_then(self, cast: Cast) -> None:
        early, late = project(cast), project(cast, "P-2", listed_from=OCTOBER)
        opened(SEPTEMBER)
        assert Line.objects.filter(project=early).count() == 1
        assert not Line.objects.filter(project=late).exists()

    def test_is_done_once(self, cast: Cast) -> None:
        project(cast)
        opened(SEPTEMBER)
        with CaptureQueriesContext(connection) as counted:
            opened(SEPTEMBER)
        assert len(counted) == 1

    def test_of_nothing_is_remembered_too(self, cast: Cast) -> None:
        opened(SEPTEMBER)
        assert LineStamp.objects.get().month == SEPTEMBER
        assert not Line.objects.exists()

    def test_leaves_other_months_unopened(self, cast: Cast) -> None:
        project(cast)
        opened(SEPTEMBER)
        assert set(Line.objects.values_list("month", flat=True)) == {SEPTEMBER}


class TestPhasesOfAMonth:
    def test_the_month_at_hand_shows_them_as_they_stand_now(self, cast: Cast) -> None:
        part = phase(project(cast), stage=Stage.PREPARING, since=AUGUST_20)
        moved(part, Stage.STARTED, TODAY)
        opened(SEPTEMBER)
        assert stages(part.project) == ["started"]

    def test_a_move_of_today_shows_at_once(self, cast: Cast) -> None:
        part = phase(project(cast), stage=Stage.PREPARING, since=AUGUST_20)
        rerate_changed(through=SEPTEMBER)
        opened(SEPTEMBER)
        moved(part, Stage.STARTED, TODAY)
        rerate_changed(through=SEPTEMBER)
        assert stages(part.project) == ["started"]
        assert line(part.project).stage == "started"

    def test_an_earlier_month_shows_them_as_they_stood_on_its_last_day(self, cast: Cast) -> None:
        part = phase(project(cast), stage=Stage.PREPARING, since=datetime.date(2023, 7, 1))
        moved(part, Stage.STARTED, datetime.date(2023, 8, 31))
        moved(part, Stage.BUILDING, datetime.date(2023, 9, 1))
        opened(Month(2023, 6), Month(2023, 7), AUGUST, SEPTEMBER)
        months = (Month(2023, 6), Month(2023, 7), AUGUST, SEPTEMBER)
        assert [stages(part.project, month) for month in months] == [
            [""],
            ["preparing"],
            ["started"],
            ["building"],
        ]

    def test_of_components_too(self, cast: Cast) -> None:
        part = phase(project(cast))
        one = component(part, 1, Stage.BUILDING)
        component(part, 2, Stage.BUILDING)
        moved(one, Stage.OPERATING, SEPTEMBER_20)
        opened(AUGUST, SEPTEMBER)
        assert (stages(part.project, AUGUST), line(part.project, AUGUST).partly_operating) == (["building"], False)
        assert (stages(part.project), line(part.project).partly_operating) == (["building"], True)

    def test_a_stage_of_unknown_day_holds_for_every_month(self, cast: Cast) -> None:
        part = phase(project(cast), stage=Stage.OPERATING)
        opened(Month(2023, 1))
        assert stages(part.project, Month(2023, 1)) == ["operating"]

    def test_a_way_back_holds_from_its_day_on_although_later_moves_were_noted_before_it(self, cast: Cast) -> None:
        part = phase(project(cast), stage=Stage.PREPARING, since=datetime.date(2023, 6, 1))
        moved(part, Stage.STARTED, AUGUST_20)
        moved(part, Stage.SIGNED, datetime.date(2023, 7, 10), reason="手续作废")
        opened(Month(2023, 6), Month(2023, 7), AUGUST)
        assert stages(part.project, Month(2023, 6)) == ["preparing"]
        assert stages(part.project, Month(2023, 7)) == ["signed"]
        assert stages(part.project, AUGUST) == ["signed"]

    def test_when_the_next_month_begins_the_last_one_shows_its_own_last_day(self, cast: Cast) -> None:
        part = phase(project(cast), stage=Stage.PREPARING, since=AUGUST_20)
        opened(SEPTEMBER)
        moved(part, Stage.STARTED, TODAY)
        rerate_changed(through=SEPTEMBER)
        assert stages(part.project) == ["started"]
        opened(OCTOBER, through=OCTOBER)
        assert stages(part.project, OCTOBER) == ["started"]
        assert stages(part.project, SEPTEMBER) == ["preparing"]


class TestWhatChanged:
    @pytest.fixture
    def row(self, cast: Cast) -> Project:
        row = project(cast, planned_start=datetime.date(2023, 1, 1))
        plan(row, 1200 * WAN)
        figures(row, Month(2023, 1), 100 * WAN)
        opened(Month(2023, 2), AUGUST, SEPTEMBER)
        rerate_changed(through=SEPTEMBER)
        return row

    def invested(self, row: Project) -> dict[str, int | None]:
        return {str(each.month): each.invested_to_date for each in Line.objects.filter(project=row).order_by("month")}

    def test_is_written_from_the_month_marked_and_only_into_months_that_have_lines(self, row: Project) -> None:
        before = dict(LineStamp.objects.values_list("month", "number"))
        figures(row, AUGUST, 10 * WAN)
        assert rerate_changed(through=SEPTEMBER) == 1
        assert self.invested(row) == {"2023-02": 100 * WAN, "2023-08": 110 * WAN, "2023-09": 110 * WAN}
        after = dict(LineStamp.objects.values_list("month", "number"))
        assert [after[month] - before[month] for month in (Month(2023, 2), AUGUST, SEPTEMBER)] == [0, 1, 1]

    def test_is_unmarked_when_it_is_written(self, row: Project) -> None:
        figures(row, AUGUST, 10 * WAN)
        assert Project.objects.get().rerate_from == AUGUST
        rerate_changed(through=SEPTEMBER)
        assert Project.objects.get().rerate_from is None

    def test_leaves_the_lines_of_others_alone(self, cast: Cast, row: Project) -> None:
        other = project(cast, "P-2")
        rerate_changed(through=SEPTEMBER)
        Line.objects.filter(project=other).update(name="untouched")
        figures(row, AUGUST, 10 * WAN)
        rerate_changed(through=SEPTEMBER)
        assert line(other).name == "untouched"

    def test_costs_one_question_when_nothing_did(self, row: Project) -> None:
        with CaptureQueriesContext(connection) as counted:
            assert rerate_changed(through=SEPTEMBER) == 0
        assert len(counted) == 1

    def test_keeps_its_mark_when_the_process_is_killed_in_between(
        self, row: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        figures(row, AUGUST, 10 * WAN)

        def killed(*_args: Any, **_kwargs: Any) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(rating, "rerate", killed)
            with pytest.raises(KeyboardInterrupt):
                rerate_changed(through=SEPTEMBER)
        assert Project.objects.get().rerate_from == AUGUST
        assert self.invested(row)["2023-09"] == 100 * WAN
        rerate_changed(through=SEPTEMBER)
        assert self.invested(row)["2023-09"] == 110 * WAN

    def test_a_project_listed_later_loses_the_lines_of_the_months_before(self, row: Project) -> None:
        edited = Project.objects.get()
        edited.listed_from = AUGUST
        edit_project(edited, labels=[], by=None, at=AT, seen=0, since=SEPTEMBER)
        rerate_changed(through=SEPTEMBER)
        assert set(self.invested(row)) == {"2023-08", "2023-09"}

    def test_a_project_listed_earlier_gets_the_lines_of_the_months_before(self, cast: Cast, row: Project) -> None:
        late = project(cast, "P-2", listed_from=SEPTEMBER)
        rerate_changed(through=SEPTEMBER)
        late = Project.objects.get(pk=late.pk)
        late.listed_from = Month(2023, 2)
        edit_project(late, labels=[], by=None, at=AT, seen=0, since=SEPTEMBER)
        rerate_changed(through=SEPTEMBER)
        assert Line.objects.filter(project=late).count() == 3

    def test_a_correction_of_the_register_leaves_past_months_as_they_were(self, row: Project) -> None:
        edited = Project.objects.get()
        edited.short_name = "新名"
        edit_project(edited, labels=[], by=None, at=AT, seen=0, since=SEPTEMBER)
        rerate_changed(through=SEPTEMBER)
        assert (line(row).short_name, line(row, AUGUST).short_name) == ("新名", "项目P-1")

    def test_many_projects_go_in_batches(self, cast: Cast, row: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(rating, "BATCH", 2)
        rows = [project(cast, f"Q-{number}") for number in range(5)]
        assert rerate_changed(through=SEPTEMBER) == 5
        assert Line.objects.filter(project__in=rows, month=SEPTEMBER).count() == 5
        LineStamp.objects.all().delete()
        Line.objects.all().delete()
        rate_month(SEPTEMBER, current=True)
        assert Line.objects.count() == 6


class TestTheLadder:
    """Reminded in July, August and September: a warning in September."""

    MONTHS = tuple(Month(2023, number) for number in range(5, 10))

    @pytest.fixture
    def row(self, cast: Cast) -> Project:
        row = project(cast, planned_start=datetime.date(2022, 1, 1), actual_start=datetime.date(2022, 1, 1))
        plan(row, 1200 * WAN)
        for month, invested in ((Month(2023, 6), 600), (Month(2023, 7), 10), (AUGUST, 10), (SEPTEMBER, 90)):
            figures(row, month, invested * WAN)
        return row

    def colours(self, row: Project) -> list[str]:
        return [f"{each.level}{each.worst_rule}" for each in Line.objects.filter(project=row).order_by("month")]

    def test_climbs_in_the_third_month(self, row: Project) -> None:
        opened(*self.MONTHS)
        assert self.colours(row)[1:] == ["0", "1P1", "1P1", "2P9"]
        assert [hit["rule"] for hit in line(row).hits] == ["P9", "P1"]

    def test_stays_up_as_long_as_it_is_failing_and_comes_down_at_once(self, row: Project) -> None:
        opened(*self.MONTHS)
        later = [(OCTOBER, 100, "2P9"), (Month(2023, 11), 250, "0"), (Month(2023, 12), 20, "1P1")]
        for month, invested, expected in later:
            enter_figures(row, month, Figures(invested * WAN), by=None, at=AT, open_month=month)
            opened(month, through=month)
            assert f"{line(row, month).level}{line(row, month).worst_rule}" == expected

    def test_a_warning_by_another_rule_begins_the_count_anew(self, row: Project) -> None:
        incident = Incident(
            project=row, kind="unapproved_stop", happened_on=AUGUST_20, cleared_on=SEPTEMBER_20, note="…"
        )
        incident.save()
        opened(*self.MONTHS)
        assert self.colours(row)[1:] == ["0", "1P1", "2P8", "1P1"]

    def test_a_month_not_rated_begins_the_count_anew(self, row: Project) -> None:
        Exemption.objects.create(project=row, first_month=AUGUST, last_month=AUGUST, **GRANTED)
        opened(*self.MONTHS)
        assert self.colours(row)[1:] == ["0", "1P1", "None", "1P1"]

    def test_a_change_of_an_earlier_month_reaches_the_months_after_it(self, row: Project) -> None:
        opened(*self.MONTHS)
        rerate_changed(through=SEPTEMBER)
        enter_figures(
            row, Month(2023, 7), Figures(100 * WAN, reason="补报"), by=None, at=AT, open_month=SEPTEMBER, seen=0
        )
        enter_figures(row, SEPTEMBER, Figures(0, reason="更正"), by=None, at=AT, open_month=SEPTEMBER, seen=0)
        rerate_changed(through=SEPTEMBER)
        assert self.colours(row)[1:] == ["0", "0", "1P1", "1P1"]

    def test_a_month_opened_after_later_ones_reaches_them(self, row: Project) -> None:
        opened(SEPTEMBER, AUGUST)
        assert self.colours(row) == ["1P1", "1P1"]
        opened(Month(2023, 7))
        assert self.colours(row) == ["1P1", "1P1", "2P9"]

    def test_others_are_left_alone_when_an_earlier_month_is_opened(self, cast: Cast, row: Project) -> None:
        other = project(cast, "P-2", project_class="reserve")
        opened(SEPTEMBER)
        Line.objects.filter(project=other).update(name="untouched")
        opened(AUGUST)
        assert line(other).name == "untouched"

    def test_the_first_month_of_all_has_none_before_it(self, row: Project) -> None:
        assert levels_before(Project.objects.all(), Month(2000, 1)) == {}
        opened(Month(2000, 1), Month(2000, 2))

    @pytest.mark.parametrize("count", [1, 3])
    def test_is_asked_with_one_query(self, cast: Cast, count: int) -> None:
        for number in range(count):
            project(cast, f"L-{number}")
        opened(Month(2023, 7), AUGUST)
        with CaptureQueriesContext(connection) as counted:
            found = levels_before(Project.objects.all(), SEPTEMBER)
        assert len(counted) == 1
        assert list(found.values()) == [(None, None)] * count


def variety(cast: Cast) -> list[Project]:
    """A project for every outcome: each level, each standing, each rule."""
    started = {"planned_start": datetime.date(2022, 3, 1), "actual_start": datetime.date(2022, 3, 1)}
    ahead, behind, far = (project(cast, f"V-{n}", **started) for n in range(3))
    for row, share in ((ahead, 10), (behind, 7), (far, 2)):
        plan(row, 1200 * WAN)
        figures(row, SEPTEMBER, share * 100 * WAN)
    silent = project(cast, "V-silent", **started)
    plan(silent, 1200 * WAN)
    reserve = project(cast, "V-reserve", project_class="reserve")
    late = project(cast, "V-late", planned_start=datetime.date(2023, 3, 1))
    unlisted = project(cast, "V-unlisted", actual_start=datetime.date(2023, 3, 1), total_investment=9000 * WAN)
    node = project(cast, "V-node")
    Milestone.objects.create(project=node, name="封顶", is_key=True, planned_on=datetime.date(2023, 7, 1))
    incident = project(cast, "V-incident")
    Incident.objects.create(project=incident, kind="false_data", happened_on=AUGUST_20, note="…")
    exempt = project(cast, "V-exempt", **started)
    Exemption.objects.create(project=exempt, first_month=SEPTEMBER, last_month=SEPTEMBER, **GRANTED)
    suspended = project(cast, "V-suspended", **started)
    halt_project(suspended, Halt("suspended", AUGUST_20, "land"), by=None, at=AT, today=TODAY, seen=0)
    resting = phase(project(cast, "V-resting"), stage=Stage.PREPARING, since=datetime.date(2023, 6, 1)).project
    ordinary = project(cast, "V-ordinary")
    Milestone.objects.create(project=ordinary, name="围挡", planned_on=datetime.date(2023, 7, 1))
    plain = [ahead, behind, far, silent, reserve, late, unlisted, node, incident, exempt, suspended]
    return [*plain, resting, ordinary]


def test_a_line_says_what_the_rules_say(cast: Cast) -> None:
    rows = variety(cast)
    opened(SEPTEMBER)
    known = facts_for(Project.objects.all(), SEPTEMBER)
    outcomes = set()
    for row in rows:
        rating, written = rate(known[row.pk].facts), line(row)
        assert (written.level, written.standing) == (rating.level, rating.standing or "")
        assert written.hits == [hit.as_json() for hit in rating.hits]
        assert written.checks == [check.as_json() for check in rating.checks]
        assert written.worst_rule == (rating.hits[0].rule if rating.hits else "")
        for tenths, exact, places in (
            (written.completion_tenths, rating.completion_rate, 1000),
            (written.schedule_tenths, rating.schedule_rate, 1000),
            (written.lead_tenths, rating.lead_points, 10),
        ):
            assert tenths == (None if exact is None else int(half_up(exact * places, 0)))
        outcomes.add(written.standing or f"{written.level} {written.worst_rule}")
    assert {"0 ", "1 P1", "2 P1", "2 P2", "2 P3", "2 P4", "1 P5", "2 P7", "2 P8"} <= outcomes
    assert {"exempt", "not_rated", "not_reported"} <= outcomes


def test_colours_sort_by_severity_and_standings_stand_below_them(cast: Cast) -> None:
    variety(cast)
    opened(SEPTEMBER)
    order = Line.objects.order_by("-severity").values_list("level", "standing")
    seen = list(dict.fromkeys(level if level is not None else standing for level, standing in order))
    assert seen == [2, 1, 0, "not_reported", "not_rated", "exempt"]


def test_a_line_holds_what_the_list_shows_and_looks_for(cast: Cast) -> None:
    row = project(
        cast,
        name="年产6GW高效电池项目",
        short_name="泉为",
        owner="QW New Energy",
        leader=cast.boss,
        total_investment=36 * WAN,
        nature="new",
    )
    phase(row, 1, Stage.OPERATING)
    phase(row, 2, Stage.PREPARING)
    plan(row, 12 * WAN)
    figures(row, AUGUST, 3 * WAN)
    opened(SEPTEMBER)
    written = line(row)
    assert (written.code, written.name, written.short_name, written.name_key) == ("P-1", row.name, "泉为", "quan wei")
    assert (written.unit, written.unit_name, written.leader_name) == (cast.town, "税郭镇", "王区长")
    assert (written.stage, written.stage_order, written.partly_operating) == ("building", 7, True)
    assert written.phases == [[1, "一期", "operating", "", False], [2, "二期", "preparing", "", False]]
    assert (written.total_investment, written.year_plan, written.invested_to_date) == (36 * WAN, 12 * WAN, 3 * WAN)
    assert (written.reported_month, written.changed_at) == (AUGUST, AT)
    key = SearchKey.objects.get(project=row)
    assert all(text in key.text for text in ("年产6gw", "泉为", "qw new energy", "p-1", "qw"))
