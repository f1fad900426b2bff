"""What belongs to another district is nowhere: not in a page, a count, a sum, a choice, a search or a file."""

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from pytest_django import Settings

from projects.bulletins.models import Line
from projects.register.models import Project
from tests.cast import Cast, signed_in
from tests.portfolio.reading import codes, counts, foot, html_of

PEOPLE = ["admin", "office", "reporter", "other_reporter", "leader", "auditor"]
SECRETS = ("E-1", "薛城泉为", "薛城泉为分厂", "77,777", "77777")
ADDRESSES = [
    "/", "/projects/", "/overview/", "/projects/?q=薛城", "/projects/?q=E-1", "/projects/?q=xcqw",
    "/projects/?per_page=200", "/projects/?sort=-total", "/projects/?unit={elsewhere}", "/projects/?unit={city}",
    "/projects/?leader={leader}",
    "/projects/A-1/", "/projects/E-1/", "/projects/E-1/edit/", "/projects/E-1/figures/2023-09/",
    "/projects/move/?chosen=E-1", "/projects/?month=2023-08", "/journal/", "/journal/?q=薛城",
    "/projects/export.csv", "/projects/export.csv?unit={elsewhere}", "/projects/export.csv?q=薛城",
]  # fmt: skip


def everything(response: Any) -> str:
    if response.streaming:
        return str(b"".join(response.streaming_content).decode())
    return html_of(response)


def filled_in(address: str, cast: Cast) -> str:
    return address.format(elsewhere=cast.elsewhere.pk, city=cast.city.pk, leader=cast.boss.pk)


@pytest.mark.parametrize("who", PEOPLE)
def test_no_address_tells_of_it(cast: Cast, district: dict[str, Project], who: str) -> None:
    client = signed_in(cast.person(who))
    for address in ADDRESSES:
        for headers in ({}, {"HX-Request": "true"}):
            said = everything(client.get(filled_in(address, cast), headers=headers, follow=True))
            typed = ("薛城",) if "q=薛城" in address else ("E-1",) if "E-1" in address else ()
            for secret in SECRETS:
                assert secret in typed or secret not in said, (address, secret)


@pytest.mark.parametrize("who", PEOPLE)
def test_no_sheet_tells_of_it(cast: Cast, district: dict[str, Project], who: str) -> None:
    client = signed_in(cast.person(who))
    for query in ("", "?q=薛城", f"?unit={cast.elsewhere.pk}", "?sort=-total"):
        response: Any = client.get(f"/projects/export.xlsx{query}")
        content = b"".join(response.streaming_content)
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        said = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
        assert not [secret for secret in SECRETS if secret in said], query


@pytest.mark.parametrize("who", PEOPLE)
def test_no_count_and_no_sum_knows_it(cast: Cast, district: dict[str, Project], who: str) -> None:
    client = signed_in(cast.person(who))
    before = client.get("/projects/?month=2023-09")
    Line.objects.filter(code="E-1").update(level=1, severity=1, total_investment=1)
    after = client.get("/projects/?month=2023-09")
    assert (counts(after), foot(after), codes(after)) == (counts(before), foot(before), codes(before))
    assert sum(counts(after).values()) == 24


def test_the_neighbour_sees_theirs_alone(cast: Cast, district: dict[str, Project]) -> None:
    response = signed_in(cast.stranger).get("/projects/?month=2023-09")
    assert codes(response) == ["E-1"]
    assert "77,777" in foot(response)
    assert "泉为分厂" in html_of(response)
    assert "税郭镇" not in html_of(response)


def test_the_city_above_sees_both(cast: Cast, district: dict[str, Project]) -> None:
    cast.leader.unit = cast.city
    cast.leader.save()
    response = signed_in(cast.leader).get("/projects/?month=2023-09")
    assert len(codes(response)) == 13
    narrowed = signed_in(cast.leader).get(f"/projects/?month=2023-09&unit={cast.elsewhere.pk}")
    assert codes(narrowed) == ["E-1"]


class TestSumsThatAreKept:
    def test_are_kept_apart_for_each_district(self, cast: Cast, district: dict[str, Project]) -> None:
        ours = foot(signed_in(cast.office).get("/projects/?month=2023-09"))
        theirs = foot(signed_in(cast.stranger).get("/projects/?month=2023-09"))
        assert ours != theirs
        assert foot(signed_in(cast.office).get("/projects/?month=2023-09")) == ours

    def test_and_where_reading_is_narrowed_for_each_unit(
        self, cast: Cast, district: dict[str, Project], settings: Settings
    ) -> None:
        settings.READING = "unit"
        of_town = signed_in(cast.reporter).get("/projects/?month=2023-09")
        of_other = signed_in(cast.other_reporter).get("/projects/?month=2023-09")
        assert set(codes(of_other)) == {"A-2", "A-8"}
        assert set(codes(of_town)) == {"A-1", "A-3", "A-4", "A-5", "A-6", "A-9", "A-10", "A-11"}
        assert "8,000" in foot(of_other)
        assert len(codes(signed_in(cast.leader).get("/projects/?month=2023-09"))) == 12


def test_another_units_rows_offer_no_move(cast: Cast, district: dict[str, Project]) -> None:
    reporter: Client = signed_in(cast.reporter)
    html = html_of(reporter.get("/projects/?month=2023-09"))
    assert 'href="A-1/phases/1/move/"' in html
    assert 'href="A-2/phases/1/move/"' not in html
    assert 'value="A-1"' in html
    assert 'value="A-2"' not in html
    assert "/move/" not in html_of(signed_in(cast.leader).get("/projects/?month=2023-09")).replace(
        "/projects/move/", ""
    )


def test_rows_kept_for_one_are_not_shown_to_another(cast: Cast, district: dict[str, Project]) -> None:
    html_of(signed_in(cast.office).get("/projects/?month=2023-09"))
    html = html_of(signed_in(cast.other_reporter).get("/projects/?month=2023-09"))
    assert 'href="A-2/phases/1/move/"' in html
    assert 'href="A-1/phases/1/move/"' not in html
