"""Each reason reads as an official would write it, in Chinese and in English."""

import dataclasses
from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given

from projects.core.month import Month
from projects.rating import wording
from projects.rating.facts import IncidentFacts, NodeFacts, ProjectFacts
from projects.rating.hits import Hit
from projects.rating.levels import Standing
from projects.rating.palettes import DEFAULT_PALETTE, PALETTES, Palette, Shade
from projects.rating.policy import DEFAULT_POLICY, POLICIES, Band, Policy, Rule
from projects.rating.rules import Rating, rate
from projects.rating.wording import rating_sentences, sentence
from tests.rating.example import SEPTEMBER, ahead_by, bare, finding, project
from tests.rating.test_rules_always import FACTS
from tests.rating.test_rules_always import POLICIES as ANY_POLICY

END = SEPTEMBER.last_day
TOPPING_OUT = NodeFacts("主体封顶", date(2023, 9, 15))


@pytest.fixture
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def told(facts: ProjectFacts, rule: Rule, policy: Policy = DEFAULT_POLICY, palette: str = "zaozhuang") -> str:
    hit = finding(facts, rule, policy)
    assert hit is not None
    return sentence(hit, PALETTES[palette])


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


def overdue_start(month: int) -> ProjectFacts:
    return bare(project_class="implementation", planned_start=date(2023, month, 3))


def started(days: int) -> ProjectFacts:
    return bare(actual_start=date.fromordinal(END.toordinal() - days), total_investment=10**9)


def node(days: int, *others: NodeFacts) -> ProjectFacts:
    due = date.fromordinal(END.toordinal() - days)
    return bare(nodes=(dataclasses.replace(TOPPING_OUT, due=due), *others))


def incident(kind: str) -> ProjectFacts:
    return bare(incidents=(IncidentFacts(kind, date(2023, 9, 5)),))


def ordinary(*nodes: NodeFacts) -> ProjectFacts:
    return bare(nodes=tuple(dataclasses.replace(each, is_key=False) for each in nodes))


def moved(day: date) -> ProjectFacts:
    return bare(is_preparing=True, last_moved_on=day)


