"""Who comes in, what each role finds there, and that another district's rows answer like none."""

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from projects.accounts.models import Unit, User
from projects.admin.saving import SAVED_BY
from projects.core.month import Month
from projects.followups.models import Slip
from projects.journal.models import Entry
from projects.notices.models import Notice
from projects.progress.models import MonthlyReport, ReminderStep
from projects.register.actions.filing import keep_file
from projects.register.models import (
    Attachment,
    Category,
    Component,
    Leader,
    LevelLabel,
    MilestoneTemplate,
    Phase,
    Project,
    Sector,
    StageChange,
)
from projects.register.stages import Stage
from tests import cast as actors
from tests.admin.conftest import Enter
from tests.admin.pages import adding, listed, opened, page
from tests.cast import Cast
from tests.followups.slips import drafted
from tests.notices.told import tell
from tests.register.samples import PDF

OURS = [model for model in admin.site._registry if model._meta.app_label == "projects"]
FOR_ADMINISTRATORS: set[type[Model]] = {User, Entry, Notice}
ADDED_BELOW: set[type[Model]] = {Phase, Component}
DELETABLE: set[type[Model]] = {Category, Sector, LevelLabel, Leader, MilestoneTemplate}


def one_of_each(cast: Cast) -> dict[type[Model], Model]:
    """A row in each list, below the district of the cast."""
    project = actors.project(cast)
    part = actors.component(actors.phase(project), 1, Stage.BUILDING)
    actors.figures(project, Month(2023, 8), 1_000_000)
    return {
        Attachment: keep_file(project, "立项批复.pdf", PDF, by=None, at=actors.AT),
        Category: cast.industry,
        Component: part,
        Entry: Entry.objects.filter(project_id=project.pk).latest("seq"),
        Leader: cast.boss,
        LevelLabel: LevelLabel.objects.create(name="省重点"),
        MilestoneTemplate: MilestoneTemplate.objects.create(category=cast.industry, code="site", kind="approval"),
        MonthlyReport: MonthlyReport.objects.get(),
        Notice: tell(cast.reporter),
        Phase: part.phase,
        Project: project,
        ReminderStep: ReminderStep.objects.create(anchor="due", days=-3, audience="reporters"),
        Sector: Sector.objects.create(name="新能源"),
        Slip: drafted(cast),
        StageChange: StageChange.objects.latest("id"),
        Unit: cast.town,
        User: cast.reporter,
    }


def test_every_list_is_tried_here(cast: Cast) -> None:
    assert set(OURS) == set(one_of_each(cast))
    assert set(admin.site._registry) == set(OURS), "another app brought its own lists, past our roles and journal"


def test_whatever_can_be_typed_is_saved_by_an_action() -> None:
    typed: set[type[Model]] = set()
    for model in OURS:
        owner = admin.site._registry[model]
        typed |= {model} if owner.adds or owner.changes else set()  # type: ignore[attr-defined]
        typed |= {rows.model for rows in owner.inlines if rows.adds or rows.changes}  # type: ignore[attr-defined]
    assert typed == set(SAVED_BY)


@pytest.mark.parametrize("name", ["reporter", "leader", "auditor"])
@pytest.mark.parametrize("url", ["/admin/", "/admin/projects/project/", "/admin/autocomplete/", "/admin/login/"])
def test_who_has_no_key_is_told_so(enter: Enter, name: str, url: str) -> None:
    response = enter(name).get(url)
    assert response.status_code == 403
    assert "重点项目办" in response.content.decode()


@pytest.mark.parametrize("url", ["/admin/", "/admin/projects/project/1/change/", "/admin/login/"])
def test_a_stranger_to_the_house_signs_in_first(cast: Cast, client: Client, url: str) -> None:
    response = client.get(url, follow=True)
    address, status = response.redirect_chain[-1]
    assert (status, address.partition("?next=/admin/")[:2]) == (302, ("/accounts/login/", "?next=/admin/"))


@pytest.mark.parametrize("name", ["admin", "office"])
def test_each_role_finds_its_pages(enter: Enter, cast: Cast, name: str, subtests: pytest.Subtests) -> None:
    client = enter(name)
    assert client.get("/admin/").status_code == 200
    for model, row in one_of_each(cast).items():
        mine = name == "admin" or model not in FOR_ADMINISTRATORS
        adds = mine and model in SAVED_BY and model not in ADDED_BELOW
        expected = {
            listed(model): mine,
            adding(model): adds,
            page(row): mine,
            page(row, "history"): mine,
            page(row, "delete"): mine and model in DELETABLE,
        }
        for url, open_ in expected.items():
            with subtests.test(url):
                assert client.get(url).status_code == (200 if open_ else 403)


