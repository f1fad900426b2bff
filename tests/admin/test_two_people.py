"""Two people at one row: the second is told who was faster, keeps what was typed, and may save with open eyes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import Model
from django.test import Client

from projects.accounts.models import User
from projects.admin import saving
from projects.journal.models import Entry
from projects.progress.models import MonthlyReport
from projects.register.actions.scheduling import set_milestone
from projects.register.models import AnnualPlan, Capacity, Category, Milestone, Project
from tests import cast as actors
from tests.admin.conftest import Enter
from tests.admin.pages import adding, errors, fields, opened, page, row_errors, with_row
from tests.cast import AT, SEPTEMBER, TODAY, WAN, Cast

Row = Callable[[Cast], Model]
Typed = dict[str, str]
SAVED: dict[Any, Any] = saving.SAVED_BY


def a_report(cast: Cast) -> MonthlyReport:
    actors.figures(actors.project(cast), SEPTEMBER, 100 * WAN)
    return MonthlyReport.objects.get()


ROWS: dict[str, tuple[Row, Typed, Typed]] = {
    "project": (actors.project, {"name": "甲的名称"}, {"owner": "乙的业主"}),
    "report": (
        a_report,
        {"invested_this_month": "200", "reason": "甲"},
        {"invested_this_month": "300", "reason": "乙"},
    ),
    "phase": (lambda cast: actors.phase(actors.project(cast)), {"name": "甲"}, {"name": "乙"}),
    "category": (lambda cast: cast.industry, {"name": "甲"}, {"name": "乙"}),
    "leader": (lambda cast: cast.boss, {"office": "甲"}, {"name": "乙"}),
    "unit": (lambda cast: cast.town, {"name": "甲"}, {"short_name": "乙"}),
    "account": (lambda cast: cast.reporter, {"name": "甲"}, {"email": "b@example.com"}),
}


def second_admin(cast: Cast) -> User:
    return actors._user("second", "administrator", cast.district)


def overtaken(first: Client, second: Client, url: str, faster: Typed, slower: Typed) -> tuple[Any, dict[str, Any]]:
    """The answer to who saved second, and what that person had sent."""
    begun = opened(second, url)
    assert first.post(url, {**opened(first, url), **faster}).status_code == 302
    typed = {**begun, **slower}
    return second.post(url, typed), typed


@pytest.mark.parametrize("name", ROWS)
def test_the_second_is_told_and_may_save_again(enter: Enter, cast: Cast, client: Client, name: str) -> None:
    row_for, faster, slower = ROWS[name]
    row = row_for(cast)
    client.force_login(second_admin(cast))
    response, typed = overtaken(enter("admin"), client, page(row), faster, slower)
    assert response.status_code == 409
    assert "admin" in errors(response)["__all__"][0]
    shown = fields(response)
    assert shown["version"] != typed["version"]
    assert {**shown, "version": ""} == {**typed, "version": ""}

    stored = type(row)._default_manager.filter(pk=row.pk)
    field, value = next(iter(slower.items()))
    assert str(stored.values(field).get()[field]) != value, "nothing is stored until the next save"
    entries = Entry.objects.count()
    assert client.post(page(row), shown).status_code == 302
    expected = int(value) * WAN if field == "invested_this_month" else value
    assert stored.values(field).get()[field] == expected
    assert Entry.objects.count() == entries + 1


def test_what_is_stored_stands_beside_what_was_entered(enter: Enter, cast: Cast, client: Client) -> None:
    client.force_login(second_admin(cast))
    response, _typed = overtaken(
        enter("admin"), client, page(actors.project(cast)), {"name": "甲的名称"}, {"leader": str(cast.boss.pk)}
    )
    found = {each.label: (each.stored, each.entered) for each in response.context["differences"]}
    assert found == {"名称": ("甲的名称", "年产示范产品项目 P-1"), "包保领导": ("—", "王区长")}
    assert "甲的名称" in response.content.decode()


VERSIONS = [*((name, "") for name in ROWS), ("project", "-1"), ("project", "x"), ("project", "9" * 11)]


@pytest.mark.parametrize(("name", "version"), VERSIONS)
def test_a_form_without_a_true_version_saves_nothing(enter: Enter, cast: Cast, name: str, version: str) -> None:
    row_for, typed, _slower = ROWS[name]
    row, client = row_for(cast), enter("admin")
    Project.objects.update(rerate_from=None)
    before, entries = type(row)._default_manager.filter(pk=row.pk).values().get(), Entry.objects.count()
    response = client.post(page(row), {**opened(client, page(row)), **typed, "version": version})
    assert response.status_code in (409, 422)
    assert type(row)._default_manager.filter(pk=row.pk).values().get() == before
    assert Entry.objects.count() == entries


# ── rows below ──────────────────────────────────────────────────────────────────────────────────


def a_milestone(project: Project) -> Milestone:
    return set_milestone(Milestone(project=project, name="封顶", planned_on=TODAY), by=None, at=AT, today=TODAY)


def a_capacity(project: Project) -> Capacity:
    return Capacity.objects.create(phase=actors.phase(project), product="组件", planned=6, unit="GW")


BELOW: dict[str, tuple[Callable[[Project], Any], str, str, str]] = {
    "phases": (lambda project: actors.phase(project), "phases-0-name", "甲", "乙"),
    "milestones": (a_milestone, "milestones-0-name", "甲", "乙"),
    "capacities": (a_capacity, "capacities-0-product", "甲", "乙"),
}


@pytest.mark.parametrize("name", BELOW)
def test_rows_below_are_overtaken_too(enter: Enter, cast: Cast, name: str) -> None:
    make, field, faster, slower = BELOW[name]
    project = actors.project(cast)
    row = make(project)
    url = page(project.phases.get() if isinstance(row, Capacity) else project)
    response, typed = overtaken(enter("admin"), enter("office"), url, {field: faster}, {field: slower})
    assert response.status_code == 409
    assert "admin" in row_errors(response)[0]["__all__"][0]
    assert fields(response)[field] == typed[field] == slower
    assert [(each.stored, each.entered) for each in response.context["differences"]] == [(faster, slower)]
    assert enter("office").post(url, fields(response)).status_code == 302
    row.refresh_from_db()
    assert getattr(row, field.rpartition("-")[2]) == slower


def plan_of(year: int, amount: int, **more: str) -> Typed:
    return {"year": str(year), "amount": str(amount), "effective_from": f"{year}-01", **more}


def test_a_plan_set_meanwhile_stops_the_second_plan(enter: Enter, cast: Cast) -> None:
    url, admin, office = page(actors.project(cast)), enter("admin"), enter("office")
    second = with_row(office, url, "plans-2", plan_of(2023, 700, reason="年中"))
    assert admin.post(url, with_row(admin, url, "plans-2", plan_of(2023, 500))).status_code == 302
    response = office.post(url, second)
    assert response.status_code == 409
    assert "admin" in row_errors(response)[0]["__all__"][0]
    assert AnnualPlan.objects.get().amount == 500 * WAN
    again = {**fields(response), "plans-2-0-effective_from": "2023-09"}
    assert office.post(url, again).status_code == 302
    assert list(AnnualPlan.objects.values_list("number", "amount")) == [(1, 500 * WAN), (2, 700 * WAN)]


def test_a_plan_of_another_year_is_in_nobodys_way(enter: Enter, cast: Cast) -> None:
    url, admin, office = page(actors.project(cast)), enter("admin"), enter("office")
    second = with_row(office, url, "plans-2", plan_of(2024, 700))
    assert admin.post(url, with_row(admin, url, "plans-2", plan_of(2023, 500))).status_code == 302
    assert office.post(url, second).status_code == 302
    assert set(AnnualPlan.objects.values_list("year", "number")) == {(2023, 1), (2024, 1)}


# ── at the same moment ──────────────────────────────────────────────────────────────────────────


def test_what_only_the_database_saw_is_refused_and_can_be_sent_again(
    enter: Enter, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody took the same name between our look and our writing."""
    client = enter("office")

    def collide(entry: Category, form: object, by: User) -> None:
        raise IntegrityError("unique")

    monkeypatch.setitem(SAVED, Category, collide)
    response = client.post(adding(Category), {**opened(client, adding(Category)), "name": "民生"})
    assert response.status_code == 409
    assert fields(response)["name"] == "民生"
    monkeypatch.undo()
    assert client.post(adding(Category), fields(response)).status_code == 302
    assert Category.objects.filter(name="民生").exists()
