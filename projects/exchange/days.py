"""Days, months and spans as officials write them: 2023年12月, 2023.12, 12月底, 年底, 2022—2024."""

import calendar
import datetime
import re

from projects.core.month import FIRST_YEAR, LAST_YEAR
from projects.exchange.sheets import Raw
from projects.exchange.signs import narrow, says_nothing
from projects.exchange.unreadable import Unreadable, Why

Reach = tuple[datetime.date, datetime.date]  # the first and the last day that are meant

_UNDECIDED = frozenset(
    {
        "待定",
        "未定",
        "不详",
        "未开工",
        "尚未开工",
        "未动工",
        "未竣工",
        "未完工",
        "未完成",
        "未办理",
        "未开始",
        "未取得",
        "未知",
    }
)
_AROUND = re.compile(
    r"^(?:预计|计划|拟定?|已于|将于|于|约|力争|确保|在)*"
    r"(.+?)"
    r"(?:之前|以前|前|左右|以内|(?<!年)内|起)?(?:已?(?:开工|动工|竣工|完工|完成|建成|投产|投用|纳统|入库|入统|办结|取得)(?:建设|投产|投用|验收)?)?$"
)
_YEAR = r"(?:(?P<year>\d{4})年?|(?P<short>\d{2})年)"
_CLOCK = r"(?: ?\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)?"
_DAY = re.compile(rf"{_YEAR}?(?P<sign>[./-])?(?P<month>\d{{1,2}})(?:月|(?P=sign))(?P<day>\d{{1,2}})[日号]?{_CLOCK}")
_MONTH = re.compile(rf"(?:{_YEAR}[./-]?)?(?P<month>\d{{1,2}})(?P<sign>月份?)?(?P<part>上旬|中旬|下旬|初|中|底|末)?")
_PACKED = re.compile(r"(?P<year>20\d{2}|2100)(?P<month>0[1-9]|1[0-2])(?P<day>\d{2})?")
_PART_OF_YEAR = re.compile(
    rf"{_YEAR}?(?:年)?(?P<part>年?初|年?中|年?底|年?末|内|年内|上半年|下半年|第?[1-4一二三四]季度|[Qq][1-4])?"
)
_MONTHS_OF = {
    "初": (1, 1),
    "中": (6, 6),
    "底": (12, 12),
    "末": (12, 12),
    "内": (1, 12),
    "上半年": (1, 6),
    "下半年": (7, 12),
}
_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "一": 1, "二": 2, "三": 3, "四": 4}
_FIRST_SERIAL, _LAST_SERIAL = 36526, 73415  # 2000-01-01 and 2100-12-31 as Excel counts days
_EPOCH = datetime.date(1899, 12, 30)
_TO = re.compile(r"至|到|~|—+|―+")
_DURATION = re.compile(
    r"约?(?:\d{1,2}(?:\.\d)?|[一二两三四五六七八九十]+)年半?|约?(?:\d{1,4}|[一二两三四五六七八九十]+)(?:个半?月|天)|半年"
)
_THIS_YEAR = re.compile(r"^(?:今年|本年度?|当年)")
_LONGEST = 60  # signs; beyond, not a day


def reach_of(raw: Raw, year: int) -> Reach | None:
    """The first and the last day that a cell may mean; None for a blank. Without a year it lies in `year`."""
    if isinstance(raw, datetime.datetime):
        return _only(raw.date())
    if isinstance(raw, datetime.date):
        return _only(raw)
    if isinstance(raw, bool | datetime.time | datetime.timedelta):
        raise Unreadable(Why.NOT_A_DAY)
    if isinstance(raw, int | float):
        return _of_number(raw)
    text = narrow(raw)
    if says_nothing(text) or text in _UNDECIDED:
        return None
    return _of_text(text, year)


def span_of(raw: Raw, year: int) -> tuple[datetime.date, datetime.date | None] | None:
    """From when to when; None for a blank, and for a mere duration (24个月), which does not say when."""
    if not isinstance(raw, str):
        return _alone(reach_of(raw, year))
    text = re.sub(r"\s", "", narrow(raw))
    if says_nothing(text) or text in _UNDECIDED or _DURATION.fullmatch(text):
        return None
    if len(text) > _LONGEST:
        raise Unreadable(Why.NOT_A_SPAN)
    if _DAY.fullmatch(text):  # 2023-03-12 is a day and not March to December
        return _alone(_of_text(text, year))
    places = [(match.start(), match.end()) for match in _TO.finditer(text)]
    places = places or [(place, place + 1) for place, sign in enumerate(text) if sign == "-"]
    found = {span for start, end in places if (span := _between(text[:start], text[end:], year)) is not None}
    if len(found) == 1:
        return found.pop()
    try:
        return _alone(_of_text(text, year))
    except Unreadable as error:
        raise Unreadable(Why.NOT_A_SPAN) from error


