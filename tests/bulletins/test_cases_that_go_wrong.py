"""The cases that go wrong elsewhere (the domain's section 8), each through the program's own actions to its line."""

import datetime

import pytest

from projects.accounts.models import Unit
from projects.bulletins.actions import rate_month, rerate_changed
from projects.bulletins.models import BulletinLine, Line, PolicyEdition
from projects.bulletins.queries.drafting import content_of_draft
from projects.bulletins.queries.published import line_copies
from projects.core.month import Month, months_between
from projects.core.refusals import Refused
from projects.progress.actions.entering import Figures, enter_figures
from projects.progress.actions.periods import note_locks, open_period
from projects.progress.actions.reviewing import allow_late
from projects.progress.models import Period
from projects.rating.editions import palette_as_json, policy_as_json, unit_policy_as_json
from projects.rating.palettes import HONOURS
from projects.rating.policy import DEFAULT_POLICY
from projects.rating.units import DEFAULT_UNIT_POLICY
from projects.register.actions.halting import decide_exemption, exempt_project
from projects.register.actions.listing import keep_list_entry
from projects.register.actions.planning import set_plan
from projects.register.actions.registering import edit_project
from projects.register.models import Exemption, Project
from projects.register.stages import Stage
from tests.bulletins.month import published
from tests.cast import AT, SEPTEMBER, TODAY, WAN, Cast, component, figures, phase, plan, project
from tests.progress.month import approved, asked

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def built(cast: Cast, code: str = "P-1", **facts: object) -> Project:
    """A project with nothing wrong with it: continued from last year and entered in the statistics."""
    given: dict[str, object] = {"nature": "continued", "entered_statistics_on": datetime.date(2022, 5, 1)}
    return project(cast, code, **{**given, **facts})


def line(of: Project, month: Month = SEPTEMBER) -> Line:
    """The line of a month, written anew."""
    rate_month(month, current=month == SEPTEMBER)
    return Line.objects.get(project=of, month=month)


@pytest.mark.parametrize("amount", [None, 0])
def test_without_a_plan_there_is_no_rate_and_nothing_breaks(cast: Cast, amount: int | None) -> None:
    row = built(cast)
    if amount is not None:
        plan(row, amount)
    figures(row, SEPTEMBER, 5 * WAN)
    found = line(row)
    assert (found.completion_tenths, found.lead_tenths, found.invested_to_date) == (None, None, 5 * WAN)
    assert content_of_draft(cast.district, SEPTEMBER).whole.completion_rate is None


def test_in_january_a_twelfth_is_due(cast: Cast) -> None:
    row = built(cast)
    plan(row, 120 * WAN)
    figures(row, Month(2023, 1), 10 * WAN)
    found = line(row, Month(2023, 1))
    assert (found.schedule_tenths, found.lead_tenths, found.level) == (83, 0, 0)


def test_planned_to_start_in_november_owes_nothing_in_september(cast: Cast) -> None:
    row = built(cast, nature="new", planned_start=datetime.date(2023, 11, 1), entered_statistics_on=None)
    plan(row, 100 * WAN)
    found = line(row)
    assert (found.schedule_tenths, found.level, found.standing) == (0, None, "not_rated")


def test_finished_in_may_is_due_in_full_since(cast: Cast) -> None:
    row = built(cast, planned_finish=datetime.date(2023, 5, 31), actual_finish=datetime.date(2023, 5, 20))
    plan(row, 100 * WAN)
    figures(row, Month(2023, 5), 100 * WAN)
    found = line(row)
    assert (found.schedule_tenths, found.completion_tenths, found.level) == (1000, 1000, 0)


def test_more_than_all_is_shown_as_it_is(cast: Cast) -> None:
    row = built(cast)
    plan(row, 100 * WAN)
    figures(row, SEPTEMBER, 250 * WAN)
    assert (line(row).completion_tenths, line(row).level) == (2500, 0)


def test_a_negative_month_lowers_the_sum(cast: Cast) -> None:
    row = built(cast)
    plan(row, 100 * WAN)
    figures(row, Month(2023, 8), 80 * WAN)
    with pytest.raises(Refused):  # without a reason
        figures(row, SEPTEMBER, -10 * WAN)
    enter_figures(row, SEPTEMBER, Figures(-10 * WAN, reason="核减"), by=None, at=AT, open_month=SEPTEMBER)
    assert line(row, Month(2023, 8)).invested_to_date == 80 * WAN
    assert line(row).invested_to_date == 70 * WAN


