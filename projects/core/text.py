"""Text as people paste it: brought to one form, and refused where it hides something."""

import unicodedata

_INVISIBLE = {
    0x00AD,  # soft hyphen
    0x061C,  # Arabic direction mark
    0x180E,  # Mongolian vowel separator
    *range(0x200B, 0x2010),  # zero-width spaces and joiners, direction marks
    *range(0x202A, 0x202F),  # direction embeddings and overrides
    *range(0x2060, 0x2070),  # word joiner, isolates
    0xFEFF,
}
_STRIP = dict.fromkeys(_INVISIBLE)


def has_control(text: str) -> bool:
    """Whether `text` holds a control character other than tab and line ends, or half a surrogate pair."""
    return any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\t\n\r" for sign in text)


def tidy(text: str) -> str:
    """NFC, without invisible direction and zero-width signs, without blanks around it."""
    # Composed last: what an invisible sign kept apart comes together only when it is gone.
    return unicodedata.normalize("NFC", text.translate(_STRIP)).strip()


def printable(text: str) -> str:
    """Whatever was typed, fit for one line of a log: no control and no invisible signs, blanks single."""
    seen = (" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text.translate(_STRIP))
    return " ".join("".join(seen).split())
