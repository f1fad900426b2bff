"""The register, the plans and the milestones as sheets: new records, changed ones, and who may send which."""

import datetime

import pytest

from projects.core.month import Month
from projects.core.refusals import NotAllowed
from projects.exchange.actions.dry_run import NEW, try_out
from projects.exchange.actions.importing import import_at_once
from projects.exchange.models import ImportBatch
from projects.exchange.verdicts import Cell, Outcome, SheetRow, Verdict
from projects.register.models import AnnualPlan, LevelLabel, Milestone, Project
from tests.cast import TODAY, WAN, Cast, phase, plan, project
from tests.exchange.sheets import asked, row

SCHOOL = {"code": "N-1", "name": "向阳小学新建工程", "unit": "税郭镇", "category": "产业", "nature": "新建"}


def tried(cast: Cast, kind: str, *rows: SheetRow, who: str = "office") -> list[Verdict]:
    return try_out(rows, asked(cast.person(who), kind))


def imported(cast: Cast, kind: str, *rows: SheetRow, who: str = "office") -> ImportBatch:
    order = asked(cast.person(who), kind)
    return import_at_once(try_out(rows, order), order, file_name="表.xlsx", sha256="", sheet="Sheet1")


# ── the register ────────────────────────────────────────────────────────────────────────────────


def test_an_unknown_project_is_new_with_all_that_is_said(cast: Cast) -> None:
    [verdict] = tried(cast, "register", row(**SCHOOL, total_investment=9 * WAN, year_plan=3 * WAN, goal="封顶"))
    assert verdict.outcome == Outcome.NEW
    assert Cell("unit", None, "税郭镇") in verdict.cells
    assert Cell("total_investment", None, 9 * WAN) in verdict.cells
    assert verdict.cells[-2:] == [Cell("year_plan", None, 3 * WAN), Cell("goal", None, "封顶")]
    assert not Project.objects.exists()


def test_a_new_project_is_registered_with_its_first_phase_and_plan(cast: Cast) -> None:
    LevelLabel.objects.create(name="区重点")
    imported(cast, "register", row(**SCHOOL, labels=("区重点",), year_plan=3 * WAN))
    found = Project.objects.get()
    assert (found.code, found.unit, found.nature, found.short_name) == ("N-1", cast.town, "new", SCHOOL["name"])
    assert found.listed_from == Month(2023, 9)
    assert [label.name for label in found.labels.all()] == ["区重点"]
    assert found.phases.count() == 1
    assert [each.amount for each in found.plans.all()] == [3 * WAN]


def test_a_known_project_is_changed_cell_by_cell(cast: Cast) -> None:
    known = project(cast, planned_start=datetime.date(2023, 3, 15), location="老地方")
    sheet = row(
        code="P-1",
        name=known.name,
        unit="孟庄镇",
        planned_start=Month(2023, 3),
        location=" 老地方 ",
        project_class="实施类",
    )
    [verdict] = tried(cast, "register", sheet)
    assert verdict.cells == [Cell("unit", "税郭镇", "孟庄镇")]
    imported(cast, "register", sheet)
    known.refresh_from_db()
    assert (known.unit, known.planned_start) == (cast.other_town, datetime.date(2023, 3, 15))


def test_a_month_of_which_another_is_stored_becomes_its_first_or_last_day(cast: Cast) -> None:
    known = project(cast, planned_start=datetime.date(2023, 3, 15))
    imported(cast, "register", row(code="P-1", planned_start=Month(2023, 4), planned_finish=Month(2024, 2)))
    known.refresh_from_db()
    assert known.planned_start == datetime.date(2023, 4, 1)
    assert known.planned_finish == datetime.date(2024, 2, 29)


def test_what_the_form_refuses_is_refused_in_its_cell(cast: Cast) -> None:
    project(cast, planned_start=datetime.date(2023, 3, 15))
    bad = row(3, code="P-1", planned_finish=datetime.date(2023, 1, 1))
    foreign = row(4, **{**SCHOOL, "category": "没有的类别"})
    short = row(5, code="N-2", name="全新的污水处理厂", unit="税郭镇")
    one, two, three = tried(cast, "register", bad, foreign, short)
    assert [each.outcome for each in (one, two, three)] == [Outcome.REFUSED] * 3
    assert (two.objections[0].column, two.objections[0].value) == ("D", "没有的类别")
    assert "类别" in three.objections[0].why  # the sheet has no such column


