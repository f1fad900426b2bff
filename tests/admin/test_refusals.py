"""What an action refuses is shown beside its field with everything typed kept, whichever form it was sent by."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model

from projects.accounts.models import Unit, User
from projects.admin import saving
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.journal.models import Entry
from projects.progress.models import MonthlyReport
from projects.register.actions.halting import Halt, halt_project
from projects.register.models import Category, Leader, LevelLabel, Project, Sector
from tests import cast as actors
from tests.admin.conftest import Enter
from tests.admin.pages import adding, errors, fields, opened, page, sent
from tests.cast import AT, SEPTEMBER, TODAY, WAN, Cast

Typed = dict[str, str]
SAVED: dict[Any, Any] = saving.SAVED_BY


def stored(model: type[Model]) -> list[dict[str, Any]]:
    return list(model._default_manager.order_by("pk").values())


# ── figures ─────────────────────────────────────────────────────────────────────────────────────

NEW_FIGURES: list[tuple[Typed, str, str]] = [
    ({"invested_this_month": "-5"}, "reason", "负"),
    ({"month": "2023-10"}, "__all__", "2023-10"),
    ({"month": "2022-12"}, "__all__", "2023-01"),
    ({"month": "2023-08"}, "month", "2023-08"),
    ({"month": "2023-13"}, "month", "2023-09"),
    ({"invested_this_month": "很多"}, "invested_this_month", "很多"),
    ({"invested_this_month": "0.00001"}, "invested_this_month", "0.00001"),
    ({"invested_this_month": "9" * 30}, "invested_this_month", "999"),
    ({"invested_this_month": ""}, "invested_this_month", "必填"),
    ({"image": "x" * 501}, "image", "500"),
]


def test_figures_that_the_page_refuses(enter: Enter, cast: Cast, subtests: pytest.Subtests) -> None:
    """For a project in the register since January 2023, with figures of August."""
    project, client = actors.project(cast), enter("office")
    actors.figures(project, SEPTEMBER + -1, 10 * WAN)
    before, begun = stored(MonthlyReport), opened(client, adding(MonthlyReport))
    good = {"project": str(project.pk), "invested_this_month": "7", "image": "主体"}
    for typed, name, said in NEW_FIGURES:
        with subtests.test(str(typed)):
            form = {**begun, **good, **typed}
            response = client.post(adding(MonthlyReport), form)
            assert response.status_code == 422
            assert list(errors(response)) == [name]
            assert said in errors(response)[name][0]
            assert fields(response) == form
            assert stored(MonthlyReport) == before


@pytest.mark.parametrize("amount", ["8", "-8"])
def test_a_correction_needs_a_reason_every_time(enter: Enter, cast: Cast, amount: str) -> None:
    project, client = actors.project(cast), enter("office")
    actors.figures(project, SEPTEMBER, 10 * WAN)
    url = page(MonthlyReport.objects.get())
    assert sent(client, url, invested_this_month="9", reason="核实").status_code == 302
    response = sent(client, url, invested_this_month=amount)
    assert (response.status_code, list(errors(response))) == (422, ["reason"])
    assert fields(response)["invested_this_month"] == amount
    assert MonthlyReport.objects.get().invested_this_month == 9 * WAN


def test_project_and_month_of_figures_stay(enter: Enter, cast: Cast) -> None:
    actors.figures(actors.project(cast), SEPTEMBER, 10 * WAN)
    other, report = actors.project(cast, "P-2"), MonthlyReport.objects.get()
    typed = {"project": str(other.pk), "month": "2023-08", "state": "draft", "invested_this_month": "9", "reason": "…"}
    assert sent(enter("office"), page(report), **typed).status_code == 302
    now = MonthlyReport.objects.get()
    assert (now.project, now.month, now.state) == (report.project, SEPTEMBER, "approved")


# ── projects ────────────────────────────────────────────────────────────────────────────────────

FACTS: list[tuple[Typed, str, str]] = [
    ({"total_investment": "0"}, "__all__", "大于零"),
    ({"total_at_least": "0"}, "total_at_least", "大于零"),
    ({"total_investment": "1", "total_at_least": "2"}, "__all__", "总投资"),
    ({"planned_start": "2023-05-01", "planned_finish": "2023-04-30"}, "__all__", "计划"),
    ({"actual_start": "2023-05-01", "actual_finish": "2023-04-30"}, "__all__", "实际"),
    ({"planned_start": "1999-12-31"}, "planned_start", "2000"),
    ({"latitude": "34.8"}, "__all__", "经度"),
    ({"code": "new"}, "code", "字母"),
    ({"code": "P-2"}, "code", "项目编号"),
    ({"name": "a\x07b"}, "name", "控制"),
    ({"contact_phone": "找小王"}, "contact_phone", "数字"),
    ({"listed_from": "九月"}, "listed_from", "2023-09"),
    ({"category": "999"}, "category", "选"),
    ({"unit": "x"}, "unit", "选"),
]


def test_facts_that_the_page_refuses(enter: Enter, cast: Cast, subtests: pytest.Subtests) -> None:
    """Everything typed is still there; only a choice that there is not cannot be shown again."""
    project, client = actors.project(cast), enter("office")
    actors.project(cast, "P-2")
    entries, begun = Entry.objects.count(), opened(client, page(project))
    for typed, name, said in FACTS:
        with subtests.test(str(typed)):
            form = {**begun, "owner": "甲公司", **typed}
            response = client.post(page(project), form)
            assert response.status_code == 422
            assert list(errors(response)) == [name]
            sentence = errors(response)[name][0]
            assert said in sentence
            assert "约束" not in sentence, "a name of the database and no sentence"
            shown = dict.fromkeys(typed, "") if name in ("category", "unit") else typed
            assert fields(response) == {**form, **shown}
            assert Project.objects.get(pk=project.pk).version == project.version
            assert Entry.objects.count() == entries


def test_stage_and_halt_are_nothing_to_type(enter: Enter, cast: Cast) -> None:
    project = actors.project(cast)
    part = actors.phase(project)
    typed = {
        "stage": "operating", "step": "roof", "halted": "suspended", "halted_on": "2023-10-01",
        "halt_reason": "funding", "is_example": "on", "rerate_from": "2020-01", "name": "改名",
    }  # fmt: skip
    assert sent(enter("office"), page(project), **typed).status_code == 302
    assert sent(enter("office"), page(part), stage="operating", project="999", name="改名").status_code == 302
    now = Project.objects.get()
    assert (now.name, now.stage, now.halted, now.halted_on, now.is_example) == ("改名", "", "", None, False)
    part.refresh_from_db()
    assert (part.name, part.stage, part.project_id) == ("改名", "", project.pk)


def test_a_halted_project_says_so_and_is_halted_on_its_page(enter: Enter, cast: Cast) -> None:
    project = actors.project(cast)
    halt_project(project, Halt("suspended", TODAY, "funding", "等待贷款"), by=None, at=AT, today=TODAY, seen=0)
    shown = enter("office").get(page(project)).content.decode()
    assert "等待贷款" in shown
    assert f"/projects/{project.code}/halt" in shown
    assert 'name="halted"' not in shown


# ── units, accounts, lists ──────────────────────────────────────────────────────────────────────


def test_a_unit_stands_not_below_itself(enter: Enter, cast: Cast) -> None:
    village = actors._unit("村", "town", cast.town)
    before = stored(Unit)
    for parent in (cast.town, village):
        response = sent(enter("office"), page(cast.town), parent=str(parent.pk), name="改名")
        assert (response.status_code, list(errors(response))) == (422, ["parent"])
        assert (fields(response)["parent"], fields(response)["name"]) == (str(parent.pk), "改名")
    assert stored(Unit) == before


def test_a_unit_keeps_its_place_below_the_district(enter: Enter, cast: Cast) -> None:
    for parent in ("", str(cast.city.pk), str(cast.elsewhere.pk)):
        response = sent(enter("office"), page(cast.town), parent=parent)
        assert (response.status_code, list(errors(response))) == (422, ["parent"])
    assert stored(Unit)[2]["parent_id"] == cast.district.pk


def test_two_units_below_one_parent_have_two_names(enter: Enter, cast: Cast) -> None:
    response = sent(enter("office"), page(cast.town), name=cast.other_town.name)
    assert response.status_code == 422
    assert "上级" in errors(response)["__all__"][0]


def test_own_unit_is_edited_though_what_stands_above_is_out_of_reach(enter: Enter, cast: Cast) -> None:
    assert sent(enter("office"), page(cast.district), short_name="市中").status_code == 302
    cast.district.refresh_from_db()
    assert (cast.district.short_name, cast.district.parent) == ("市中", cast.city)


OUT_OF_USE: list[tuple[str, Callable[[Cast], Model], Typed]] = [
    ("reporter", lambda cast: cast.reporter, {"is_active": ""}),
    ("leader", lambda cast: Leader.objects.create(name="张", unit=cast.town), {"office": "镇长"}),
    ("project", actors.project, {"name": "改名"}),
    ("unit", lambda cast: actors._unit("村", "town", cast.town), {"name": "改名"}),
]


@pytest.mark.parametrize(("name", "make", "typed"), OUT_OF_USE, ids=lambda part: part if isinstance(part, str) else "")
def test_what_belongs_to_a_unit_out_of_use_can_still_be_edited(
    enter: Enter, cast: Cast, name: str, make: Callable[[Cast], Model], typed: Typed
) -> None:
    """The unit that is stored stays; another one out of use cannot be chosen."""
    row = make(cast)
    Unit.objects.filter(pk__in=[cast.town.pk, cast.other_town.pk]).update(is_active=False)
    client, field = enter("admin"), "parent" if isinstance(row, Unit) else "unit"
    begun = opened(client, page(row))
    assert begun[field] == str(cast.town.pk)
    begun.pop("is_active" if "is_active" in typed else "", None)
    assert client.post(page(row), {**begun, **{k: v for k, v in typed.items() if v}}).status_code == 302
    response = sent(client, page(row), **{field: str(cast.other_town.pk)})
    assert (response.status_code, list(errors(response))) == (422, [field])


@pytest.mark.parametrize("typed", [{"role": "office"}, {"role": "auditor"}, {"is_active": ""}])
def test_the_last_administrator_stays(enter: Enter, cast: Cast, typed: Typed) -> None:
    client = enter("admin")
    form = {**opened(client, page(cast.admin)), "name": "改名", **typed}
    form = {key: value for key, value in form.items() if value != ""}
    response = client.post(page(cast.admin), form)
    assert (response.status_code, list(errors(response))) == (422, ["role"])
    assert fields(response)["name"] == "改名"
    kept = User.objects.get(pk=cast.admin.pk)
    assert (kept.name, kept.role, kept.is_active) == ("admin", "administrator", True)
    actors._user("second", "administrator", cast.district)
    assert client.post(page(cast.admin), form).status_code == 302


ACCOUNTS: list[tuple[Typed, str]] = [
    ({"username": "ADMIN"}, "username"),
    ({"username": "王 五"}, "username"),
    ({"username": ""}, "username"),
    ({"email": "nowhere"}, "email"),
    ({"role": "emperor"}, "role"),
    ({"unit": ""}, "unit"),
]


@pytest.mark.parametrize(("typed", "name"), ACCOUNTS, ids=lambda part: part if isinstance(part, str) else "")
def test_accounts_that_are_refused(enter: Enter, cast: Cast, typed: Typed, name: str) -> None:
    before, client = stored(User), enter("admin")
    good = {"username": "wang", "name": "王五", "unit": str(cast.town.pk), "role": "reporter", "email": ""}
    response = client.post(adding(User), {**opened(client, adding(User)), **good, **typed})
    assert (response.status_code, list(errors(response))) == (422, [name])
    assert {key: fields(response)[key] for key in {**good, **typed} if key != "role"} == {
        key: value for key, value in {**good, **typed}.items() if key != "role"
    }
    assert len(stored(User)) == len(before)


def test_nobody_gets_the_account_of_another_district(enter: Enter, cast: Cast) -> None:
    for unit in (cast.city, cast.elsewhere):
        response = sent(enter("admin"), page(cast.reporter), unit=str(unit.pk))
        assert (response.status_code, list(errors(response))) == (422, ["unit"])
    assert User.objects.get(pk=cast.reporter.pk).unit == cast.town


USED: dict[str, Callable[[Cast], Any]] = {
    "category": lambda cast: actors.project(cast).category,
    "sector": lambda cast: actors.project(cast, sector=Sector.objects.create(name="新能源")).sector,
    "label": lambda cast: actors.project(cast, labels=[LevelLabel.objects.create(name="省重点")]).labels.get(),
    "leader": lambda cast: actors.project(cast, leader=cast.boss).leader,
}


@pytest.mark.parametrize("name", USED)
def test_a_list_entry_in_use_is_not_deleted(enter: Enter, cast: Cast, name: str) -> None:
    row, client = USED[name](cast), enter("office")
    entries = Entry.objects.count()
    assert client.get(page(row, "delete")).status_code == 200
    response = client.post(page(row, "delete"), {"post": "yes"}, follow=True)
    assert response.request["PATH_INFO"] == page(row)
    assert "改为停用" in response.content.decode()
    assert type(row)._default_manager.filter(pk=row.pk).exists()
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("model", [Category, Sector, LevelLabel])
def test_an_unused_list_entry_is_deleted(enter: Enter, cast: Cast, model: type[Model]) -> None:
    row, client = model._default_manager.create(name="无用"), enter("office")
    assert client.post(page(row, "delete"), {"post": "yes"}).status_code == 302
    assert not model._default_manager.filter(pk=row.pk).exists()
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.subject_id, entry.actor) == ("keep_list", row.pk, cast.office)


def test_nothing_else_is_deleted(enter: Enter, cast: Cast) -> None:
    client, project = enter("admin"), actors.project(cast)
    for row in (project, cast.reporter, cast.town, actors.phase(project), Entry.objects.latest("seq")):
        assert client.post(page(row, "delete"), {"post": "yes"}).status_code == 403
        assert type(row)._default_manager.filter(pk=row.pk).exists()


# ── any refusal ─────────────────────────────────────────────────────────────────────────────────

REFUSALS: list[tuple[Refused, int, str]] = [
    (Refused("不行", field="office"), 422, "office"),
    (Refused("不行"), 422, "__all__"),
    (Refused("不行", field="no such field"), 422, "__all__"),
    (NotAllowed("不行", field="unit"), 403, "unit"),
    (Stale("不行"), 409, "__all__"),
]


@pytest.mark.parametrize(("refusal", "status", "name"), REFUSALS, ids=lambda part: "")
@pytest.mark.parametrize("new", [True, False])
def test_every_refusal_finds_its_place(
    enter: Enter, cast: Cast, monkeypatch: pytest.MonkeyPatch, refusal: Refused, status: int, name: str, new: bool
) -> None:
    def refuse(row: Model, form: object, by: User) -> None:
        raise refusal

    monkeypatch.setitem(SAVED, Leader, refuse)
    client, url = enter("office"), adding(Leader) if new else page(cast.boss)
    typed = {"name": "李", "office": "主任", "unit": str(cast.town.pk)}
    response = client.post(url, {**opened(client, url), **typed})
    assert response.status_code == status
    assert errors(response) == {name: ["不行"]}
    assert {key: fields(response)[key] for key in typed} == typed
