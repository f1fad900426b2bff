"""Every refusal has a sentence, in either language, into which what belongs there fits."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from projects.exchange import unreadable
from projects.exchange.sheets import Skip
from projects.exchange.unreadable import Unreadable, Why
from projects.exchange.wording import NAMED_SHEET, SENTENCES, SKIP_NAMES, sentence_of

PARAMS: dict[str, str | int] = {
    "limit": 5,
    "sheet": "表1",
    "ending": "xls",
    "choices": "新建、续建",
    "value": "#REF!",
    "year": 2023,
}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("why", Why)
def test_every_refusal_has_a_sentence(why: Why, language: str) -> None:
    with translation.override(language):
        sentence = sentence_of(Unreadable(why, **PARAMS))
    assert sentence.endswith((".", "。"))
    assert "%(" not in sentence
    assert bool(re.search("[\u3400-\u9fff]", sentence.replace("表1", "").replace("新建、续建", ""))) is (
        language != "en"
    )


def test_the_sheet_is_named_where_there_are_several() -> None:
    assert "“表1”" in sentence_of(Unreadable(Why.TOO_MANY_ROWS, sheet="表1", limit=5))
    assert "“" not in sentence_of(Unreadable(Why.TOO_MANY_ROWS, sheet="", limit=5))


def test_nothing_is_worded_twice_or_in_vain() -> None:
    assert set(SENTENCES) == set(Why)
    assert set(NAMED_SHEET) < set(Why)
    assert set(SKIP_NAMES) == set(Skip)


def test_every_refusal_is_raised_somewhere() -> None:
    folder = Path(unreadable.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py") if path.name != "wording.py")
    assert [why for why in Why if f"Why.{why.name}" not in source] in (
        [],
        [Why.NO_TABLE],
    )  # raised where files are taken in
