"""What a report still lacks before it can be submitted, and what is odd about it without being refused."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from projects.core.rounding import half_up


class Lack(StrEnum):
    """What keeps a report from being submitted."""

    NO_FIGURE = "no_figure"
    NO_IMAGE = "no_image"
    SAME_IMAGE = "same_image"
    NO_STEPS = "no_steps"
    SAME_STEPS = "same_steps"
    NO_REASON = "no_reason"
    NO_EXPLANATION = "no_explanation"


class Oddity(StrEnum):
    """What deserves a second look and does not keep the report from being submitted."""

    ABOVE_TOTAL = "above_total"
    FALLS = "falls"
    BELOW_ZERO = "below_zero"
    THREE_ALIKE = "three_alike"
    LEAP = "leap"
    STATISTICS_ABOVE = "statistics_above"


@dataclass(frozen=True, slots=True)
class Written:
    """What the unit says of a month: amounts in whole yuan, texts, and ticks for “no change this month”."""

    invested_this_month: int | None = None
    invested_statistics: int | None = None
    image: str = ""
    image_unchanged: bool = False
    next_month_amount: int | None = None
    next_steps: str = ""
    next_steps_unchanged: bool = False
    explanation: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Background:
    """What is known before the month is written; amounts in whole yuan.

    `planned` is what was to be invested this month; `to_date` what was invested since January up to
    last month, `since_start` in all years; `before` the figures of the last two months, latest first,
    None where there is none; `last_image`, `last_steps` and `last_statistics` what the last report says;
    `following` the month plan of the month that follows.
    """

    planned: int | None = None
    year_plan: int | None = None
    total_investment: int | None = None
    to_date: int = 0
    since_start: int = 0
    before: tuple[int | None, int | None] = (None, None)
    last_image: str = ""
    last_steps: str = ""
    last_statistics: int | None = None
    following: int | None = None
    variance_percent: int = 30


@dataclass(frozen=True, slots=True)
class Remark:
    """One lack or oddity, the form field that it belongs to, and the figures (yuan, tenths of a percent) it names."""

    code: Lack | Oddity
    field: str
    figures: tuple[tuple[str, int], ...] = ()


def taken_over(written: Written, background: Background) -> Written:
    """With last month's words where “no change” is ticked and nothing was typed."""
    image = background.last_image if written.image_unchanged and not written.image else written.image
    steps = background.last_steps if written.next_steps_unchanged and not written.next_steps else written.next_steps
    return replace(written, image=image, next_steps=steps)


def lacks(written: Written, background: Background) -> list[Remark]:
    """What is missing before the report can be submitted, in the order of the form; empty when it is complete."""
    return list(_lacks(written, background))


def _lacks(written: Written, background: Background) -> Iterator[Remark]:
    invested = written.invested_this_month
    if invested is None:
        yield Remark(Lack.NO_FIGURE, "invested_this_month")
    elif invested < 0 and not written.reason:
        yield Remark(Lack.NO_REASON, "reason")
    if not written.image:
        yield Remark(Lack.NO_IMAGE, "image")
    elif written.image == background.last_image and not written.image_unchanged:
        yield Remark(Lack.SAME_IMAGE, "image_unchanged")
    if not written.next_steps:
        yield Remark(Lack.NO_STEPS, "next_steps")
    elif written.next_steps == background.last_steps and not written.next_steps_unchanged:
        yield Remark(Lack.SAME_STEPS, "next_steps_unchanged")
    strayed = variance(invested, background.planned)
    if strayed is not None and abs(strayed) > Fraction(background.variance_percent, 100) and not written.explanation:
        tenths = int(half_up(abs(strayed) * 1000, 0))
        figures = (("planned", background.planned or 0), ("sign", 1 if strayed > 0 else -1), ("tenths", tenths))
        yield Remark(Lack.NO_EXPLANATION, "explanation", figures)


def variance(invested: int | None, planned: int | None) -> Fraction | None:
    """How far a month strays from its plan, as a share of the plan; None without a figure or a plan above zero."""
    if invested is None or planned is None or planned <= 0:
        return None
    return Fraction(invested - planned, planned)


def oddities(written: Written, background: Background) -> list[Remark]:
    """What deserves a second look, in the order of the form."""
    return list(_oddities(written, background))


def _oddities(written: Written, background: Background) -> Iterator[Remark]:
    invested = written.invested_this_month
    if invested is None:
        return
    since_start, to_date = background.since_start + invested, background.to_date + invested
    total = background.total_investment
    if total is not None and since_start > total:
        yield Remark(Oddity.ABOVE_TOTAL, "invested_this_month", (("sum", since_start), ("total", total)))
    if to_date < 0:
        yield Remark(Oddity.BELOW_ZERO, "invested_this_month", (("sum", to_date),))
    elif invested < 0:
        yield Remark(Oddity.FALLS, "invested_this_month", (("before", background.to_date), ("sum", to_date)))
    if invested != 0 and background.before == (invested, invested):
        yield Remark(Oddity.THREE_ALIKE, "invested_this_month", (("invested", invested),))
    plan = background.year_plan
    if plan and invested * 2 > plan:
        yield Remark(Oddity.LEAP, "invested_this_month", (("plan", plan),))
    if written.invested_statistics is not None and written.invested_statistics > max(invested, 0):
        yield Remark(Oddity.STATISTICS_ABOVE, "invested_statistics", (("invested", invested),))
