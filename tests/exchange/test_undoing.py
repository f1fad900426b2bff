"""Taking an import back: everything as it was before, or a sentence that says who went on from it."""

import datetime
from dataclasses import replace

import pytest

from projects.core.refusals import NotAllowed, Refused, Stale
from projects.exchange.actions.importing import import_batch
from projects.exchange.actions.undoing import ChangedSince, undo_batch
from projects.exchange.models import ImportBatch
from projects.exchange.verdicts import SheetRow
from projects.journal.models import Entry
from projects.progress.actions.restoring import Stood
from projects.progress.actions.reviewing import approve
from projects.progress.models import MonthlyReport
from projects.register.models import AnnualPlan, Milestone, Problem, Project
from tests.cast import AT, TODAY, WAN, Cast, plan, project
from tests.exchange.batch import checked, undoing
from tests.exchange.sheets import asked, row
from tests.progress.month import asked as report_of
from tests.progress.month import at, opened, written


def imported(cast: Cast, kind: str, *rows: SheetRow, who: str = "office", submit: bool = False) -> ImportBatch:
    order = asked(cast.person(who), kind, submit=submit)
    return import_batch(checked(order, *rows), order)


@pytest.fixture
def school(cast: Cast) -> Project:
    found = project(cast, location="老地方", total_investment=5 * WAN)
    opened()
    return found


def test_an_empty_report_is_empty_again(cast: Cast, school: Project) -> None:
    batch = imported(cast, "month", row(code="P-1", invested_this_month=WAN, image="一"), who="reporter")
    undone = undo_batch(batch, undoing(cast))
    report = MonthlyReport.objects.get()
    assert (report.state, report.invested_this_month, report.image, report.written_by) == ("due", None, "", None)
    assert (undone.state, undone.undone_at, undone.undone_by) == ("undone", AT, cast.reporter)
    assert Entry.objects.order_by("-seq")[0].verb == "undo_import"


def test_a_draft_says_again_what_it_said(cast: Cast, school: Project) -> None:
    before = written(school, image="原来的", invested_statistics=3 * WAN)
    batch = imported(cast, "month", row(code="P-1", invested_this_month=WAN, image="一"), who="reporter")
    undo_batch(batch, undoing(cast))
    report = MonthlyReport.objects.get()
    assert (report.state, report.image, report.invested_this_month) == ("draft", "原来的", before.invested_this_month)
    assert report.invested_statistics == 3 * WAN


def test_what_was_handed_in_is_taken_back(cast: Cast, school: Project) -> None:
    before = Stood.of(MonthlyReport.objects.get())
    sheet = row(code="P-1", invested_this_month=WAN, image="一", next_steps="二")
    batch = imported(cast, "month", sheet, who="reporter", submit=True)
    assert MonthlyReport.objects.get().state == "submitted"
    undo_batch(batch, undoing(cast))
    assert Stood.of(MonthlyReport.objects.get()) == before
    assert MonthlyReport.objects.get().image == ""


def test_a_draft_that_was_handed_in_is_the_draft_it_was(cast: Cast, school: Project) -> None:
    before = Stood.of(written(school, image="原来的", by=cast.reporter))
    batch = imported(cast, "month", row(code="P-1", image="一"), submit=True)
    assert MonthlyReport.objects.get().state == "submitted"
    undo_batch(batch, undoing(cast, "office"))
    report = MonthlyReport.objects.get()
    assert (Stood.of(report), report.image) == (before, "原来的")


def test_a_report_that_nobody_had_asked_for_is_gone(cast: Cast, school: Project) -> None:
    MonthlyReport.objects.all().delete()
    batch = imported(cast, "month", row(code="P-1", image="一"), who="reporter")
    undo_batch(batch, undoing(cast))
    assert not MonthlyReport.objects.exists()


def test_who_approved_it_since_is_told_and_nothing_is_taken_back(cast: Cast, school: Project) -> None:
    other = project(cast, "P-2")
    opened()
    sheet = {"invested_this_month": WAN, "image": "一", "next_steps": "二"}
    rows = (row(3, code="P-1", **sheet), row(4, code="P-2", **sheet))
    batch = imported(cast, "month", *rows, who="reporter", submit=True)
    report = report_of(other)
    approve(report, by=cast.office, at=AT, seen=report.version)
    with pytest.raises(ChangedSince) as refusal:
        undo_batch(batch, undoing(cast))
    assert len(refusal.value.changes) == 1
    assert other.name in str(refusal.value)
    assert "office" in str(refusal.value)
    assert [each.state for each in MonthlyReport.objects.order_by("project__code")] == ["submitted", "approved"]
    batch.refresh_from_db()
    assert batch.state == "imported"


