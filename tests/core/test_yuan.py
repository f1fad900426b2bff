"""What officials type as an amount becomes whole yuan or is refused, and comes back unchanged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.core.yuan import LARGEST, WAN, YI, exactly, in_unit, parse_amount

AMOUNTS = st.integers(-LARGEST, LARGEST)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("1", 10_000),
        ("0", 0),
        ("-0", 0),
        ("0.0001", 1),
        ("12,000", 120_000_000),
        ("12,000万元", 120_000_000),
        ("12,000,000.5", 120_000_005_000),
        ("12000 万元", 120_000_000),
        ("12 000 000.5", 120_000_005_000),
        (" 12000\n", 120_000_000),
        ("1.2亿", 120_000_000),
        ("1.2亿元", 120_000_000),
        ("1.2 亿", 120_000_000),
        ("35元", 35),
        ("3.5万", 35_000),
        ("１２，０００．５万元", 120_005_000),
        ("－３", -30_000),
        ("-1,234.5678", -12_345_678),
        ("+7", 70_000),
        (".5", 5_000),
        ("5.", 50_000),
        ("007", 70_000),
        ("\u30001\u3000", 10_000),
        ("100000亿", LARGEST),
        ("-100000亿", -LARGEST),
    ],
)
def test_what_people_type_is_read(text: str, yuan: int) -> None:
    assert parse_amount(text) == yuan


def test_a_bare_number_counts_in_the_unit_asked_for_and_a_written_unit_wins() -> None:
    assert parse_amount("1.5", unit=YI) == 150_000_000
    assert parse_amount("1.5万", unit=YI) == 15_000
    assert parse_amount("15", unit=1) == 15


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "+",
        ".",
        "-.",
        "万元",
        "-亿",
        "1e5",
        "1E5",
        "0x10",
        "1_000",
        "--1",
        "+-1",
        "1-",
        "1.2.3",
        "١٢",
        "१२",
        "²",
        "十二",
        "一亿",
        "1.2万亿",
        "约12",
        "12万美元",
        "¥12",
        "12%",
        "NaN",
        "inf",
        "1/2",
        "1\u200b2",
        "12\x00",
        "1" * 41,
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        parse_amount(text)


@pytest.mark.parametrize(
    "text", ["1,2", "12,5", "1,2亿", "1,0000", ",1", "1,", "1,,000", "1,000,00", "1.000,5", "１，２亿"]
)
def test_a_comma_that_separates_no_thousands_is_refused(text: str) -> None:
    """A comma meant as a decimal point would make the amount ten or more times as large."""
    with pytest.raises(ValueError, match="not a number"):
        parse_amount(text)


@pytest.mark.parametrize("text", ["1 2", "1 2亿", "1. 2", "- 1"])
def test_a_blank_that_separates_no_thousands_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        parse_amount(text)


@pytest.mark.parametrize("text", ["0.00001", "1.23456", "0.5元", "0.000000001亿", "-0.00001"])
def test_a_fraction_of_a_yuan_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="fraction"):
        parse_amount(text)


@pytest.mark.parametrize("text", ["100000.00000001亿", "-100000.00000001亿", "9" * 40])
def test_more_than_the_largest_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="too large"):
        parse_amount(text)


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    try:
        yuan = parse_amount(text)
    except ValueError:
        return
    assert abs(yuan) <= LARGEST


@given(AMOUNTS, st.sampled_from([1, WAN, YI]))
def test_what_an_input_box_shows_reads_back_as_the_same_amount(yuan: int, unit: int) -> None:
    assert parse_amount(exactly(yuan, unit), unit=unit) == yuan


@pytest.mark.parametrize(
    ("yuan", "text"),
    [
        (0, "0"),
        (1, "0.0001"),
        (10_000, "1"),
        (100_000, "10"),
        (12_345_678, "1234.5678"),
        (-12_345_000, "-1234.5"),
        (LARGEST, "1000000000"),
        (LARGEST - 1, "999999999.9999"),
    ],
)
def test_exactly_shows_no_needless_decimals_and_loses_none(yuan: int, text: str) -> None:
    assert exactly(yuan) == text


def test_exactly_in_yi_and_in_yuan() -> None:
    assert exactly(123_456_789, YI) == "1.23456789"
    assert exactly(1_000, 1) == "1000"


@pytest.mark.parametrize(
    ("yuan", "unit", "places", "text"),
    [
        (10_700_000_000, YI, 2, "107.00"),
        (12_345_000, YI, 2, "0.12"),
        (12_500_000, YI, 2, "0.13"),
        (-12_500_000, YI, 2, "-0.13"),
        (4_999, WAN, 0, "0"),
        (5_000, WAN, 0, "1"),
    ],
)
def test_in_unit_rounds_half_up(yuan: int, unit: int, places: int, text: str) -> None:
    assert str(in_unit(yuan, unit, places)) == text


def test_the_largest_amounts_of_all_projects_of_a_province_add_up_inside_64_bits() -> None:
    projects, months = 75_000, 12  # an amount in each month of the year
    assert LARGEST * projects * months < 2**63
