"""What nobody should type and somebody will: answered with a page and a sentence, never with an accident."""

import re
from typing import Any

import pytest

from projects.journal.models import Entry
from projects.register.models import Component, Phase, Project
from tests.cast import Cast, project, signed_in
from tests.pages import HAN, complaints, opened, words
from tests.register.views.conftest import Whole
from tests.register.views.test_every_page import NEW, PAGES, prepared

ANYWHERE = [
    "\x00", "\x1b[1m", "\u202e", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "<b>", "'; --",
    "x" * 20_000, "9" * 5_000, "1" + "0" * 400, "-1", "NaN", "２０２３－１３", "2023-02-30",
]  # fmt: skip


def english(sentence: str, typed: str = "") -> bool:
    """Whether a sentence has words that no official reads; what was typed may stand in it."""
    return not HAN.search(sentence) or bool(re.search(r"[A-Za-z_]{4,}", sentence.replace(typed[:40], "")))


@pytest.mark.parametrize("name", PAGES)
def test_in_every_field_at_once(cast: Cast, whole: Whole, name: str) -> None:
    address = prepared(name, cast, whole).address
    office = signed_in(cast.office)
    names, before = opened(office, address), Entry.objects.count()
    for value in ANYWHERE:
        response = office.post(address, dict.fromkeys(names, value))
        assert response.status_code == 422, (value[:20], response.status_code)
        said = complaints(response)
        assert said
        assert not [text for texts in said.values() for text in texts if english(text, value)], value[:20]
    assert Entry.objects.count() == before


BAD_CODES = ["项目", "P-1 ", "P-1;", "p-1", "P_1", "%2e%2e", "P-1%00", "9" * 3000, "-", "１"]


@pytest.mark.parametrize("code", BAD_CODES)
def test_no_project_has_such_a_code(cast: Cast, whole: Whole, code: str) -> None:
    office = signed_in(cast.office)
    for rest in ("", "edit/", "halt/", "plan/2023/", "phases/1/move/"):
        for answer in (office.get, office.post):
            assert answer(f"/projects/{code}/{rest}").status_code in {400, 404, 405}, rest


BAD_NUMBERS = ["0", "99", "-1", "1.0", "１", "a", "9" * 30, "9" * 3000, "9" * 5000]


@pytest.mark.parametrize("number", BAD_NUMBERS)
def test_no_part_and_nothing_beside_has_such_a_number(cast: Cast, whole: Whole, number: str) -> None:
    office = signed_in(cast.office)
    for rest in ("edit/", "move/", "capacity/", "components/new/"):
        for answer in (office.get, office.post):
            assert answer(f"/projects/P-1/phases/{number}/{rest}").status_code == 404, rest
            assert answer(f"/projects/P-1/phases/2/{number}/{rest}").status_code == 404, rest
    for kind in ("incidents", "milestones"):
        assert office.get(f"/projects/P-1/{kind}/{number}/").status_code == 404, kind


def test_what_belongs_to_another_project_is_not_there(cast: Cast, whole: Whole) -> None:
    project(cast, "P-2")
    office = signed_in(cast.office)
    assert office.get(f"/projects/P-2/incidents/{whole.incident.pk}/").status_code == 404
    assert office.get(f"/projects/P-2/milestones/{whole.milestone.pk}/").status_code == 404
    assert office.get(f"/projects/P-1/phases/2/capacity/?capacity={whole.capacity.pk}").status_code == 404
    assert office.get(f"/projects/P-1/phases/1/capacity/?capacity={whole.capacity.pk}").status_code == 200


@pytest.mark.parametrize("asked", ["0", "99", "abc", "-1", "１x", "9" * 30, "9" * 5000, "1.5"])
def test_no_capacity_has_such_an_id(cast: Cast, whole: Whole, asked: str) -> None:
    assert signed_in(cast.office).get("/projects/P-1/phases/1/capacity/", {"capacity": asked}).status_code == 404


@pytest.mark.parametrize(("year", "status"), [("1999", 404), ("2000", 200), ("2100", 200), ("2101", 404)])
def test_the_years_that_have_plans(cast: Cast, whole: Whole, year: str, status: int) -> None:
    assert signed_in(cast.office).get(f"/projects/P-1/plan/{year}/").status_code == status


@pytest.mark.parametrize("year", ["0", "1", "202", "9999", "20233", "9" * 30, "9" * 3000, "-1", "２０２３"])
def test_no_such_year_has_a_plan(cast: Cast, whole: Whole, year: str) -> None:
    office = signed_in(cast.office)
    for answer in (office.get, office.post):
        assert answer(f"/projects/P-1/plan/{year}/").status_code == 404


AMOUNTS = [
    ("0", None), ("-0", None), ("1,200.5", 12_005_000), ("１２００．５", 12_005_000), ("1.2亿", 120_000_000),
    ("0.0001", 1), ("0.00001", None), ("1" + "0" * 400, None), ("1e3", None), ("NaN", None), ("十", None),
    ("1,20", None), ("1000000000", 10**13), ("1000000001", None), ("", "empty"),
]  # fmt: skip


