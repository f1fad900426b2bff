"""Overrides and objections on their pages: who asks, who decides, until when, and what is told."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from projects.accounts.models import User
from projects.bulletins.actions import rate_month
from projects.bulletins.actions.deciding import decide_objection, object_to, propose_override
from projects.bulletins.models import Bulletin, Objection, Override
from projects.core.refusals import Refused
from projects.notices.models import Notice
from projects.register.actions.filing import remove_file
from projects.register.models import Attachment, Project
from tests.bulletins.month import OBJECTIONS_UNTIL, begun, circulated, published
from tests.cast import AT, SEPTEMBER, TODAY, Cast, project, signed_in
from tests.progress.views.counting import at_one_and_three
from tests.register.samples import PDF

SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))
LAST_SECOND = datetime.datetime.combine(OBJECTIONS_UNTIL, datetime.time(23, 59, 59), SHANGHAI)


def told(person: User) -> list[str]:
    return list(Notice.objects.of(person).order_by("id").values_list("kind", flat=True))


class TestProposing:
    ADDRESS = "/bulletins/overrides/2023-09/{}/"

    def test_shows_both_levels_and_keeps_the_reason(self, cast: Cast, rows: list[Project]) -> None:
        client, address = signed_in(cast.office), self.ADDRESS.format("P-3")
        assert [word for _hue, _shape, word in client.get(address).context["looks"]] == ["红", "黄"]
        assert client.post(address, {"reason": "洪涝"}).headers["Location"] == "/projects/P-3/?month=2023-09"
        override = Override.objects.get()
        assert (override.computed_level, override.level, override.reason, override.by) == (2, 1, "洪涝", cast.office)

    @pytest.mark.parametrize("code", ["P-1"])
    def test_the_best_cannot_be_better(self, cast: Cast, rows: list[Project], code: str) -> None:
        client, address = signed_in(cast.office), self.ADDRESS.format(code)
        assert client.get(address).context["because"]
        assert client.post(address, {"reason": "x"}).status_code == 422
        assert not Override.objects.exists()

    def test_needs_a_reason_and_is_asked_once(self, cast: Cast, rows: list[Project]) -> None:
        client, address = signed_in(cast.office), self.ADDRESS.format("P-3")
        assert client.post(address, {"reason": " "}).status_code == 422
        assert client.post(address, {"reason": "洪涝"}).status_code == 302
        assert client.post(address, {"reason": "洪涝"}).status_code == 422
        assert Override.objects.count() == 1

    @pytest.mark.parametrize(
        ("who", "status"), [("reporter", 403), ("leader", 403), ("auditor", 403), ("stranger", 404)]
    )
    def test_is_the_offices(self, cast: Cast, rows: list[Project], who: str, status: int) -> None:
        client = signed_in(cast.person(who))
        assert client.get(self.ADDRESS.format("P-3")).status_code == status
        assert client.post(self.ADDRESS.format("P-3"), {"reason": "x"}).status_code == status

    def test_the_projects_page_leads_there(self, cast: Cast, rows: list[Project]) -> None:
        for who, leads in (("office", True), ("reporter", False), ("leader", False)):
            page = signed_in(cast.person(who)).get("/projects/P-3/?month=2023-09").content.decode()
            assert (self.ADDRESS.format("P-3") in page) is leads
        best = signed_in(cast.office).get("/projects/P-1/?month=2023-09").content.decode()
        assert self.ADDRESS.format("P-1") not in best


class TestDecidingAnOverride:
    @pytest.fixture
    def override(self, cast: Cast, rows: list[Project]) -> Override:
        return propose_override(rows[2], SEPTEMBER, reason="洪涝", by=cast.office, at=AT)

    def test_another_person_approves(self, cast: Cast, override: Override) -> None:
        response = signed_in(cast.admin).post(f"/bulletins/overrides/{override.pk}/", {"decision": "approved"})
        assert response.headers["Location"] == "/bulletins/decisions/?month=2023-09"
        override.refresh_from_db()
        assert (override.decision, override.decided_by) == ("approved", cast.admin)
        assert told(cast.office) == ["override_approved"]
        page = signed_in(cast.leader).get("/projects/P-3/?month=2023-09").content.decode()
        assert 'class="overridden"' in page

    def test_who_proposed_it_does_not(self, cast: Cast, override: Override) -> None:
        client, address = signed_in(cast.office), f"/bulletins/overrides/{override.pk}/"
        assert "disabled" in client.get(address).content.decode()
        assert client.post(address, {"decision": "approved"}).status_code == 422
        override.refresh_from_db()
        assert override.decision == ""

    def test_declining_needs_a_word(self, cast: Cast, override: Override) -> None:
        client, address = signed_in(cast.admin), f"/bulletins/overrides/{override.pk}/"
        assert client.post(address, {"decision": "declined", "note": ""}).status_code == 422
        assert client.post(address, {"decision": "nonsense", "note": "x"}).status_code == 422
        assert client.post(address, {"decision": "declined", "note": "依据不足"}).status_code == 302
        assert told(cast.office) == ["override_declined"]

    def test_the_second_is_told(self, cast: Cast, override: Override) -> None:
        client, address = signed_in(cast.admin), f"/bulletins/overrides/{override.pk}/"
        client.post(address, {"decision": "approved"})
        assert client.post(address, {"decision": "declined", "note": "x"}).status_code == 409

    @pytest.mark.parametrize(
        ("who", "read", "decided"),
        [("reporter", 200, 403), ("leader", 200, 403), ("other_reporter", 404, 404), ("stranger", 404, 404)],
    )
    def test_others(self, cast: Cast, override: Override, who: str, read: int, decided: int) -> None:
        client, address = signed_in(cast.person(who)), f"/bulletins/overrides/{override.pk}/"
        assert client.get(address).status_code == read
        assert client.post(address, {"decision": "approved"}).status_code == decided
        override.refresh_from_db()
        assert override.decision == ""


class TestObjecting:
    def address(self, draft: Bulletin, code: str = "P-2") -> str:
        return f"/bulletins/{draft.pk}/objections/{code}/"

    def test_with_a_text_and_a_file(self, cast: Cast, rows: list[Project]) -> None:
        draft = circulated(cast)
        file = SimpleUploadedFile("证明.pdf", PDF)
        response = signed_in(cast.reporter).post(self.address(draft), {"text": "口径有误", "file": file})
        assert response.headers["Location"] == f"/bulletins/{draft.pk}/"
        objection = Objection.objects.get()
        assert (objection.text, objection.by) == ("口径有误", cast.reporter)
        assert objection.attachment == Attachment.objects.get()
        assert told(cast.office) == ["objection_raised"]
        page = signed_in(cast.office).get(f"/bulletins/objections/{objection.pk}/").content.decode()
        assert f"/projects/P-2/files/{objection.attachment_id}/" in page
        with pytest.raises(Refused):
            remove_file(objection.attachment, reason="x", by=cast.reporter, at=AT)

    def test_a_file_that_is_refused_leaves_nothing(self, cast: Cast, rows: list[Project]) -> None:
        file = SimpleUploadedFile("证明.exe", b"MZ")
        response = signed_in(cast.reporter).post(self.address(circulated(cast)), {"text": "口径有误", "file": file})
        assert response.status_code == 422
        assert "口径有误" in response.content.decode()
        assert not Objection.objects.exists()
        assert not Attachment.objects.exists()

    @pytest.mark.parametrize(("seconds", "is_late"), [(0, False), (1, True)])
    def test_up_to_the_last_second_of_the_day(
        self, cast: Cast, rows: list[Project], seconds: int, is_late: bool
    ) -> None:
        circulated(cast)
        at = LAST_SECOND + datetime.timedelta(seconds=seconds)
        if is_late:
            with pytest.raises(Refused):
                object_to(rows[1], SEPTEMBER, text="有误", by=cast.reporter, at=at)
        object_to(rows[1], SEPTEMBER, text="有误", by=cast.reporter, at=LAST_SECOND)
        assert Objection.objects.count() == 1

    def test_after_the_day_says_so(self, cast: Cast, rows: list[Project], settings: Settings) -> None:
        draft = circulated(cast)
        settings.TODAY = TODAY + datetime.timedelta(days=3)
        response = signed_in(cast.reporter).post(self.address(draft), {"text": "有误"})
        assert response.status_code == 422
        assert "有误" in response.content.decode()
        assert not Objection.objects.exists()

    def test_who_and_where(self, cast: Cast, rows: list[Project]) -> None:
        draft = circulated(cast)
        for who, status in (("other_reporter", 403), ("leader", 403), ("auditor", 403), ("stranger", 404)):
            client = signed_in(cast.person(who))
            assert client.get(self.address(draft)).status_code == status, who
            assert client.post(self.address(draft), {"text": "x"}).status_code == status, who
        assert signed_in(cast.reporter).get(self.address(draft, "P-99")).status_code == 404
        assert signed_in(cast.reporter).post(self.address(draft), {"text": ""}).status_code == 422
        assert not Objection.objects.exists()

    def test_not_in_a_draft_that_is_not_out_nor_in_a_published_one(self, cast: Cast, rows: list[Project]) -> None:
        draft = begun(cast)
        assert signed_in(cast.reporter).post(self.address(draft), {"text": "x"}).status_code == 404
        draft.delete()
        assert signed_in(cast.reporter).post(self.address(published(cast)), {"text": "x"}).status_code == 404


class TestAnswering:
    @pytest.fixture
    def objection(self, cast: Cast, rows: list[Project]) -> Objection:
        circulated(cast)
        return object_to(rows[1], SEPTEMBER, text="口径有误", by=cast.reporter, at=AT)

    @pytest.mark.parametrize("decision", ["approved", "declined"])
    def test_always_in_words(self, cast: Cast, objection: Objection, decision: str) -> None:
        client, address = signed_in(cast.office), f"/bulletins/objections/{objection.pk}/"
        assert client.post(address, {"decision": decision, "note": ""}).status_code == 422
        assert client.post(address, {"decision": decision, "note": "已核实"}).status_code == 302
        assert told(cast.reporter)[-1] == f"objection_{decision}"
        assert "已核实" in signed_in(cast.reporter).get(address).content.decode()

    def test_the_unit_reads_its_own_alone(self, cast: Cast, objection: Objection) -> None:
        for who, shown in (("reporter", True), ("other_reporter", False), ("leader", True), ("stranger", False)):
            page = signed_in(cast.person(who)).get("/bulletins/decisions/?month=2023-09").content.decode()
            assert ("口径有误" in page) is shown, who

    def test_waits_on_the_first_page_of_the_office(self, cast: Cast, objection: Objection) -> None:
        waiting = signed_in(cast.office).get("/").context["decisions"]
        assert [(each.month, each.overrides, each.objections) for each in waiting] == [(SEPTEMBER, 0, 1)]
        decide_objection(objection, "declined", note="不成立", by=cast.office, at=AT)
        assert signed_in(cast.office).get("/").context["decisions"] == []


def test_a_unit_is_told_on_its_first_page(cast: Cast, rows: list[Project], settings: Settings) -> None:
    circulated(cast)
    client = signed_in(cast.reporter)
    [(hearing, looks)] = client.get("/").context["hearings"]
    assert (hearing.objections, [(name.word, count) for name, count in looks]) == (0, [("红", 1), ("黄", 1)])
    settings.TODAY = TODAY + datetime.timedelta(days=3)
    assert client.get("/").context["hearings"] == []
    assert signed_in(cast.office).get("/").context["hearings"] == []


def test_units_are_told_of_the_draft_and_of_the_bulletin(cast: Cast, rows: list[Project]) -> None:
    published(cast)
    assert told(cast.reporter) == ["draft_circulated", "bulletin_published"]
    [draft, _done] = Notice.objects.of(cast.reporter).order_by("id")
    assert (draft.params["count"], draft.params["unit"], draft.params["day"]) == (2, "税郭镇", str(OBJECTIONS_UNTIL))
    assert told(cast.other_reporter) == []  # has no project in the month
    assert "bulletin_published" not in told(cast.office)  # who published it knows


def test_rows_cost_no_queries(cast: Cast, rows: list[Project]) -> None:
    circulated(cast)

    def add(number: int) -> None:
        row = rows[number - 1]
        object_to(row, SEPTEMBER, text=f"有误{number}", by=cast.reporter, at=AT)
        if number > 1:
            propose_override(row, SEPTEMBER, reason="洪涝", by=cast.office, at=AT)

    propose_override(project_in_red(cast), SEPTEMBER, reason="洪涝", by=cast.office, at=AT)
    at_one, at_three = at_one_and_three(signed_in(cast.office), "/bulletins/decisions/?month=2023-09", add)
    assert at_one == at_three


def project_in_red(cast: Cast) -> Project:
    row = project(cast, "P-8", planned_start=datetime.date(2023, 2, 1))
    rate_month(SEPTEMBER, current=True)
    return row
