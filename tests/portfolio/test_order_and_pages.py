"""The order of the list by each heading, both ways, and its pages: stable, complete, what has no value last."""

import datetime
import re
from copy import copy
from typing import Any

import pytest

from projects.bulletins.models import Line, SearchKey
from projects.portfolio.queries import ORDERS
from projects.register.models import Project
from tests.cast import SEPTEMBER, Cast, signed_in
from tests.portfolio.conftest import lines
from tests.portfolio.reading import codes, foot, html_of, text_of

COLUMNS = {
    "name": "name_key", "unit": "unit_name", "leader": "leader_name", "stage": "stage_order",
    "total": "total_investment", "plan": "year_plan", "invested": "invested_to_date", "rate": "completion_tenths",
    "lead": "lead_tenths", "reason": "worst_rule", "changed": "changed_at",
}  # fmt: skip


def in_order(rows: list[Line], name: str, *, descending: bool) -> list[str]:
    """The codes as the list should have them: by value, then by id; both turned round when descending, and lines
    without a value last either way."""
    if name == "colour":
        found = []
        for severity in sorted({line.severity for line in rows}, reverse=not descending):
            equals = [line for line in rows if line.severity == severity]
            equals.sort(key=lambda line: (line.lead_tenths or 0, line.pk), reverse=descending)
            found += [line.code for line in sorted(equals, key=lambda line: line.lead_tenths is None)]
        return found
    column = COLUMNS[name]
    valued = [line for line in rows if getattr(line, column) not in (None, "") and (name != "stage" or line.stage)]
    blank = sorted((line for line in rows if line not in valued), key=lambda line: line.pk)
    valued.sort(key=lambda line: (getattr(line, column), line.pk), reverse=descending)
    return [line.code for line in (*valued, *blank)]


@pytest.mark.parametrize("name", ORDERS)
def test_each_heading_both_ways(cast: Cast, district: dict[str, Project], name: str) -> None:
    office = signed_in(cast.office)
    for sort, descending in ((name, False), (f"-{name}", True)):
        response = office.get("/projects/", {"month": "2023-09", "sort": sort})
        assert codes(response) == in_order(lines(cast), name, descending=descending), sort
        ordered = response.context["table"].order_by
        assert str(ordered[0]) == sort


def test_without_a_word_the_worst_come_first(cast: Cast, district: dict[str, Project]) -> None:
    office = signed_in(cast.office)
    expected = in_order(lines(cast), "colour", descending=False)
    assert expected[:4] == ["A-3", "A-8", "A-2", "A-1"]
    for sort in ("", "colour", "nothing", "--name", "id", "project__owner", "-", "名称", "name,unit", "\\", "x" * 3000):
        assert codes(office.get("/projects/", {"month": "2023-09", "sort": sort})) == expected, sort


def test_a_heading_leads_there_and_back_and_keeps_the_filters(cast: Cast, district: dict[str, Project]) -> None:
    office = signed_in(cast.office)
    html = html_of(office.get("/projects/?month=2023-09&stage=building&sort=total&page=1"))
    heading = re.search(r'<th[^>]*aria-sort="ascending"[^>]*>.*?</th>', html, flags=re.DOTALL)
    assert heading
    assert "总投资" in text_of(heading[0])
    assert 'href="?month=2023-09&amp;stage=building&amp;sort=-total"' in heading[0]
    assert html.count("aria-sort") == 1


def test_ties_keep_their_order(cast: Cast, district: dict[str, Project]) -> None:
    Line.objects.update(total_investment=1, name_key="same")
    office = signed_in(cast.office)
    by_id = [line.code for line in lines(cast)]
    assert codes(office.get("/projects/", {"month": "2023-09", "sort": "total"})) == by_id
    assert codes(office.get("/projects/", {"month": "2023-09", "sort": "-total"})) == by_id[::-1]


