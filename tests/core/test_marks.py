"""Marks say their status by word, shape and hue, refuse what they do not know and let no markup through."""

from xml.etree import ElementTree

import pytest
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from projects.core import marks
from projects.rating import palettes
from projects.rating.levels import Standing

HOSTILE = """"><script>alert('1')</script>&amp;"""


def drawn(mark: str) -> ElementTree.Element:
    """The mark as a tree; fails when it is not well formed."""
    return ElementTree.fromstring(mark)  # noqa: S314 - drawn by ourselves


def width(mark: str, css: str = "") -> float:
    """How wide the bar of this class is drawn; 0 without one."""
    bars = (part for part in drawn(mark) if part.tag == "rect" and css in part.get("class", ""))
    return float(next((bar.get("width", "0") for bar in bars), 0))


def ticks(mark: str) -> list[str]:
    """Where the schedule is marked."""
    return [part.get("d", "") for part in drawn(mark) if part.tag == "path" and not part.get("class")]


def has(mark: str, css: str) -> bool:
    return any(css in part.get("class", "") for part in drawn(mark))


def test_badge_has_shape_word_and_hue() -> None:
    badge = marks.badge("red", "square", "警告")
    assert badge == '<span class="badge badge-red"><i aria-hidden="true">■</i>警告</span>'
    assert isinstance(badge, SafeString)


def test_badge_takes_a_lazy_word() -> None:
    word = gettext_lazy("Monday")
    with translation.override("en"):
        assert "Monday" in marks.badge("blue", "circle", word)
    with translation.override("zh-hans"):
        assert "星期一" in marks.badge("blue", "circle", word)


@pytest.mark.parametrize(
    "mark",
    [
        marks.badge("red", "square", HOSTILE),
        marks.stage_chip(HOSTILE, "done", HOSTILE),
        marks.stage_link(HOSTILE, "done", HOSTILE),
        marks.rate_bar(42, 75, "red", HOSTILE),
        marks.capacity_bar(3, 6, HOSTILE),
        marks.month_strip([marks.MonthMark(HOSTILE, "red", "square", HOSTILE, HOSTILE)]),
        marks.month_strip([marks.MonthMark(HOSTILE)]),
    ],
)
def test_text_is_escaped(mark: str) -> None:
    assert "<script" not in mark
    assert escape(HOSTILE) in mark
    drawn(mark)


def test_a_remembered_safe_word_lends_no_trust_to_a_plain_one() -> None:
    bold = "<b>1</b>"
    marks.badge("red", "square", SafeString(bold))
    marks.stage_chip(SafeString(bold), "done", SafeString(bold))
    assert bold not in marks.badge("red", "square", bold)
    assert bold not in marks.stage_chip(bold, "done", bold)


def test_every_palette_and_standing_can_be_drawn() -> None:
    assert set(palettes.HUES) <= marks.HUES
    assert set(palettes.SHAPES) <= marks.SHAPES.keys()
    for standing in Standing:
        marks.badge(standing.value, marks.STANDING_SHAPES[standing.value], "x")


def test_shapes_differ() -> None:
    assert len(set(marks.SHAPES.values())) == len(marks.SHAPES)


def test_what_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match="hue 'pink'"):
        marks.badge("pink", "square", "x")
    with pytest.raises(ValueError, match="shape 'heart'"):
        marks.badge("red", "heart", "x")
    with pytest.raises(ValueError, match="tone 'gone'"):
        marks.stage_chip("x", "gone")
    with pytest.raises(ValueError, match="hue 'pink'"):
        marks.rate_bar(1, 1, "pink")
    with pytest.raises(ValueError, match="hue 'pink'"):
        marks.edge("pink")
    with pytest.raises(ValueError, match="hue 'pink'"):
        marks.month_strip([marks.MonthMark("9", "pink", "square", "x")])


def test_chip_has_a_title_only_when_given() -> None:
    assert "title" not in marks.stage_chip("一期", "active")
    assert 'title="说明"' in marks.stage_chip("一期", "active", "说明")


def test_rate_bar_is_as_long_as_the_rate() -> None:
    assert width(marks.rate_bar(60, 75)) == 30
    assert width(marks.rate_bar(120, 75)) == 60
    assert width(marks.rate_bar(30, 75)) == 15


def test_rate_bar_at_its_ends() -> None:
    assert width(marks.rate_bar(0, 75)) == 0
    assert width(marks.rate_bar(None, 75)) == 0
    assert not ticks(marks.rate_bar(60, None))
    below = marks.rate_bar(-3, 8)
    assert has(below, "bar-under")
    assert width(below) == 0


def test_rate_bar_marks_what_lies_beyond_its_end() -> None:
    assert not has(marks.rate_bar(120, 75), "bar-over")
    for rate in (120.1, 132, 10**9):
        beyond = marks.rate_bar(rate, 75)
        assert has(beyond, "bar-over")
        assert width(beyond) == 60


def test_tick_stands_where_the_schedule_does() -> None:
    assert ticks(marks.rate_bar(1, 60)) == ["M30 0v10"]
    assert ticks(marks.rate_bar(1, 0)) == ["M1 0v10"]  # seen whole at either end
    assert ticks(marks.rate_bar(1, 500)) == ["M59 0v10"]


def test_rate_bar_is_of_its_own_hue_or_of_that_of_its_row() -> None:
    assert drawn(marks.rate_bar(42, 75, "red")).get("class") == "rate-bar fill-red"
    assert drawn(marks.rate_bar(42, 75)).get("class") == "rate-bar"


def test_a_chip_that_leads_somewhere_looks_like_one_that_does_not() -> None:
    here, there = drawn(marks.stage_chip("一期", "done")), drawn(marks.stage_link("一期", "done", "1/move/"))
    assert here.get("class") == there.get("class") == "chip done"
    assert (there.tag, there.get("href")) == ("a", "1/move/")


def test_rate_bar_has_a_name_or_is_decoration() -> None:
    assert drawn(marks.rate_bar(42, 75, "red", "42 / 75")).get("aria-label") == "42 / 75"
    assert drawn(marks.rate_bar(42, 75, "red")).get("aria-hidden") == "true"


@pytest.mark.parametrize(
    ("commissioned", "planned", "length", "over"),
    [
        (0, 6, 0, False),
        (3, 6, 59.5, False),
        (6, 6, 119, False),
        (7, 6, 119, True),
        (3, 0, 0, False),
        (-1, 6, 0, False),
    ],
)
def test_capacity_bar(commissioned: float, planned: float, length: float, over: bool) -> None:
    bar = marks.capacity_bar(commissioned, planned, "x")
    assert width(bar, "capacity-fill") == length
    assert has(bar, "bar-over") is over


def test_capacity_bar_without_a_plan() -> None:
    assert width(marks.capacity_bar(3, None, "x"), "capacity-fill") == 0


def test_month_strip_says_each_month_and_colour() -> None:
    strip = drawn(
        marks.month_strip(
            [
                marks.MonthMark("8月", "red", "square", "警告", "/?month=2023-08", current=True),
                marks.MonthMark("9月"),
            ]
        )
    )
    august, september = strip
    assert august.get("title") == "8月 警告"
    assert august.get("aria-current") == "true"
    assert august.find("a") is not None
    assert september.get("class") == "strip-cell strip-empty"
    assert september.get("aria-current") is None


def test_edge_names_the_hue() -> None:
    assert marks.edge("not_rated") == "edge edge-not_rated"