def test_another_district_sees_and_changes_nothing(enter: Enter, cast: Cast, subtests: pytest.Subtests) -> None:
    client, rows = enter("stranger"), one_of_each(cast)
    shared: set[type[Model]] = {Category, LevelLabel, MilestoneTemplate, ReminderStep, Sector}
    for model, row in rows.items():
        if model in shared | FOR_ADMINISTRATORS:
            continue
        before = model._default_manager.filter(pk=row.pk).values().get()
        with subtests.test(model.__name__):
            assert client.get(page(row)).status_code == 302
            assert client.post(page(row), {"name": "x", "version": "0"}).status_code in (302, 403)
            assert client.get(page(row, "history")).status_code == 302
            assert str(row) not in client.get(listed(model)).content.decode().partition('id="result_list"')[2]
            assert model._default_manager.filter(pk=row.pk).values().get() == before


def test_administrator_of_another_district_reads_no_journal_and_no_accounts(cast: Cast, client: Client) -> None:
    rows = one_of_each(cast)
    other = User(username="other_admin", name="other", role="administrator", unit=cast.elsewhere)
    other.must_change_password = False
    other.save()
    client.force_login(other)
    for model in FOR_ADMINISTRATORS:
        assert client.get(page(rows[model])).status_code == 302
    assert "项目P-1" not in client.get(listed(Entry)).content.decode()
    found = client.get(listed(User), {"q": "reporter"}).content.decode().partition("result_list")[2]
    assert cast.reporter.username not in found
    assert client.post(reverse("admin:projects_user_password", args=[cast.office.pk])).status_code == 404


def found(client: Client, model: type[Model], name: str, **asked: str) -> list[str]:
    """What the search box of the field `name` offers."""
    given = {"app_label": "projects", "model_name": str(model._meta.model_name), "field_name": name, **asked}
    response = client.get("/admin/autocomplete/", given)
    assert response.status_code == 200
    return [result["text"] for result in response.json()["results"]]


def test_search_boxes_offer_what_the_form_takes(enter: Enter, cast: Cast) -> None:
    actors.project(cast)
    office, stranger = enter("office"), enter("stranger")
    assert found(office, Project, "unit") == ["市中区", "税郭镇", "孟庄镇"]
    assert found(office, Project, "unit", term="税郭") == ["税郭镇"]
    assert found(stranger, Project, "unit") == ["薛城区"]
    assert found(office, Project, "town") == ["税郭镇", "孟庄镇"]
    assert found(office, Project, "leader") == ["王区长"]
    assert found(stranger, Project, "leader") == []
    assert found(office, Leader, "account", term="lead") == ["leader"]
    assert found(stranger, Leader, "account") == ["stranger"]
    assert found(office, MonthlyReport, "project", term="xm") == ["项目P-1"]
    assert found(stranger, MonthlyReport, "project") == []


@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("user", "unit"),
        ("project", "category"),
        ("project", "phases"),
        ("line", "project"),
        ("entry", "actor"),
        ("x", "y"),
    ],
)
def test_search_boxes_are_for_fields_of_the_persons_forms_only(enter: Enter, model: str, name: str) -> None:
    asked = {"app_label": "projects", "model_name": model, "field_name": name}
    assert enter("office").get("/admin/autocomplete/", asked).status_code in (403, 404)


def test_form_takes_no_unit_outside(enter: Enter, cast: Cast) -> None:
    client = enter("office")
    typed = {"code": "N-1", "name": "新项目", "short_name": "新", "category": str(cast.industry.pk)}
    for unit in (cast.elsewhere, cast.city):
        response = client.post(adding(Project), {**opened(client, adding(Project)), **typed, "unit": str(unit.pk)})
        assert response.status_code == 422
        assert "unit" in response.context["adminform"].form.errors
    assert not Project.objects.exists()


def test_reset_needs_the_right_to_keep_accounts(enter: Enter, cast: Cast) -> None:
    url = reverse("admin:projects_user_password", args=[cast.reporter.pk])
    assert enter("office").post(url).status_code == 403
    assert User.objects.get(pk=cast.reporter.pk).must_change_password is False
