"""The checklists of the categories: their beginning, their lines, and applying one to a project."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from projects.core.month import Month
from projects.core.refusals import NotAllowed, Refused
from projects.journal.models import Entry
from projects.register.actions.checklists import (
    Applied,
    apply_checklist,
    found_checklists,
    keep_template,
)
from projects.register.actions.listing import remove_list_entry
from projects.register.actions.scheduling import set_milestone
from projects.register.approvals import Approval
from projects.register.models import Category, Milestone, MilestoneTemplate, Project
from tests.cast import AT, SEPTEMBER, TODAY, Cast, phase, project

START = datetime.date(2023, 3, 31)


def line(cast: Cast, **more: Any) -> MilestoneTemplate:
    row = MilestoneTemplate(**{"category": cast.industry, **more})
    return keep_template(row, by=None, at=AT, since=SEPTEMBER)


def brought(row: Project, by: Any = None) -> Applied:
    return apply_checklist(row, by=by, at=AT)


def days(row: Project) -> dict[str, str | None]:
    rows = row.milestones.order_by("pk")
    return {each.name: each.planned_on.isoformat() if each.planned_on else None for each in rows}


class TestTheBeginning:
    def test_gives_each_category_known_by_name_its_list(self, cast: Cast) -> None:
        Category.objects.create(name="别的")
        added = found_checklists(by=None, at=AT)
        assert added == MilestoneTemplate.objects.filter(category=cast.industry).count() == 23
        assert MilestoneTemplate.objects.filter(kind="approval").count() == len(Approval)
        assert Entry.objects.latest("seq").subject_name == "产业"

    def test_leaves_lists_as_the_office_keeps_them(self, cast: Cast) -> None:
        line(cast, name="封顶", offset_months=1)
        assert found_checklists(by=None, at=AT) == 0
        assert MilestoneTemplate.objects.count() == 1

    def test_every_list_fits_together(self, cast: Cast) -> None:
        for name in ("基础设施", "民生"):
            Category.objects.create(name=name)
        found_checklists(by=None, at=AT)
        for category in Category.objects.all():
            rows = list(category.checklist.all())
            assert {Approval.INITIATION, Approval.CONSTRUCTION_PERMIT, Approval.ACCEPTANCE} <= {r.code for r in rows}
            assert any(row.is_key and row.kind == "node" for row in rows)
            for row in rows:
                row.full_clean()


class TestKeepingALine:
    def test_an_approval_or_a_node(self, cast: Cast) -> None:
        assert line(cast, code="site", name="别名", offset_months=-8).name == ""
        assert line(cast, name="封顶", offset_months=9).kind == "node"
        assert Entry.objects.latest("seq").verb == "keep_list"

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"name": "封顶"}, "name"),
            ({}, "name"),
            ({"name": "封顶", "offset_months": 500}, "name"),
            ({"code": "nonsense"}, "code"),
        ],
    )
    def test_what_is_refused(self, cast: Cast, given: dict[str, Any], field: str) -> None:
        with pytest.raises(Refused) as refusal:
            line(cast, **given)
        assert refusal.value.field == field
        assert not MilestoneTemplate.objects.exists()

    def test_twice_is_refused(self, cast: Cast) -> None:
        line(cast, code="site")
        with translation.override("en"), pytest.raises(Refused, match="already has this approval"):
            line(cast, code="site")

    def test_is_the_offices(self, cast: Cast) -> None:
        row = MilestoneTemplate(category=cast.industry, code="site")
        with pytest.raises(NotAllowed):
            keep_template(row, by=cast.reporter, at=AT, since=SEPTEMBER)

    def test_one_may_be_taken_out(self, cast: Cast) -> None:
        remove_list_entry(line(cast, code="site"), by=cast.office, at=AT)
        assert not MilestoneTemplate.objects.exists()


class TestApplying:
    @pytest.fixture(autouse=True)
    def _lines(self, cast: Cast) -> None:
        line(cast, code="site", offset_months=-8, position=1)
        line(cast, code="energy", position=2)
        line(cast, code="construction_permit", offset_months=0, is_key=True, position=3)
        line(cast, code="statistics", offset_months=1, position=4)
        line(cast, name="封顶", offset_months=11, is_key=True, position=5)
        line(cast, name="停用的", offset_months=1, is_active=False, position=6)
        other = Category.objects.create(name="民生")
        line(cast, category=other, code="safety", offset_months=1)

    def test_adds_everything_with_days_from_the_planned_start(self, cast: Cast) -> None:
        row = project(cast, planned_start=START)
        Project.objects.update(rerate_from=None)
        assert brought(row, cast.office) == Applied(added=5, waiting=0)
        assert days(row) == {
            "用地预审与选址": "2022-07-31",
            "节能审查": None,
            "建筑工程施工许可证": "2023-03-31",
            "纳统": "2023-04-30",
            "封顶": "2024-02-29",
        }
        assert set(row.milestones.filter(is_key=True).values_list("name", flat=True)) == {"建筑工程施工许可证", "封顶"}
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.actor, entry.project_id) == ("apply_checklist", cast.office, row.pk)
        assert entry.after["milestones"] == list(days(row))
        assert Project.objects.get().rerate_from == Month(2023, 1)

    def test_again_adds_nothing_and_says_nothing(self, cast: Cast) -> None:
        row = project(cast, planned_start=START)
        brought(row)
        entries = Entry.objects.count()
        assert brought(row) == Applied(added=0, waiting=0)
        assert Entry.objects.count() == entries

    def test_adds_only_what_is_missing(self, cast: Cast) -> None:
        row = project(cast, planned_start=START)
        mine = Milestone(project=row, code="site", planned_on=TODAY)
        set_milestone(mine, by=None, at=AT, today=TODAY)
        set_milestone(Milestone(project=row, name="封顶", planned_on=TODAY), by=None, at=AT, today=TODAY)
        assert brought(row).added == 3
        assert (days(row)["用地预审与选址"], days(row)["封顶"]) == ("2023-10-10", "2023-10-10")

    def test_that_of_a_phase_is_its_own(self, cast: Cast) -> None:
        of = phase(project(cast, planned_start=START))
        set_milestone(Milestone(project=of.project, phase=of, code="site"), by=None, at=AT, today=TODAY)
        assert brought(of.project).added == 5

    def test_without_a_planned_start_nodes_wait_and_approvals_get_their_days_later(self, cast: Cast) -> None:
        row = project(cast)
        assert brought(row) == Applied(added=4, waiting=1)
        assert set(days(row).values()) == {None}
        touched = row.milestones.get(code="site")
        touched.document_number = "8号"
        set_milestone(touched, by=None, at=AT, today=TODAY, seen=0)
        Project.objects.update(planned_start=START)
        assert brought(row) == Applied(added=1, waiting=0)
        assert (days(row)["用地预审与选址"], days(row)["建筑工程施工许可证"]) == (None, "2023-03-31")
        assert Entry.objects.latest("seq").after["milestones"] == ["封顶", "建筑工程施工许可证", "纳统"]

    def test_entry_in_statistics_is_known_already(self, cast: Cast) -> None:
        row = project(cast, entered_statistics_on=START)
        brought(row)
        assert row.milestones.get(code="statistics").done_on == START

    def test_of_a_category_without_one_is_refused(self, cast: Cast) -> None:
        row = project(cast, category=Category.objects.create(name="新类"))
        with translation.override("en"), pytest.raises(Refused, match="“新类” has no checklist"):
            brought(row)

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor", "stranger"])
    def test_is_the_offices(self, cast: Cast, who: str) -> None:
        row = project(cast, planned_start=START)
        with pytest.raises(NotAllowed):
            brought(row, cast.person(who))
        assert not Milestone.objects.exists()

    def test_many_lines_cost_no_more_queries_than_one(self, cast: Cast) -> None:
        def queries(code: str) -> int:
            row = project(cast, code, planned_start=START)
            with CaptureQueriesContext(connection) as counted:
                brought(row)
            return len(counted)

        many = queries("P-1")
        MilestoneTemplate.objects.exclude(code="site").delete()
        assert queries("P-2") == many
