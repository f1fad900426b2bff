"""Every form of the administration saves by its action: one entry in the journal, and the lines marked as due."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from projects.accounts.models import Unit, User
from projects.bulletins.actions import open_month
from projects.core.month import Month
from projects.journal.models import Entry
from projects.progress.models import MonthlyReport
from projects.register.models import Category, Component, Leader, LevelLabel, Phase, Project, Sector
from projects.web import middleware
from tests import cast as actors
from tests.admin.conftest import Enter
from tests.admin.pages import adding, opened, page, sent
from tests.cast import SEPTEMBER, Cast

Row = Callable[[Cast], Model]


@pytest.fixture(autouse=True)
def lines_stay_due(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lines are not written after the request, so that the mark can be seen."""
    monkeypatch.setattr(middleware, "rerate_changed_projects", lambda through: None)


def a_project(cast: Cast) -> Project:
    return actors.project(cast)


def a_phase(cast: Cast) -> Phase:
    return actors.phase(actors.project(cast))


def a_component(cast: Cast) -> Component:
    return actors.component(a_phase(cast))


def a_report(cast: Cast) -> MonthlyReport:
    actors.figures(actors.project(cast), Month(2023, 8), 10_000)
    return MonthlyReport.objects.get()


def unmarked() -> None:
    """No project's lines are due."""
    Project.objects.update(rerate_from=None)


def last_entry() -> Entry:
    return Entry.objects.latest("seq")


@dataclass(frozen=True)
class Change:
    """A row, what is typed over it, and what the journal and the marks then say."""

    row: Row
    typed: dict[str, str]
    verb: str
    after: dict[str, Any]
    due_from: Month | None = None


CHANGES = [
    Change(a_project, {"name": "改名"}, "edit", {"name": "改名"}, SEPTEMBER),
    Change(a_project, {"listed_from": "2023-03"}, "edit", {"listed_from": "2023-03"}, Month(2023, 1)),
    Change(a_phase, {"content": "土建"}, "edit", {"content": "土建"}, Month(2023, 1)),
    Change(a_component, {"note": "东侧"}, "edit", {"note": "东侧"}, Month(2023, 1)),
    Change(
        a_report,
        {"invested_this_month": "2", "reason": "核实"},
        "correct_figures",
        {"invested_this_month": 20_000},
        Month(2023, 8),
    ),
    Change(lambda cast: cast.industry, {"name": "产业类"}, "keep_list", {"name": "产业类"}),
    Change(lambda cast: Sector.objects.create(name="新能源"), {"position": "3"}, "keep_list", {"position": 3}),
    Change(lambda cast: LevelLabel.objects.create(name="省重点"), {"name": "省重大"}, "keep_list", {"name": "省重大"}),
    Change(lambda cast: cast.boss, {"office": "副区长"}, "keep_list", {"office": "副区长"}),
    Change(lambda cast: cast.town, {"position": "5"}, "change_unit", {"position": 5}),
    Change(lambda cast: cast.reporter, {"name": "李四"}, "change_account", {"name": "李四"}),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: f"{change.verb}-{next(iter(change.typed))}")
def test_a_change_is_saved_by_its_action(enter: Enter, cast: Cast, change: Change) -> None:
    client, row = enter("admin"), change.row(cast)
    unmarked()
    before = Entry.objects.count()
    response = sent(client, page(row), **change.typed)
    assert response.status_code == 302, response.context["errors"]
    entry = last_entry()
    assert Entry.objects.count() == before + 1
    assert (entry.verb, entry.actor, entry.after) == (change.verb, cast.admin, change.after)
    assert (entry.subject_type, entry.subject_id) == (row._meta.model_name, row.pk)
    assert {due for (due,) in Project.objects.values_list("rerate_from")} <= {change.due_from}
    if change.due_from:
        assert Project.objects.get().rerate_from == change.due_from


@pytest.mark.parametrize("row", [a_project, a_phase, a_component, a_report, lambda cast: cast.boss])
def test_what_nobody_changed_is_not_saved(enter: Enter, cast: Cast, row: Row) -> None:
    url = page(row(cast))
    unmarked()
    before = Entry.objects.count()
    assert sent(enter("admin"), url).status_code == 302
    assert Entry.objects.count() == before
    assert Project.objects.filter(rerate_from__isnull=False).count() == 0


def added(client: Client, model: type[Model], **typed: str) -> Model:
    """The row that the form for new ones made of `typed`."""
    known = set(model._default_manager.values_list("pk", flat=True))
    response = client.post(adding(model), {**opened(client, adding(model)), **typed})
    assert response.status_code == 302, response.context["errors"]
    return model._default_manager.exclude(pk__in=known).get()


