"""The marks that stand for figures in the text of a bulletin: as they are kept, and as people read and type them."""

import re
from collections.abc import Iterable

from django.utils.translation import pgettext

MARK = re.compile(r"\{([^{}]+)\}")
NUMBERED = re.compile(r"(level|class|label|category|nature)_(\d+)_?([a-z]*)")
WIDE_BRACES = str.maketrans("｛｝", "{}")  # what a Chinese keyboard types


def mark_word(mark: str) -> str:
    """What a mark is called in the language of the reader, without braces; one that is not known stays as it is."""
    if (word := _fixed_words().get(mark)) is not None:
        return word
    if (numbered := NUMBERED.fullmatch(mark)) is None:
        return mark
    kind, number, figure = numbered.groups()
    if (pattern := _numbered_words().get((kind, figure))) is None:
        return mark
    return pattern % {"number": number}


def in_words(text: str) -> str:
    """The text for somebody to edit, with the words of its marks: {累计完成} for {invested}."""
    return MARK.sub(lambda mark: f"{{{mark_word(mark[1])}}}", text)


def in_marks(text: str, marks: Iterable[str]) -> str:
    """The text as it is kept; a word that is none of these marks' stays, to be refused by name."""
    by_word = {mark_word(mark): mark for mark in marks}
    return MARK.sub(lambda word: f"{{{by_word.get(word[1].strip(), word[1].strip())}}}", text.translate(WIDE_BRACES))


def _fixed_words() -> dict[str, str]:
    return {
        "year": pgettext("figure", "year"),
        "month": pgettext("figure", "month"),
        "months": pgettext("figure", "months so far"),
        "projects": pgettext("figure", "projects"),
        "total": pgettext("figure", "total investment"),
        "implementation": pgettext("figure", "implementation projects"),
        "year_plan": pgettext("figure", "year plan"),
        "invested": pgettext("figure", "invested to date"),
        "invested_month": pgettext("figure", "invested this month"),
        "rate": pgettext("figure", "completion rate"),
        "schedule": pgettext("figure", "schedule"),
        "lead": pgettext("figure", "points ahead or behind"),
        "lead_signed": pgettext("figure", "points with their sign"),
        "exempt": pgettext("figure", "exempt"),
        "not_rated": pgettext("figure", "not rated"),
        "not_reported": pgettext("figure", "not reported"),
        "rated": pgettext("figure", "rated"),
        "start_due": pgettext("figure", "due to start"),
        "start_done": pgettext("figure", "started"),
        "start_rate": pgettext("figure", "share started"),
        "statistics_due": pgettext("figure", "due for the statistics pool"),
        "statistics_done": pgettext("figure", "in the statistics pool"),
        "statistics_rate": pgettext("figure", "share in the statistics pool"),
        "report_due": pgettext("figure", "reports due"),
        "report_done": pgettext("figure", "reports in time"),
        "report_rate": pgettext("figure", "share of reports in time"),
    }


def _numbered_words() -> dict[tuple[str, str], str]:
    return {
        ("level", ""): pgettext("figure", "projects at level %(number)s"),
        ("level", "share"): pgettext("figure", "share at level %(number)s"),
        ("class", "projects"): pgettext("figure", "class %(number)s projects"),
        ("class", "plan"): pgettext("figure", "class %(number)s year plan"),
        ("class", "invested"): pgettext("figure", "class %(number)s invested"),
        ("class", "rate"): pgettext("figure", "class %(number)s rate"),
        ("label", "projects"): pgettext("figure", "label %(number)s projects"),
        ("label", "plan"): pgettext("figure", "label %(number)s year plan"),
        ("label", "invested"): pgettext("figure", "label %(number)s invested"),
        ("label", "rate"): pgettext("figure", "label %(number)s rate"),
        ("category", "projects"): pgettext("figure", "category %(number)s projects"),
        ("category", "plan"): pgettext("figure", "category %(number)s year plan"),
        ("category", "invested"): pgettext("figure", "category %(number)s invested"),
        ("category", "rate"): pgettext("figure", "category %(number)s rate"),
        ("nature", "projects"): pgettext("figure", "nature %(number)s projects"),
        ("nature", "plan"): pgettext("figure", "nature %(number)s year plan"),
        ("nature", "invested"): pgettext("figure", "nature %(number)s invested"),
        ("nature", "rate"): pgettext("figure", "nature %(number)s rate"),
    }
