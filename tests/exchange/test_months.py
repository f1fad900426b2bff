"""The month sheet: drafts through the report's form and action, handed in when asked, the register left alone."""

import datetime
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext as _

from projects.exchange.actions.dry_run import try_out
from projects.exchange.actions.importing import RowsRefused, import_at_once
from projects.exchange.models import ImportBatch
from projects.exchange.verdicts import Cell, Outcome, SheetRow, Verdict
from projects.progress.models import MonthlyReport
from projects.progress.wording import STANDS_IN_THE_WAY
from projects.progress.workflow import State
from projects.register.models import Project
from tests.cast import WAN, Cast, project
from tests.exchange.sheets import asked, row
from tests.progress.month import FULL, at, in_state, opened, submitted, written


@pytest.fixture
def school(cast: Cast) -> Project:
    found = project(cast, name="阳光小学建设项目", owner="区教育局")
    opened()
    return found


def tried(cast: Cast, *rows: SheetRow, who: str = "reporter", submit: bool = False) -> list[Verdict]:
    return try_out(rows, asked(cast.person(who), submit=submit))


def imported(cast: Cast, *rows: SheetRow, who: str = "reporter", submit: bool = False) -> ImportBatch:
    order = asked(cast.person(who), submit=submit)
    return import_at_once(try_out(rows, order), order, file_name="月报.xlsx", sha256="", sheet="Sheet1")


def test_an_empty_report_is_changed_cell_by_cell(cast: Cast, school: Project) -> None:
    [verdict] = tried(cast, row(code="P-1", name=school.name, invested_this_month=100 * WAN, image="三层"))
    assert verdict.outcome == Outcome.CHANGED
    assert verdict.cells == [Cell("invested_this_month", None, 100 * WAN), Cell("image", None, "三层")]
    assert verdict.remarks == []


def test_a_dry_run_changes_nothing(cast: Cast, school: Project) -> None:
    tried(cast, row(code="P-1", invested_this_month=100 * WAN))
    assert MonthlyReport.objects.get().state == State.DUE.value
    assert not ImportBatch.objects.exists()


def test_an_import_writes_the_draft_in_the_persons_name(cast: Cast, school: Project) -> None:
    imported(cast, row(name=school.name, owner=school.owner, invested_this_month=100 * WAN, image="三层"))
    report = MonthlyReport.objects.get()
    assert (report.state, report.invested_this_month, report.image) == ("draft", 100 * WAN, "三层")
    assert report.written_by == cast.reporter


def test_what_is_as_it_was_is_unchanged_and_empty_cells_say_nothing(cast: Cast, school: Project) -> None:
    before = written(school, invested_statistics=7 * WAN)
    sheet = row(code="P-1", invested_this_month=FULL.invested_this_month, image=FULL.image, next_steps="")
    [verdict] = tried(cast, sheet)
    assert verdict.outcome == Outcome.UNCHANGED
    imported(cast, sheet)
    after = MonthlyReport.objects.get()
    assert after.version == before.version
    assert after.invested_statistics == 7 * WAN


def test_only_what_the_sheet_tells_is_written(cast: Cast, school: Project) -> None:
    written(school, invested_statistics=7 * WAN)
    imported(cast, row(code="P-1", invested_this_month=120 * WAN))
    report = MonthlyReport.objects.get()
    assert (report.invested_this_month, report.invested_statistics) == (120 * WAN, 7 * WAN)
    assert (report.image, report.next_steps) == (FULL.image, FULL.next_steps)


def test_new_words_are_not_those_of_last_month(cast: Cast, school: Project) -> None:
    written(school, image_unchanged=True)
    imported(cast, row(code="P-1", image="封顶"))
    assert not MonthlyReport.objects.get().image_unchanged


def test_a_complete_report_is_handed_in_when_asked(cast: Cast, school: Project) -> None:
    told = {"invested_this_month": 100 * WAN, "image": "三层", "next_steps": "四层"}
    imported(cast, row(code="P-1", **told), submit=True)
    report = MonthlyReport.objects.get()
    assert (report.state, report.submitted_by) == ("submitted", cast.reporter)


