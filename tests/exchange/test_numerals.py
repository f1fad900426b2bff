"""Chinese numerals: each number is written in one way, and only what is written so is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.exchange.numerals import SIGNS, read_numeral, written

NUMBERS = st.integers(0, 9999_9999_9999)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"), (7, "七"), (10, "十"), (15, "十五"), (20, "二十"), (105, "一百零五"), (110, "一百一十"),
        (1010, "一千零一十"),
        (10_005, "一万零五"), (15_000, "一万五千"), (100_000, "十万"), (10_500_000, "一千零五十万"),
        (100_005_000, "一亿零五千"), (203_000_000, "二亿零三百万"), (10_0001_0001, "十亿零一万零一"),
    ],
)  # fmt: skip
def test_numbers_are_written_out(number: int, text: str) -> None:
    assert written(number) == text
    assert read_numeral(text) == number


@given(NUMBERS)
def test_numbers_come_back(number: int) -> None:
    assert read_numeral(written(number)) == number


@given(st.text(SIGNS, max_size=8))
def test_what_is_read_is_written_in_one_way_but_for_other_signs(text: str) -> None:
    number = read_numeral(text)
    if number is not None and number.denominator == 1 and not set(text) & set("点點"):
        assert read_numeral(written(int(number))) == number
        same = str.maketrans("〇○两兩贰壹叁肆伍陆柒捌玖拾佰仟萬億", "零零二二二一三四五六七八九十百千万亿")
        assert text.translate(same).replace("一十", "十") == written(int(number)).replace("一十", "十")


@given(NUMBERS, NUMBERS)
def test_no_two_numbers_are_written_alike(one: int, other: int) -> None:
    assert (written(one) == written(other)) == (one == other)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "点五",
        "一点",
        "一点十",
        "十点五千",
        "一亿五千",
        "一万五",
        "三四百",
        "百",
        "一百零零五",
        "零五",
        "一万一万",
        "甲",
    ],
)
def test_what_may_mean_several_things_is_not_read(text: str) -> None:
    assert read_numeral(text) is None
