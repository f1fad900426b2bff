"""What the rule of the investment says: points behind and ahead, its bounds, and who was spared."""

from datetime import date

import pytest
from django.utils import translation

from projects.core.month import Month
from projects.rating.policy import Band, Policy, Rule
from tests.rating.example import ahead_by, project
from tests.rating.said import told

LAGS = [
    (
        -33,
        "完成42.0%，序时75.0%，慢33.0个百分点（红：慢于20以上）",
        "33.0 points behind (red: more than 20 behind)",
    ),
    (
        "-20.0001",
        "完成55.0%，序时75.0%，慢20.0个百分点（红：慢于20以上）",
        "behind (red: more than 20 behind)",
    ),
    (-20, "完成55.0%，序时75.0%，慢20.0个百分点（黄：慢于5至20）", "(yellow: more than 5, up to 20 behind)"),
    (
        "-8.25",
        "完成66.8%，序时75.0%，慢8.3个百分点（黄：慢于5至20）",
        "66.8% done, 75.0% due, 8.3 points behind",
    ),
    (
        -5,
        "完成70.0%，序时75.0%，慢5.0个百分点（蓝：慢不超过5）",
        "5.0 points behind (blue: at most 5 behind)",
    ),
    (
        "-4.95",
        "完成70.1%，序时75.0%，慢5.0个百分点（蓝：慢不超过5）",
        "5.0 points behind (blue: at most 5 behind)",
    ),
    (
        "-0.04",
        "完成75.0%，序时75.0%，与序时持平（蓝：慢不超过5）",
        "level with the schedule (blue: at most 5 behind)",
    ),
    (0, "完成75.0%，序时75.0%，与序时持平（蓝）", "75.0% done, 75.0% due, level with the schedule (blue)"),
    ("0.5", "完成75.5%，序时75.0%，快0.5个百分点（蓝）", "75.5% done, 75.0% due, 0.5 points ahead (blue)"),
    ("13.7", "完成88.7%，序时75.0%，快13.7个百分点（蓝）", "88.7% done, 75.0% due, 13.7 points ahead (blue)"),
    (50, "完成125.0%，序时75.0%，快50.0个百分点（蓝）", "125.0% done, 75.0% due, 50.0 points ahead (blue)"),
    (
        -85,
        "完成-10.0%，序时75.0%，慢85.0个百分点（红：慢于20以上）",
        "-10.0% done, 75.0% due, 85.0 points behind",
    ),
]


@pytest.mark.parametrize(("points", "expected"), [(points, text) for points, text, _ in LAGS])
@pytest.mark.usefixtures("chinese")
def test_p1_in_chinese(points: str | int, expected: str) -> None:
    assert told(ahead_by(points), Rule.P1) == expected


@pytest.mark.parametrize(("points", "expected"), [(points, text) for points, _, text in LAGS])
@pytest.mark.usefixtures("english")
def test_p1_in_english(points: str | int, expected: str) -> None:
    assert expected in told(ahead_by(points), Rule.P1)


@pytest.mark.parametrize("points", [-33, -20, -5, "-0.04", 0, "13.7"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_lead_is_told_in_points_and_never_in_percent(points: str | int, language: str) -> None:
    with translation.override(language):
        text = told(ahead_by(points), Rule.P1)
    assert text.count("%") == 2
    assert "%" not in text[text.rindex("75.0%") + len("75.0%") :]


@pytest.mark.parametrize(
    ("inclusive", "points", "expected"),
    [
        ((True, False), "-9.9", "慢不足10）"),
        ((True, False), -10, "慢10至30）"),
        ((True, False), -31, "慢于30以上）"),
        ((True, True), -10, "慢10至不足30）"),
        ((True, True), -30, "慢30及以上）"),
        ((False, True), -10, "慢不超过10）"),
        ((False, True), -11, "慢于10且不足30）"),
    ],
)
@pytest.mark.usefixtures("chinese")
def test_p1_says_which_bounds_are_inclusive(inclusive: tuple[bool, ...], points: str | int, expected: str) -> None:
    policy = Policy(investment_lag=Band((10, 30), inclusive))
    assert told(ahead_by(points), Rule.P1, policy).endswith(expected)


@pytest.mark.usefixtures("english")
def test_p1_exactly_on_schedule_is_level_even_where_that_crosses_a_bound() -> None:
    text = told(ahead_by(0), Rule.P1, Policy(investment_lag=Band((0, 50), (True, False))))
    assert text == "75.0% done, 75.0% due, level with the schedule (yellow: 0 to 50 behind)"


@pytest.mark.usefixtures("english")
def test_p1_a_trace_behind_a_bound_of_nothing_is_behind_and_not_level() -> None:
    text = told(ahead_by("-0.0001"), Rule.P1, Policy(investment_lag=Band((0, 50))))
    assert text == "75.0% done, 75.0% due, 0.0 points behind (yellow: more than 0, up to 50 behind)"


CAPPED = project(
    month=Month(2023, 8),
    planned_start=date(2023, 8, 1),
    planned_finish=date(2023, 10, 1),
    actual_start=date(2023, 8, 1),
    invested_to_date=0,
)


@pytest.mark.usefixtures("chinese")
def test_p1_says_that_a_new_project_was_spared_in_chinese() -> None:
    assert told(CAPPED, Rule.P1) == ("完成0.0%，序时33.3%，慢33.3个百分点（黄：慢于20以上；起始2个月内最重评黄）")


@pytest.mark.usefixtures("english")
def test_p1_says_that_a_new_project_was_spared() -> None:
    assert told(CAPPED, Rule.P1).endswith("(yellow: more than 20 behind; no worse than yellow in the first 2 months)")
