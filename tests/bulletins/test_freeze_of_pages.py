"""What was published reads the same for ever: every page and document of it, byte for byte, whatever changes later."""

import re
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import Settings

from projects.accounts.actions import change_unit
from projects.bulletins.actions import rerate_changed
from projects.bulletins.actions.editions import set_edition
from projects.bulletins.actions.papers import make_files
from projects.bulletins.actions.recolouring import recolour
from projects.bulletins.models import Bulletin, BulletinFile
from projects.bulletins.queries.editions import Edition
from projects.core.append_only import lifted
from projects.core.month import Month
from projects.progress.actions.reviewing import approve, reopen
from projects.progress.models import MonthlyReport
from projects.rating.palettes import LADDER
from projects.rating.policy import Policy
from projects.rating.units import UnitPolicy
from projects.register.actions.registering import edit_project
from projects.register.models import Component, Project
from projects.register.stages import Stage
from tests.bulletins.month import LATER, begun, district_of_three, published
from tests.bulletins.test_publishing import change_everything
from tests.cast import SEPTEMBER, WAN, Cast, moved, signed_in
from tests.progress.month import opened, submitted

AUGUST, OCTOBER = Month(2023, 8), Month(2023, 10)
TOKEN = '<input type="hidden" name="csrfmiddlewaretoken"[^>]*>'
CHOICES = '<div class="filter">.*?</select></div>'


@pytest.fixture(autouse=True)
def _on_the_day_after(settings: Settings) -> None:
    settings.TODAY = LATER.date()


@pytest.fixture
def rows(cast: Cast) -> list[Project]:
    return district_of_three(cast)


@pytest.fixture
def bulletin(cast: Cast, rows: list[Project]) -> Bulletin:
    """Of September, after that of August was published."""
    published(cast, AUGUST)
    found = published(cast)
    make_files(found, at=LATER)
    return found


def pages(bulletin: Bulletin) -> list[str]:
    """Where the month is read as it was published."""
    own, month = f"/bulletins/{bulletin.pk}/", f"?month={bulletin.month}"
    return [
        "/bulletins/", own, f"{own}list/", f"{own}print/",
        f"/overview/{month}", f"/projects/{month}", f"/projects/{month}&sort=-rate&colour=red",
        *(f"/league/{month}&tab={tab}" for tab in ("towns", "departments", "leaders", "categories")),
        f"/compare/?a={AUGUST}&b={bulletin.month}",
    ]  # fmt: skip


def sheets(bulletin: Bulletin) -> list[str]:
    """The same to take along."""
    own, month = f"/bulletins/{bulletin.pk}/", f"?month={bulletin.month}"
    return [
        *(f"{own}documents/{kind}/" for kind in ("docx", "xlsx", "pdf")),
        f"/projects/export.csv{month}", f"/league/export.csv{month}",
        f"/compare/export.csv?a={AUGUST}&b={bulletin.month}",
    ]  # fmt: skip


def read(client: Client, address: str) -> list[str]:
    """The page without the frame around it, the token of its forms, and what it may be narrowed by today."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    (main,) = re.findall(r"<main\b.*</main>", answer.content.decode(), re.DOTALL)
    return re.sub(f"{TOKEN}|{CHOICES}", "", main).splitlines()


def fetched(client: Client, address: str) -> bytes:
    """The file, to its last byte."""
    answer: Any = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer)


def everything(client: Client, bulletin: Bulletin) -> dict[str, bytes | list[str]]:
    caches["totals"].clear()  # as if the minutes had passed for which pages keep what they found
    files = {address: fetched(client, address) for address in sheets(bulletin)}
    return files | {address: read(client, address) for address in pages(bulletin)}


def change_the_rest(cast: Cast, rows: list[Project]) -> None:
    """What `change_everything` leaves: names above, an owner and a stage, a report, the colours of what comes."""
    for unit in (cast.district, cast.city):
        unit.name = unit.short_name = f"新{unit.name}"
        change_unit(unit, by=None, at=LATER)
    cast.office.name = "新名"
    cast.office.save()
    _first, second, third = (Project.objects.get(pk=row.pk) for row in rows)
    opened(SEPTEMBER)
    reopen(report_of(second), reason="数字有误", by=cast.office, at=LATER, seen=None)
    corrected = submitted(second, by=cast.reporter, invested_this_month=3 * WAN)
    approve(corrected, by=cast.office, at=LATER, seen=None)
    moved(Component.objects.get(phase__project=second), Stage.INSTALLING, gate_reason="…")
    third.unit = cast.other_town
    edit_project(third, labels=[], by=None, at=LATER, seen=third.version, since=SEPTEMBER)
    others = Edition(0, "十月规则", Policy(), LADDER, UnitPolicy())
    set_edition(others, holds_from=OCTOBER, reason="…", by=None, at=LATER, open_month=OCTOBER, seen=1)
    rerate_changed(through=OCTOBER)
    recolour(through=OCTOBER)


def report_of(project: Project) -> MonthlyReport:
    return MonthlyReport.objects.get(project=project, month=SEPTEMBER)


@pytest.mark.parametrize("who", ["office", "reporter", "leader", "auditor"])
def test_pages_and_documents_stay_as_published(cast: Cast, rows: list[Project], bulletin: Bulletin, who: str) -> None:
    client = signed_in(cast.person(who))
    before = everything(client, bulletin)
    change_everything(cast, rows[0])
    change_the_rest(cast, rows)
    after = everything(client, bulletin)
    assert [address for address in before if before[address] != after[address]] == []
    shown = " ".join(line for page in after.values() if isinstance(page, list) for line in page)
    assert not [name for name in ("新镇名", "李区长", "新类别", "另名", "新名", "新市中区") if name in shown]


def test_a_document_made_later_is_the_same(cast: Cast, rows: list[Project], bulletin: Bulletin) -> None:
    client = signed_in(cast.office)
    before = {address: fetched(client, address) for address in sheets(bulletin)}
    change_everything(cast, rows[0])
    change_the_rest(cast, rows)
    with lifted("projects_bulletinfile"):
        BulletinFile.objects.all().delete()
    assert {address: fetched(client, address) for address in sheets(bulletin)} == before


def test_a_month_that_is_not_published_shows_the_new_names(cast: Cast, rows: list[Project]) -> None:
    """Or the test above could not fail."""
    published(cast)
    client = signed_in(cast.office)
    change_everything(cast, rows[0])
    shown = " ".join(read(client, f"/projects/?month={AUGUST}"))
    assert "另名" in shown
    assert "新镇名" in shown


def test_the_list_is_narrowed_in_the_words_of_its_month(cast: Cast, rows: list[Project]) -> None:
    published(cast)
    client = signed_in(cast.office)
    change_everything(cast, rows[0])
    for month, names, others in (
        (AUGUST, ("新镇名", "李区长"), ("税郭镇", "王区长")),
        (SEPTEMBER, ("税郭镇", "王区长"), ("新镇名", "李区长")),
    ):
        choices = "".join(re.findall(CHOICES, client.get(f"/projects/?month={month}").content.decode()))
        assert [name for name in names if name in choices] == list(names)
        assert not [name for name in others if name in choices]


def test_a_draft_is_told_in_the_names_of_today(cast: Cast, rows: list[Project]) -> None:
    draft = begun(cast)
    assert (draft.publisher_name, draft.district_name) == ("", "市中区")