MET = NodeFacts("基础", date(2023, 5, 1), date(2023, 5, 1))
OTHERS = [
    (
        overdue_start(5),
        Rule.P2,
        "计划2023年5月开工，已逾期4个月仍未开工（红：逾期3个月及以上）",
        "Planned to start in May 2023, 4 months overdue and not started (red: 3 or more months overdue)",
    ),
    (
        overdue_start(8),
        Rule.P2,
        "计划2023年8月开工，已逾期1个月仍未开工（黄：逾期1至2个月）",
        "Planned to start in August 2023, 1 month overdue and not started (yellow: 1 to 2 months overdue)",
    ),
    (
        overdue_start(9),
        Rule.P2,
        "计划2023年9月开工，尚未开工（蓝：未逾期）",
        "Planned to start in September 2023, not started yet (blue: not overdue)",
    ),
    (
        started(87),
        Rule.P3,
        "开工满87天仍未纳统（红：超过60天）",
        "Not in the statistics pool 87 days after the start (red: more than 60 days)",
    ),
    (
        started(31),
        Rule.P3,
        "开工满31天仍未纳统（黄：31至60天）",
        "Not in the statistics pool 31 days after the start (yellow: 31 to 60 days)",
    ),
    (
        started(1),
        Rule.P3,
        "开工满1天仍未纳统（蓝：不超过30天）",
        "Not in the statistics pool 1 day after the start (blue: at most 30 days)",
    ),
    (
        node(15),
        Rule.P4,
        "关键节点“主体封顶”逾期15天未完成（黄：逾期11至30天）",
        "Key node “主体封顶” is 15 days overdue (yellow: 11 to 30 days overdue)",
    ),
    (
        node(46, NodeFacts("设备进场", date(2023, 9, 20)), NodeFacts("验收", date(2023, 9, 29))),
        Rule.P4,
        "关键节点“主体封顶”逾期46天未完成，另有2个关键节点逾期（红：逾期超过30天）",
        "Key node “主体封顶” is 46 days overdue, and 2 other key nodes are overdue (red: more than 30 days overdue)",
    ),
    (
        node(1, NodeFacts("验收", date(2023, 9, 29))),
        Rule.P4,
        "关键节点“主体封顶”逾期1天未完成，另有1个关键节点逾期（蓝：逾期不超过10天）",
        "Key node “主体封顶” is 1 day overdue, and 1 other key node is overdue (blue: at most 10 days overdue)",
    ),
    (
        bare(nodes=(MET,)),
        Rule.P4,
        "今年到期的关键节点1个，均未逾期（蓝）",
        "1 key node has come due this year, none is overdue (blue)",
    ),
    (
        ordinary(TOPPING_OUT),
        Rule.P5,
        "节点“主体封顶”逾期15天未完成（黄：逾期超过10天）",
        "Node “主体封顶” is 15 days overdue (yellow: more than 10 days overdue)",
    ),
    (
        ordinary(NodeFacts("围挡", date(2023, 9, 29)), NodeFacts("验收", date(2023, 9, 29))),
        Rule.P5,
        "节点“围挡”逾期1天未完成，另有1个一般节点逾期（蓝：逾期不超过10天）",
        "Node “围挡” is 1 day overdue, and 1 other ordinary node is overdue (blue: at most 10 days overdue)",
    ),
    (
        ordinary(MET, NodeFacts("验收", date(2023, 9, 30))),
        Rule.P5,
        "今年到期的一般节点2个，均未逾期（蓝）",
        "2 ordinary nodes have come due this year, none is overdue (blue)",
    ),
    (
        bare(missed_periods=0),
        Rule.P6,
        "本月月报已报送（蓝：无缺报）",
        "The report of this month is in (blue: none missing)",
    ),
    (
        bare(missed_periods=1),
        Rule.P6,
        "本月未按时报送月报（黄：1期）",
        "The report of this month was not in on time (yellow: 1 period)",
    ),
    (
        bare(missed_periods=2),
        Rule.P6,
        "连续2期未按时报送月报（红：连续2期及以上）",
        "No report was in on time for 2 periods in a row (red: 2 or more periods in a row)",
    ),
    (
        moved(date(2023, 9, 12)),
        Rule.P7,
        "前期工作最近一次变动于2023年9月12日（蓝：不足2个月）",
        "The preparation last moved on Sept. 12, 2023 (blue: less than 2 months)",
    ),
    (
        moved(date(2023, 8, 3)),
        Rule.P7,
        "前期工作自2023年8月3日起1个月无进展（蓝：不足2个月）",
        "The preparation has not moved for 1 month, since Aug. 3, 2023 (blue: less than 2 months)",
    ),
    (
        moved(date(2023, 7, 14)),
        Rule.P7,
        "前期工作自2023年7月14日起2个月无进展（黄：满2个月）",
        "The preparation has not moved for 2 months, since July 14, 2023 (yellow: 2 months)",
    ),
    (
        moved(date(2023, 6, 14)),
        Rule.P7,
        "前期工作自2023年6月14日起3个月无进展（红：满3个月）",
        "The preparation has not moved for 3 months, since June 14, 2023 (red: 3 or more months)",
    ),
    (
        moved(date(2023, 3, 14)),
        Rule.P7,
        "前期工作自2023年3月14日起6个月无进展（红：满3个月），建议退出",
        "The preparation has not moved for 6 months, since March 14, 2023 (red: 3 or more months), exit proposed",
    ),
    (
        ahead_by(-8, earlier_levels=(1, 1)),
        Rule.P9,
        "连续3期达到评黄标准，仍未改善（红：连续提醒满3期）",
        "Bad enough for yellow in 3 periods in a row and not mended (red: 3 reminders in a row)",
    ),
    (
        incident("unapproved_stop"),
        Rule.P8,
        "2023年9月5日擅自停工，尚未消除（红：一票否决）",
        "Stopped without approval on Sept. 5, 2023, not cleared (red: one-vote rule)",
    ),
    (
        incident("serious_accident"),
        Rule.P8,
        "2023年9月5日发生严重安全事故，尚未消除（红：一票否决）",
        "Serious accident on Sept. 5, 2023, not cleared (red: one-vote rule)",
    ),
    (
        incident("false_data"),
        Rule.P8,
        "2023年9月5日虚报数据，尚未消除（红：一票否决）",
        "False figures reported on Sept. 5, 2023, not cleared (red: one-vote rule)",
    ),
]


@pytest.mark.parametrize(("facts", "rule", "expected"), [(facts, rule, zh) for facts, rule, zh, _ in OTHERS])
@pytest.mark.usefixtures("chinese")
def test_the_other_rules_in_chinese(facts: ProjectFacts, rule: Rule, expected: str) -> None:
    assert told(facts, rule) == expected


@pytest.mark.parametrize(("facts", "rule", "expected"), [(facts, rule, en) for facts, rule, _, en in OTHERS])
@pytest.mark.usefixtures("english")
def test_the_other_rules_in_english(facts: ProjectFacts, rule: Rule, expected: str) -> None:
    assert told(facts, rule) == expected


