"""Reading cells as officials fill them: each reader takes what stands in a cell and gives a value, or None for a blank.

A reader raises `Unreadable` for what it does not understand, and nothing else, whatever the cell holds.
"""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from projects.core.month import Month
from projects.core.yuan import WAN
from projects.exchange.columns import Column, Reads
from projects.exchange.days import reach_of, span_of
from projects.exchange.figures import FIGURE, read_decimal, read_integer, read_money, read_percent
from projects.exchange.sheets import Raw
from projects.exchange.signs import lines_of, narrow, one_line, says_nothing
from projects.exchange.unreadable import Unreadable, Why

__all__ = [
    "Contact", "Entered", "NextMonth", "Span", "is_blank", "read_choice", "read_contact", "read_day", "read_decimal",
    "read_entered", "read_integer", "read_lines", "read_money", "read_month", "read_next_month", "read_percent",
    "read_several", "read_span", "read_text", "read_yes_no", "reader_of", "write_contact", "write_entered",
    "write_next_month", "write_span",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when something is built; `last` may be open."""

    first: datetime.date
    last: datetime.date | None


@dataclass(frozen=True, slots=True)
class Entered:
    """Whether a project is in the statistics pool, and since when if that is said."""

    entered: bool
    on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class NextMonth:
    """What is meant to be done next month: an amount in whole yuan where the cell begins with one, and words."""

    amount: int | None = None
    steps: str = ""


_SHORT = 12  # signs; what is longer is no word for nothing and no failed formula
LONGEST_TEXT = 5000  # signs; forms ask for less, field by field

_PHONE = re.compile(r"[(+]?\d[\d+() -]{3,}\d(?!\d)")
_SEVERAL = re.compile(r"[、,;/\n；，]+")
_PLANNED = re.compile(
    rf"(?:下月)?(?:计划|拟|预计)?(?:完成)?投资(?:额)?:? ?(?P<amount>{FIGURE} ?(?:万元|亿元|万|亿|元))[;,。:\n]?",
    re.ASCII,
)
_PARTING = "；"

YES = frozenset(
    {
        "是",
        "√",
        "✓",
        "✔",
        "☑",
        "y",
        "yes",
        "true",
        "1",
        "对",
        "关键",
        "关键节点",
        "重点",
        "重点节点",
        "不涉及",
        "不适用",
    }
)
NO = frozenset(
    {"否", "×", "✗", "✘", "x", "n", "no", "false", "0", "非", "不是", "一般", "一般节点", "普通", "涉及", "适用"}
)
_ENTERED = re.compile(r"已?(?:纳统|入库|入统|纳入统计)(?:时间)?|^[是√✓]|^已|时间")
_NOT_ENTERED = re.compile(r"未|否|拟|计划|预计|正在|暂不|不需|无需|不纳|待|×")


def is_blank(raw: Raw | None) -> bool:
    """Whether a cell says nothing: empty, “—”, “/”, “无”, “N/A”."""
    return raw is None or (isinstance(raw, str) and len(raw) < 40 and says_nothing(" ".join(narrow(raw).split())))


def read_text(raw: Raw, *, longest: int = LONGEST_TEXT) -> str | None:
    """One line; where the cell breaks it, it is joined."""
    text = read_lines(raw, longest=longest)
    return None if text is None else one_line(text)


def read_lines(raw: Raw, *, longest: int = LONGEST_TEXT) -> str | None:
    """Several lines, parted by single line feeds; a word for nothing is a blank."""
    if (not isinstance(raw, str) or len(raw) <= _SHORT) and says_nothing(narrow(raw)):
        return None
    text = lines_of(raw)
    if len(text) > longest:
        raise Unreadable(Why.TEXT_TOO_LONG, limit=longest)
    return text or None


def read_day(raw: Raw, *, year: int, last: bool = False) -> datetime.date | None:
    """A day; of a month alone its first, or with `last` its last one; without a year in `year`."""
    reach = reach_of(raw, year)
    return None if reach is None else reach[last]


def read_month(raw: Raw, *, year: int) -> Month | None:
    """A month, also from a day in it; a bare number from 1 to 12 is a month of `year`."""
    if isinstance(raw, float | int | str) and (bare := re.fullmatch(r"(\d{1,2})(?:\.0)?", narrow(raw), re.ASCII)):
        if 1 <= int(bare[1]) <= 12:
            return Month(year, int(bare[1]))
        raise Unreadable(Why.NOT_A_MONTH)
    try:
        reach = reach_of(raw, year)
    except Unreadable as error:
        raise (error if error.why is not Why.NOT_A_DAY else Unreadable(Why.NOT_A_MONTH)) from error
    if reach is None:
        return None
    if Month.of(reach[0]) != Month.of(reach[1]):
        raise Unreadable(Why.NOT_A_MONTH)
    return Month.of(reach[0])


def read_span(raw: Raw, *, year: int) -> Span | None:
    """From when to when; a mere duration (24个月) is a blank, for it does not say when."""
    span = span_of(raw, year)
    return None if span is None else Span(*span)


def read_entered(raw: Raw, *, year: int) -> Entered | None:
    """Whether a project is in the statistics pool, and since when: 是, 未纳统, 2023.05已纳统, a date.

    What is only meant to be (计划12月纳统) has not happened.
    """
    if isinstance(raw, bool):
        return Entered(raw)
    if not isinstance(raw, str):
        day = read_day(raw, year=year)
        return None if day is None else Entered(entered=True, on=day)
    text = "".join(narrow(raw).split())
    if says_nothing(text):
        return None
    if text.lower() in NO or _NOT_ENTERED.search(text):
        return Entered(entered=False)
    rest = _ENTERED.sub("", text).strip("()[],;:、/。")
    if not rest or text.lower() in YES:
        return Entered(entered=True)
    try:
        return Entered(entered=True, on=read_day(rest, year=year))
    except Unreadable as error:
        raise (error if error.why is Why.DAY_OUT_OF_RANGE else Unreadable(Why.NOT_YES_OR_NO)) from error


def read_yes_no(raw: Raw) -> bool | None:
    if isinstance(raw, bool):
        return raw
    text = "".join(narrow(raw).split()).lower()
    if says_nothing(text):
        return None
    if text in YES or text in NO:
        return text in YES
    raise Unreadable(Why.NOT_YES_OR_NO)


def read_choice(raw: Raw, words: Mapping[str, tuple[str, ...]]) -> str | None:
    """The code whose words hold what is written, or the code itself."""
    text = "".join(narrow(raw).split())
    if says_nothing(text):
        return None
    for code, terms in words.items():
        if text.lower() == code or text in terms:
            return code
    raise Unreadable(Why.NOT_A_CHOICE, choices="、".join(terms[0] for terms in words.values()))


def read_several(raw: Raw) -> tuple[str, ...] | None:
    """Texts parted by 、or a comma, each once."""
    text = read_lines(raw)
    if text is None:
        return None
    parts = (part.strip() for part in _SEVERAL.split(text))
    return tuple(dict.fromkeys(part for part in parts if part)) or None


def read_contact(raw: Raw) -> Contact | None:
    """A name and a telephone; of several people the names and the numbers beside each other."""
    text = read_text(raw)
    if text is None:
        return None
    plain = narrow(text)
    phones = [_unwrapped(phone) for phone in _PHONE.findall(plain)]
    names = [part.strip(" ():;,、/\t") for part in re.split(r"[,;、/]+", _PHONE.sub("、", plain))]
    return Contact("、".join(name for name in names if name), " ".join(phones))


def read_next_month(raw: Raw, *, unit: int = WAN) -> NextMonth | None:
    """An amount, words, or “计划投资1,200万元；” and words behind it. A “；” in front says that there is no amount."""
    if not isinstance(raw, str):
        return NextMonth(read_money(raw, unit=unit))
    text = lines_of(raw)
    if text.startswith(_PARTING):
        return NextMonth(None, text[1:])
    if read_lines(raw) is None:
        return None
    try:
        return NextMonth(read_money(text, unit=unit))
    except Unreadable:
        pass
    match = _PLANNED.match(narrow(text))  # narrowing keeps the length, so that words are cut where they are
    if match is None:
        return NextMonth(None, text)
    return NextMonth(read_money(match["amount"]), text[match.end() :].strip())


def reader_of(column: Column, *, year: int, unit: int = WAN) -> Callable[[Raw], Any]:
    """What reads the cells of a column."""
    dated = {"year": year}
    readers: dict[Reads, Callable[[Raw], Any]] = {
        Reads.NOTHING: lambda raw: None,
        Reads.TEXT: read_text,
        Reads.LINES: read_lines,
        Reads.MONEY: partial(read_money, unit=unit),
        Reads.DAY: partial(read_day, **dated, last=column.last),
        Reads.MONTH: partial(read_month, **dated),
        Reads.SPAN: partial(read_span, **dated),
        Reads.PERCENT: read_percent,
        Reads.ENTERED: partial(read_entered, **dated),
        Reads.YES_NO: read_yes_no,
        Reads.CHOICE: partial(read_choice, words=column.words),
        Reads.SEVERAL: read_several,
        Reads.CONTACT: read_contact,
        Reads.INTEGER: read_integer,
        Reads.DECIMAL: read_decimal,
        Reads.NEXT_MONTH: partial(read_next_month, unit=unit),
    }
    return readers[column.reads]


def write_contact(contact: Contact) -> str:
    """The inverse of `read_contact`."""
    return f"{contact.name} {contact.phone}".strip()


def write_entered(entered: Entered) -> str:
    """The inverse of `read_entered`."""
    if entered.on is not None:
        return f"{entered.on:%Y-%m-%d}已纳统"
    return "是" if entered.entered else "否"


def write_span(span: Span) -> str:
    """The inverse of `read_span`, to the month."""
    return f"{span.first:%Y.%m}—{f'{span.last:%Y.%m}' if span.last else '至今'}"


def write_next_month(plan: NextMonth) -> str:
    """The inverse of `read_next_month`."""
    if plan.amount is not None:
        written = f"{Decimal(plan.amount) / WAN:,f}"
        written = written.rstrip("0").rstrip(".") if "." in written else written
        return f"计划投资{written}万元" + (f"{_PARTING}{plan.steps}" if plan.steps else "")
    try:
        alike = read_next_month(plan.steps) == plan
    except Unreadable:
        alike = False
    return plan.steps if alike or not plan.steps else _PARTING + plan.steps


def _unwrapped(phone: str) -> str:
    phone = phone.strip()
    if phone.startswith("(") and ")" not in phone:
        phone = phone[1:]
    return phone.strip()
