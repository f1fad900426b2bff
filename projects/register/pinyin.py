"""Pinyin for finding and sorting: the initials people type, and a key that sorts as a dictionary does."""

import unicodedata

from pypinyin import Style, lazy_pinyin


def initials(text: str) -> str:
    """The first letters of the syllables, `qw` for 泉为; letters and digits stay, the rest goes."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join(part for part in lazy_pinyin(plain, style=Style.FIRST_LETTER) if part.isalnum())[:120]


def sort_key(text: str) -> str:
    """The syllables in full, so that names sort by sound on every database."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return " ".join(lazy_pinyin(plain))[:200]
