"""Which column a heading means: its spellings brought to one form and looked up among the names that are known."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from projects.core.yuan import WAN, YI
from projects.exchange.columns import Column, Kind, column, columns_of
from projects.exchange.signs import NARROW

LONGEST = 60  # signs of a heading; beyond, it is a text
UNITS = {"亿元": YI, "万元": WAN, "百万元": 100 * WAN, "千元": 1000, "元": 1}

_UNIT = r"(?:百万元|亿元|万元|千元|元)"
_UNIT_SAID = re.compile(rf"单位[:\s]*(?:人民币)?({_UNIT})|[(\[【,/、]\s*({_UNIT})\s*[)\]】]?|({_UNIT})$")
_UNIT_DROPPED = re.compile(
    rf"[(\[【]?单位:?(?:人民币)?(?:{_UNIT}|%)[)\]】]?|[(\[【,/](?:{_UNIT}|%|个|年|年月)[)\]】]?|{_UNIT}$|%"
)
_BRACKETS = re.compile(r"[()\[\]【】〔〕《》“”\"'*※:;。.,、/_]")
_BRACKETED = re.compile(r"[(\[【].*?[)\]】]")
_NUMBERED = re.compile(r"^(?:\(?[一二三四五六七八九十]+\)?、|\d{1,2}[、.](?!\d))")
_DASHES = re.compile(r"[—―~～]+|--+")
_YEAR_SAID = re.compile(r"(?:19|20|21)\d\d(?=年)")
_TO_MONTH = re.compile(r"1(?:月份?)?(?:-|至|到)(\d{1,2})(?=月)")
_MONTH_SAID = re.compile(r"(?<![\d-])(\d{1,2})(?=月)")
_OTHERWISE = re.compile(r"上年|上月|去年|同期|下年|明年|次年|其中|剩余|尚未|未完|调整前|前年|上报|同比|环比|排名|是否")
# Words of one meaning; whichever is written, it is the same column.
_ALIKE = (
    ("投资额", "投资"),
    ("日期", "时间"),
    ("截止", "截至"),
    ("月份", "月"),
    ("和", "及"),
    ("与", "及"),
    ("的", ""),
)
_GENERIC = frozenset({"金额", "投资", "数额", "小计", "合计", "内容", "情况", "数", "时间", "名称"})
_SHORTEST_GUESS = 4  # signs of a name that others may begin or end with
_LONGEST_REST = 8


@dataclass(frozen=True, slots=True)
class Named:
    """The column that a heading means, and how it is known."""

    column: Column
    is_learned: bool = False
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """The year and month of a sheet as far as its title says; headings of another year or month mean something else."""

    year: int | None = None
    month: int | None = None


def normalised(heading: str) -> str:
    """A heading without blanks, units, punctuation and widths of signs: the key under which it is learned."""
    text = re.sub(r"\s", "", heading.translate(NARROW))
    text = _DASHES.sub("-", _NUMBERED.sub("", text))
    text = _BRACKETS.sub("", _UNIT_DROPPED.sub("", text)).lower()
    for written, meant in _ALIKE:
        text = text.replace(written, meant)
    return text


def unit_in(text: str) -> int | None:
    """How many yuan a number counts, where a heading or a title says so."""
    match = _UNIT_SAID.search(text.translate(NARROW).strip())
    return UNITS[next(filter(None, match.groups()))] if match else None


class Names:
    """The names by which the columns of a sheet go: those that are known, and those that a unit has taught."""

    def __init__(self, kind: Kind, when: When, learned: Mapping[str, str]) -> None:
        self.kind, self.when = kind, when
        codes = {column.code for column in columns_of(kind)}
        self.taught = {key: code for key, code in learned.items() if code in codes}
        self.taught |= {_placeless(key, kind, When()): code for key, code in self.taught.items()}

    def named(self, parts: Sequence[str]) -> Named | None:
        """The column that the rows of a heading mean together, None when nobody knows."""
        if sum(map(len, parts)) > LONGEST * 2:
            return None
        spellings = [
            spelling
            for text in dict.fromkeys(_spellings(parts))
            for spelling in (text, _placeless(text, self.kind, self.when))
        ]
        for text in spellings:
            if text in self.taught:
                return Named(column(self.kind, self.taught[text]), is_learned=True)
        known = _known(self.kind)
        for text in spellings:
            if text in known:
                return Named(column(self.kind, known[text]))
        guessed = _guess(spellings[1], self.kind)
        return None if guessed is None else Named(column(self.kind, guessed), is_guess=True)


def _spellings(parts: Sequence[str]) -> Iterator[str]:
    """The ways to read a heading of one or more rows, the fullest first."""
    plain = [normalised(part) for part in parts]
    bare = [normalised(_BRACKETED.sub("", part.translate(NARROW))) for part in parts]
    for words in (plain, bare):
        yield "".join(words)
        yield "".join(reversed(words))
        if words[-1] not in _GENERIC:
            yield words[-1]
    if len(plain) > 1 and (not plain[-1] or plain[-1] in _GENERIC):
        yield plain[-2]


def _placeless(text: str, kind: Kind, when: When) -> str:
    """The heading with its year and month as {Y} and {M}; as it is when they are not those of the sheet."""
    years, months = _YEAR_SAID.findall(text), []
    if kind is not Kind.PLANS:
        months = _TO_MONTH.findall(text) or _MONTH_SAID.findall(text)
    if (when.year and any(int(year) != when.year for year in years)) or (
        when.month and any(int(month) != when.month for month in months)
    ):
        return text
    text = _YEAR_SAID.sub("{y}", text)
    if kind is Kind.PLANS:
        return text
    return _MONTH_SAID.sub("{m}", _TO_MONTH.sub("1-{m}", text))


@cache
def _known(kind: Kind) -> dict[str, str]:
    """The codes of a sheet by the names of its columns, brought to one form."""
    return {normalised(name): column.code for column in columns_of(kind) for name in (column.heading, *column.synonyms)}


def _guess(text: str, kind: Kind) -> str | None:
    """The code of the longest known name with which a heading begins or ends, if only one column has such a name."""
    if _OTHERWISE.search(text) or re.search(r"\d[年月]", text):  # of another year or month than the sheet
        return None
    alike = [
        (len(name), code)
        for name, code in _known(kind).items()
        if len(name) >= _SHORTEST_GUESS
        and len(text) <= len(name) + _LONGEST_REST
        and (text.startswith(name) or text.endswith(name))
    ]
    longest = max(alike, default=(0, ""))[0]
    codes = {code for length, code in alike if length == longest}
    return codes.pop() if len(codes) == 1 else None
