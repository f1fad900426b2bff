"""The five questions to each page that changes the register, and that reading it changes nothing."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from projects.journal.models import Entry
from projects.register import urls
from projects.register.actions import planning
from projects.register.models import Exemption, Project
from tests.cast import AT, SEPTEMBER, WAN, Cast, signed_in
from tests.pages import HAN, fields, opened, sent, words
from tests.register.views.conftest import Whole

OFFICE_ONLY = "office only"


@dataclass(frozen=True)
class Page:
    """An address of one project's, what somebody types there, and what the journal then says."""

    address: str
    typed: dict[str, Any]
    verb: str
    reporters: bool = False
    missing: list[str] = field(default_factory=list)  # the same address where there is nothing
    panel: str = ""  # of the project's page, where it leads back to


NEW = {
    "code": "P-9", "name": "新建道路项目", "short_name": "新路", "project_class": "implementation",
    "planned_start": "2023-03-01", "total_investment": "1,200.5", "listed_from": "2023-09",
}  # fmt: skip
MOVE = {"target": "completed", "happened_on": "2023-10-09", "note": "验收通过", "gate_reason": "手续正在补办"}
P = "/projects/P-1"
PAGES = {
    "edit_project": Page(f"{P}/edit/", {"short_name": "泉为新"}, "edit", missing=["/projects/P-2/edit/"]),
    "new_phase": Page(f"{P}/phases/new/", {"name": "三期"}, "add_phase", missing=["/projects/P-2/phases/new/"]),
    "edit_phase": Page(f"{P}/phases/1/edit/", {"name": "首期"}, "edit", missing=[f"{P}/phases/3/edit/"]),
    "move_phase": Page(f"{P}/phases/1/move/", MOVE, "move_stage", True, [f"{P}/phases/3/move/"]),
    "phase_capacity": Page(
        f"{P}/phases/1/capacity/", {"product": "电池", "planned": "3", "unit": "GW"}, "set_capacity",
        missing=[f"{P}/phases/3/capacity/", f"{P}/phases/1/capacity/?capacity=99"],
    ),
    "new_component": Page(
        f"{P}/phases/2/components/new/", {"name": "2号线"}, "add_component", missing=[f"{P}/phases/3/components/new/"]
    ),
    "edit_component": Page(
        f"{P}/phases/2/1/edit/", {"name": "一号线"}, "edit", missing=[f"{P}/phases/2/2/edit/", f"{P}/phases/1/1/edit/"]
    ),
    "move_component": Page(
        f"{P}/phases/2/1/move/", MOVE, "move_stage", True, [f"{P}/phases/2/2/move/", f"{P}/phases/1/1/move/"]
    ),
    "component_capacity": Page(
        f"{P}/phases/2/1/capacity/", {"product": "电池", "planned": "3", "unit": "GW"}, "set_capacity",
        missing=[f"{P}/phases/2/2/capacity/"],
    ),
    "set_plan": Page(
        f"{P}/plan/2023/", {"amount": "900", "reason": "调减"}, "propose_plan", True, ["/projects/P-2/plan/2023/"]
    ),
    "decide_plan": Page(
        f"{P}/plan/2023/2/", {"decision": "approved", "note": "同意"}, "revise_plan",
        missing=[f"{P}/plan/2023/3/", f"{P}/plan/2022/2/", "/projects/P-2/plan/2023/2/"],
    ),
    "new_problem": Page(
        f"{P}/problems/new/",
        {"kind": "land", "description": "用地指标未落实", "request": "请协调", "due_on": "2023-11-10"},
        "raise_problem", True, ["/projects/P-2/problems/new/"], "#problems",
    ),
    "decide_exemption": Page(
        f"{P}/exempt/1/", {"decision": "approved", "note": "同意"}, "decide_exemption", missing=[f"{P}/exempt/99/"]
    ),
    "halt_project": Page(
        f"{P}/halt/", {"kind": "suspended", "reason": "land"}, "suspended", missing=["/projects/P-2/halt/"]
    ),
    "exempt_project": Page(
        f"{P}/exempt/", {"reason": "other", "note": "汛期"}, "exempt", missing=["/projects/P-2/exempt/"]
    ),
    "new_incident": Page(
        f"{P}/incidents/new/", {"kind": "serious_accident", "happened_on": "2023-09-20", "note": "…"},
        "record_incident", missing=["/projects/P-2/incidents/new/"],
    ),
    "edit_incident": Page(
        f"{P}/incidents/1/", {"cleared_on": "2023-10-01"}, "record_incident",
        missing=[f"{P}/incidents/99/", f"{P}/incidents/0/"],
    ),
    "new_milestone": Page(
        f"{P}/milestones/new/", {"name": "竣工验收", "planned_on": "2023-12-30"}, "set_milestone",
        missing=["/projects/P-2/milestones/new/"], panel="#milestones",
    ),
    "edit_milestone": Page(
        f"{P}/milestones/1/", {"done_on": "2023-10-01"}, "set_milestone", True,
        [f"{P}/milestones/99/", f"{P}/milestones/0/"], "#milestones",
    ),
}  # fmt: skip
NO_PROJECTS_OWN = {"new_project", "move_selected"}  # tried below and in test_moving_several
PAPERS = {"new_file", "file", "file_preview", "remove_file", "apply_checklist"}  # in test_files and test_milestones


