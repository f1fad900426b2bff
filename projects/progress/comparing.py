"""What differs between two texts, piece by piece, so that a reviewer need not read both."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

SHORTEST = 2  # signs: a shorter agreement inside a change is chance, and would only break the change up


class Kind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of signs, and what became of it."""

    kind: Kind
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """`after` with what is new in it, and what is gone of `before`, in reading order.

    Joined, the pieces that are not gone give `after`, and those that are not new give `before`.
    """
    found: list[Piece] = []
    gone = new = ""
    for tag, start, end, begin, stop in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        at_an_end = (start, begin) == (0, 0) or (end, stop) == (len(before), len(after))
        chance = tag == "equal" and end - start < SHORTEST and not at_an_end
        if tag == "equal" and not chance:
            found += _changed(gone, new)
            gone = new = ""
            found.append(Piece(Kind.SAME, after[begin:stop]))
        else:
            gone, new = gone + before[start:end], new + after[begin:stop]
    return found + _changed(gone, new)


def _changed(gone: str, new: str) -> list[Piece]:
    return [Piece(kind, text) for kind, text in ((Kind.GONE, gone), (Kind.NEW, new)) if text]
