"""Two people at one form: the second is told who was first, loses nothing typed, and can save after all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from projects.journal.models import Entry
from projects.register.actions import planning
from projects.register.models import AnnualPlan, Project
from tests.cast import AT, SEPTEMBER, WAN, Cast, signed_in
from tests.pages import fields, opened, words
from tests.register.views.conftest import Whole


@dataclass(frozen=True)
class Form:
    """An address, what the first and the second of two people type there, and what is stored afterwards."""

    address: str
    first: dict[str, Any]
    second: dict[str, Any]
    stored: Callable[[Whole], Any]
    expected: Any


P = "/projects/P-1"
WITHOUT = {"gate_reason": "手续正在补办"}
BACK = {"reason": "手续作废，退回重办"}
FORMS = {
    "edit_project": Form(
        f"{P}/edit/", {"short_name": "甲"}, {"short_name": "乙", "content": "占地百亩"},
        lambda whole: whole.project.short_name, "乙",
    ),
    "edit_phase": Form(
        f"{P}/phases/1/edit/", {"name": "甲"}, {"name": "乙", "content": "占地百亩"},
        lambda whole: whole.phase.name, "乙",
    ),
    "edit_component": Form(
        f"{P}/phases/2/1/edit/", {"name": "甲"}, {"name": "乙", "note": "占地百亩"},
        lambda whole: whole.component.name, "乙",
    ),
    "move_phase": Form(
        f"{P}/phases/1/move/", {"target": "started", "happened_on": "2023-10-01", **WITHOUT},
        {"target": "building.structure", "happened_on": "2023-10-09", "note": "主体施工", **WITHOUT},
        lambda whole: (whole.phase.stage, whole.phase.step), ("building", "structure"),
    ),
    "move_component": Form(
        f"{P}/phases/2/1/move/", {"target": "completed", "happened_on": "2023-10-01", **WITHOUT},
        {"target": "operating", "happened_on": "2023-10-09", "note": "主体施工", **WITHOUT},
        lambda whole: whole.component.stage, "operating",
    ),
    "edit_incident": Form(
        f"{P}/incidents/{{incident}}/", {"note": "甲"}, {"note": "乙", "cleared_on": "2023-10-09"},
        lambda whole: whole.incident.note, "乙",
    ),
    "edit_milestone": Form(
        f"{P}/milestones/{{milestone}}/", {"name": "甲"}, {"name": "乙", "done_on": "2023-10-09"},
        lambda whole: whole.milestone.name, "乙",
    ),
    "set_plan": Form(
        f"{P}/plan/2023/", {"amount": "900", "reason": "甲"}, {"amount": "800", "reason": "乙", "goal": "占地百亩"},
        lambda whole: AnnualPlan.objects.get(number=3).amount, 800 * WAN,
    ),
    "halt_project": Form(
        f"{P}/halt/", {}, {"kind": "suspended", "reason": "funding", "since": "2023-10-08", "note": "占地百亩"},
        lambda whole: whole.project.halt_note, "占地百亩",
    ),
}  # fmt: skip


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest, whole: Whole) -> Form:
    found = FORMS[request.param]
    address = found.address.format(incident=whole.incident.pk, milestone=whole.milestone.pk)
    return Form(address, found.first, found.second, found.stored, found.expected)


@pytest.fixture
def overtaken(cast: Cast, form: Form) -> Any:
    """The answer to the second: their form was open while the first saved theirs."""
    theirs = opened(signed_in(cast.office), form.address)
    if form.first:
        answer = signed_in(cast.admin).post(form.address, {**theirs, **form.first})
    else:
        facts = f"{P}/edit/"
        answer = signed_in(cast.admin).post(facts, {**opened(signed_in(cast.admin), facts), "short_name": "甲"})
    assert answer.status_code == 302, words(answer)
    return signed_in(cast.office).post(form.address, {**theirs, **form.second})


def test_the_second_is_told_who_was_first(cast: Cast, overtaken: Any) -> None:
    assert overtaken.status_code == 409
    assert "admin" in words(overtaken)


def test_the_second_loses_nothing_typed(form: Form, overtaken: Any) -> None:
    still_there = fields(overtaken)
    assert {name: still_there.get(name) for name in form.second} == form.second


def test_the_second_changes_nothing(cast: Cast, form: Form, overtaken: Any, whole: Whole) -> None:
    assert Entry.objects.latest("seq").actor == cast.admin
    for row in (whole.project, whole.phase, whole.component, whole.incident, whole.milestone):
        row.refresh_from_db()
    assert AnnualPlan.objects.count() <= 2
    if form.address != f"{P}/plan/2023/":
        assert form.stored(whole) != form.expected


def test_the_second_can_save_after_all(cast: Cast, form: Form, overtaken: Any, whole: Whole) -> None:
    for waiting in AnnualPlan.objects.filter(decision=""):  # a revision is proposed once the one before is decided
        planning.decide_plan(waiting, "approved", by=cast.office, at=AT, open_month=SEPTEMBER)
    answer = signed_in(cast.office).post(form.address, fields(overtaken))
    assert answer.status_code == 302, words(answer)
    for row in (whole.project, whole.phase, whole.component, whole.incident, whole.milestone):
        row.refresh_from_db()
    assert form.stored(whole) == form.expected


def test_a_revision_waits_its_turn_and_the_form_counts_those_that_wait(cast: Cast, whole: Whole) -> None:
    form, office = FORMS["set_plan"], signed_in(cast.office)
    assert office.post(form.address, {**opened(office, form.address), **form.first}).status_code == 302
    theirs = opened(office, form.address)
    assert (theirs["version"], theirs["amount"]) == ("2", "1200"), "two versions, of which the first holds"
    answer = office.post(form.address, {**theirs, **form.second})
    assert answer.status_code == 422
    assert AnnualPlan.objects.count() == 2
    waiting = AnnualPlan.objects.get(decision="")
    planning.decide_plan(waiting, "declined", note="…", by=cast.admin, at=AT, open_month=SEPTEMBER)
    theirs = opened(office, form.address)
    assert (theirs["version"], theirs["amount"]) == ("2", "1200"), "what was declined is not what is revised"
    assert office.post(form.address, {**theirs, **form.second}).status_code == 302


def test_the_pages_links_lead_to_what_is_stored(cast: Cast, whole: Whole) -> None:
    office = signed_in(cast.office)
    theirs = opened(office, f"{P}/edit/")
    Project.objects.update(version=5)
    answer = office.post(f"{P}/edit/", {**theirs, "code": "P-77", "short_name": "另名"})
    assert answer.status_code == 409
    assert "/projects/P-77/" not in answer.content.decode()
    assert f'href="{P}/"' in answer.content.decode()


def test_another_code_leads_to_the_new_address(cast: Cast, whole: Whole) -> None:
    office = signed_in(cast.office)
    answer = office.post(f"{P}/edit/", {**opened(office, f"{P}/edit/"), "code": "P-77"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/projects/P-77/")
    assert office.get("/projects/P-77/").status_code == 200


@pytest.mark.parametrize("version", ["", "-1", "99", "abc", "9" * 30, "９"])
@pytest.mark.parametrize("what", ["edit_project", "edit_phase", "edit_component", "halt_project"])
def test_a_form_that_lost_its_version_does_not_win(cast: Cast, whole: Whole, what: str, version: str) -> None:
    form, office = FORMS[what], signed_in(cast.office)
    before = Entry.objects.count()
    answer = office.post(form.address, {**opened(office, form.address), **form.second, "version": version})
    assert answer.status_code in {409, 422}
    assert Entry.objects.count() == before


def test_who_halts_what_was_halted_meanwhile_does_not_resume_it(cast: Cast, whole: Whole) -> None:
    typed = {"kind": "suspended", "reason": "land", "since": "2023-10-08", "note": "停工待地"}
    theirs = opened(signed_in(cast.office), f"{P}/halt/")
    assert signed_in(cast.admin).post(f"{P}/halt/", {**theirs, **typed}).status_code == 302
    answer = signed_in(cast.office).post(f"{P}/halt/", {**theirs, **typed})
    assert answer.status_code == 409
    assert "admin" in words(answer)
    assert Project.objects.get().halted == "suspended"


def test_the_second_sees_what_is_stored_now_beside_what_they_entered(cast: Cast, whole: Whole) -> None:
    form = FORMS["edit_project"]
    theirs = opened(signed_in(cast.office), form.address)
    first = {"short_name": "甲", "planned_start": "2023-04-01", "total_investment": "100"}
    signed_in(cast.admin).post(form.address, {**theirs, **first})
    answer = signed_in(cast.office).post(form.address, {**theirs, "short_name": "乙"})
    differences = {each.label: (each.stored, each.entered) for each in answer.context["differences"]}
    assert differences == {"简称": ("甲", "乙"), "计划开工": ("2023-04-01", "—"), "总投资": ("100", "36000")}
    assert "现有内容与您填写的内容" in words(answer)


def test_a_plan_that_nobody_signed_was_set_by_the_system(cast: Cast, whole: Whole) -> None:
    form, office = FORMS["set_plan"], signed_in(cast.office)
    answer = office.post(form.address, {**opened(office, form.address), **form.second, "version": "0"})
    assert answer.status_code == 409
    assert "None" not in words(answer)
    assert "系统" in words(answer)