def test_what_looks_like_a_known_project_waits_for_a_choice(cast: Cast) -> None:
    project(cast, name="向阳小学建设工程")
    sheet = row(**SCHOOL)
    order = asked(cast.office, "register")
    [unsure] = try_out([sheet], order)
    assert (unsure.outcome, [each.code for each in unsure.alikes]) == (Outcome.REFUSED, ["P-1"])
    [new] = try_out([sheet], order, chosen={3: NEW})
    assert new.outcome == Outcome.NEW
    [same] = try_out([sheet], order, chosen={3: "P-1"})
    assert Cell("name", "向阳小学建设工程", SCHOOL["name"]) in same.cells


def test_the_same_new_project_twice_is_refused_the_second_time(cast: Cast) -> None:
    first, second = tried(cast, "register", row(3, **SCHOOL), row(4, **SCHOOL))
    assert (first.outcome, second.outcome) == (Outcome.NEW, Outcome.REFUSED)


def test_a_plan_that_stands_is_not_revised_by_the_way(cast: Cast) -> None:
    plan(project(cast), 5 * WAN)
    [verdict] = tried(cast, "register", row(code="P-1", year_plan=6 * WAN))
    assert verdict.outcome == Outcome.UNCHANGED
    assert len(verdict.remarks) == 1
    [same] = tried(cast, "register", row(code="P-1", year_plan=5 * WAN))
    assert same.remarks == []


@pytest.mark.parametrize(
    ("kind", "who", "may"),
    [
        ("register", "office", True), ("register", "reporter", False), ("register", "leader", False),
        ("plans", "reporter", True), ("plans", "auditor", False),
        ("month", "reporter", True), ("month", "leader", False),
        ("milestones", "reporter", True), ("milestones", "auditor", False),
    ],
)  # fmt: skip
def test_who_may_import_what(cast: Cast, kind: str, who: str, may: bool) -> None:
    if may:
        assert tried(cast, kind, who=who) == []
    else:
        with pytest.raises(NotAllowed):
            tried(cast, kind, who=who)


# ── plans ───────────────────────────────────────────────────────────────────────────────────────


def test_a_first_plan_is_new(cast: Cast) -> None:
    known = project(cast)
    imported(
        cast, "plans", row(code="P-1", year_plan=12 * WAN, goal="封顶", **{f"month_{n}": WAN for n in range(1, 13)})
    )
    [stored] = known.plans.all()
    assert (stored.amount, stored.goal, stored.month_plan, stored.decision) == (
        12 * WAN,
        "封顶",
        [WAN] * 12,
        "approved",
    )


def test_another_amount_is_proposed_with_its_reason(cast: Cast) -> None:
    known = project(cast)
    plan(known, 5 * WAN)
    bare, reasoned = row(code="P-1", year_plan=6 * WAN), row(code="P-1", year_plan=6 * WAN, reason="年中调整")
    [refused] = tried(cast, "plans", bare)
    assert refused.outcome == Outcome.REFUSED
    [verdict] = tried(cast, "plans", reasoned, who="reporter")
    assert (verdict.outcome, verdict.cells) == (Outcome.NEW, [Cell("year_plan", 5 * WAN, 6 * WAN)])
    imported(cast, "plans", reasoned, who="reporter")
    assert [(each.amount, each.decision) for each in known.plans.order_by("number")] == [
        (5 * WAN, "approved"), (6 * WAN, ""),
    ]  # fmt: skip
    [again] = tried(cast, "plans", reasoned, who="reporter")
    assert again.outcome == Outcome.UNCHANGED  # it waits already


def test_the_plan_as_it_is_is_unchanged(cast: Cast) -> None:
    plan(project(cast), 12 * WAN, months=[WAN] * 12)
    [verdict] = tried(cast, "plans", row(code="P-1", year=2023, year_plan=12 * WAN, month_1=WAN, month_12=WAN))
    assert verdict.outcome == Outcome.UNCHANGED


def test_months_that_do_not_add_up_are_refused(cast: Cast) -> None:
    project(cast)
    [verdict] = tried(cast, "plans", row(code="P-1", year_plan=12 * WAN, month_1=WAN))
    assert verdict.outcome == Outcome.REFUSED
    assert verdict.objections[0].column == "B"


def test_a_row_of_another_year_is_refused(cast: Cast) -> None:
    project(cast)
    [verdict] = tried(cast, "plans", row(code="P-1", year=2024, year_plan=12 * WAN))
    assert (verdict.outcome, verdict.objections[0].column) == (Outcome.REFUSED, "B")
    assert not AnnualPlan.objects.exists()


# ── milestones ──────────────────────────────────────────────────────────────────────────────────