class TestAmounts:
    @pytest.mark.parametrize("name", ["total_investment", "total_at_least"])
    @pytest.mark.parametrize(("typed", "yuan"), AMOUNTS)
    def test_of_a_project(self, cast: Cast, name: str, typed: str, yuan: Any) -> None:
        project(cast)
        office = signed_in(cast.office)
        answer = office.post("/projects/P-1/edit/", {**opened(office, "/projects/P-1/edit/"), name: typed})
        stored = getattr(Project.objects.get(), name)
        if yuan is None:
            assert answer.status_code == 422
            said = [text for texts in complaints(answer).values() for text in texts]
            assert said
            assert not any(english(text, typed) for text in said)
            assert stored is None
            assert f'value="{typed}"' in answer.content.decode(), "what was typed is still there"
        else:
            assert answer.status_code == 302
            assert stored == (None if yuan == "empty" else yuan)


class TestDays:
    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            ("2023-09-05", "2023-09-05"), ("2023/9/5", "2023-09-05"), ("2023年9月5日", "2023-09-05"),
            ("2000-01-01", "2000-01-01"), ("2100-12-31", "2100-12-31"), ("", None),
        ],
    )  # fmt: skip
    def test_as_people_type_them(self, cast: Cast, typed: str, stored: str | None) -> None:
        project(cast)
        office = signed_in(cast.office)
        typed_form = {**opened(office, "/projects/P-1/edit/"), "planned_start": typed}
        assert office.post("/projects/P-1/edit/", typed_form).status_code == 302
        day = Project.objects.get().planned_start
        assert (day.isoformat() if day else None) == stored

    @pytest.mark.parametrize(
        "typed", ["2023-02-30", "2023-13-01", "1999-12-31", "2101-01-01", "０", "2023", "2023-09-05T10:00", "9" * 400]
    )
    def test_that_are_none(self, cast: Cast, typed: str) -> None:
        project(cast)
        office = signed_in(cast.office)
        answer = office.post("/projects/P-1/edit/", {**opened(office, "/projects/P-1/edit/"), "planned_start": typed})
        assert answer.status_code == 422
        assert list(complaints(answer)) == ["planned_start"]
        assert not any(english(text, typed) for text in complaints(answer)["planned_start"])


class TestMonths:
    @pytest.mark.parametrize("typed", ["2023-13", "2023-00", "1999-12", "2101-01", "２０２３-09", "202309", "九月"])
    def test_that_are_none(self, cast: Cast, typed: str) -> None:
        project(cast)
        office = signed_in(cast.office)
        answer = office.post("/projects/P-1/edit/", {**opened(office, "/projects/P-1/edit/"), "listed_from": typed})
        assert answer.status_code == 422
        assert list(complaints(answer)) == ["listed_from"]
        assert not any(english(text, typed) for text in complaints(answer)["listed_from"])


class TestNumbers:
    @pytest.mark.parametrize(("typed", "fine"), [("0", False), ("1", True), ("99", True), ("100", False), ("９", True)])
    @pytest.mark.parametrize("kind", [Phase, Component])
    def test_of_parts_go_from_1_to_99(
        self, cast: Cast, whole: Whole, kind: type[Phase | Component], typed: str, fine: bool
    ) -> None:
        address = "/projects/P-1/phases/1/edit/" if kind is Phase else "/projects/P-1/phases/2/1/edit/"
        office = signed_in(cast.office)
        answer = office.post(address, {**opened(office, address), "number": typed})
        assert answer.status_code == (302 if fine else 422), words(answer)
        if not fine:
            assert list(complaints(answer)) == ["number"]
            assert not any(english(text, typed) for text in complaints(answer)["number"])

    def test_that_are_taken_are_refused_in_words(self, cast: Cast, whole: Whole) -> None:
        office = signed_in(cast.office)
        answer = office.post(
            "/projects/P-1/phases/1/edit/", {**opened(office, "/projects/P-1/phases/1/edit/"), "number": "2"}
        )
        assert answer.status_code == 422
        assert "number" in complaints(answer)


class TestCodes:
    @pytest.mark.parametrize("code", ["new", "move", "项目", "a b", "a/b", "-a", "", "P-1", "x" * 41, "a\x00"])
    def test_that_no_project_can_have(self, cast: Cast, code: str) -> None:
        project(cast)
        office = signed_in(cast.office)
        typed = {**NEW, "unit": cast.town.pk, "category": cast.industry.pk, "code": code}
        answer = office.post("/projects/new/", typed)
        assert answer.status_code == 422
        assert list(complaints(answer)) == ["code"]
        assert not any(english(text, code) for text in complaints(answer)["code"])
        assert Project.objects.count() == 1


def test_markup_in_names_is_text_everywhere(cast: Cast) -> None:
    mark = "<img src=x onerror=alert(1)>"
    row = project(cast, name=mark, short_name=mark, owner=mark, location=mark, content=mark)
    office = signed_in(cast.office)
    addresses = ("", "edit/", "halt/", "exempt/", "phases/new/", "plan/2023/", "figures/2023-09/", "milestones/new/")
    pages = [f"/projects/{row.code}/{rest}" for rest in addresses] + ["/", "/projects/", "/overview/"]
    for address in pages:
        html = office.get(address).content.decode()
        assert "<img src=x" not in html, address
    assert "<img src=x" not in signed_in(cast.auditor).get("/journal/").content.decode()


def test_ten_thousand_fields_are_refused_without_an_accident(cast: Cast, whole: Whole) -> None:
    response = signed_in(cast.office).post("/projects/P-1/edit/", {f"a{number}": "1" for number in range(10_000)})
    assert response.status_code == 400
