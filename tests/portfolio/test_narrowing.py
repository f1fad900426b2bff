"""What the list can be narrowed by: each filter alone, all together, and the search; with counts and sums to match."""

import itertools
from typing import Any

import pytest
from django.utils.http import urlencode

from projects.bulletins.models import Line
from projects.core import display
from projects.register.models import Category, Leader, LevelLabel, Project, Sector
from tests.cast import Cast, signed_in
from tests.pages import words
from tests.portfolio.conftest import lines
from tests.portfolio.reading import codes, counts, foot

HUES = {0: "blue", 1: "yellow", 2: "red"}


def shown(cast: Cast, **query: Any) -> Any:
    """The list of September as the office narrows it."""
    response = signed_in(cast.office).get(f"/projects/?{urlencode({'month': '2023-09', **query}, doseq=True)}")
    assert response.status_code == 200
    return response


def pk(model: Any, name: str) -> int:
    return int(model.objects.get(name=name).pk)


CASES: dict[str, tuple[str, Any, set[str]]] = {
    "red": ("colour", "red", {"A-3", "A-8"}),
    "yellow": ("colour", "yellow", {"A-2"}),
    "blue": ("colour", "blue", {"A-1", "A-5", "A-6", "A-7", "A-12"}),
    "not reported": ("colour", "not_reported", {"A-4"}),
    "not rated": ("colour", "not_rated", {"A-10", "A-11"}),
    "exempt": ("colour", "exempt", {"A-9"}),
    "a town": ("unit", "other_town", {"A-2", "A-8"}),
    "a town's own": ("unit", "town", {"A-1", "A-3", "A-4", "A-5", "A-6", "A-9", "A-10", "A-11"}),
    "the district with all below it": ("unit", "district", {f"A-{number}" for number in range(1, 13)}),
    "a category": ("category", Category, {"A-2", "A-9", "A-12"}),
    "a label that several hold": ("level", LevelLabel, {"A-1", "A-2"}),
    "a class": ("project_class", "lead", {"A-6", "A-7"}),
    "no class": ("project_class", "none", {"A-11"}),
    "a stage": ("stage", "building", {"A-1", "A-3", "A-4", "A-9", "A-10"}),
    "partly operating": ("stage", "partly_operating", {"A-11"}),
    "a leader": ("leader", Leader, {"A-2", "A-3"}),
    "a sector": ("sector", Sector, {"A-1", "A-6"}),
}
NAMES: dict[Any, str] = {Category: "民生", LevelLabel: "市重点", Leader: "李书记", Sector: "新能源"}


def value_of(cast: Cast, name: str, value: Any) -> str:
    if name == "unit":
        return str(getattr(cast, value).pk)
    return str(pk(value, NAMES[value])) if value in NAMES else str(value)


@pytest.mark.parametrize("case", CASES)
def test_each_filter_alone(cast: Cast, district: dict[str, Project], case: str) -> None:
    name, value, expected = CASES[case]
    response = shown(cast, **{name: value_of(cast, name, value)})
    assert set(codes(response)) == expected
    assert len(codes(response)) == len(expected), "a project counts once, however many labels it has"
    agrees(response, cast, expected, colour=value if name == "colour" else "")


def test_two_filters_together(cast: Cast, district: dict[str, Project]) -> None:
    for (first, one, expected), (second, other, also) in itertools.combinations(CASES.values(), 2):
        if first == second:
            continue
        query = {first: value_of(cast, first, one), second: value_of(cast, second, other)}
        response = shown(cast, **query)
        found = set(codes(response))
        assert found == expected & also, query
        if found:
            agrees(response, cast, found, colour=query.get("colour", ""))
        else:
            assert "没有符合条件的项目" in words(response), query


def test_all_filters_at_once(cast: Cast, district: dict[str, Project]) -> None:
    response = shown(
        cast, q="泉为", colour="blue", unit=cast.town.pk, category=cast.industry.pk, level=pk(LevelLabel, "省重点"),
        project_class="implementation", stage="building", leader=cast.boss.pk, sector=pk(Sector, "新能源"),
    )  # fmt: skip
    assert codes(response) == ["A-1"]
    assert all(word in words(response) for word in ("筛选条件", "泉为", "税郭镇", "省重点"))


def agrees(response: Any, cast: Cast, expected: set[str], *, colour: str = "") -> None:
    """The line of sums and the counts per colour say the same as the rows."""
    rows = [line for line in lines(cast) if line.code in expected]
    total, plan, invested = (
        sum(getattr(line, name) or 0 for line in rows) for name in ("total_investment", "year_plan", "invested_to_date")
    )
    cells = foot(response)
    assert f"{len(rows)} 个项目" in " ".join(cells)
    for amount in (total, plan, invested):
        assert display.wan(amount) in cells
    shown_counts = {word.split()[-1]: number for word, number in counts(response).items()}
    if not colour:
        by_word = {"红": 2, "黄": 1, "蓝": 0}
        for word, level in by_word.items():
            assert shown_counts[word] == sum(line.level == level for line in rows)
        assert shown_counts["未评"] == sum(line.standing == "not_rated" for line in rows)
        assert shown_counts["全部"] == len(rows)