def test_nodes_and_approvals_are_told_apart_by_their_names(cast: Cast) -> None:
    project(cast)
    imported(
        cast, "milestones",
        row(3, code="P-1", milestone="主体封顶", planned_on=datetime.date(2023, 12, 1), is_key=True),
        row(4, code="P-1", milestone="环评", done_on=TODAY, document_number="枣环审〔2023〕1号"),
    )  # fmt: skip
    approval, node = Milestone.objects.order_by("kind")
    assert (node.name, node.is_key, node.code) == ("主体封顶", True, "")
    assert (approval.code, approval.done_on, approval.document_number) == ("environment", TODAY, "枣环审〔2023〕1号")


def test_a_unit_reports_on_milestones_and_does_not_plan_them(cast: Cast) -> None:
    project(cast)
    planned = datetime.date(2023, 12, 1)
    imported(cast, "milestones", row(code="P-1", milestone="主体封顶", planned_on=planned))
    sheet = row(code="P-1", milestone="主体封顶", planned_on=datetime.date(2024, 1, 1), forecast_on=TODAY)
    [verdict] = tried(cast, "milestones", sheet, who="reporter")
    assert verdict.cells == [Cell("forecast_on", None, "2023-10-10")]
    assert len(verdict.remarks) == 1
    imported(cast, "milestones", sheet, who="reporter")
    stored = Milestone.objects.get()
    assert (stored.planned_on, stored.forecast_on) == (planned, TODAY)
    [unknown] = tried(cast, "milestones", row(code="P-1", milestone="竣工验收", planned_on=planned), who="reporter")
    assert unknown.outcome == Outcome.REFUSED


def test_a_planned_day_is_moved_with_a_reason_only(cast: Cast) -> None:
    project(cast)
    first, later = datetime.date(2023, 12, 1), datetime.date(2024, 1, 1)
    imported(cast, "milestones", row(code="P-1", milestone="主体封顶", planned_on=first))
    [refused] = tried(cast, "milestones", row(code="P-1", milestone="主体封顶", planned_on=later))
    assert refused.outcome == Outcome.REFUSED
    imported(cast, "milestones", row(code="P-1", milestone="主体封顶", planned_on=later, reason="资金未到位"))
    assert Milestone.objects.get().planned_on == later


def test_a_milestone_twice_in_a_sheet_is_refused(cast: Cast) -> None:
    project(cast)
    one, other, twice = tried(
        cast, "milestones",
        row(3, code="P-1", milestone="主体封顶", planned_on=TODAY),
        row(4, code="P-1", milestone="竣工验收", planned_on=TODAY),
        row(5, code="P-1", milestone="主体封顶", planned_on=TODAY),
    )  # fmt: skip
    assert [each.outcome for each in (one, other, twice)] == [Outcome.NEW, Outcome.NEW, Outcome.REFUSED]


def test_a_milestone_of_a_phase_is_told_from_that_of_the_project(cast: Cast) -> None:
    of = phase(project(cast))
    whole = row(3, code="P-1", milestone="环评", done_on=TODAY)
    part = row(4, code="P-1", milestone="环评", phase_name="一期", done_on=TODAY)
    imported(cast, "milestones", whole, part)
    assert set(Milestone.objects.values_list("code", "phase")) == {("environment", None), ("environment", of.pk)}
    assert [each.outcome for each in tried(cast, "milestones", whole, part)] == [Outcome.UNCHANGED] * 2
    [unknown] = tried(cast, "milestones", row(code="P-1", milestone="能评", phase_name="九期", done_on=TODAY))
    assert (unknown.outcome, unknown.objections[0].column) == (Outcome.REFUSED, "C")


def test_an_approval_has_one_of_the_known_names(cast: Cast) -> None:
    project(cast)
    [verdict] = tried(cast, "milestones", row(code="P-1", kind="approval", milestone="没有的手续", done_on=TODAY))
    assert (verdict.outcome, verdict.objections[0].column) == (Outcome.REFUSED, "C")


def test_what_does_not_concern_a_project_is_taken_over_with_its_reason(cast: Cast) -> None:
    project(cast)
    told = {"not_applicable": True, "not_applicable_reason": "不占耕地"}
    imported(cast, "milestones", row(code="P-1", milestone="水土保持", **told))
    stored = Milestone.objects.get()
    assert (stored.not_applicable, stored.not_applicable_reason) == (True, "不占耕地")


def test_entry_in_statistics_without_its_day_is_only_told(cast: Cast) -> None:
    project(cast)
    [verdict] = tried(cast, "register", row(code="P-1", entered=True))
    assert (verdict.outcome, len(verdict.remarks)) == (Outcome.UNCHANGED, 1)