def test_what_is_incomplete_stays_a_draft_and_says_what_it_lacks(cast: Cast, school: Project) -> None:
    sheet = row(code="P-1", invested_this_month=100 * WAN)
    [verdict] = tried(cast, sheet, submit=True)
    assert "形象进度" in verdict.remarks[0]
    imported(cast, sheet, submit=True)
    assert MonthlyReport.objects.get().state == "draft"


def test_a_complete_draft_that_the_sheet_repeats_is_handed_in_too(cast: Cast, school: Project) -> None:
    written(school)
    sheet = row(code="P-1", invested_this_month=FULL.invested_this_month)
    [verdict] = tried(cast, sheet, submit=True)
    assert verdict.cells == [Cell("state", "draft", "submitted")]
    imported(cast, sheet, submit=True)
    assert MonthlyReport.objects.get().state == "submitted"


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_a_report_that_is_not_the_units_turn_is_refused_with_the_pages_sentence(
    cast: Cast, school: Project, state: str
) -> None:
    in_state(state, school, cast)
    [verdict] = tried(cast, row(code="P-1", invested_this_month=1 * WAN))
    assert verdict.outcome == Outcome.REFUSED
    [objection] = verdict.objections
    assert objection.column == "B"
    assert objection.value == str(WAN)
    assert objection.why == str(STANDS_IN_THE_WAY[state])


def test_a_locked_month_is_refused_as_on_the_page_but_for_the_office(cast: Cast, school: Project) -> None:
    late = datetime.date(2023, 10, 16)
    sheet = [row(code="P-1", invested_this_month=1 * WAN)]
    for who, outcome in (("reporter", Outcome.REFUSED), ("office", Outcome.CHANGED)):
        order = replace(asked(cast.person(who)), at=at(late), today=late)
        [verdict] = try_out(sheet, order)
        assert verdict.outcome == outcome, who


def test_a_month_that_is_not_open_is_refused(cast: Cast) -> None:
    project(cast)
    [verdict] = tried(cast, row(code="P-1", invested_this_month=1 * WAN))
    assert verdict.outcome == Outcome.REFUSED


def test_a_month_below_zero_needs_its_reason_only_to_be_handed_in(cast: Cast, school: Project) -> None:
    told = {"invested_this_month": -1 * WAN, "image": "三层", "next_steps": "四层"}
    imported(cast, row(code="P-1", **told), submit=True)
    assert MonthlyReport.objects.get().state == "draft"
    imported(cast, row(code="P-1", **told, reason="核减上月多报"), submit=True)
    assert MonthlyReport.objects.get().state == "submitted"


def test_what_belongs_to_the_register_is_left_and_told(cast: Cast, school: Project) -> None:
    [verdict] = tried(
        cast, row(code="P-1", name=school.name, total_investment=9 * WAN, unit="没有的镇", year_plan=5 * WAN)
    )
    assert verdict.outcome == Outcome.UNCHANGED
    assert verdict.objections == []
    assert all(words in verdict.remarks[0] for words in ("总投资", "责任单位", "年度计划"))
    school.refresh_from_db()
    assert school.total_investment is None


def test_who_answers_and_remarks_are_taken_from_whoever_keeps_the_register(cast: Cast, school: Project) -> None:
    school.responsible = "钱主任"
    school.save()
    sheet = row(code="P-1", responsible=" 赵主任", note="省级调度\n每周一报", contact_name="孙工")
    [left] = tried(cast, sheet)
    assert (left.outcome, left.cells) == (Outcome.UNCHANGED, [])
    assert all(words in left.remarks[0] for words in ("责任人", "备注", "联系人"))
    [verdict] = tried(cast, sheet, who="office")
    assert verdict.cells == [Cell("responsible", "钱主任", "赵主任"), Cell("note", None, "省级调度\n每周一报")]
    assert "联系人" in verdict.remarks[0]
    assert "备注" not in verdict.remarks[0]
    imported(cast, sheet, who="office")
    school.refresh_from_db()
    assert (school.responsible, school.note, school.contact_name) == ("赵主任", "省级调度\n每周一报", "")
    assert MonthlyReport.objects.get().state == State.DUE.value
    assert tried(cast, sheet, who="office")[0].outcome == Outcome.UNCHANGED