@pytest.mark.parametrize(
    ("band", "month", "expected"),
    [
        (Band((0,)), 9, "蓝：当月有进展）"),
        (Band((0,)), 8, "黄：满1个月）"),
        (Band((2, 5)), 7, "蓝：不足3个月）"),
        (Band((2, 5)), 5, "黄：满3至5个月）"),
        (Band((2, 5), (True, True)), 5, "黄：满2至4个月）"),
        (Band((2, 5), (True, True)), 4, "红：满5个月）"),
    ],
)
@pytest.mark.usefixtures("chinese")
def test_whole_months_are_told_as_the_months_that_belong_to_the_level(band: Band, month: int, expected: str) -> None:
    assert told(moved(date(2023, month, 5)), Rule.P7, Policy(idle_months=band)).endswith(expected)


@pytest.mark.usefixtures("chinese")
def test_the_ladder_speaks_of_the_colour_of_the_reminders() -> None:
    climbed = ahead_by(-8, earlier_levels=(1, 1))
    assert told(climbed, Rule.P9, palette="ladder").startswith("连续3期达到评蓝标准")
    assert told(climbed, Rule.P9, palette="ladder").endswith("（黄：连续提醒满3期）")


@pytest.mark.parametrize(
    ("band", "days", "expected"),
    [
        (Band((0, 1)), 0, "(blue: on the day of the start)"),
        (Band((0, 1)), 1, "(yellow: 1 day)"),
        (Band((0, 1)), 2, "(red: more than 1 day)"),
        (Band((1, 3)), 1, "(blue: at most 1 day)"),
        (Band((1, 3)), 3, "(yellow: 2 to 3 days)"),
        (Band((2, 4), (True, True)), 1, "(blue: at most 1 day)"),
        (Band((2, 4), (True, True)), 3, "(yellow: 2 to 3 days)"),
        (Band((2, 4), (True, True)), 4, "(red: more than 3 days)"),
    ],
)
@pytest.mark.usefixtures("english")
def test_whole_days_are_told_as_the_days_that_belong_to_the_level(band: Band, days: int, expected: str) -> None:
    assert told(started(days), Rule.P3, Policy(statistics_days=band)).endswith(expected)


@pytest.mark.usefixtures("english")
def test_the_colour_is_that_of_the_palette() -> None:
    facts = ahead_by(-33)
    assert "(red:" in told(facts, Rule.P1)
    assert "(blue:" in told(facts, Rule.P1, palette="honours")
    assert "(yellow:" in told(facts, Rule.P1, palette="ladder")
    assert "(no colour:" in told(ahead_by(-3), Rule.P1, palette="ladder")
    assert "(orange:" in told(facts, Rule.P1, palette="four_colours")
    only_two = Palette("own", "Own", PALETTES["traffic_light"].shades[:2])
    hit = finding(facts, Rule.P1)
    assert hit is not None
    assert "(yellow:" in sentence(hit, only_two)


@pytest.mark.usefixtures("english")
def test_a_stored_hit_keeps_the_limits_it_was_judged_by() -> None:
    hit = finding(ahead_by(-15), Rule.P1, POLICIES["yinchuan"])
    assert hit is not None
    assert sentence(Hit.from_json(hit.as_json()), DEFAULT_PALETTE).endswith("(yellow: 10 to 30 behind)")


@pytest.mark.usefixtures("english")
def test_a_percent_sign_in_a_name_is_only_text() -> None:
    assert "“100%(name)s”" in told(bare(nodes=(NodeFacts("100%(name)s", date(2023, 9, 1)),)), Rule.P4)


# The sentences of a whole rating


@pytest.mark.usefixtures("chinese")
def test_every_hit_is_told_worst_first() -> None:
    rating = rate(ahead_by(-10, nodes=(node(46).nodes[0],)))
    assert rating_sentences(rating, DEFAULT_PALETTE) == [
        "关键节点“主体封顶”逾期46天未完成（红：逾期超过30天）",
        "完成65.0%，序时75.0%，慢10.0个百分点（黄：慢于5至20）",
    ]


@pytest.mark.usefixtures("chinese")
def test_the_best_colour_is_explained_by_the_investment() -> None:
    rating = rate(ahead_by("13.7", nodes=(MET,)))
    assert rating_sentences(rating, DEFAULT_PALETTE) == ["完成88.7%，序时75.0%，快13.7个百分点（蓝）"]
    without_plan = rate(bare(nodes=(MET,)))
    assert rating_sentences(without_plan, DEFAULT_PALETTE) == ["今年到期的关键节点1个，均未逾期（蓝）"]