@pytest.fixture
def many(cast: Cast, district: dict[str, Project]) -> int:
    """So many lines that the list has pages; copies of one line, cheaper than as many projects."""
    pattern = lines(cast)[0]
    rows, copies = [], []
    for number in range(1, 110):
        row, line = copy(pattern.project), copy(pattern)
        row.pk, row.code = None, f"C-{number:03}"
        line.pk, line.project, line.code, line.name_key = None, row, row.code, f"zz {number:03}"
        line.total_investment = None if number % 3 == 0 else number % 7 + 1
        rows.append(row)
        copies.append(line)
    Project.objects.bulk_create(rows)
    for line in copies:
        line.project_id = line.project.pk
    Line.objects.bulk_create(copies)
    key = pattern.project.search_key
    SearchKey.objects.bulk_create(SearchKey(project=row, text=key.text, pairs=key.pairs) for row in rows)
    return Line.objects.filter(month=SEPTEMBER).exclude(code="E-1").count()


class TestPages:
    def page(self, cast: Cast, **query: Any) -> Any:
        return signed_in(cast.office).get("/projects/", {"month": "2023-09", "sort": "name", **query})

    def test_have_fifty_lines(self, cast: Cast, many: int) -> None:
        assert [len(codes(self.page(cast, page=number))) for number in (1, 2, 3)] == [50, 50, many - 100]

    @pytest.mark.parametrize("sort", ["total", "-total", "colour", "-changed"])
    def test_together_show_every_line_once_in_order(self, cast: Cast, many: int, sort: str) -> None:
        seen = [code for number in range(1, 8) for code in codes(self.page(cast, page=number, per_page=20, sort=sort))]
        assert len(seen) == many
        name = sort.removeprefix("-")
        assert seen == in_order(lines(cast), name, descending=sort.startswith("-"))

    @pytest.mark.parametrize(("size", "shown"), [("20", 20), ("50", 50), ("100", 100), ("200", 121)])
    def test_are_as_long_as_chosen(self, cast: Cast, many: int, size: str, shown: int) -> None:
        assert len(codes(self.page(cast, per_page=size))) == shown

    def test_are_fifty_for_what_is_no_choice(self, cast: Cast, many: int) -> None:
        for size in ("0", "-1", "7", "1000000", "9" * 400, "all", "５０", "", "20.0", "\u00b2"):
            assert len(codes(self.page(cast, per_page=size))) == 50, size

    def test_beyond_the_last_are_the_last(self, cast: Cast, many: int) -> None:
        last = codes(self.page(cast, page="3"))
        for number in ("4", "999", "999999999"):
            assert codes(self.page(cast, page=number)) == last, number

    def test_that_are_none_are_one_of_the_list(self, cast: Cast, many: int) -> None:
        for number in ("", "0", "-1", "二", "1.5", "９", "9" * 5000, "last", "\u00b2"):
            assert len(codes(self.page(cast, page=number))) in {50, 21}, number

    def test_all_have_the_sum_of_all(self, cast: Cast, many: int) -> None:
        assert foot(self.page(cast, page=1)) == foot(self.page(cast, page=3))
        assert f"{many} 个项目" in " ".join(foot(self.page(cast, page=2)))

    def test_are_linked_with_filter_and_order(self, cast: Cast, many: int) -> None:
        html = html_of(self.page(cast, page=2, q="泉为", per_page=20))
        assert 'rel="prev"' in html
        assert 'rel="next"' in html
        following = re.search(r'href="([^"]*)" rel="next"', html)
        assert following
        for part in ("month=2023-09", "sort=name", "q=%E6%B3%89%E4%B8%BA", "per_page=20", "page=3"):
            assert part in following[1]

    def test_a_changed_filter_begins_on_the_first_page(self, cast: Cast, many: int) -> None:
        html = html_of(self.page(cast, page=3))
        assert not re.search(r'class="colour-count[^>]*href="[^"]*page=3', html)


def test_the_list_of_another_day_is_in_the_same_order(cast: Cast, district: dict[str, Project]) -> None:
    """By the moment of the last change, to the second and across days."""
    Line.objects.filter(code="A-5").update(changed_at=datetime.datetime(2023, 10, 9, 16, 30, tzinfo=datetime.UTC))
    shown = codes(signed_in(cast.office).get("/projects/", {"month": "2023-09", "sort": "-changed"}))
    assert shown == in_order(lines(cast), "changed", descending=True)