def test_who_answers_is_refused_in_its_cell_and_when_overtaken(cast: Cast, school: Project) -> None:
    [long] = tried(cast, row(code="P-1", responsible="名" * 51, note="注" * 501), who="office")
    assert [(each.column, each.value) for each in long.objections] == [("B", "名" * 51), ("C", "注" * 501)]
    order = asked(cast.office)
    verdicts = try_out([row(code="P-1", responsible="赵主任")], order)
    Project.objects.filter(pk=school.pk).update(version=school.version + 1)
    with pytest.raises(RowsRefused) as refusal:
        import_at_once(verdicts, order, file_name="月报.xlsx", sha256="", sheet="Sheet1")
    assert [each.column for each in refusal.value.rows[3]] == ["B"]
    school.refresh_from_db()
    assert school.responsible == ""


def test_a_text_too_long_is_refused_in_its_cell(cast: Cast, school: Project) -> None:
    [verdict] = tried(cast, row(code="P-1", invested_this_month=1 * WAN, image="字" * 501))
    assert [each.column for each in verdict.objections] == ["C"]


def test_a_cell_that_could_not_be_read_refuses_the_row(cast: Cast, school: Project) -> None:
    bad = row(code="P-1", invested_this_month=None, image="三层")
    fault = SheetRow(3, bad.values, letters=bad.letters, texts={"invested_this_month": "约五百"}).objection(
        "invested_this_month", "不是金额"
    )
    [verdict] = tried(cast, SheetRow(3, bad.values, (fault,), bad.letters))
    assert verdict.outcome == Outcome.REFUSED
    assert (verdict.objections[0].column, verdict.objections[0].value) == ("B", "约五百")
    assert verdict.code == "P-1"


def test_the_second_row_of_a_project_is_refused(cast: Cast, school: Project) -> None:
    first, second = tried(
        cast, row(3, code="P-1", image="一"), row(4, name=school.name, owner=school.owner, image="二")
    )
    assert first.outcome == Outcome.CHANGED
    assert second.outcome == Outcome.REFUSED
    assert "3" in second.objections[0].why


def test_a_unit_reaches_no_other_units_project_and_learns_nothing_of_it(cast: Cast, school: Project) -> None:
    project(cast, "Q-1", name="别镇的项目", unit=cast.other_town)
    theirs, nobodys = tried(cast, row(3, code="Q-1", name="别镇的项目", image="一"), row(4, code="Z-9", image="一"))
    assert [each.outcome for each in (theirs, nobodys)] == [Outcome.REFUSED] * 2
    assert theirs.objections[0].why == nobodys.objections[0].why
    assert theirs.alikes == []


def test_the_office_is_sent_to_the_register_first(cast: Cast, school: Project) -> None:
    [verdict] = tried(cast, row(code="Z-9", name="全新工业园", image="一"), who="office")
    assert verdict.outcome == Outcome.REFUSED
    assert verdict.objections[0].why == _("The register has no such project. Enter it in the register first.")


def test_of_what_looks_alike_one_can_be_chosen(cast: Cast, school: Project) -> None:
    sheet = [row(name="阳光小学新建项目", image="一")]
    order = asked(cast.reporter)
    [unsure] = try_out(sheet, order)
    assert unsure.outcome == Outcome.REFUSED
    assert [each.code for each in unsure.alikes] == ["P-1"]
    [chosen] = try_out(sheet, order, chosen={3: "P-1"})
    assert (chosen.outcome, chosen.project_id) == (Outcome.CHANGED, school.pk)


def test_a_submitted_report_the_sheet_repeats_is_simply_unchanged(cast: Cast, school: Project) -> None:
    submitted(school)
    [verdict] = tried(cast, row(code="P-1", invested_this_month=FULL.invested_this_month), submit=True)
    assert verdict.outcome == Outcome.UNCHANGED


def test_rows_that_change_nothing_cost_no_queries(cast: Cast, school: Project) -> None:
    counted = []
    for count in (1, 3):
        for number in range(2, count + 1):
            project(cast, f"P-{number}")
        with CaptureQueriesContext(connection) as queries:
            tried(cast, *(row(number, code=f"P-{number}", unit="税郭镇") for number in range(1, count + 1)))
        counted.append(len(queries))
    assert counted[0] == counted[1]
