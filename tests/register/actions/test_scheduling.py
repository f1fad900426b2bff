"""The nodes and approvals of a project: planned, expected, done, of no concern."""

import datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from projects.core.month import Month
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.journal.models import Entry
from projects.register.actions.filing import remove_file
from projects.register.actions.registering import edit_project
from projects.register.actions.scheduling import set_milestone, update_milestone
from projects.register.models import Attachment, Milestone, Project
from tests.cast import AT, TODAY, Cast, phase, project

JUNE_30 = datetime.date(2023, 6, 30)


def node(row: Project, **more: Any) -> Milestone:
    return Milestone(**{"project": row, "name": "主体封顶", "is_key": True, "planned_on": JUNE_30, **more})


def approval(row: Project, code: str = "construction_permit", **more: Any) -> Milestone:
    return Milestone(**{"project": row, "code": code, **more})


def put(milestone: Milestone, by: Any = None, seen: int | None = None, reason: str = "") -> Milestone:
    return set_milestone(milestone, by=by, at=AT, today=TODAY, seen=seen, reason=reason)


def report(milestone: Milestone, by: Any = None, seen: int | None = None) -> Milestone:
    return update_milestone(milestone, by=by, at=AT, today=TODAY, seen=seen)


def document(row: Project, sha256: str = "1", **more: Any) -> Attachment:
    return Attachment.objects.create(
        project=row, title="批复", kind="document", stored_as=f"ab/{row.pk}{sha256}", original_name="批复.pdf", size=1,
        sha256=sha256, content_type="application/pdf", at=AT, **more,
    )  # fmt: skip


def refused(act: Any, *given: Any, **more: Any) -> str:
    """The field that a refusal names; nothing was written."""
    before = list(Milestone.objects.order_by("pk").values()), Entry.objects.count()
    with pytest.raises(Refused) as refusal:
        act(*given, **more)
    assert before == (list(Milestone.objects.order_by("pk").values()), Entry.objects.count())
    return refusal.value.field


def test_a_node_is_added_and_every_month_is_due(cast: Cast) -> None:
    row = project(cast)
    Project.objects.update(rerate_from=None)
    put(node(row), cast.office)
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.actor, entry.after["planned_on"]) == (
        "set_milestone",
        cast.office,
        "2023-06-30",
    )
    assert entry.after == {"name": "主体封顶", "is_key": True, "planned_on": "2023-06-30"}
    assert Project.objects.get().rerate_from == Month(2023, 1)


def test_a_node_is_done(cast: Cast) -> None:
    row = put(node(project(cast)))
    row.done_on = TODAY
    put(row, seen=0)
    assert (Milestone.objects.get().done_on, Milestone.objects.get().version) == (TODAY, 1)
    assert (Entry.objects.latest("seq").before, Entry.objects.latest("seq").after) == (
        {"done_on": None},
        {"done_on": "2023-10-10"},
    )


def test_done_in_the_future_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        put(node(project(cast), done_on=TODAY + datetime.timedelta(days=1)))
    assert refusal.value.field == "done_on"


def test_a_phase_of_another_project_is_refused(cast: Cast) -> None:
    other = phase(project(cast, "P-2"))
    with pytest.raises(Refused) as refusal:
        put(node(project(cast), phase=other))
    assert refusal.value.field == "phase"


def test_a_node_of_the_same_name_and_day_is_refused_in_words(cast: Cast) -> None:
    row = project(cast)
    put(node(row))
    with pytest.raises(Refused) as refusal, transaction.atomic():
        put(node(row))
    assert refusal.value.field == "name"
    other = put(node(row, planned_on=TODAY))
    other.planned_on = JUNE_30
    with pytest.raises(Refused), transaction.atomic():
        put(other, seen=0)


def test_the_second_of_two_is_refused(cast: Cast) -> None:
    row = put(node(project(cast)))
    put(row, cast.office, seen=0)
    with translation.override("en"), pytest.raises(Stale, match="office saved this meanwhile"):
        put(Milestone.objects.get(), cast.admin, seen=0)


