"""Pairs of neighbouring signs are those of words, and a word of two signs is found by its pair alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.bulletins.pairs import is_pair, pairs


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("泉", []),
        ("泉为", ["泉为"]),
        ("泉为15gw", ["泉为", "为1", "15", "5g", "gw"]),
        ("泉为（一期）", ["泉为", "一期"]),
        ("泉为 泉为", ["泉为"]),
        ("sz-001", ["sz", "00", "01"]),
        ("é泉", []),  # signs of no word everywhere end one
    ],
)
def test_pairs(text: str, found: list[str]) -> None:
    assert pairs(text) == found


@pytest.mark.parametrize(
    ("word", "whole"), [("泉为", True), ("qw", True), ("泉", False), ("泉为电", False), ("泉-", False)]
)
def test_only_two_signs_of_a_word_are_found_by_their_pair_alone(word: str, whole: bool) -> None:
    assert is_pair(word) is whole


SIGNS = st.text(alphabet="泉为光a1-é", max_size=12)


@given(text=SIGNS, word=SIGNS)
def test_a_text_with_a_word_in_it_has_the_pairs_of_the_word(text: str, word: str) -> None:
    if word in text:
        assert set(pairs(word)) <= set(pairs(text))
    if is_pair(word):
        assert (word in text) is (word in pairs(text))