def test_a_plan_revised_at_mid_year_holds_from_its_month(cast: Cast) -> None:
    row = built(cast)
    plan(row, 100 * WAN)
    figures(row, Month(2023, 6), 40 * WAN)
    set_plan(row, 2023, amount=60 * WAN, effective_from=SEPTEMBER, reason="调整", by=None, at=AT, open_month=SEPTEMBER)
    assert line(row, Month(2023, 8)).completion_tenths == 400
    assert line(row).completion_tenths == 667
    (copy,) = content_of_draft(cast.district, SEPTEMBER).lines
    assert (copy.original_plan, copy.year_plan) == (100 * WAN, 60 * WAN)


def test_moved_to_another_unit_the_published_month_keeps_the_former(cast: Cast) -> None:
    row = built(cast)
    plan(row, 100 * WAN)
    rate_month(SEPTEMBER, current=True)
    Project.objects.update(rerate_from=None)
    published(cast)
    edited = Project.objects.get(pk=row.pk)
    edited.unit = cast.other_town
    edit_project(edited, labels=[], by=None, at=AT, seen=edited.version, since=SEPTEMBER)
    rerate_changed(through=SEPTEMBER + 1)
    assert BulletinLine.objects.get().unit_name == "税郭镇"
    assert Line.objects.get(month=SEPTEMBER).unit_name == "税郭镇"
    assert line(row, SEPTEMBER + 1).unit_name == "孟庄镇"


def test_a_package_of_ten_counts_as_one(cast: Cast) -> None:
    row = built(cast)
    plan(row, 100 * WAN)
    for number in range(1, 11):
        component(phase(row, 1, Stage.BUILDING) if number == 1 else row.phases.get(), number, Stage.BUILDING)
    figures(row, SEPTEMBER, 75 * WAN)
    line(row)
    whole = content_of_draft(cast.district, SEPTEMBER).whole
    assert (whole.projects, whole.year_plan, whole.invested_to_date) == (1, 100 * WAN, 75 * WAN)


def test_half_producing_is_said_so(cast: Cast) -> None:
    row = built(cast)
    first = phase(row, 1, Stage.BUILDING, datetime.date(2023, 1, 5))
    component(first, 1, Stage.OPERATING)
    component(first, 2, Stage.BUILDING)
    assert line(row).partly_operating
    (copy,) = content_of_draft(cast.district, SEPTEMBER).lines
    assert "部分投产" in copy.stage_name


def test_moved_to_implementation_in_july_it_is_rated_from_its_start_on(cast: Cast) -> None:
    row = built(cast, project_class="preparation", nature="new", entered_statistics_on=None)
    assert line(row, Month(2023, 6)).lead_tenths is None  # nothing is planned
    edited = Project.objects.get(pk=row.pk)
    edited.project_class, edited.planned_start = "implementation", datetime.date(2023, 7, 1)
    edit_project(edited, labels=[], by=None, at=AT, seen=edited.version, since=Month(2023, 7))
    plan(edited, 60 * WAN)
    assert line(row).schedule_tenths == 500  # three of six months


@pytest.mark.parametrize(
    ("invested", "lead", "level"),
    [(70_0000, -50, 0), (69_9999, -50, 1), (55_0000, -200, 1), (54_9999, -200, 2), (70_0500, -50, 0)],
)
def test_an_exact_bound_is_not_crossed_whatever_is_shown(cast: Cast, invested: int, lead: int, level: int) -> None:
    """Behind by 5 and by 20 points exactly, by a yuan more, and by 4.995 that is shown as 5.0."""
    row = built(cast)
    plan(row, 1_000_000)
    figures(row, SEPTEMBER, invested)
    found = line(row)
    assert (found.lead_tenths, found.level) == (lead, level)


def test_a_missing_month_that_is_filled_in_counts_no_more(cast: Cast) -> None:
    row = built(cast)
    plan(row, 100 * WAN)
    figures(row, Month(2023, 7), 70 * WAN)
    open_period(Month(2023, 8), by=None, at=AT, today=datetime.date(2023, 8, 25))
    note_locks(today=TODAY)
    assert [hit["rule"] for hit in line(row, Month(2023, 8)).hits] == ["P6"]
    report = asked(row, Month(2023, 8))
    allow_late(report, until=TODAY, reason="补报", by=cast.office, at=AT)
    approved(row, Month(2023, 8), by=cast.reporter, invested_this_month=5 * WAN)
    assert line(row, Month(2023, 8)).hits == []


