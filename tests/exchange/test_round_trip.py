"""There and back: what is fetched and sent in unchanged changes nothing; one cell changed changes just that."""

import io
from typing import Any

import openpyxl
import pytest

from projects.accounts.models import User
from projects.exchange.actions.dry_run import try_out
from projects.exchange.actions.reading import opened as opened_file
from projects.exchange.actions.reading import recognised, rows_of
from projects.exchange.actions.writers import Asked
from projects.exchange.exports.files import Wanted, file_for
from projects.exchange.exports.month_rows import projects_of_sheet
from projects.exchange.verdicts import Verdict, counted
from projects.progress.models import MonthlyReport
from projects.register.actions.solving import raise_problem
from projects.register.models import Milestone, Phase, Problem, Project
from tests import cast as actors
from tests.cast import AT, SEPTEMBER, TODAY, WAN, Cast
from tests.exchange.fetching import FIRST, cell_of
from tests.progress.month import approved, in_state, opened

KINDS = ["month", "register", "phases", "plans", "milestones"]
UNCHANGED = {"new": 0, "changed": 0, "refused": 0}


def sheet_of(user: User, kind: str) -> bytes:
    """The file as it is fetched."""
    out = io.BytesIO()
    file_for(user, Wanted(kind, user.unit, SEPTEMBER), today=TODAY).write(out)
    return out.getvalue()


def lines_of(user: User, kind: str) -> bytes:
    """The same as CSV."""
    return "".join(file_for(user, Wanted(kind, user.unit, SEPTEMBER), today=TODAY).lines()).encode()


def sent_in(user: User, content: bytes, kind: str = "", name: str = "表.xlsx") -> list[Verdict]:
    """What a dry run says of the file; `kind` is found out as on the page."""
    book = opened_file(name, content)
    found = recognised(book, kind="", month=SEPTEMBER, learned={})
    assert kind in {"", found["kind"]}
    rows = rows_of(book, columns=found, month=SEPTEMBER)
    return try_out(rows, Asked(found["kind"], SEPTEMBER, user, AT, TODAY, SEPTEMBER))


def outcome(verdicts: list[Verdict]) -> dict[str, int]:
    """How many rows would be new or changed, and how many are refused."""
    counts = counted(verdicts)
    return {name: counts[name] for name in UNCHANGED}


