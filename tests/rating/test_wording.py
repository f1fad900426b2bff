"""Each reason reads as an official would write it, in Chinese and in English."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given

from projects.rating import wording
from projects.rating.facts import NodeFacts, ProjectFacts
from projects.rating.hits import Hit
from projects.rating.levels import Standing
from projects.rating.palettes import DEFAULT_PALETTE, PALETTES, Palette, Shade
from projects.rating.policy import POLICIES, Policy, Rule
from projects.rating.rules import Rating, rate
from projects.rating.wording import rating_sentences, sentence
from tests.rating.example import ahead_by, bare, finding, project
from tests.rating.said import MET, node, told
from tests.rating.test_rules_always import FACTS
from tests.rating.test_rules_always import POLICIES as ANY_POLICY


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
