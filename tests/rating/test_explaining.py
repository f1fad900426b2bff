"""Each rule in one sentence, with the very words that its reasons use."""

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given

from projects.rating import explaining
from projects.rating.explaining import basis_sentence, mismatch, palette_sentence, rule_sentence, unit_sentences
from projects.rating.limits import level_limit
from projects.rating.palettes import FOUR_COLOURS, HONOURS, LADDER, PALETTES, SHAPES, ZAOZHUANG, Palette
from projects.rating.policy import BANDS, POLICIES, Band, Basis, Measure, Policy, Rule
from projects.rating.rules import rate
from projects.rating.units import UnitPolicy
from projects.rating.wording import sentence
from tests.rating.example import ahead_by
from tests.rating.test_rules_always import POLICIES as ANY_POLICY


@pytest.fixture(autouse=True)
def _chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


SENTENCES = {
    Rule.P1: (
        "有年度计划的实施类项目，按慢于序时的百分点：慢不超过5为蓝，慢于5至20为黄，慢于20以上为红；"
        "项目起始2个月内最重评黄。"
    ),
    Rule.P2: "未开工的实施类项目，按超过计划开工月份的月数：未逾期为蓝，逾期1至2个月为黄，逾期3个月及以上为红。",
    Rule.P3: "总投资500万元及以上的项目开工后未纳统的，按开工后天数：不超过30天为蓝，31至60天为黄，超过60天为红。",
    Rule.P4: "以逾期最久的关键节点计：逾期不超过10天为蓝，逾期11至30天为黄，逾期超过30天为红。",
    Rule.P5: "以逾期最久的一般节点计：逾期不超过10天为蓝，逾期超过10天为黄。",
    Rule.P6: "至锁定日仍未报送月报的，按连续期数：无缺报为蓝，1期为黄，连续2期及以上为红。",
    Rule.P7: "谋划至前期阶段的项目，按无进展月数：不足2个月为蓝，满2个月为黄，满3个月为红；满6个月的建议退出。",
    Rule.P8: "擅自停工、发生严重安全事故或数据造假的，消除前一律评红。",
    Rule.P9: "按其他规则连续3期（含本期）达到评黄标准仍未改善的，评红。",
}


@pytest.mark.parametrize("rule", Rule)
def test_each_rule_of_the_default(rule: Rule) -> None:
    assert rule_sentence(rule, Policy(), ZAOZHUANG) == SENTENCES[rule]


def test_rules_of_other_places() -> None:
    wuhan = rule_sentence(Rule.P1, POLICIES["wuhan"], FOUR_COLOURS)
    assert wuhan == (
        "有年度计划的实施类项目，按累计完成占序时应完成额的比例：不低于应完成额的80%为绿，"
        "低于应完成额的80%且不低于60%为黄，低于应完成额的60%为橙；项目起始2个月内最重评黄。"
    )
    yinchuan = rule_sentence(Rule.P2, POLICIES["yinchuan"], ZAOZHUANG)
    assert "逾期不超过2个月为黄，逾期3个月及以上为红" in yinchuan
    assert "为蓝" not in yinchuan  # no number of months earns it


@pytest.mark.parametrize(
    ("included", "expected"),
    [
        ((False, False), ["不低于应完成额的80%", "低于应完成额的80%且不低于60%", "低于应完成额的60%"]),
        ((True, True), ["高于应完成额的80%", "不高于应完成额的80%且高于60%", "不高于应完成额的60%"]),
        ((True, False), ["高于应完成额的80%", "不高于应完成额的80%且不低于60%", "低于应完成额的60%"]),
        ((False, True), ["不低于应完成额的80%", "低于应完成额的80%且高于60%", "不高于应完成额的60%"]),
    ],
)
def test_the_bounds_of_a_shortfall_are_told_as_shares(included: tuple[bool, ...], expected: list[str]) -> None:
    policy = Policy(measure=Measure.SHORTFALL, investment_lag=Band((20, 40), included))
    assert [level_limit(Rule.P1, policy, level) for level in range(3)] == expected


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (-30, "完成45.0%，序时75.0%，为应完成额的60.0%（黄：低于应完成额的80%且不低于60%）"),
        (-33, "完成42.0%，序时75.0%，为应完成额的56.0%（红：低于应完成额的60%）"),
        (3, "完成78.0%，序时75.0%，快3.0个百分点（蓝）"),
    ],
)
def test_a_reason_says_the_share_that_it_was_judged_by(points: int, expected: str) -> None:
    rating = rate(ahead_by(points), POLICIES["wuhan"])
    assert sentence([*rating.hits, *rating.checks][0], ZAOZHUANG) == expected