def edited(content: bytes, heading: str, value: Any, *, row: int = FIRST) -> bytes:
    """The month sheet with another value in one cell, saved by a program that does not calculate."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    cell_of(book.worksheets[0], heading, row).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def held_by(user: User, kind: str) -> int:
    """How many rows a file of this kind has to have."""
    reached = Project.objects.editable_by(user)
    counts = {
        "month": projects_of_sheet(user, user.unit.path, SEPTEMBER),
        "register": reached,
        "phases": Phase.objects.filter(project__in=reached),
        "plans": reached.filter(plans__year=2023).distinct(),
        "milestones": Milestone.objects.filter(project__in=reached),
    }
    count: int = counts[kind].count()
    return count


@pytest.mark.usefixtures("demonstration")
@pytest.mark.parametrize(
    ("who", "kinds"), [("office", KINDS), ("reporter", ["month", "phases", "plans", "milestones"])]
)
def test_the_demonstration_comes_back_as_it_went(who: str, kinds: list[str]) -> None:
    user = User.objects.get(username=who)
    for kind in kinds:
        files = {"表.xlsx": sheet_of(user, kind)} | ({} if kind == "month" else {"表.csv": lines_of(user, kind)})
        for name, content in files.items():
            verdicts = sent_in(user, content, kind, name)
            odd = [each for each in verdicts if each.objections or each.cells or each.remarks]
            assert outcome(verdicts) == UNCHANGED, (kind, name, odd[:3])
            assert not odd, (kind, name, odd[:3])
            assert len(verdicts) == held_by(user, kind) > 0, (kind, name)


@pytest.fixture
def report(cast: Cast) -> MonthlyReport:
    said = {"responsible": "赵主任", "note": "1. 省级调度\n\n2. “每周一报”、=1+1"}
    one = actors.project(cast, owner="山东泉为", total_investment=12_000 * WAN, **said)
    actors.project(cast, "P-2", total_investment=600 * WAN)
    actors.plan(one, 6000 * WAN)
    opened()
    return in_state("draft", one, cast)


class TestOneCell:
    @pytest.mark.usefixtures("report")
    @pytest.mark.parametrize(
        ("heading", "value", "field", "new"),
        [
            ("本月完成", 1234.5, "invested_this_month", 12_345_000),
            ("本月完成", 0, "invested_this_month", 0),
            ("统计入库数", 88, "invested_statistics", 88 * WAN),
            ("形象进度", "主体封顶", "image", "主体封顶"),
            ("下月计划", "屋面施工", "next_steps", "屋面施工"),
            ("下月计划投资", 300, "next_month_amount", 300 * WAN),
            ("偏差说明", "雨季停工", "explanation", "雨季停工"),
        ],
    )
    def test_of_the_month_sheet_is_just_that_one(
        self, cast: Cast, heading: str, value: Any, field: str, new: Any
    ) -> None:
        content = edited(sheet_of(cast.reporter, "month"), heading, value)
        verdicts = sent_in(cast.reporter, content, "month")
        assert [each.outcome.value for each in verdicts] == ["changed", "unchanged"], verdicts
        assert [(cell.field, cell.new) for cell in verdicts[0].cells] == [(field, new)]

    @pytest.mark.usefixtures("report")
    def test_of_the_register_is_just_that_one(self, cast: Cast) -> None:
        book = openpyxl.load_workbook(io.BytesIO(sheet_of(cast.office, "register")))
        sheet = book.worksheets[0]
        place = next(cell.column for cell in sheet[1] if cell.value == "项目单位")
        sheet.cell(2, place).value = "山东泉为二"
        out = io.BytesIO()
        book.save(out)
        first, second = sent_in(cast.office, out.getvalue(), "register")
        assert [(cell.field, cell.old, cell.new) for cell in first.cells] == [("owner", "山东泉为", "山东泉为二")]
        assert second.outcome.value == "unchanged"

    @pytest.mark.usefixtures("report")
    @pytest.mark.parametrize(("heading", "field"), [("责任人", "responsible"), ("备注", "note")])
    def test_of_who_answers_and_of_remarks_is_just_that_one(self, cast: Cast, heading: str, field: str) -> None:
        content = sheet_of(cast.office, "month")
        assert outcome(sent_in(cast.office, content, "month")) == UNCHANGED
        first, second = sent_in(cast.office, edited(content, heading, "孙主任"), "month")
        assert [(cell.field, cell.new) for cell in first.cells] == [(field, "孙主任")]
        assert second.outcome.value == "unchanged"

    @pytest.mark.usefixtures("report")
    def test_that_is_emptied_leaves_what_is_stored(self, cast: Cast) -> None:
        content = edited(sheet_of(cast.reporter, "month"), "形象进度", None)
        assert outcome(sent_in(cast.reporter, content, "month")) == UNCHANGED


@pytest.mark.usefixtures("report")
def test_problems_come_back_and_a_new_one_is_raised(cast: Cast) -> None:
    one = Project.objects.get(code="P-1")
    for text in ("用地指标\n没有落实", "高压线迁改未完成"):
        raise_problem(
            Problem(project=one, kind="land", description=text, request="请协调", raised_on=TODAY, due_on=TODAY),
            by=None, at=AT,
        )  # fmt: skip
    content = sheet_of(cast.reporter, "month")
    verdicts = sent_in(cast.reporter, content, "month")
    assert outcome(verdicts) == UNCHANGED
    assert not [each.remarks for each in verdicts if each.remarks]
    told = "1. 用地指标 没有落实\n2. 高压线迁改未完成\n3. 施工人员不足"
    first, _second = sent_in(cast.reporter, edited(content, "存在问题", told), "month")
    assert [(cell.field, cell.new) for cell in first.cells] == [("problem", "施工人员不足")]


def test_a_sheet_with_a_report_in_every_state_comes_back(cast: Cast) -> None:
    opened()
    for number, state in enumerate(("due", "draft", "submitted", "returned", "approved")):
        one = actors.project(cast, f"P-{number}", total_investment=12_000 * WAN)
        opened_for(one)
        in_state(state, one, cast)
    assert outcome(sent_in(cast.reporter, sheet_of(cast.reporter, "month"), "month")) == UNCHANGED


def opened_for(project: Project) -> None:
    """A report is asked of a project that was registered after the month was opened."""
    MonthlyReport.objects.get_or_create(project=project, month=SEPTEMBER)


@pytest.mark.parametrize(
    "steps", ["计划完成投资500万元，四层施工", "500万元", "1. 封顶\n2. 砌体", "+二层", "无变化，继续施工"]
)
def test_next_steps_come_back_word_for_word(cast: Cast, steps: str) -> None:
    one = actors.project(cast)
    opened()
    approved(one, by=cast.reporter, next_steps=steps, next_month_amount=None)
    assert outcome(sent_in(cast.reporter, sheet_of(cast.reporter, "month"), "month")) == UNCHANGED