def test_a_new_project_begins_with_its_first_phase(enter: Enter, cast: Cast) -> None:
    label = LevelLabel.objects.create(name="区重点")
    row = added(
        enter("office"), Project,
        code="N-1", name="新项目", short_name="新", category=str(cast.industry.pk), unit=str(cast.town.pk),
        leader=str(cast.boss.pk), labels=str(label.pk), total_investment="1,200.5",
    )  # fmt: skip
    project = Project.objects.get()
    assert row == project
    assert (project.total_investment, project.listed_from) == (12_005_000, SEPTEMBER)
    assert project.created_at.date() == actors.TODAY
    assert [phase.number for phase in project.phases.all()] == [1]
    assert list(project.labels.all()) == [label]
    assert project.rerate_from == SEPTEMBER
    verbs = Entry.objects.filter(project_id=project.pk).order_by("seq").values_list("verb", "actor")
    assert list(verbs) == [("register", cast.office.pk), ("add_phase", cast.office.pk)]


def test_who_adds_a_project_goes_on_to_its_page(enter: Enter, cast: Cast) -> None:
    typed = {"code": "N-1", "name": "新", "short_name": "新", "category": str(cast.industry.pk)}
    client = enter("office")
    response = client.post(adding(Project), {**opened(client, adding(Project)), **typed, "unit": str(cast.town.pk)})
    assert response["Location"] == page(Project.objects.get())


def test_new_figures_are_entered(enter: Enter, cast: Cast) -> None:
    project = a_project(cast)
    unmarked()
    typed = {"project": str(project.pk), "invested_this_month": "350", "image": "主体施工"}
    report = added(enter("office"), MonthlyReport, **typed)
    assert isinstance(report, MonthlyReport)
    stored = (report.month, report.invested_this_month, report.state, report.approved_by)
    assert stored == (SEPTEMBER, 3_500_000, "approved", cast.office)
    assert (last_entry().verb, last_entry().actor) == ("enter_figures", cast.office)
    assert Project.objects.get().rerate_from == SEPTEMBER


@pytest.mark.parametrize("model", [Category, Sector, LevelLabel])
def test_a_new_list_entry_is_kept(enter: Enter, cast: Cast, model: type[Model]) -> None:
    row = added(enter("office"), model, name="新条目", position="9")
    assert (last_entry().verb, last_entry().subject_id, last_entry().actor) == ("keep_list", row.pk, cast.office)
    assert last_entry().after == {"name": "新条目", "position": 9, "is_active": True}


def test_a_new_leader_belongs_to_a_unit(enter: Enter, cast: Cast) -> None:
    row = added(enter("office"), Leader, name="张镇长", office="镇长", unit=str(cast.town.pk))
    assert (last_entry().verb, last_entry().subject_id) == ("keep_list", row.pk)
    assert last_entry().after["unit"] == "税郭镇"


def test_a_new_unit_gets_its_place_in_the_tree(enter: Enter, cast: Cast) -> None:
    typed = {"name": "齐村镇人民政府", "short_name": "齐村镇", "kind": "town", "parent": str(cast.district.pk)}
    unit = added(enter("office"), Unit, **typed)
    assert isinstance(unit, Unit)
    assert unit.path == f"{cast.district.path}{unit.pk}/"
    assert (last_entry().verb, last_entry().subject_id) == ("found_unit", unit.pk)


def test_a_unit_takes_along_what_stands_below(enter: Enter, cast: Cast) -> None:
    village = actors._unit("村", "town", cast.town)
    response = sent(enter("office"), page(cast.town), parent=str(cast.other_town.pk))
    assert response.status_code == 302
    village.refresh_from_db()
    assert village.path == f"{cast.other_town.path}{cast.town.pk}/{village.pk}/"


@pytest.mark.parametrize("renamed", [lambda cast: cast.boss, lambda cast: cast.town])
def test_a_new_name_shows_in_the_lines_of_its_projects(enter: Enter, cast: Cast, renamed: Row) -> None:
    concerned = actors.project(cast, leader=cast.boss)
    other = actors.project(cast, "P-2", unit=cast.other_town)
    unmarked()
    row = renamed(cast)
    typed = {"short_name": "税郭街道"} if isinstance(row, Unit) else {"name": "李区长"}
    assert sent(enter("office"), page(row), **typed).status_code == 302
    marks = dict(Project.objects.values_list("pk", "rerate_from"))
    assert marks == {concerned.pk: SEPTEMBER, other.pk: None}


def test_a_new_account_waits_for_its_own_password(enter: Enter, cast: Cast) -> None:
    typed = {"username": "wang", "name": "王五", "unit": str(cast.town.pk), "role": "reporter"}
    user = added(enter("admin"), User, **typed)
    assert isinstance(user, User)
    assert (user.must_change_password, user.is_active, user.has_usable_password()) == (True, True, True)
    assert (last_entry().verb, last_entry().subject_id, last_entry().actor) == ("open_account", user.pk, cast.admin)


def test_saving_writes_the_lines_again(enter: Enter, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    project = a_project(cast)
    open_month(SEPTEMBER, through=SEPTEMBER)
    sent(enter("office"), page(project), short_name="改名")
    assert Project.objects.get().rerate_from is None
    assert {line.short_name for line in project.lines.filter(month=SEPTEMBER)} == {"改名"}