@pytest.mark.parametrize("who", ["reporter", "leader", "auditor", "stranger"])
def test_nodes_are_the_offices(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        put(node(project(cast)), cast.person(who))
    assert not Milestone.objects.exists()


class TestApprovals:
    def test_an_approval_needs_no_day_and_has_its_own_name(self, cast: Cast) -> None:
        with translation.override("en"):
            row = put(approval(project(cast), name="随便"))
        assert (row.kind, row.name, row.planned_on) == ("approval", "建筑工程施工许可证", None)
        assert row.title == "建筑工程施工许可证"

    def test_a_node_needs_a_day_and_a_name(self, cast: Cast) -> None:
        row = project(cast)
        assert refused(put, node(row, planned_on=None)) == "planned_on"
        assert refused(put, node(row, name="")) == "name"

    def test_an_unknown_code_is_refused(self, cast: Cast) -> None:
        assert refused(put, approval(project(cast), "nonsense")) == "code"

    def test_each_stands_once_on_the_list_of_a_project_and_of_a_phase(self, cast: Cast) -> None:
        one = phase(project(cast))
        two = phase(one.project, 2)
        for of in (None, one, two):
            put(approval(one.project, phase=of))
            assert refused(put, approval(one.project, phase=of)) == "code"
        assert Milestone.objects.count() == 3

    def test_not_applicable_with_a_reason(self, cast: Cast) -> None:
        row = project(cast)
        assert refused(put, approval(row, not_applicable=True)) == "not_applicable_reason"
        put(approval(row, not_applicable=True, not_applicable_reason="技改项目，不新增用地"))
        assert Milestone.objects.get().is_settled

    def test_done_and_not_applicable_exclude_each_other(self, cast: Cast) -> None:
        row = approval(project(cast), not_applicable=True, not_applicable_reason="…", done_on=JUNE_30)
        assert refused(put, row) == "not_applicable"

    def test_a_reason_without_need_is_dropped(self, cast: Cast) -> None:
        assert put(approval(project(cast), not_applicable_reason="…")).not_applicable_reason == ""

    def test_a_doubt_without_a_day_is_dropped(self, cast: Cast) -> None:
        row = project(cast)
        assert put(approval(row, is_confirmed=False)).is_confirmed is True
        assert put(approval(row, "site", is_confirmed=False, done_on=JUNE_30)).is_confirmed is False


class TestTheDocument:
    def test_is_one_of_the_projects_files(self, cast: Cast) -> None:
        row = project(cast)
        put(approval(row, document=document(row), document_number="市中住建〔2023〕8号"))
        assert Entry.objects.latest("seq").after["document"] == "批复"
        assert refused(put, approval(row, "site", document=document(project(cast, "P-2")))) == "document"
        assert refused(put, approval(row, "site", document=document(row, "2", removed_at=AT))) == "document"

    def test_cannot_be_removed_while_it_is_one(self, cast: Cast) -> None:
        row = project(cast)
        permit = put(approval(row, document=document(row)))
        with translation.override("en"), pytest.raises(Refused, match="document of 项目P-1 Construction permit"):
            remove_file(Attachment.objects.get(), reason="…", by=None, at=AT)
        permit.document = None
        put(permit, seen=0)
        remove_file(Attachment.objects.get(), reason="…", by=None, at=AT)


class TestAChangedPlan:
    def test_needs_a_reason(self, cast: Cast) -> None:
        row = put(node(project(cast)))
        row.planned_on = TODAY
        assert refused(put, row, cast.office, seen=0) == "reason"
        put(row, cast.office, seen=0, reason="设计变更")
        entry = Entry.objects.latest("seq")
        assert (entry.note, entry.before, entry.after) == (
            "设计变更",
            {"planned_on": "2023-06-30"},
            {"planned_on": "2023-10-10"},
        )

    def test_also_when_the_day_is_taken_away(self, cast: Cast) -> None:
        row = put(approval(project(cast), planned_on=JUNE_30))
        row.planned_on = None
        assert refused(put, row, seen=0) == "reason"

    def test_but_not_for_a_first_day(self, cast: Cast) -> None:
        row = put(approval(project(cast)))
        row.planned_on = JUNE_30
        assert put(row, seen=0).planned_on == JUNE_30


class TestWhatAUnitReports:
    def test_days_and_document(self, cast: Cast) -> None:
        of = project(cast)
        row = put(node(of))
        Project.objects.update(rerate_from=None)
        row.forecast_on, row.done_on, row.is_confirmed = TODAY, JUNE_30, False
        row.document, row.document_number = document(of), "8号"
        report(row, cast.reporter, seen=0)
        stored = Milestone.objects.get()
        assert (stored.forecast_on, stored.done_on, stored.is_confirmed) == (TODAY, JUNE_30, False)
        assert (stored.document_number, stored.version) == ("8号", 1)
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.actor, entry.project_id) == ("update_milestone", cast.reporter, of.pk)
        assert Project.objects.get().rerate_from == Month(2023, 1)

    def test_and_nothing_else(self, cast: Cast) -> None:
        row = put(node(project(cast)))
        row.name, row.is_key, row.planned_on, row.done_on = "改名", False, TODAY, TODAY
        row.not_applicable, row.not_applicable_reason = True, "…"
        report(row, cast.reporter, seen=0)
        stored = Milestone.objects.get()
        assert (stored.name, stored.is_key, stored.planned_on, stored.done_on) == ("主体封顶", True, JUNE_30, TODAY)
        assert stored.not_applicable is False

    def test_of_what_stands_on_the_list_only(self, cast: Cast) -> None:
        assert refused(report, node(project(cast)), cast.reporter) == ""
        assert not Milestone.objects.exists()

    def test_not_in_the_future(self, cast: Cast) -> None:
        row = put(node(project(cast)))
        row.done_on = TODAY + datetime.timedelta(days=1)
        assert refused(report, row, cast.reporter, seen=0) == "done_on"

    def test_the_second_of_two_is_refused(self, cast: Cast) -> None:
        row = put(node(project(cast)))
        report(row, cast.reporter, seen=0)
        with pytest.raises(Stale):
            report(Milestone.objects.get(), cast.office, seen=0)

    @pytest.mark.parametrize("who", ["other_reporter", "leader", "auditor", "stranger"])
    def test_nobody_elses_unit(self, cast: Cast, who: str) -> None:
        row = put(node(project(cast)))
        with pytest.raises(NotAllowed):
            report(row, cast.person(who), seen=0)


