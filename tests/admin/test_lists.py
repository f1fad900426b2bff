"""The lists of the administration: search, filters, date hierarchies, what nonsense does, and what rows cost."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.accounts.models import Unit, User
from projects.admin.rights import MOST_ROWS
from projects.core.month import Month
from projects.journal.models import Entry
from projects.progress.models import MonthlyReport, ReminderStep
from projects.register.actions.halting import Halt, exempt_project, halt_project, record_incident
from projects.register.actions.scheduling import set_milestone
from projects.register.models import (
    Attachment,
    Capacity,
    Category,
    Component,
    Exemption,
    Incident,
    Leader,
    LevelLabel,
    Milestone,
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
from tests.cast import AT, SEPTEMBER, TODAY, WAN, Cast
from tests.followups.slips import bulletin, follow
from tests.notices.told import tell

OURS: list[type[Model]] = [model for model in admin.site._registry if model._meta.app_label == "projects"]


def add_rows(cast: Cast, number: int) -> Project:
    """A row more in every list, and below a project, a phase and a component; the project."""
    sector = Sector.objects.create(name=f"行业{number}")
    label = LevelLabel.objects.create(name=f"级别{number}")
    unit = actors._unit(f"镇{number}", "town", cast.district)
    leader = Leader.objects.create(name=f"领导{number}", unit=unit)
    category = Category.objects.create(name=f"类别{number}")
    MilestoneTemplate.objects.create(category=category, name=f"清单{number}", offset_months=number)
    ReminderStep.objects.create(anchor="due", days=-number, audience="reporters")
    tell(actors._user(f"reporter{number}", "reporter", unit))
    project = actors.project(cast, f"L-{number}", unit=unit, leader=leader, sector=sector, labels=[label])
    for part in (1, 2):
        phase = actors.phase(project, part)
        component = actors.component(phase, 1, Stage.BUILDING)
        Capacity.objects.create(phase=phase, product="组件", planned=6, unit="GW")
        Capacity.objects.create(component=component, product="组件", planned=6, unit="GW")
    actors.plan(project, 1000 * WAN)
    actors.figures(project, SEPTEMBER, 100 * WAN)
    add_below(project, number)
    follow(bulletin(cast, [(project, 2, 1)], SEPTEMBER.earlier(number)))
    return project


def add_below(project: Project, number: int) -> None:
    """A milestone, a file, an incident and an exemption more."""
    kinds = ("unapproved_stop", "serious_accident", "false_data")
    month = SEPTEMBER + number
    part = project.phases.order_by("number").first()
    milestone = Milestone(project=project, phase=part, name=f"节点{number}", planned_on=TODAY)
    set_milestone(milestone, by=None, at=AT, today=TODAY)
    Attachment.objects.create(
        project=project, title=f"资料{number}", kind="document", stored_as=f"{number}.pdf", original_name="资料",
        size=9, sha256=f"{number:064d}", content_type="application/pdf", at=AT,
    )  # fmt: skip
    incident = Incident(project=project, kind=kinds[number % 3], happened_on=TODAY, note="…")
    record_incident(incident, by=None, at=AT, today=TODAY)
    exemption = Exemption(project=project, reason="other", first_month=month, last_month=month, note="…")
    exempt_project(exemption, by=None, at=AT, open_month=SEPTEMBER)


def queries(client: Client, url: str) -> tuple[int, int]:
    """How many queries the page takes, and how many signs it has."""
    client.get(url)
    with CaptureQueriesContext(connection) as counted:
        response = client.get(url)
    assert response.status_code == 200, url
    return len(counted), len(response.content)


def test_rows_cost_no_queries(enter: Enter, cast: Cast, subtests: pytest.Subtests) -> None:
    client = enter("admin")
    add_rows(cast, 1)
    at_one = {model: queries(client, listed(model)) for model in OURS}
    for number in (2, 3):
        add_rows(cast, number)
    for model, (counted, size) in at_one.items():
        with subtests.test(model.__name__):
            now, grown = queries(client, listed(model))
            assert grown > size, "the rows are not in the list"
            assert now == counted


def test_rows_below_cost_no_queries(enter: Enter, cast: Cast) -> None:
    client, project = enter("admin"), add_rows(cast, 1)
    phase = project.phases.get(number=1)
    urls = [page(project), page(phase)]
    at_one = [queries(client, url) for url in urls]
    for number in (2, 3):
        add_below(project, number)
        actors.phase(project, number + 1)
        actors.component(phase, number)
        actors.plan(project, 10 * WAN, year=2023 + number)
        Capacity.objects.create(phase=phase, product=f"产品{number}", planned=6, unit="GW")
    for url, (counted, size) in zip(urls, at_one, strict=True):
        now, grown = queries(client, url)
        assert grown > size
        assert now == counted


# ── finding ─────────────────────────────────────────────────────────────────────────────────────


def shown(client: Client, model: type[Model], **asked: Any) -> list[Any]:
    """The rows of the list when it is asked so."""
    response = client.get(listed(model), asked)
    assert response.status_code == 200, (model, asked, response.status_code)
    return list(response.context["cl"].result_list)


def some_rows(cast: Cast) -> tuple[Project, Project]:
    """Two projects that differ in everything a filter asks for, each with a phase, figures and moves."""
    new_energy, label = Sector.objects.create(name="新能源"), LevelLabel.objects.create(name="省重点")
    public = Category.objects.create(name="民生")
    one = actors.project(
        cast, "A-1", short_name="泉为组件", owner="泉为公司", leader=cast.boss, sector=new_energy, nature="new",
        labels=[label],
    )  # fmt: skip
    other = actors.project(
        cast, "B-2", short_name="实验学校", category=public, project_class="reserve", unit=cast.other_town
    )
    actors.component(actors.phase(one, 1), 1, Stage.BUILDING)
    actors.phase(other, 1, Stage.SIGNED, SEPTEMBER.first_day)
    actors.figures(one, SEPTEMBER, 10 * WAN)
    actors.figures(other, Month(2023, 7), 10 * WAN)
    other.refresh_from_db()
    halt_project(other, Halt("suspended", TODAY, "funding"), by=None, at=AT, today=TODAY, seen=other.version)
    return one, other


def test_search_finds_by_name_owner_code_and_initials(enter: Enter, cast: Cast) -> None:
    one, other = some_rows(cast)
    client = enter("office")
    for word, found in {"泉为": [one], "qwgs": [one], "b-2": [other], "syxx": [other], "没有": []}.items():
        assert shown(client, Project, q=word) == found, word
    assert [row.project for row in shown(client, MonthlyReport, q="泉为")] == [one]
    assert [row.project for row in shown(client, Phase, q="syxx")] == [other]
    assert [row.phase.project for row in shown(client, Component, q="泉为")] == [one]
    assert [row.phase.project for row in shown(client, StageChange, q="实验")] == [other]
    assert shown(client, Leader, q="王区长") == [cast.boss]
    assert shown(client, Unit, q="税郭") == [cast.town]
    assert shown(enter("admin"), User, q="other_rep") == [cast.other_reporter]
    assert {row.project_id for row in shown(enter("admin"), Entry, q="泉为")} == {one.pk}


def test_each_filter_finds_its_rows(enter: Enter, cast: Cast, subtests: pytest.Subtests) -> None:
    one, other = some_rows(cast)
    client = enter("admin")
    asked: list[tuple[dict[str, Any], list[Project]]] = [
        ({"unit__id__exact": cast.town.pk}, [one]),
        ({"project_class__exact": "reserve"}, [other]),
        ({"stage": "signed"}, [other]),
        ({"stage": "none"}, []),
        ({"category__id__exact": cast.industry.pk}, [one]),
        ({"sector__id__exact": one.sector_id}, [one]),
        ({"sector__isnull": "True"}, [other]),
        ({"labels__id__exact": LevelLabel.objects.get().pk}, [one]),
        ({"labels__isnull": "True"}, [other]),
        ({"nature__exact": "new"}, [one]),
        ({"halted": "suspended"}, [other]),
        ({"halted": "none"}, [one]),
        ({"is_example__exact": "1"}, []),
        ({"unit__id__exact": cast.town.pk, "stage": "signed"}, []),
    ]
    for each, found in asked:
        with subtests.test(urlencode(each)):
            assert shown(client, Project, **each) == found
    with subtests.test("other lists"):
        assert [row.project for row in shown(client, MonthlyReport, month="2023-07")] == [other]
        assert [row.project for row in shown(client, MonthlyReport, project__unit__id__exact=cast.town.pk)] == [one]
        assert {row.verb for row in shown(client, Entry, verb="suspended")} == {"suspended"}
        assert shown(client, Unit, kind__exact="district") == [cast.district]
        assert set(shown(client, User, role__exact="auditor")) == {cast.auditor}
        assert shown(client, Category, is_active__exact="0") == []


def test_dates_narrow_the_journal_and_the_moves(enter: Enter, cast: Cast) -> None:
    _one, other = some_rows(cast)
    client = enter("admin")
    own = len(shown(client, Entry))
    for asked in (
        {"at__year": 2023},
        {"at__year": 2023, "at__month": 10},
        {"at__year": 2023, "at__month": 10, "at__day": 10},
    ):
        assert len(shown(client, Entry, **asked)) == own
    assert shown(client, Entry, at__year=2022) == []
    assert shown(client, Entry, at__year=2023, at__month=10, at__day=11) == []
    moves = shown(client, StageChange, happened_on__year=2023, happened_on__month=9)
    assert [row.phase.project for row in moves] == [other]
    assert shown(client, StageChange, happened_on__year=2023, happened_on__month=10) == []


def test_every_column_sorts(enter: Enter, cast: Cast) -> None:
    some_rows(cast)
    client = enter("admin")
    for model in OURS:
        columns = range(1, len(admin.site._registry[model].list_display) + 1)
        order = ".".join(f"-{number}" for number in columns)  # by all of them, one behind the other
        assert len(shown(client, model, o=order)) == len(shown(client, model))


# ── nonsense ────────────────────────────────────────────────────────────────────────────────────

HUGE = "9" * 30
STRANGE = ["abc", "-1", HUGE, "", "1.5", "😀"]
QUERIES: list[dict[str, str]] = [
    *({"q": text} for text in ('"', "%_\\", "a" * 5000, "很 " * 500, "😀")),
    *({"p": text} for text in STRANGE),
    *({"o": text} for text in ("99", "abc", "-", "1.1.1", HUGE)),
    *({name: "zzz"} for name in ("all", "e", "_popup", "_facets", "month", "stage", "halted", "verb")),
    {"_to_field": "password"},
    {"password__startswith": "argon2"},
    {"unit__path__startswith": "/1/"},
    {"actor__password": "x"},
    {"nothing": "1"},
]  # fmt: skip
DAYS = [
    ("2023", "2", "31"),
    ("9999", "12", "31"),
    ("0", "1", "1"),
    ("2023", "13", ""),
    (HUGE, "1", "1"),
    ("", "1", "1"),
]


def asked_by_filters(model: type[Model]) -> list[str]:
    """The names under which the filters of a list ask."""
    owner: Any = admin.site._registry[model]
    names = [f"{owner.date_hierarchy}__{part}" for part in ("year", "month", "day") if owner.date_hierarchy]
    for entry in owner.list_filter:
        name = entry[0] if isinstance(entry, tuple) else entry
        if isinstance(name, str):
            kinds = ("id__exact", "isnull") if isinstance(entry, tuple) or name == "labels" else ("exact",)
            names += [f"{name}__{kind}" for kind in kinds]
    return names


def faults(client: Client, url: str, asked: list[dict[str, str]]) -> dict[str, int]:
    """Which questions are answered by neither the page, a way back to it, nor 400: errors of ours."""
    client.raise_request_exception = False
    answers = {urlencode(query)[:80]: client.get(url, query).status_code for query in asked}
    return {query: status for query, status in answers.items() if status not in (200, 302, 400)}


@pytest.mark.parametrize("model", [Project, Entry, User])
def test_nonsense_in_the_address_is_no_error(enter: Enter, cast: Cast, model: type[Model]) -> None:
    assert faults(enter("admin"), listed(model), QUERIES) == {}


@pytest.mark.parametrize("model", OURS)
def test_nonsense_in_a_filter_is_no_error(enter: Enter, cast: Cast, model: type[Model]) -> None:
    names = asked_by_filters(model)
    assert faults(enter("admin"), listed(model), [{name: text} for name in names for text in STRANGE[:3]]) == {}


@pytest.mark.parametrize(("model", "name"), [(Entry, "at"), (StageChange, "happened_on")])
def test_days_that_are_none_are_no_error(enter: Enter, cast: Cast, model: type[Model], name: str) -> None:
    asked = [dict(zip((f"{name}__year", f"{name}__month", f"{name}__day"), day, strict=True)) for day in DAYS]
    assert faults(enter("admin"), listed(model), asked) == {}


@pytest.mark.parametrize("query", [{"password__startswith": "argon2"}, {"unit__path__startswith": "/1/"}])
def test_no_column_is_read_by_asking(enter: Enter, cast: Cast, query: dict[str, str]) -> None:
    """Who may ask any column any question finds out a password sign by sign."""
    assert enter("admin").get(listed(User), query).status_code == 400


PREFILLED = (
    "unit", "leader", "labels", "category", "town", "parent", "project", "month", "listed_from", "planned_start",
    "total_investment", "invested_this_month", "latitude", "is_active", "version", "role", "_changelist_filters",
)  # fmt: skip


@pytest.mark.parametrize("model", [Project, MonthlyReport, User, Unit, Leader, Category])
def test_a_form_begun_with_nonsense_opens(enter: Enter, cast: Cast, model: type[Model]) -> None:
    asked = [dict.fromkeys(PREFILLED, text) for text in (HUGE, "1,x", "")]
    assert faults(enter("admin"), adding(model), [*asked, {"_to_field": "x"}, {"_popup": "x"}]) == {}


@pytest.mark.parametrize("number", ["abc", "0", "-1", HUGE, "1.5", "_5F"])
def test_no_row_under_a_number_that_is_none(enter: Enter, cast: Cast, number: str) -> None:
    client = enter("admin")
    client.raise_request_exception = False
    for kind, model in (("change", Project), ("history", Project), ("delete", Category), ("password", User)):
        assert client.get(f"{listed(model)}{number}/{kind}/").status_code in (302, 404), (kind, model)
    assert client.get(f"{listed(Entry)}{number}/change/").status_code == 302


@pytest.mark.parametrize("broken", ["TOTAL_FORMS", "INITIAL_FORMS"])
@pytest.mark.parametrize("text", ["abc", "-1", HUGE])
def test_a_form_with_its_counts_broken_is_no_error(enter: Enter, cast: Cast, broken: str, text: str) -> None:
    part, client = actors.phase(actors.project(cast)), enter("office")
    response = client.post(page(part), {**opened(client, page(part)), f"capacities-{broken}": text})
    assert response.status_code in (302, 422)
    if response.context:
        assert all(len(each.formset.forms) <= MOST_ROWS for each in response.context["inline_admin_formsets"])
    assert not Capacity.objects.exists()
