"""What a notice is called and what it says; a new kind is a line more in the table of its subject."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import pgettext

from projects.core.display import NONE, month_label
from projects.core.month import Month
from projects.notices.kinds.bulletins import BULLETINS
from projects.notices.kinds.followups import FOLLOWUPS
from projects.notices.kinds.kind import Kind
from projects.notices.kinds.register import REGISTER
from projects.notices.kinds.reports import REPORTS

KINDS: dict[str, Kind] = REPORTS | REGISTER | FOLLOWUPS | BULLETINS

MOST_NAMES = 5
MORE = "…"  # the last of the names when there are others


def names(of: Iterable[str]) -> list[str]:
    """Names as a parameter: each once, and of many the first few."""
    found = list(dict.fromkeys(of))
    return found if len(found) <= MOST_NAMES else [*found[:MOST_NAMES], MORE]


def joined(of: list[str]) -> str:
    """Such names in one line."""
    others = pgettext("after the first of many names", " and others") if MORE in of else ""
    return pgettext("between two names", ", ").join(each for each in of if each != MORE) + others


def name_of(kind: str) -> str:
    return str(KINDS[kind].name) if kind in KINDS else kind


def icon_of(kind: str) -> str:
    return KINDS[kind].icon if kind in KINDS else "bell"


def sentence(kind: str, params: Mapping[str, Any]) -> str:
    """What a notice says, in the active language; a notice of former times that lacks something says “—” for it."""
    if kind not in KINDS:
        return kind
    spoken = {name: _spoken(name, value) for name, value in params.items()}
    return KINDS[kind].sentence % _Filled({"count": 0, **spoken})


def _spoken(name: str, value: Any) -> Any:
    if name == "month":
        return month_label(Month.parse(value))
    return joined(value) if isinstance(value, list) else value


class _Filled(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return NONE