def test_facts_of_the_register_are_as_before(cast: Cast, school: Project) -> None:
    batch = imported(cast, "register", row(code="P-1", location="新地方", total_investment=6 * WAN, unit="孟庄镇"))
    undo_batch(batch, undoing(cast, "office"))
    school.refresh_from_db()
    assert (school.location, school.total_investment, school.unit) == ("老地方", 5 * WAN, cast.town)


def test_who_answers_and_remarks_are_as_before(cast: Cast, school: Project) -> None:
    Project.objects.filter(pk=school.pk).update(responsible="钱主任")
    batch = imported(cast, "month", row(code="P-1", image="一", responsible="赵主任", note="省级调度"))
    undo_batch(batch, undoing(cast, "office"))
    school.refresh_from_db()
    assert (school.responsible, school.note) == ("钱主任", "")
    assert MonthlyReport.objects.get().state == "due"


def test_a_new_project_goes_with_its_plan(cast: Cast, school: Project) -> None:
    new = row(code="N-1", name="全新污水处理厂", unit="税郭镇", category="产业", project_class="实施类", year_plan=WAN)
    batch = imported(cast, "register", new)
    opened_again = Project.objects.get(code="N-1")
    MonthlyReport.objects.create(project=opened_again, month=batch.month)  # asked for in the night after
    undo_batch(batch, undoing(cast, "office"))
    assert [each.code for each in Project.objects.all()] == ["P-1"]
    assert not AnnualPlan.objects.exists()
    assert MonthlyReport.objects.count() == 1


def test_a_new_project_stays_once_something_was_entered_of_it(cast: Cast, school: Project) -> None:
    batch = imported(cast, "register", row(code="N-1", name="全新污水处理厂", unit="税郭镇", category="产业"))
    new = Project.objects.get(code="N-1")
    Problem.objects.create(project=new, kind="land", description="土地未批", raised_on=TODAY, due_on=TODAY)
    with pytest.raises(Refused, match="问题"):
        undo_batch(batch, undoing(cast, "office"))
    assert Project.objects.filter(code="N-1").exists()


def test_a_proposal_is_taken_back_until_it_is_decided(cast: Cast, school: Project) -> None:
    plan(school, 5 * WAN)
    batch = imported(cast, "plans", row(code="P-1", year_plan=6 * WAN, reason="调整"), who="reporter")
    undo_batch(batch, undoing(cast))
    assert [each.amount for each in school.plans.all()] == [5 * WAN]
    batch = imported(cast, "plans", row(code="P-1", year_plan=6 * WAN, reason="调整"), who="reporter")
    AnnualPlan.objects.filter(number=2).update(decision="approved", decided_at=AT)
    with pytest.raises(Refused):
        undo_batch(batch, undoing(cast))


def test_milestones_are_as_before(cast: Cast, school: Project) -> None:
    first = imported(cast, "milestones", row(code="P-1", milestone="主体封顶", planned_on=TODAY))
    later = imported(
        cast, "milestones",
        row(3, code="P-1", milestone="主体封顶", planned_on=datetime.date(2024, 1, 1), reason="顺延"),
        row(4, code="P-1", milestone="纳统", done_on=TODAY),
    )  # fmt: skip
    with pytest.raises(ChangedSince):
        undo_batch(first, undoing(cast, "office"))
    undo_batch(later, undoing(cast, "office"))
    assert [(each.title, each.planned_on) for each in Milestone.objects.all()] == [("主体封顶", TODAY)]
    school.refresh_from_db()
    assert school.entered_statistics_on is None


def test_an_import_is_taken_back_once_and_by_its_own(cast: Cast, school: Project) -> None:
    batch = imported(cast, "month", row(code="P-1", image="一"), who="reporter")
    with pytest.raises(NotAllowed):
        undo_batch(batch, undoing(cast, "other_reporter"))
    undo_batch(batch, undoing(cast, "office"))
    entries = Entry.objects.count()
    assert undo_batch(batch, undoing(cast)).undone_by == cast.office
    assert Entry.objects.count() == entries
    with pytest.raises(Stale):
        undo_batch(checked(asked(cast.reporter), row(code="P-1", image="二")), undoing(cast))


def test_after_the_lock_a_unit_takes_nothing_back(cast: Cast, school: Project) -> None:
    batch = imported(cast, "month", row(code="P-1", image="一"), who="reporter")
    late = replace(undoing(cast), at=at(datetime.date(2023, 10, 16)), today=datetime.date(2023, 10, 16))
    with pytest.raises(Refused):
        undo_batch(batch, late)
    undo_batch(batch, replace(late, by=cast.office))