def test_three_reminders_and_then_well(cast: Cast) -> None:
    row = built(cast)
    plan(row, 120 * WAN)
    figures(row, Month(2023, 5), 40 * WAN)  # a tenth of the plan is due each month, and more
    for month, amount in ((6, 10), (7, 8), (8, 10), (9, 30)):
        figures(row, Month(2023, month), amount * WAN)
    levels = [line(row, month).level for month in months_between(Month(2023, 6), SEPTEMBER)]
    assert levels == [1, 1, 2, 0]
    assert Line.objects.get(project=row, month=Month(2023, 8)).worst_rule == "P9"


def test_a_palette_turned_round_changes_nothing_published(cast: Cast) -> None:
    row = built(cast)
    plan(row, 100 * WAN)
    figures(row, Month(2023, 3), 5 * WAN)
    for month in months_between(Month(2023, 4), SEPTEMBER):
        rate_month(month, current=month == SEPTEMBER)
    Project.objects.update(rerate_from=None)
    six = [published(cast, month) for month in months_between(Month(2023, 4), SEPTEMBER)]
    before = [[copy.as_json() for copy in line_copies(bulletin)] for bulletin in six]
    PolicyEdition.objects.create(
        number=1, name="红榜", holds_from=Month(2023, 1), policy=policy_as_json(DEFAULT_POLICY),
        palette=palette_as_json(HONOURS), unit_policy=unit_policy_as_json(DEFAULT_UNIT_POLICY), reason="…", at=AT,
    )  # fmt: skip
    assert [[copy.as_json() for copy in line_copies(bulletin)] for bulletin in six] == before
    assert {copy[0]["colour_word"] for copy in before} == {"红"}
    line(row, SEPTEMBER + 1)
    (october,) = content_of_draft(cast.district, SEPTEMBER + 1).lines
    assert october.colour_word == "蓝"  # the worst of that palette


def test_a_unit_with_one_project_is_not_ranked_for_it(cast: Cast) -> None:
    row = built(cast)
    plan(row, 100 * WAN)
    figures(row, SEPTEMBER, 80 * WAN)
    line(row)
    (unit,) = content_of_draft(cast.district, SEPTEMBER).of_kind("unit")
    assert (unit.rank, unit.of, unit.level) == (1, 1, 0)


def test_an_exemption_ends_with_its_last_month(cast: Cast) -> None:
    row = built(cast)
    plan(row, 100 * WAN)
    figures(row, Month(2023, 7), 10 * WAN)
    said = Exemption(project=row, reason="force_majeure", first_month=SEPTEMBER, last_month=SEPTEMBER, note="洪水")
    exempt_project(said, by=cast.office, at=AT, open_month=SEPTEMBER)
    decide_exemption(said, "approved", by=cast.admin, at=AT)
    assert line(row).standing == "exempt"
    assert (line(row, SEPTEMBER + 1).standing, line(row, SEPTEMBER + 1).level) == ("", 2)


@pytest.mark.parametrize(("day", "is_locked"), [(0, False), (1, True)])
def test_a_deadline_is_the_end_of_the_local_day(cast: Cast, day: int, is_locked: bool) -> None:
    project(cast)
    period: Period = open_period(SEPTEMBER, by=None, at=AT, today=TODAY)
    assert period.is_locked_on(period.locks_on + day * DAY) is is_locked


def test_a_lookup_renamed_after_publication_leaves_the_name(cast: Cast) -> None:
    row = built(cast)
    plan(row, 100 * WAN)
    rate_month(SEPTEMBER, current=True)
    Project.objects.update(rerate_from=None)
    published(cast)
    cast.industry.name = "工业"
    keep_list_entry(cast.industry, by=None, at=AT, since=Month(2023, 1))
    Unit.objects.filter(pk=cast.town.pk).update(short_name="新镇")
    assert BulletinLine.objects.get().category_name == "产业"
    assert BulletinLine.objects.get().unit_name == "税郭镇"
