"""What a report lacks and what is odd about it, at both sides of each bound; without a database."""

from dataclasses import replace
from fractions import Fraction

import pytest
from django.utils import translation

from projects.progress.checking import Background, Lack, Oddity, Remark, Written, lacks, oddities, taken_over, variance
from projects.progress.wording import remark_sentence
from tests.cast import WAN

FULL = Written(invested_this_month=100 * WAN, image="主体封顶", next_steps="砌筑")
KNOWN = Background(planned=100 * WAN, last_image="三层完成", last_steps="封顶")


def lacking(written: Written, background: Background = KNOWN) -> list[Lack | Oddity]:
    return [remark.code for remark in lacks(written, background)]


def odd(written: Written, background: Background = KNOWN) -> list[Lack | Oddity]:
    return [remark.code for remark in oddities(written, background)]


def test_a_full_report_lacks_nothing() -> None:
    assert lacks(FULL, KNOWN) == []
    assert oddities(FULL, KNOWN) == []


def test_an_empty_report_lacks_all_of_it_in_the_order_of_the_form() -> None:
    assert lacking(Written()) == [Lack.NO_FIGURE, Lack.NO_IMAGE, Lack.NO_STEPS]


def test_zero_is_a_figure() -> None:
    assert lacking(replace(FULL, invested_this_month=0), Background()) == []


@pytest.mark.parametrize(("yuan", "reason", "expected"), [(-1, "", [Lack.NO_REASON]), (-1, "冲减", []), (0, "", [])])
def test_a_month_below_zero_asks_why(yuan: int, reason: str, expected: list[Lack]) -> None:
    assert lacking(replace(FULL, invested_this_month=yuan, reason=reason), Background()) == expected


def test_the_words_of_last_month_ask_for_a_tick() -> None:
    same = replace(FULL, image=KNOWN.last_image, next_steps=KNOWN.last_steps)
    assert lacking(same) == [Lack.SAME_IMAGE, Lack.SAME_STEPS]
    assert lacking(replace(same, image_unchanged=True, next_steps_unchanged=True)) == []


@pytest.mark.parametrize(
    ("wan", "asked"), [(130, False), (131, True), (70, False), (69, True), (0, True)]
)  # 30 % of 100, exactly and beyond
def test_more_than_the_limit_off_the_plan_asks_for_an_explanation(wan: int, asked: bool) -> None:
    written = replace(FULL, invested_this_month=wan * WAN)
    assert (lacking(written) == [Lack.NO_EXPLANATION]) is asked
    assert lacking(replace(written, explanation="雨季停工")) == []


@pytest.mark.parametrize("planned", [None, 0])
def test_without_a_plan_there_is_no_variance(planned: int | None) -> None:
    assert variance(5, planned) is None
    assert lacking(replace(FULL, invested_this_month=5), replace(KNOWN, planned=planned)) == []


def test_variance_is_exact() -> None:
    assert variance(1, 3) == Fraction(-2, 3)


class TestOddities:
    def test_more_than_the_total(self) -> None:
        known = Background(total_investment=1000, since_start=900)
        assert odd(replace(FULL, invested_this_month=100), known) == []
        assert odd(replace(FULL, invested_this_month=101), known) == [Oddity.ABOVE_TOTAL]

    def test_a_falling_sum_and_one_below_zero(self) -> None:
        known = Background(to_date=10)
        assert odd(replace(FULL, invested_this_month=-10), known) == [Oddity.FALLS]
        assert odd(replace(FULL, invested_this_month=-11), known) == [Oddity.BELOW_ZERO]

    def test_the_third_month_of_the_same_figure(self) -> None:
        assert odd(replace(FULL, invested_this_month=7), Background(before=(7, 7))) == [Oddity.THREE_ALIKE]
        assert odd(replace(FULL, invested_this_month=7), Background(before=(7, None))) == []
        assert odd(replace(FULL, invested_this_month=0), Background(before=(0, 0))) == []

    def test_half_of_the_year_in_a_month(self) -> None:
        assert odd(replace(FULL, invested_this_month=50), Background(year_plan=100)) == []
        assert odd(replace(FULL, invested_this_month=51), Background(year_plan=100)) == [Oddity.LEAP]

    def test_statistics_above_the_own_figure(self) -> None:
        assert odd(replace(FULL, invested_statistics=100 * WAN)) == []
        assert odd(replace(FULL, invested_statistics=100 * WAN + 1)) == [Oddity.STATISTICS_ABOVE]

    def test_nothing_is_odd_without_a_figure(self) -> None:
        assert odd(replace(FULL, invested_this_month=None, invested_statistics=5)) == []


@pytest.mark.parametrize(
    ("remark", "says"),
    [
        (
            Remark(Lack.NO_EXPLANATION, "explanation", (("planned", 100 * WAN), ("sign", -1), ("tenths", 405))),
            "比本月计划100万元低40.5%，请说明原因。",
        ),
        (Remark(Oddity.FALLS, "x", (("before", 50 * WAN), ("sum", 30 * WAN))), "1月以来累计由50万元降至30万元。"),
        (Remark(Lack.NO_FIGURE, "x"), "请填写本月完成投资；没有投资请填0。"),
    ],
)
def test_remarks_are_told_with_their_figures(remark: Remark, says: str) -> None:
    with translation.override("zh-hans"):
        assert remark_sentence(remark) == says


class TestTakingOver:
    LAST = Background(last_image="主体封顶", last_steps="安装设备")

    def test_a_tick_alone_says_last_months_words(self) -> None:
        ticked = taken_over(Written(image_unchanged=True, next_steps_unchanged=True), self.LAST)
        assert (ticked.image, ticked.next_steps) == ("主体封顶", "安装设备")

    def test_what_was_typed_stays(self) -> None:
        typed = Written(image="内装", image_unchanged=True, next_steps="竣工验收", next_steps_unchanged=True)
        assert taken_over(typed, self.LAST) == typed

    def test_without_a_tick_nothing_is_taken_over(self) -> None:
        assert taken_over(Written(), self.LAST) == Written()
