"""What all other rules say, and how whole days and months are told."""

import dataclasses
from datetime import date

import pytest

from projects.rating.facts import IncidentFacts, NodeFacts, ProjectFacts
from projects.rating.policy import Band, Policy, Rule
from tests.rating.example import ahead_by, bare
from tests.rating.said import END, MET, TOPPING_OUT, node, told


def overdue_start(month: int) -> ProjectFacts:
    return bare(project_class="implementation", planned_start=date(2023, month, 3))


def started(days: int) -> ProjectFacts:
    return bare(actual_start=date.fromordinal(END.toordinal() - days), total_investment=10**9)


def incident(kind: str) -> ProjectFacts:
    return bare(incidents=(IncidentFacts(kind, date(2023, 9, 5)),))


def ordinary(*nodes: NodeFacts) -> ProjectFacts:
    return bare(nodes=tuple(dataclasses.replace(each, is_key=False) for each in nodes))


def moved(day: date) -> ProjectFacts:
    return bare(is_preparing=True, last_moved_on=day)


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
