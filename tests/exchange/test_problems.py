"""What a month sheet says stands in the way: raised when it is new, and never twice."""

import pytest

from projects.core.refusals import Refused
from projects.exchange.actions.dry_run import try_out
from projects.exchange.actions.importing import import_batch
from projects.exchange.actions.undoing import undo_batch
from projects.exchange.verdicts import Cell, Outcome, Verdict
from projects.progress.models import MonthlyReport
from projects.register.actions.solving import note_progress
from projects.register.models import Problem, Project
from tests.cast import AT, TODAY, Cast, project
from tests.exchange.batch import checked, undoing
from tests.exchange.sheets import asked, row
from tests.progress.month import approved, opened

LAND = "二期用地尚未批复，影响厂房开工"


@pytest.fixture
def school(cast: Cast) -> Project:
    found = project(cast)
    opened()
    return found


def told(cast: Cast, **values: str) -> Verdict:
    [verdict] = try_out([row(code="P-1", **values)], asked(cast.reporter))
    return verdict


def known(of: Project, text: str) -> Problem:
    return Problem.objects.create(project=of, kind="land", description=text, raised_on=TODAY, due_on=TODAY)


def test_what_is_new_is_raised_with_what_is_asked(cast: Cast, school: Project) -> None:
    order = asked(cast.reporter)
    batch = checked(order, row(code="P-1", problem=f"1. {LAND}\n2.资金未到位", request="请区自然资源局加快审批"))
    assert batch.rows.get().cells == [["problem", None, f"{LAND}\n资金未到位"]]
    assert not Problem.objects.exists()
    import_batch(batch, order)
    land, funds = Problem.objects.order_by("pk")
    assert (land.description, land.request, land.kind) == (LAND, "请区自然资源局加快审批", "other")
    assert (land.raised_by, land.raised_on) == (cast.reporter, TODAY)
    assert (funds.description, funds.request) == ("资金未到位", "")
    assert MonthlyReport.objects.get().state == "due"  # of the report nothing was said


def test_what_is_known_is_not_raised_again(cast: Cast, school: Project) -> None:
    known(school, LAND)
    known(school, "资金未到位")
    verdict = told(cast, problem=f"1. {LAND}\n2. 资金未到位")
    assert verdict.outcome == Outcome.UNCHANGED
    assert verdict.remarks == []


def test_what_is_much_like_a_known_one_is_told_and_left(cast: Cast, school: Project) -> None:
    known(school, LAND)
    verdict = told(cast, problem=f"{LAND}，请协调")
    assert verdict.outcome == Outcome.UNCHANGED
    assert "请协调" in verdict.remarks[0]


def test_an_approved_report_keeps_no_problem_back(cast: Cast, school: Project) -> None:
    approved(school)
    verdict = told(cast, problem=LAND)
    assert (verdict.outcome, verdict.cells) == (Outcome.CHANGED, [Cell("problem", None, LAND)])


def test_a_text_too_long_is_refused_in_its_cell(cast: Cast, school: Project) -> None:
    verdict = told(cast, problem="难" * 501)
    assert [each.column for each in verdict.objections] == ["B"]


def test_it_is_taken_back_until_work_on_it_is_noted(cast: Cast, school: Project) -> None:
    order = asked(cast.reporter)
    undo_batch(import_batch(checked(order, row(code="P-1", problem=LAND)), order), undoing(cast))
    assert not Problem.objects.exists()
    batch = import_batch(checked(order, row(code="P-1", problem=LAND)), order)
    note_progress(Problem.objects.get(), "已上报", by=cast.reporter, at=AT)
    with pytest.raises(Refused):
        undo_batch(batch, undoing(cast))
    assert Problem.objects.exists()
