"""The pages of nodes and approvals: planning them, reporting on them, bringing in the checklist."""

from typing import Any

import pytest
from django.test import Client

from projects.register.actions.scheduling import set_milestone
from projects.register.models import Attachment, Milestone, MilestoneTemplate, Project
from tests.cast import AT, TODAY, Cast, phase, project, signed_in

pytestmark = pytest.mark.usefixtures("standing_clock")

NEW = "/projects/P-1/milestones/new/"
CHECKLIST = "/projects/P-1/checklist/"
NODE = {"name": "主体封顶", "planned_on": "2023-06-30", "is_confirmed": "on"}


def node(cast: Cast, **more: Any) -> Milestone:
    row = Milestone(**{"project": project(cast), "name": "主体封顶", "planned_on": TODAY, **more})
    return set_milestone(row, by=None, at=AT, today=TODAY)


def page(row: Milestone) -> str:
    return f"/projects/P-1/milestones/{row.pk}/"


def typed(row: Milestone, **more: Any) -> dict[str, Any]:
    given = {"code": row.code, "name": row.name, "planned_on": row.planned_on or "", "is_confirmed": "on", "version": 0}
    return {**given, **more}


class TestPlanning:
    def test_a_node_and_an_approval(self, cast: Cast) -> None:
        project(cast)
        client = signed_in(cast.office)
        assert client.get(NEW).status_code == 200
        response = client.post(NEW, NODE)
        assert (response.status_code, response["Location"]) == (302, "/projects/P-1/#milestones")
        client.post(NEW, {"code": "construction_permit", "is_confirmed": "on"})
        assert set(Milestone.objects.values_list("kind", "name")) == {
            ("node", "主体封顶"),
            ("approval", "建筑工程施工许可证"),
        }

    def test_a_stranger_finds_nothing(self, cast: Cast) -> None:
        row = node(cast)
        client = signed_in(cast.stranger)
        assert {client.get(url).status_code for url in (NEW, page(row))} == {404}
        assert client.post(page(row), typed(row)).status_code == 404

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor"])
    def test_a_new_one_is_the_offices(self, cast: Cast, who: str) -> None:
        project(cast)
        response = signed_in(cast.person(who)).post(NEW, NODE)
        assert response.status_code == 403
        assert "编辑项目信息" in response.content.decode()
        assert not Milestone.objects.exists()

    @pytest.mark.parametrize("who", ["leader", "auditor", "other_reporter"])
    def test_a_reader_changes_nothing(self, cast: Cast, who: str) -> None:
        row = node(cast)
        response = signed_in(cast.person(who)).post(page(row), typed(row, done_on="2023-10-01"))
        assert response.status_code == 403
        assert Milestone.objects.get().done_on is None

    @pytest.mark.parametrize(
        ("more", "says"),
        [
            ({"planned_on": "2023-12-01"}, "调整原因"),
            ({"planned_on": ""}, "计划日期"),
            ({"done_on": "2023-10-11"}, "晚于今天"),
            ({"done_on": "2023-10-01", "not_applicable": "on", "not_applicable_reason": "…"}, "不能同时办结"),
            ({"not_applicable": "on"}, "不涉及的原因"),
            ({"code": "nonsense"}, "nonsense"),
        ],
    )
    def test_what_does_not_fit_is_told_and_stays_typed(self, cast: Cast, more: dict[str, Any], says: str) -> None:
        row = node(cast)
        response = signed_in(cast.office).post(page(row), typed(row, document_number="市中住建8号", **more))
        assert response.status_code == 422
        assert says in response.content.decode()
        assert "市中住建8号" in response.content.decode()
        assert Milestone.objects.get().version == 0

    def test_a_plan_is_changed_with_a_reason(self, cast: Cast) -> None:
        row = node(cast)
        response = signed_in(cast.office).post(page(row), typed(row, planned_on="2023-12-01", reason="设计变更"))
        assert response.status_code == 302
        assert Milestone.objects.get().planned_on.isoformat() == "2023-12-01"  # type: ignore[union-attr]

    def test_the_second_is_told_who_was_first(self, cast: Cast) -> None:
        row = node(cast)
        first, second = signed_in(cast.office), signed_in(cast.admin)
        first.post(page(row), typed(row, done_on="2023-10-01"))
        response = second.post(page(row), typed(row, done_on="2023-10-02"))
        assert response.status_code == 409
        assert "office" in response.content.decode()
        assert "2023-10-02" in response.content.decode()

    def test_no_such_row(self, cast: Cast) -> None:
        row = node(cast)
        project(cast, "P-2")
        client = signed_in(cast.office)
        for url in ("/projects/P-1/milestones/0/", f"/projects/P-2/milestones/{row.pk}/"):
            assert client.get(url).status_code == 404

    def test_only_own_phases_and_files_are_offered(self, cast: Cast) -> None:
        row = node(cast)
        other = phase(project(cast, "P-2"))
        response = signed_in(cast.office).post(page(row), typed(row, phase=other.pk))
        assert response.status_code == 422