def prepared(name: str, cast: Cast, whole: Whole) -> Page:
    """The page of that name with the ids that the database gave, and with what it is there to decide."""
    found = PAGES[name]
    if name == "decide_plan":
        planning.set_plan(
            whole.project, 2023, amount=900 * WAN, effective_from=SEPTEMBER, reason="调减", by=cast.reporter, at=AT,
            open_month=SEPTEMBER,
        )  # fmt: skip
    if name == "decide_exemption":
        waits = Exemption.objects.create(
            project=whole.project, reason="other", first_month=SEPTEMBER, last_month=SEPTEMBER, note="…"
        )
        return replace(found, address=f"{P}/exempt/{waits.pk}/")
    ids = {"incidents/1/": whole.incident.pk, "milestones/1/": whole.milestone.pk}
    for place, pk in ids.items():
        if found.address.endswith(place):
            return replace(found, address=found.address.replace("/1/", f"/{pk}/"))
    return found


@pytest.fixture(params=PAGES)
def subject(request: pytest.FixtureRequest, cast: Cast, whole: Whole) -> Page:
    """Each page in turn."""
    return prepared(request.param, cast, whole)


def state() -> tuple[Any, ...]:
    """What any change of the register leaves behind."""
    projects = Project.objects.order_by("pk").values_list("version", "stage", "halted", "changed_at")
    return Entry.objects.count(), list(projects)


def test_every_page_of_the_register_is_tried_here() -> None:
    assert {each.name for each in urls.urlpatterns} == set(PAGES) | NO_PROJECTS_OWN | PAPERS


class TestItWorks:
    def test_for_the_office(self, cast: Cast, subject: Page) -> None:
        client, before = signed_in(cast.office), Entry.objects.count()
        response = sent(client, subject.address, **subject.typed)
        assert response.status_code == 302, words(response)
        assert response.headers["Location"] == f"/projects/P-1/{subject.panel}"
        assert Entry.objects.count() == before + 1
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.actor) == (subject.verb, cast.office)
        assert entry.address, "the journal knows from where"
        shown = client.get(response.headers["Location"])
        assert shown.status_code == 200
        assert Project.objects.filter(rerate_from__isnull=False).count() == 0, "the lines are written anew at once"

    def test_for_the_administrator(self, cast: Cast, subject: Page) -> None:
        assert sent(signed_in(cast.admin), subject.address, **subject.typed).status_code == 302

    def test_for_the_reporter_where_the_table_says_so(self, cast: Cast, subject: Page) -> None:
        client = signed_in(cast.reporter)
        if subject.reporters:
            assert sent(client, subject.address, **subject.typed).status_code == 302
        else:
            assert client.get(subject.address).status_code == 403

    def test_and_leads_back_to_where_one_came_from(self, cast: Cast, subject: Page) -> None:
        came_from = "/projects/?q=qw&month=2023-09"
        client = signed_in(cast.office)
        form = fields(client.get(subject.address, headers={"Referer": f"http://testserver{came_from}"}))
        response = client.post(subject.address, {**form, **subject.typed, "next": came_from})
        assert response.headers["Location"] in {came_from, f"/projects/P-1/{subject.panel}"}


