"""A month counts, compares and reads back the same at year's ends and at the ends of its range."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.core.month import Month, months_between, months_later

MONTHS = st.builds(Month, st.integers(2000, 2100), st.integers(1, 12))


@pytest.mark.parametrize("written", [(1999, 12), (2101, 1), (2023, 0), (2023, 13), (2023, -1)])
def test_only_months_from_2000_to_2100_exist(written: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="not a month"):
        Month(*written)


def test_the_first_and_the_last_month_exist() -> None:
    assert (str(Month(2000, 1)), str(Month(2100, 12))) == ("2000-01", "2100-12")


@pytest.mark.parametrize(
    ("start", "steps", "end"),
    [
        (Month(2023, 9), 4, Month(2024, 1)),
        (Month(2023, 9), 0, Month(2023, 9)),
        (Month(2024, 1), -1, Month(2023, 12)),
        (Month(2023, 12), 1, Month(2024, 1)),
        (Month(2023, 12), 12, Month(2024, 12)),
        (Month(2023, 1), -13, Month(2021, 12)),
    ],
)
def test_adding_months_crosses_years(start: Month, steps: int, end: Month) -> None:
    assert start + steps == end
    assert end - start == steps


def test_nothing_lies_beyond_the_ends() -> None:
    with pytest.raises(ValueError, match="not a month"):
        Month(2100, 12) + 1
    with pytest.raises(ValueError, match="not a month"):
        Month(2000, 1) + -1


@given(MONTHS, MONTHS)
def test_distance_and_order_agree(one: Month, other: Month) -> None:
    assert other + (one - other) == one
    assert (one < other) == (one - other < 0)
    assert (one <= other) == (int(one) <= int(other))


@given(MONTHS)
def test_every_form_reads_back(month: Month) -> None:
    assert Month.parse(str(month)) == month
    assert Month.from_int(int(month)) == month
    assert eval(repr(month), {"Month": Month}) == month  # noqa: S307 - our own repr
    assert Month.of(month.first_day) == Month.of(month.last_day) == month


def test_a_month_sorts_and_works_as_a_key() -> None:
    assert sorted([Month(2024, 1), Month(2023, 12), Month(2023, 2)])[0] == Month(2023, 2)
    assert {Month(2023, 9): "x"}[Month(2023, 9)] == "x"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2023",
        "2023-",
        "2023-00",
        "2023-13",
        "2023-009",
        "23-09",
        "1999-12",
        "2101-01",
        "2023/09",
        "202309",
        " 2023-09",
        "2023-09\n",
        "2023-09-01",
        "２０２３-０９",
        "٢٠٢٣-٠٩",
        "2023-9月",
        "-2023-09",
    ],
)
def test_anything_but_a_written_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a month"):
        Month.parse(text)


def test_a_month_may_be_written_without_its_zero() -> None:
    assert Month.parse("2023-9") == Month(2023, 9)


@pytest.mark.parametrize("number", [0, -202309, 202300, 202313, 199912, 210101, 2023, 20230901])
def test_other_numbers_are_no_month(number: int) -> None:
    with pytest.raises(ValueError, match="not a month"):
        Month.from_int(number)


@pytest.mark.parametrize(
    ("month", "last"),
    [(Month(2023, 2), 28), (Month(2024, 2), 29), (Month(2100, 2), 28), (Month(2023, 12), 31)],
)
def test_a_month_has_its_first_and_last_day(month: Month, last: int) -> None:
    assert month.first_day == datetime.date(month.year, month.number, 1)
    assert month.last_day == datetime.date(month.year, month.number, last)


def test_the_year_so_far_begins_in_january_and_includes_the_month() -> None:
    assert list(Month(2023, 1).year_so_far()) == [Month(2023, 1)]
    assert list(Month(2023, 3).year_so_far()) == [Month(2023, 1), Month(2023, 2), Month(2023, 3)]


def test_months_between_includes_both_ends() -> None:
    assert list(months_between(Month(2023, 11), Month(2024, 2))) == [
        Month(2023, 11),
        Month(2023, 12),
        Month(2024, 1),
        Month(2024, 2),
    ]
    assert list(months_between(Month(2023, 11), Month(2023, 11))) == [Month(2023, 11)]
    assert list(months_between(Month(2023, 11), Month(2023, 10))) == []
    assert list(months_between(Month(2100, 11), Month(2100, 12)))[-1] == Month(2100, 12)


def test_a_month_has_no_order_beside_a_number() -> None:
    with pytest.raises(TypeError):
        Month(2023, 9) < 202310  # type: ignore[operator]  # noqa: B015


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-10-10", 0, "2023-10-10"),
        ("2023-10-10", 3, "2024-01-10"),
        ("2023-03-31", -4, "2022-11-30"),
        ("2023-12-31", 12, "2024-12-31"),
    ],
)
def test_the_same_day_months_later(day: str, months: int, later: str) -> None:
    assert months_later(datetime.date.fromisoformat(day), months) == datetime.date.fromisoformat(later)