class TestCounts:
    def test_do_not_depend_on_the_colour_chosen(self, cast: Cast, district: dict[str, Project]) -> None:
        assert counts(shown(cast)) == counts(shown(cast, colour="red"))

    def test_lead_to_what_they_count(self, cast: Cast, district: dict[str, Project]) -> None:
        for line in lines(cast):
            code = HUES[line.level] if line.level is not None else line.standing
            assert line.code in codes(shown(cast, colour=code))


class TestTheRateOfTheSum:
    def test_compares_only_what_has_a_plan_with_the_months_of_the_year(
        self, cast: Cast, district: dict[str, Project]
    ) -> None:
        """1000 + 780 + 240 + 0 + 10 + 100 + 600 of 1200·4 + 500 + 800 + 600, and nine twelfths of a year."""
        cells = foot(shown(cast))
        assert "40.7" in cells
        assert "−34.3" in cells
        assert "总体序时 75.0%" in cells


FOUND: list[tuple[str, set[str]]] = [
    ("qw", {"A-1", "A-8"}), ("QW", {"A-1", "A-8"}), ("泉为", {"A-1"}), ("棉", {"A-3", "A-4"}), ("高效", {"A-1"}),
    ("a-1", {"A-1", "A-10", "A-11", "A-12"}), ("A-12", {"A-12"}), ("quanwei", {"A-1"}), ("新能源有限", {"A-1"}),
    ("6gw", {"A-1"}), ("  泉为  电池 ", {"A-1"}), ("电池　泉为", {"A-1"}), ("泉为 花园", set()),
    ("jxhy", {"A-2"}), ("项目 电", {"A-1", "A-6"}), ("100%", {"A-3"}), ("100_", set()), ("%", {"A-3"}),
    ("_", {"A-3"}), ("棉_纺", {"A-3"}), ("\\", set()), ("'", set()), ("泉\u200b为", {"A-1"}), ("薛城", set()),
]  # fmt: skip


class TestSearch:
    def test_finds(self, cast: Cast, district: dict[str, Project]) -> None:
        for text, expected in FOUND:
            response = shown(cast, q=text)
            assert set(codes(response)) == expected, text
            if expected:
                agrees(response, cast, expected)

    def test_of_nothing_shows_everything(self, cast: Cast, district: dict[str, Project]) -> None:
        assert len(codes(shown(cast, q="   "))) == 12

    def test_of_more_than_fits_is_ignored_in_words(self, cast: Cast, district: dict[str, Project]) -> None:
        response = shown(cast, q="泉" * 61)
        assert len(codes(response)) == 12
        assert "该筛选条件未生效" in words(response)
        assert codes(shown(cast, q="泉" * 60)) == []

    def test_takes_as_much_as_the_box_at_the_top_lets_type(self, cast: Cast, district: dict[str, Project]) -> None:
        html = shown(cast).content.decode()
        assert 'maxlength="60"' in html
        assert 'maxlength="100"' not in html


class TestWhatIsNoChoice:
    @pytest.mark.parametrize("value", ["nothing", "0", "9" * 400, "红", "<em>", "１", "1,2"])
    def test_is_ignored_in_words(self, cast: Cast, district: dict[str, Project], value: str) -> None:
        for name in ("colour", "unit", "category", "level", "project_class", "stage", "leader", "sector"):
            response = shown(cast, **{name: value})
            assert len(codes(response)) == 12, name
            said = words(response)
            assert "该筛选条件未生效" in said, name
            assert f"{name}:" not in said, "a filter is named as people know it"
            assert "<em>" not in response.content.decode()

    def test_another_districts_unit_neither(self, cast: Cast, district: dict[str, Project]) -> None:
        assert len(codes(shown(cast, unit=cast.elsewhere.pk))) == 12

    def test_twice_the_same_filter_takes_the_last(self, cast: Cast, district: dict[str, Project]) -> None:
        assert set(codes(shown(cast, colour=["blue", "yellow"]))) == {"A-2"}


class TestChoices:
    def test_are_those_of_the_own_district(self, cast: Cast, district: dict[str, Project]) -> None:
        Leader.objects.create(name="薛城区长", unit=cast.elsewhere)
        response = shown(cast)
        choices = {
            name: dict(field.choices) for name, field in response.context["filter"].form.fields.items() if name != "q"
        }
        assert set(choices["unit"].values()) - {"全部"} == {"税郭镇", "孟庄镇", "市中区"}
        assert "薛城" not in response.content.decode()
        assert {"王区长", "李书记"} <= set(choices["leader"].values())

    def test_show_what_is_chosen(self, cast: Cast, district: dict[str, Project]) -> None:
        html = shown(cast, stage="building", q="泉为").content.decode()
        assert '<option value="building" selected>' in html
        assert 'value="泉为"' in html


def test_the_link_that_lifts_a_filter_keeps_the_others(cast: Cast, district: dict[str, Project]) -> None:
    response = shown(cast, colour="red", unit=cast.town.pk, sort="-total", page="1")
    lifted = {each["label"]: each["url"] for each in response.context["active"]}
    assert lifted["颜色"] == f"?month=2023-09&unit={cast.town.pk}&sort=-total"
    assert lifted["责任单位"] == "?month=2023-09&colour=red&sort=-total"


def test_the_lines_and_the_pages_know_the_same_projects(cast: Cast, district: dict[str, Project]) -> None:
    assert {line.code for line in lines(cast)} == set(codes(shown(cast)))
    assert Line.objects.filter(code="E-1").exists()
