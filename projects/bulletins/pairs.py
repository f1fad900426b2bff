"""Pairs of neighbouring signs: by them a database finds two signs in the middle of a name without reading all names."""

import re

# What every database takes for part of a word; any other sign ends a word.
WORD = re.compile(r"[0-9a-z\u4e00-\u9fa5]+")


def pairs(text: str) -> list[str]:
    """Each pair of neighbouring signs of the words in `text`, which is in small letters, once."""
    words = WORD.findall(text)
    return list(dict.fromkeys(word[at : at + 2] for word in words for at in range(len(word) - 1)))


def is_pair(word: str) -> bool:
    """Whether a text holds `word` exactly when it is one of its pairs."""
    return pairs(word) == [word]
