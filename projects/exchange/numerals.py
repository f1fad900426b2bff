"""Numbers in Chinese numerals: 一千二百万, 二亿零三百万, 壹仟万; what can be read in two ways is not read."""

from fractions import Fraction

_DIGITS = "零一二三四五六七八九"
_PLACES = (("千", 1000), ("百", 100), ("十", 10), ("", 1))
_WAN, _YI = 10**4, 10**8
# As they are written on cheques, and other ways of writing the same sign.
_PLAIN = str.maketrans("〇○两兩贰壹叁肆伍陆柒捌玖拾佰仟萬億點", "零零二二二一三四五六七八九十百千万亿点")
SIGNS = "零一二三四五六七八九十百千万亿点〇○两兩贰壹叁肆伍陆柒捌玖拾佰仟萬億點"


def read_numeral(text: str) -> Fraction | None:
    """The number; None for what is none, or is not written out as it has to be.

    Whoever says 一亿五千 may mean 5000 万 or 5000, and 三四百 no number at all: so only what `written` would write is
    read. Of a number with a point the last sign counts what stands before it: 一点五亿.
    """
    plain = text.translate(_PLAIN)
    if "点" in plain:
        return _with_point(plain)
    number = _sum(plain)
    return Fraction(number) if number is not None and _alike(plain) == written(number) else None


def _with_point(plain: str) -> Fraction | None:
    unit = {"万": _WAN, "亿": _YI}.get(plain[-1:], 1)
    whole, _point, rest = (plain[:-1] if unit > 1 else plain).partition("点")
    number = _sum(whole)
    if number is None or number >= _WAN or _alike(whole) != written(number):
        return None
    if not rest or any(sign not in _DIGITS for sign in rest):
        return None
    digits = "".join(str(_DIGITS.index(sign)) for sign in rest)
    return (number + Fraction(int(digits), 10 ** len(digits))) * unit


def written(number: int) -> str:
    """A number from 0 up to 9999 亿 as it is written out, and each such number in one way."""
    if number == 0:
        return _DIGITS[0]
    text, gap = "", False
    for unit, sign in ((_YI, "亿"), (_WAN, "万"), (1, "")):
        section = number // unit % _WAN
        if section:
            needed = bool(text) and (gap or section < 1000)
            text += (_DIGITS[0] if needed else "") + _section(section) + sign
        gap = bool(text) and not section
    return text.removeprefix("一") if text.startswith("一十") else text


def _section(number: int) -> str:
    text, gap = "", False
    for sign, place in _PLACES:
        digit = number // place % 10
        if digit:
            text += (_DIGITS[0] if gap and text else "") + _DIGITS[digit] + sign
        gap = not digit
    return text


def _sum(plain: str) -> int | None:
    """What the signs add up to, whatever their order; None for a sign that is no numeral."""
    total = section = digit = 0
    places = {sign: value for sign, value in _PLACES if sign}
    for sign in plain:
        if sign in _DIGITS:
            digit = _DIGITS.index(sign)
        elif sign in places:
            section, digit = section + (digit or 1) * places[sign], 0
        elif sign in {"万", "亿"}:
            total, section, digit = total + (section + digit) * {"万": _WAN, "亿": _YI}[sign], 0, 0
        else:
            return None
    return total + section + digit if plain else None


def _alike(plain: str) -> str:
    """Ten as it is written out: 十五 at the beginning, 一十五 within, as 零十五 is said too."""
    text = plain.replace("零十", "零一十").replace("百十", "百一十")
    return text.removeprefix("一") if text.startswith("一十") else text
