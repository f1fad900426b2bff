"""Figures as officials write them: amounts in 万元 or 亿元, percentages, whole numbers, coordinates."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from projects.core.rounding import half_up
from projects.core.yuan import LARGEST, WAN, YI
from projects.exchange.numerals import SIGNS, read_numeral
from projects.exchange.sheets import Raw
from projects.exchange.signs import narrow, says_nothing
from projects.exchange.unreadable import Unreadable, Why

UNITS = {
    "千万元": 1000 * WAN, "百万元": 100 * WAN, "千万": 1000 * WAN, "百万": 100 * WAN, "万元": WAN, "亿元": YI,
    "千元": 1000, "万": WAN, "亿": YI, "元": 1,
}  # fmt: skip

# A comma or blank has to separate thousands: taken for a decimal point, it would change the amount tenfold.
FIGURE = r"[+-]?(?=\.?\d)(?:\d{1,3}(?:[, ]\d{3})+|\d{0,20})(?:\.\d{0,30})?"
_AMOUNT = re.compile(rf"(?P<figure>{FIGURE}) ?(?P<unit>{'|'.join(UNITS)})?", re.ASCII)
_YI_AND_WAN = re.compile(r"(?P<yi>\d+) ?亿元?零? ?(?:(?P<wan>\d{1,4}) ?万元?|(?P<ten_million>\d) ?千万元?)", re.ASCII)
_IN_NUMERALS = re.compile(rf"(?P<figure>[{SIGNS}]+)(?P<yuan>元整?)?")
_BEFORE_AMOUNT = re.compile(r"^(?:约为?|人民币|[¥￥]|RMB)\s*")
_NUMBER = re.compile(FIGURE, re.ASCII)
_PERCENT = re.compile(rf"(?P<figure>{FIGURE}) ?(?P<sign>%)?", re.ASCII)
_NUMERALS = {sign: number for number, sign in enumerate("一二三四五六七八九十", start=1)}
_DEGREES = re.compile(
    r"[NESW东北]?[经纬]?(\d{1,3}(?:\.\d+)?)[°度]?((\d{1,2})[′'分]((\d{1,2}(?:\.\d+)?)[″\"秒]?)?)?[NESW]?"
)


def read_money(raw: Raw, *, unit: int = WAN) -> int | None:
    """An amount as whole yuan, rounded half up where a sheet computed more; a bare number counts in `unit`."""
    if type(raw) is float or type(raw) is int:
        return _yuan(_decimal(raw, Why.NOT_AN_AMOUNT), unit)
    if not isinstance(raw, str):
        raise Unreadable(Why.NOT_AN_AMOUNT)
    text = " ".join(narrow(raw).split())
    if says_nothing(text):
        return None
    text = _BEFORE_AMOUNT.sub("", text)
    if text.startswith("(") and text.endswith(")"):
        text = "-" + text[1:-1].strip()  # as accountants write what is below zero
    if match := _YI_AND_WAN.fullmatch(text):
        more = int(match["wan"] or int(match["ten_million"]) * 1000)
        return _yuan(Fraction(int(match["yi"]) * WAN + more), WAN)
    if match := _IN_NUMERALS.fullmatch(text):
        return _in_numerals(match["figure"], is_yuan=bool(match["yuan"]))
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise Unreadable(Why.NOT_AN_AMOUNT)
    return _yuan(_figure(match["figure"]), UNITS[match["unit"]] if match["unit"] else unit)


def _in_numerals(text: str, *, is_yuan: bool) -> int:
    """一千万 is an amount wherever it stands; of 五百 alone nobody knows whether yuan or 万元 are meant."""
    number = read_numeral(text)
    if number is None or not (is_yuan or text[-1] in "万亿萬億"):
        raise Unreadable(Why.NOT_AN_AMOUNT)
    return _yuan(number, 1)


def read_percent(raw: Raw) -> Decimal | None:
    """An exact share: 42 % is Decimal("0.42").

    A bare number up to 1.5 is taken for a share and a larger one for a percentage, so that 1 is the whole; what
    has its sign, or is shown with it by Excel, is a percentage whatever its size.
    """
    if type(raw) is float or type(raw) is int:
        number, sign = _decimal(raw, Why.NOT_A_PERCENTAGE), ""
    elif isinstance(raw, str):
        text = " ".join(narrow(raw).replace("﹪", "%").split())
        if says_nothing(text):
            return None
        if (match := _PERCENT.fullmatch(text)) is None:
            raise Unreadable(Why.NOT_A_PERCENTAGE)
        number, sign = Decimal(match["figure"].replace(",", "").replace(" ", "")), match["sign"]
    else:
        raise Unreadable(Why.NOT_A_PERCENTAGE)
    return number if not sign and abs(number) <= Decimal("1.5") else number.scaleb(-2)


def read_integer(raw: Raw) -> int | None:
    """A whole number; also 二期 or 第2期."""
    if isinstance(raw, str):
        text = "".join(narrow(raw).split()).removeprefix("第").rstrip("期年度批个")
        if says_nothing(text):
            return None
        if text in _NUMERALS:
            return _NUMERALS[text]
        if text.startswith("十") and text[1:] in _NUMERALS:
            return 10 + _NUMERALS[text[1:]]
        number = read_decimal(text)
    else:
        number = read_decimal(raw)
    if number is None or number != int(number):
        raise Unreadable(Why.NOT_WHOLE)
    return int(number)


def read_decimal(raw: Raw) -> Decimal | None:
    """A number, rounded to six decimals; a coordinate also as 117°33′12″."""
    if type(raw) is float or type(raw) is int:
        return half_up(_decimal(raw, Why.NOT_A_NUMBER), 6)
    if not isinstance(raw, str):
        raise Unreadable(Why.NOT_A_NUMBER)
    text = " ".join(narrow(raw).split())
    if says_nothing(text):
        return None
    if _NUMBER.fullmatch(text):
        return half_up(_figure(text), 6)
    if match := _DEGREES.fullmatch(text.replace(" ", "")):
        parts = (Fraction(Decimal(match[group] or 0)) for group in (1, 3, 5))
        return half_up(sum((part / 60**place for place, part in enumerate(parts)), Fraction()), 6)
    raise Unreadable(Why.NOT_A_NUMBER)


def _decimal(raw: float, why: Why) -> Decimal:
    """A number as its shortest decimal form says, without the noise of its binary one."""
    number = Decimal(str(raw))
    if not number.is_finite() or abs(number) > 10**20:
        raise Unreadable(why)
    return number


def _figure(text: str) -> Fraction:
    return Fraction(Decimal(text.replace(",", "").replace(" ", "")))


def _yuan(number: Fraction | Decimal, unit: int) -> int:
    if isinstance(number, Decimal):
        yuan = int((number * unit).to_integral_value(ROUND_HALF_UP))
    else:
        yuan = int(half_up(number * unit, 0))
    if abs(yuan) > LARGEST:
        raise Unreadable(Why.AMOUNT_TOO_LARGE)
    return yuan
