"""The timeline draws every day that it knows inside its frame, names what fits, and tells the rest on hovering."""

import datetime
import itertools
from xml.etree import ElementTree

import pytest

from projects.core.gantt import BESIDE, EDGE, Bar, Lane, fitted, length, timeline_chart

TODAY = datetime.date(2023, 10, 10)
MARCH_1 = datetime.date(2022, 3, 1)
LANES = [
    Lane("一期", (Bar(None, MARCH_1, "前期", "planned"), Bar(MARCH_1, None, "在建", "active"))),
    Lane("施工许可证", planned=datetime.date(2022, 2, 1), done=datetime.date(2022, 2, 20)),
    Lane("主体封顶", planned=datetime.date(2023, 9, 1), expected=datetime.date(2023, 11, 1)),
]


def drawn(lanes: list[Lane] = LANES, width: int = 720, label: str = "x") -> ElementTree.Element:
    return ElementTree.fromstring(timeline_chart(lanes, today=TODAY, label=label, width=width))  # noqa: S314 - ours


def parts(chart: ElementTree.Element, css: str) -> list[ElementTree.Element]:
    return [part for part in chart.iter() if css in (part.get("class") or "").split()]


def text_of(part: ElementTree.Element) -> str:
    return "".join(part.itertext())


@pytest.mark.parametrize("width", [720, 360])
def test_everything_stays_inside_the_frame(width: int) -> None:
    chart = drawn(width=width)
    _x, _y, wide, high = (float(number) for number in (chart.get("viewBox") or "").split())
    assert wide == width
    for bar in parts(chart, "chart-bar"):
        assert float(bar.get("x") or -1) >= (EDGE if width == 360 else BESIDE)
        assert float(bar.get("x") or 0) + float(bar.get("width") or 0) <= width
        assert float(bar.get("y") or 0) + 12 <= high
    for text in chart.iter("text"):
        assert 0 <= float(text.get("x") or -1) <= width
        assert 0 < float(text.get("y") or -1) <= high


def test_bars_follow_each_other_and_an_open_one_ends_today() -> None:
    chart = drawn()
    first, second = parts(chart, "chart-bar")
    assert float(first.get("x") or 0) + float(first.get("width") or 0) == pytest.approx(float(second.get("x") or 0))
    [today] = parts(chart, "chart-now")
    end = float(second.get("x") or 0) + float(second.get("width") or 0)
    assert (today.get("d") or "").startswith(f"M{round(end, 1)} ")
    assert "… – 2022-03-01" in text_of(first)


def test_marks_tell_their_days() -> None:
    chart = drawn()
    assert [len(parts(chart, f"chart-mark-{kind}")) for kind in ("planned", "expected", "done")] == [2, 1, 1]
    assert "2022-02-20" in text_of(parts(chart, "chart-mark-done")[0])
    assert len(parts(chart, "chart-slip")) == 2


def test_done_on_the_day_has_no_slip_and_done_hides_what_was_expected() -> None:
    day = datetime.date(2023, 5, 1)
    chart = drawn([Lane("x", planned=day, expected=TODAY, done=day)])
    assert parts(chart, "chart-slip") == parts(chart, "chart-mark-expected") == []


def test_markup_in_a_name_stays_text() -> None:
    name = '<script>"&'
    chart = drawn([Lane(name, (Bar(TODAY, None, name, "done"),), planned=TODAY)], label=name)
    assert chart.get("aria-label") == name
    assert name in text_of(parts(chart, "chart-name")[0])


@pytest.mark.parametrize("years", [0, 1, 3, 10, 60])
@pytest.mark.parametrize("width", [720, 360])
def test_named_months_do_not_touch(years: int, width: int) -> None:
    chart = drawn([Lane("x", planned=datetime.date(2023 - years, 5, 5))], width=width)
    axis = [float(text.get("x") or 0) for text in chart.iter("text") if text.get("y") == "12"]
    assert axis
    assert all(after - before >= 50 for before, after in itertools.pairwise(axis))


def test_nothing_to_draw_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        drawn([Lane("x", (Bar(None, None, "在建", "active"),))])
    with pytest.raises(ValueError, match="unknown tone"):
        drawn([Lane("x", (Bar(TODAY, None, "在建", "red"),))])


def test_names_are_cut_where_the_room_ends() -> None:
    assert fitted("建筑工程施工许可证", 200) == "建筑工程施工许可证"
    assert fitted("建筑工程施工许可证", 60) == "建筑工程…"
    assert fitted("Construction permit", 60) == "Constru…"
    assert length("一a") == pytest.approx(18.6)
    assert fitted("长", 5) == "…"


def test_no_inline_style_or_script() -> None:
    text = timeline_chart(LANES, today=TODAY, label="x")
    assert "style=" not in text
    assert "<script" not in text