class TestEntryInStatistics:
    """One day at two places: the checklist and the facts of the project."""

    def test_done_on_the_list_is_known_to_the_project(self, cast: Cast) -> None:
        row = put(approval(project(cast), "statistics"))
        row.done_on = JUNE_30
        report(row, cast.reporter, seen=0)
        assert (Project.objects.get().entered_statistics_on, Project.objects.get().version) == (JUNE_30, 1)
        assert Entry.objects.latest("seq").after["entered_statistics_on"] == "2023-06-30"
        row.done_on = None
        report(row, cast.reporter, seen=1)
        assert Project.objects.get().entered_statistics_on is None

    def test_known_to_the_project_is_done_on_the_list(self, cast: Cast) -> None:
        of = project(cast, entered_statistics_on=JUNE_30)
        row = put(approval(of, "statistics"))
        assert row.done_on == JUNE_30
        of.entered_statistics_on = TODAY
        edit_project(of, labels=(), by=None, at=AT, seen=0, since=Month(2023, 1))
        assert (Milestone.objects.get().done_on, Milestone.objects.get().version) == (TODAY, 1)

    def test_entered_and_not_applicable_exclude_each_other(self, cast: Cast) -> None:
        of = project(cast, entered_statistics_on=JUNE_30)
        row = approval(of, "statistics", not_applicable=True, not_applicable_reason="不足500万元")
        assert refused(put, row) == "not_applicable"

    def test_other_approvals_leave_it_alone(self, cast: Cast) -> None:
        of = project(cast, entered_statistics_on=JUNE_30)
        put(approval(of, "site", done_on=TODAY))
        put(approval(of, "statistics", phase=phase(of), done_on=TODAY))
        assert Project.objects.get().entered_statistics_on == JUNE_30