class TestItRefuses:
    def test_a_stranger_as_if_there_were_nothing(self, cast: Cast, subject: Page) -> None:
        client, before = signed_in(cast.stranger), state()
        for response in (client.get(subject.address), client.post(subject.address, subject.typed)):
            assert response.status_code == 404
            assert "泉为" not in response.content.decode()
        assert state() == before

    @pytest.mark.parametrize("who", ["leader", "auditor", "reporter", "other_reporter"])
    def test_who_only_reads_with_the_reason(self, cast: Cast, subject: Page, who: str) -> None:
        client, before = signed_in(cast.person(who)), state()
        if subject.reporters and who == "reporter":
            return
        for response in (client.get(subject.address), client.post(subject.address, subject.typed)):
            assert response.status_code == 403
            says = words(response)
            other_unit = subject.reporters and who == "other_reporter"
            assert ("“泉为”由税郭镇负责" if other_unit else "您的角色") in says
            assert HAN.search(says)
        assert state() == before

    def test_what_is_not_there(self, cast: Cast, subject: Page) -> None:
        client, before = signed_in(cast.office), state()
        for address in subject.missing:
            assert client.get(address).status_code == 404, address
            assert client.post(address, subject.typed).status_code == 404, address
        assert state() == before

    def test_other_ways_of_asking(self, cast: Cast, subject: Page) -> None:
        client, before = signed_in(cast.office), state()
        for method in (client.put, client.patch, client.delete):
            assert (
                method(subject.address, subject.typed, content_type="application/x-www-form-urlencoded").status_code
                == 405
            )
        assert state() == before

    def test_an_empty_form_and_says_what_is_missing(self, cast: Cast, subject: Page) -> None:
        client, before = signed_in(cast.office), state()
        empty = dict.fromkeys(opened(client, subject.address), "")
        response = client.post(subject.address, empty)
        assert response.status_code in {409, 422}
        assert HAN.search(words(response))
        assert state() == before


class TestReading:
    def test_changes_nothing_whatever_the_address_says(self, cast: Cast, subject: Page) -> None:
        client = signed_in(cast.office)
        client.get("/projects/")  # writes the lines that are due
        before = state()
        assert client.get(subject.address, subject.typed).status_code == 200
        assert client.head(subject.address, subject.typed).status_code == 200
        assert state() == before

    def test_shows_the_form_in_chinese_with_its_version(self, cast: Cast, subject: Page) -> None:
        client = signed_in(cast.office)
        response = client.get(subject.address)
        assert '<html lang="zh-hans"' in response.content.decode()
        choices = {"decision"} if "decision" in subject.typed else set()  # nothing is chosen before somebody chooses
        assert set(subject.typed) - choices <= set(fields(response))


class TestANewProject:
    address = "/projects/new/"

    def form(self, cast: Cast, **more: Any) -> dict[str, Any]:
        return {**NEW, "unit": cast.town.pk, "category": cast.industry.pk, **more}

    def test_is_in_the_register_with_a_first_phase(self, cast: Cast) -> None:
        client = signed_in(cast.office)
        response = sent(client, self.address, **self.form(cast))
        assert (response.status_code, response.headers["Location"]) == (302, "/projects/P-9/")
        row = Project.objects.get()
        assert (row.total_investment, [phase.number for phase in row.phases.all()]) == (12_005_000, [1])
        assert "“新路”已入库" in words(client.get("/projects/P-9/"))
        assert "新路" in words(client.get("/projects/"))

    @pytest.mark.parametrize("code", [" P-9 ", "P-9\t"])
    def test_with_blanks_round_its_code(self, cast: Cast, code: str) -> None:
        response = sent(signed_in(cast.office), self.address, **self.form(cast, code=code))
        assert (response.status_code, response.headers["Location"]) == (302, "/projects/P-9/")

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor"])
    def test_is_the_offices(self, cast: Cast, who: str) -> None:
        client = signed_in(cast.person(who))
        for response in (client.get(self.address), client.post(self.address, self.form(cast))):
            assert response.status_code == 403
            assert "您的角色" in words(response)
        assert not Project.objects.exists()

    def test_is_not_another_districts(self, cast: Cast) -> None:
        response = sent(signed_in(cast.stranger), self.address, **self.form(cast))
        assert response.status_code == 422
        assert "unit" in response.context["form"].errors
        assert not Project.objects.exists()

    def test_offers_only_the_own_district(self, cast: Cast) -> None:
        page = signed_in(cast.stranger).get(self.address)
        assert "王区长" not in words(page)
        assert "税郭镇" not in words(page)

    def test_is_not_begun_by_reading(self, cast: Cast) -> None:
        client = signed_in(cast.office)
        assert client.get(self.address, self.form(cast)).status_code == 200
        assert client.delete(self.address).status_code == 405
        assert not Project.objects.exists()

    def test_begins_in_the_month_at_hand(self, cast: Cast) -> None:
        assert opened(signed_in(cast.office), self.address)["listed_from"] == "2023-09"
