"""The year's chart draws what is known, breaks where nothing is, and stays inside its frame."""

from xml.etree import ElementTree

import pytest
from django.utils.html import escape

from projects.core.charts import YearPoint, month_columns, year_chart
from projects.core.yuan import WAN, YI


def year(plan: list[int | None], invested: list[int | None], unit: int = YI, label: str = "{}月") -> list[YearPoint]:
    """Twelve months; the lists count in `unit` and are filled up with None."""
    months = range(12)
    scaled = [
        [None if value is None else value * unit for value in (*values, *[None] * 12)][:12]
        for values in (plan, invested)
    ]
    return [YearPoint(label.format(month + 1), scaled[0][month], scaled[1][month]) for month in months]


USUAL = year([10 * month for month in range(1, 13)], [6, 11, 22, 34, 48, 64, 77, 92, 107])


def drawn(chart: str) -> ElementTree.Element:
    return ElementTree.fromstring(chart)  # noqa: S314 - drawn by ourselves


def parts(chart: str, css: str) -> list[ElementTree.Element]:
    return [part for part in drawn(chart) if part.get("class") == css]


def texts(chart: str) -> list[str]:
    return [part.text or "" for part in drawn(chart).iter("text")]


def test_each_month_alone() -> None:
    assert month_columns(year([], [6, 11, None, 34, 30], unit=1)) == [
        *[6, 5, None, None, -4],
        *[None] * 7,
    ]


def test_lines_end_with_their_figures() -> None:
    shown = texts(year_chart(USUAL, "x"))
    assert any(text.endswith(" 107") for text in shown)
    assert any(text.endswith(" 120") for text in shown)


def test_columns_name_month_and_amount() -> None:
    columns = parts(year_chart(USUAL, "x"), "chart-column")
    assert len(columns) == 9
    assert columns[0].findtext("title") == "1月 6"


def test_it_is_an_image_with_a_name() -> None:
    chart = drawn(year_chart(USUAL, "慢33.0个百分点"))
    assert chart.get("role") == "img"
    assert chart.get("aria-label") == "慢33.0个百分点"


def test_small_amounts_are_drawn_in_wan() -> None:
    assert "万元" in texts(year_chart(year([9_999], [9_999], unit=WAN), "x"))
    assert "亿元" in texts(year_chart(year([10_000], [9_999], unit=WAN), "x"))


@pytest.mark.parametrize(
    "points",
    [
        year([], []),
        year([0] * 12, [0] * 12),
        year([None] * 11 + [5], []),
        year([], [-3, -5]),
        year([1] * 12, [1, -4, 9], unit=1),
        year([10**7] * 12, [10**7] * 12),
    ],
)
@pytest.mark.parametrize("width", [720, 360])
def test_it_stays_in_its_frame_whatever_the_figures(points: list[YearPoint], width: int) -> None:
    chart = drawn(year_chart(points, "x", width=width, height=240))
    for part in chart:
        for name, limit in (("x", width), ("y", 240), ("cx", width), ("cy", 240)):
            if name in part.attrib:
                assert 0 <= float(part.get(name, "")) <= limit
    for column in (part for part in chart if part.tag == "rect"):
        assert float(column.get("y", "")) + float(column.get("height", "")) <= 240


def test_a_missing_month_breaks_the_line() -> None:
    (line,) = parts(year_chart(year([], [1, None, 3]), "x"), "chart-invested")
    assert line.get("d", "").count("M") == 2
    (line,) = parts(year_chart(year([], [1, 2, 3]), "x"), "chart-invested")
    assert line.get("d", "").count("M") == 1


def test_labels_of_lines_that_end_together_keep_apart() -> None:
    chart = year_chart(year([10] * 12, [10] * 12), "x")
    (invested,), (plan,) = parts(chart, "chart-label"), parts(chart, "chart-label-plan")
    assert abs(float(invested.get("y", "")) - float(plan.get("y", ""))) >= 16


def test_a_narrow_chart_names_every_second_month_and_keeps_its_labels_inside() -> None:
    chart = year_chart(USUAL, "x", width=360)
    assert "1月" in texts(chart)
    assert "2月" not in texts(chart)
    (plan,) = parts(chart, "chart-label-plan")
    assert plan.get("text-anchor") == "end"


def test_text_is_escaped() -> None:
    hostile = '"><script>'
    chart = year_chart(year([1], [1], label=hostile), hostile)
    assert "<script" not in chart
    assert escape(hostile) in chart


def test_no_months_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one month"):
        year_chart([], "x")