@pytest.mark.parametrize(
    ("facts", "zh", "en"),
    [
        (
            project(invested_to_date=None),
            "本年尚无已审核的投资数据",
            "No approved investment figure this year",
        ),
        (bare(), "尚无应完成事项", "Nothing is due yet"),
        (bare(halted="suspended"), "项目已停建，不参加评定", "Construction is suspended; not rated"),
        (bare(halted="terminated"), "项目已终止，不参加评定", "The project is terminated; not rated"),
        (
            project(invested_to_date=None, nodes=(MET,)),
            "本年尚无已审核的投资数据",
            "No approved investment figure this year",
        ),
        (bare(exempt_reason="force_majeure"), "豁免：不可抗力", "Exempt: force majeure"),
        (bare(exempt_reason="特殊情况"), "豁免：特殊情况", "Exempt: 特殊情况"),
        (bare(exempt_reason="other", halted="suspended"), "豁免：其他", "Exempt: other reason"),
    ],
)
def test_a_standing_is_explained(facts: ProjectFacts, zh: str, en: str) -> None:
    with translation.override("zh-hans"):
        assert rating_sentences(rate(facts), DEFAULT_PALETTE) == [zh]
    with translation.override("en"):
        assert rating_sentences(rate(facts), DEFAULT_PALETTE) == [en]


@pytest.mark.usefixtures("chinese")
def test_the_text_of_an_exemption_may_be_given() -> None:
    rating = rate(bare(exempt_reason="force_majeure"))
    assert rating_sentences(rating, DEFAULT_PALETTE, "7月洪水") == ["豁免：7月洪水"]


@given(FACTS, ANY_POLICY)
def test_any_rating_is_told_in_both_languages(facts: ProjectFacts, policy: Policy) -> None:
    rating: Rating = rate(facts, policy)
    for language in ("zh-hans", "en"):
        with translation.override(language):
            for palette in (DEFAULT_PALETTE, PALETTES["ladder"]):
                sentences = rating_sentences(rating, palette)
                assert sentences
                assert all(sentences)
            for hit in rating.checks:
                assert sentence(hit, DEFAULT_PALETTE)


# Names


NAMES = [
    name
    for names in (
        wording.SHADE_WORDS,
        wording.SHADE_MEANINGS,
        wording.PALETTE_NAMES,
        wording.STANDING_WORDS,
        wording.STANDING_MEANINGS,
        wording.RULE_NAMES,
        wording.INCIDENT_NAMES,
        wording.EXEMPTION_REASONS,
        wording.HALTED,
    )
    for name in names.values()
]


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)


def test_every_name_is_said_in_both_languages() -> None:
    with translation.override("zh-hans"):
        assert [str(name) for name in NAMES if not is_chinese(str(name))] == []
    with translation.override("en"):
        assert [str(name) for name in NAMES if is_chinese(str(name))] == []


def test_every_code_has_its_name() -> None:
    shades = [shade for palette in PALETTES.values() for shade in palette.shades]
    assert {shade.word for shade in shades} <= set(wording.SHADE_WORDS)
    assert {shade.meaning for shade in shades} == set(wording.SHADE_MEANINGS)
    assert set(PALETTES) == set(wording.PALETTE_NAMES)
    assert set(Rule) == set(wording.RULE_NAMES)
    assert set(Standing) == set(wording.STANDING_WORDS) == set(wording.STANDING_MEANINGS)
    assert len(wording.EXEMPTION_REASONS) == 7


@pytest.mark.usefixtures("chinese")
def test_the_words_of_the_bulletin() -> None:
    assert [wording.shade_word(shade) for shade in DEFAULT_PALETTE.shades] == ["蓝", "黄", "红"]
    assert [wording.shade_meaning(shade) for shade in DEFAULT_PALETTE.shades] == ["正常", "提醒", "警告"]
    assert [wording.standing_word(standing) for standing in Standing] == ["豁免", "未评", "未报"]
    assert wording.standing_meaning(Standing.NOT_RATED) == "尚无应完成事项"
    assert wording.rule_name(Rule.P1) == "投资进度滞后"
    assert wording.palette_name(PALETTES["honours"]) == "红榜：红为优"
    assert wording.exemption_reason("litigation") == "司法或信访"


@pytest.mark.usefixtures("english")
def test_a_places_own_words_are_shown_as_they_stand() -> None:
    own = Shade("金", "标杆", "yellow", "diamond")
    assert (wording.shade_word(own), wording.shade_meaning(own)) == ("金", "标杆")
    assert wording.palette_name(Palette("own", "本区", PALETTES["zaozhuang"].shades)) == "本区"