class TestReporting:
    def test_the_unit_says_what_is_done(self, cast: Cast) -> None:
        row = node(cast)
        client = signed_in(cast.reporter)
        shown = client.get(page(row)).content.decode()
        assert 'name="done_on"' in shown
        assert 'name="planned_on"' not in shown
        response = client.post(page(row), {"done_on": "2023-10-01", "is_confirmed": "on", "version": 0})
        assert response.status_code == 302
        assert Milestone.objects.get().done_on.isoformat() == "2023-10-01"  # type: ignore[union-attr]

    def test_and_changes_nothing_else(self, cast: Cast) -> None:
        row = node(cast)
        more = {"planned_on": "2024-12-31", "name": "改名", "not_applicable": "on", "not_applicable_reason": "…"}
        signed_in(cast.reporter).post(page(row), {"done_on": "", "is_confirmed": "on", "version": 0, **more})
        stored = Milestone.objects.get()
        assert (stored.planned_on, stored.name, stored.not_applicable) == (TODAY, "主体封顶", False)

    def test_with_a_document_of_the_project(self, cast: Cast) -> None:
        row = node(cast)
        file = Attachment.objects.create(
            project=row.project, title="批复", kind="document", stored_as="1", original_name="a.pdf", size=1,
            sha256="1", content_type="application/pdf", at=AT,
        )  # fmt: skip
        client = signed_in(cast.reporter)
        assert "批复" in client.get(page(row)).content.decode()
        client.post(page(row), {"document": file.pk, "is_confirmed": "on", "version": 0})
        assert Milestone.objects.get().document == file


class TestTheChecklist:
    @pytest.fixture(autouse=True)
    def _lines(self, cast: Cast) -> None:
        MilestoneTemplate.objects.create(category=cast.industry, kind="approval", code="site")
        MilestoneTemplate.objects.create(category=cast.industry, name="封顶", offset_months=3)

    def apply(self, client: Client, url: str = CHECKLIST) -> Any:
        return client.post(url, follow=True)

    def test_works_and_says_what_waits(self, cast: Cast) -> None:
        project(cast)
        response = self.apply(signed_in(cast.office))
        assert response.status_code == 200
        assert "新增 1 项" in response.content.decode()
        assert "另有 1 个节点" in response.content.decode()
        assert Milestone.objects.get().code == "site"

    def test_a_stranger_finds_nothing(self, cast: Cast) -> None:
        project(cast)
        assert self.apply(signed_in(cast.stranger)).status_code == 404

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor"])
    def test_a_reader_is_told_why_not(self, cast: Cast, who: str) -> None:
        project(cast)
        response = self.apply(signed_in(cast.person(who)))
        assert response.status_code == 403
        assert "编辑项目信息" in response.content.decode()

    def test_without_one_there_is_a_sentence(self, cast: Cast) -> None:
        project(cast)
        MilestoneTemplate.objects.all().delete()
        response = self.apply(signed_in(cast.office))
        assert response.status_code == 400
        assert "还没有节点与手续清单" in response.content.decode()

    def test_bad_addresses(self, cast: Cast) -> None:
        project(cast)
        client = signed_in(cast.office)
        assert client.post("/projects/none/checklist/").status_code == 404
        assert client.get(CHECKLIST).status_code == 405
        assert not Project.objects.get().milestones.exists()