def test_what_investment_is_compared_with() -> None:
    assert "批准的月度计划" in basis_sentence(Policy())
    assert "不看月度计划" in basis_sentence(Policy(basis=Basis.LINEAR))
    curve = basis_sentence(Policy(basis=Basis.QUARTERLY, quarters=(10, 40, 70, 100)))
    assert "10%、40%、70%、100%" in curve


def test_units_in_the_words_of_the_palette() -> None:
    found = unit_sentences(UnitPolicy(top=4, bottom=1, red_share=25, smallest_group=6), HONOURS)
    assert found[0] == "红：完成率不低于序时，居本组前4名，且没有最重颜色的项目。"
    assert "居本组后1名或最重颜色项目占参评项目25%及以上" in found[2]
    assert found[3] == "同组不足6个单位的，不计名次。"


@pytest.mark.parametrize(
    ("policy", "palette", "expected"),
    [
        (Policy(), ZAOZHUANG, ""),
        (Policy(), LADDER, "色标有4级，而规则只评出3级：不会有项目评为红，单位也不会因最重颜色的项目受评。"),
        (Policy(one_vote_level=4), ZAOZHUANG, "规则评出5级，而色标只有3级：比红更重的也显示为红。"),
        (
            Policy(rules=frozenset()),
            ZAOZHUANG,
            "色标有3级，而规则只评出1级：不会有项目评为黄、红，单位也不会因最重颜色的项目受评。",
        ),
    ],
)
def test_when_rules_and_palette_differ_in_levels(policy: Policy, palette: Palette, expected: str) -> None:
    assert mismatch(policy, palette) == expected


OTHER: dict[str, Any] = {
    "new_project_months": 3, "new_project_cap": 0, "statistics_floor": 10_000_000, "exit_months": 9,
    "one_vote_level": 1, "ladder_level": 2, "ladder_periods": 5, "measure": Measure.SHORTFALL, "basis": Basis.LINEAR,
}  # fmt: skip


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(Policy)])
def test_no_number_changes_without_a_sentence_that_changes(name: str) -> None:
    def said(policy: Policy) -> list[str]:
        used = [rule_sentence(rule, policy, FOUR_COLOURS) if rule in policy.rules else "" for rule in Rule]
        return [*used, basis_sentence(policy)]

    base = Policy(basis=Basis.QUARTERLY)
    bands = dict.fromkeys(BANDS.values(), Band((7,)))
    other = {**OTHER, **bands, "quarters": (10, 50, 75, 100), "rules": frozenset({Rule.P1})}[name]
    assert said(dataclasses.replace(base, **{name: other})) != said(base)


@given(ANY_POLICY)
def test_any_policy_can_be_told(policy: Policy) -> None:
    for palette in (ZAOZHUANG, LADDER):
        for rule in Rule:
            assert rule_sentence(rule, policy, palette).endswith("。")
        mismatch(policy, palette)


def test_everything_has_a_name() -> None:
    assert set(explaining.EXPLAINED) | {Rule.P1} == set(BANDS)
    assert set(explaining.LAG_EXPLAINED) == set(Measure)
    assert set(explaining.BASES) == set(Basis)
    assert set(explaining.POLICY_NAMES) == set(POLICIES)
    assert set(explaining.SHAPE_NAMES) == set(SHAPES)
    assert palette_sentence(PALETTES["ladder"]).startswith("无色（正常，无色，圆环），蓝（提醒，蓝，圆形）")
