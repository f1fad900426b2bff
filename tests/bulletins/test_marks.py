"""The words that people read and type for the figures of a bulletin's text."""

import pytest
from django.utils import translation

from projects.bulletins.composing import Section, check_marks, compose, figures_of, usual_title
from projects.bulletins.marks import MARK, in_marks, in_words, mark_word
from projects.core.month import Month
from projects.core.refusals import Refused
from projects.rating.palettes import DEFAULT_PALETTE
from tests.bulletins.documents.papers import content, varied

VARIED = content(varied())
MARKS = figures_of(VARIED, DEFAULT_PALETTE)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_mark_has_a_word_of_its_own(language: str) -> None:
    with translation.override(language):
        words = [mark_word(mark) for mark in MARKS]
    assert len(set(words)) == len(MARKS)
    assert not set(words) & (set(MARKS) - set(words))
    assert not [word for word in words if "_" in word or "{" in word]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_composed_text_comes_back_from_its_words(language: str) -> None:
    composed = compose(VARIED, DEFAULT_PALETTE)
    lines = [line for section in composed for line in section.paragraphs]
    assert len([line for line in lines if MARK.search(line)]) >= 4
    with translation.override(language):
        assert [in_marks(in_words(line), MARKS) for line in lines] == lines


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("完成{累计完成投资}亿元", "完成{invested}亿元"),
        ("完成｛累计完成投资｝亿元", "完成{invested}亿元"),  # the braces of a Chinese keyboard
        ("完成{ 累计完成投资 }亿元", "完成{invested}亿元"),
        ("完成{invested}亿元", "完成{invested}亿元"),
        ("{2级项目数}个，占{2级占比}%", "{level_2}个，占{level_2_share}%"),
        ("{9级项目数}个", "{9级项目数}个"),  # no such level: stays, and is refused by its name
        ("没有标记", "没有标记"),
        ("{}", "{}"),
    ],
)
def test_typed_words_are_kept_as_marks(typed: str, kept: str) -> None:
    assert in_marks(typed, MARKS) == kept


def test_what_stands_for_nothing_is_refused_as_people_read_it() -> None:
    with pytest.raises(Refused, match=r"“一”中的“\{类型99项目数\}”没有对应的数据"):
        check_marks([Section("一", ("{class_99_projects}",))], MARKS)


@pytest.mark.parametrize(("month", "told"), [(1, "关于2023年1月全区"), (2, "关于2023年1—2月全区")])
def test_january_is_not_told_as_a_span(month: int, told: str) -> None:
    assert usual_title(Month(2023, month), 1).startswith(told)
