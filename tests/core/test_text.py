"""Pasted text loses what cannot be seen and nothing else."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.core.text import has_control, printable, tidy


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("  泉为项目 ", "泉为项目"),
        ("\u3000泉为\u3000项目\u3000", "泉为\u3000项目"),
        ("\ufeff名称", "名称"),
        ("名\u200b称\u200d", "名称"),
        ("\u202e名称\u202c", "名称"),
        ("\u2066名称\u2069", "名称"),
        ("名\u061c称\u180e", "名称"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        (" \u200b ", ""),
        ("", ""),
        ("第一行\n第二行", "第一行\n第二行"),
        ("葛\U000e0100", "葛\U000e0100"),
        ("１２", "１２"),
    ],
)
def test_tidy_removes_what_cannot_be_seen(pasted: str, kept: str) -> None:
    assert tidy(pasted) == kept


@pytest.mark.parametrize("sign", [0xAD, 0x200B, 0x200F, 0x202A, 0x202E, 0x2060, 0x206F, 0xFEFF, 0x61C, 0x180E], ids=hex)
def test_each_invisible_sign_is_removed(sign: int) -> None:
    assert tidy(f"a{chr(sign)}b") == "ab"


@pytest.mark.parametrize("sign", [0xAC, 0xAE, 0x200A, 0x2010, 0x2029, 0x202F, 0x205F, 0x2070], ids=hex)
def test_its_neighbours_are_kept(sign: int) -> None:
    assert tidy(f"a{chr(sign)}b") == f"a{chr(sign)}b"


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("e\u0301\u200b\u202e\ufeff \n"))))
def test_tidy_text_stays_as_it_is(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize("text", ["a\x00b", "\x07", "\x1b[31m", "\x7f", "\x85", "a\x0bb", "\ud83d"])
def test_control_characters_are_found(text: str) -> None:
    assert has_control(text)


@pytest.mark.parametrize("text", ["", "两行\n文字\r\n和\t制表", "emoji 🚧", "é"])
def test_ordinary_text_has_none(text: str) -> None:
    assert not has_control(text)


@pytest.mark.parametrize(
    ("typed", "logged"),
    [
        ("office", "office"),
        ("a\r\nb\tc", "a b c"),
        ("\x1b[2J\x07泉\x9b为", "[2J 泉 为"),
        ("\u202eecif\u200bfo", "eciffo"),
        ("a\u2028b\u3000c\ud800d", "a b c d"),
        ("", ""),
    ],
)
def test_printable_keeps_one_harmless_line(typed: str, logged: str) -> None:
    assert printable(typed) == logged