def _alone(reach: Reach | None) -> tuple[datetime.date, datetime.date | None] | None:
    """A year alone is a span; a month or a day says when it begins, and leaves the end open."""
    if reach is None:
        return None
    first, last = reach
    return (first, last if last.month - first.month == 11 else None)


def _between(left: str, right: str, year: int) -> tuple[datetime.date, datetime.date | None] | None:
    try:
        begins = _of_text(left, year)
        if right in {"", "今", "至今"}:
            return begins[0], None
        if right.isdecimal() and len(right) <= 2 and begins[0].month == begins[1].month:
            right += "月"
        ends = _of_text(right, begins[0].year)
    except Unreadable:
        return None
    if ends[1] < begins[0]:
        raise Unreadable(Why.ENDS_BEFORE_IT_BEGINS)
    return begins[0], ends[1]


def _of_number(number: int | float) -> Reach:
    """A day as Excel counts them, 20231205, 202312, 2023, or 2023.12 that Excel took for a number."""
    if number != number or abs(number) > 1e9:
        raise Unreadable(Why.NOT_A_DAY)
    if _FIRST_SERIAL <= number < _LAST_SERIAL + 1:
        return _only(_EPOCH + datetime.timedelta(days=int(number)))
    text = f"{number:.10g}"
    if number == int(number):
        if FIRST_YEAR <= number <= LAST_YEAR or _PACKED.fullmatch(text):
            return _of_text(text, FIRST_YEAR)
    elif FIRST_YEAR <= number < LAST_YEAR + 1:
        year, _dot, part = text.partition(".")
        if part == "1":  # what was typed as 2023.10 is kept as 2023.1
            raise Unreadable(Why.JANUARY_OR_OCTOBER, year=int(year))
        if len(part) <= 2 and 1 <= int(part) <= 12:
            return _month(int(year), int(part))
    raise Unreadable(Why.NOT_A_DAY)


def _of_text(text: str, year: int) -> Reach:
    text = _THIS_YEAR.sub(f"{year}年", re.sub(r"\s+(?!\d{1,2}:)", "", text)).replace("T", " ")
    if 0 < len(text) <= _LONGEST and (match := _AROUND.match(text)):
        text = match[1]
        for read in (_as_packed, _as_day, _as_month, _as_part_of_year):
            if (reach := read(text, year)) is not None:
                return reach
    raise Unreadable(Why.NOT_A_DAY)


def _as_packed(text: str, year: int) -> Reach | None:
    if (match := _PACKED.fullmatch(text)) is None:
        return None
    return _day(int(match["year"]), int(match["month"]), int(match["day"])) if match["day"] else _whole(match, year)


def _as_day(text: str, year: int) -> Reach | None:
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    if not (match["year"] or match["short"]) and "月" not in text:  # 12/5 and 5.12 may be either
        return None
    return _day(_year(match, year), int(match["month"]), int(match["day"]))


def _as_month(text: str, year: int) -> Reach | None:
    match = _MONTH.fullmatch(text)
    if match is None:
        return None
    has_year = bool(match["year"] or match["short"])
    if not (match["sign"] or (has_year and re.match(r"\d+[年./-]", text))):
        return None
    return _whole(match, year, match["part"] or "")


def _as_part_of_year(text: str, year: int) -> Reach | None:
    match = _PART_OF_YEAR.fullmatch(text)
    part = (match["part"] or "") if match else ""
    if match is None or not (part or match["year"] or match["short"]):
        return None
    if "季" in part or part[:1] in {"Q", "q"}:
        quarter = _QUARTERS[part.strip("第季度Qq")]
        months = (quarter * 3 - 2, quarter * 3)
    else:
        months = _MONTHS_OF[part if part.endswith("半年") else part[-1:] or "内"]
    said = _year(match, year)
    first, last = _month(said, months[0])[0], _month(said, months[1])[1]
    return (last, last) if part.endswith(("底", "末")) else (first, last)


def _whole(match: re.Match[str], year: int, part: str = "") -> Reach:
    first, last = _month(_year(match, year), int(match["month"]))
    if part in {"底", "末"}:
        return last, last
    if part in {"初", "上旬"}:
        return first, first.replace(day=10)
    if part in {"中", "中旬"}:
        return first.replace(day=11), first.replace(day=20)
    return (first.replace(day=21), last) if part == "下旬" else (first, last)


def _year(match: re.Match[str], year: int) -> int:
    said = match.groupdict()
    if said.get("year"):
        return int(said["year"])
    return 2000 + int(said["short"]) if said.get("short") else year


def _month(year: int, month: int) -> Reach:
    if not 1 <= month <= 12:
        raise Unreadable(Why.NOT_A_DAY)
    first = _day(year, month, 1)[0]
    return first, first.replace(day=calendar.monthrange(year, month)[1])


def _day(year: int, month: int, day: int) -> Reach:
    try:
        return _only(datetime.date(year, month, day))
    except ValueError as error:
        raise Unreadable(Why.NOT_A_DAY) from error


def _only(day: datetime.date) -> Reach:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Unreadable(Why.DAY_OUT_OF_RANGE)
    return day, day
