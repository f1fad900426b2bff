"""Money: whole yuan in an integer inside; 万元 and 亿元 only where people read or type."""

import re
from decimal import Decimal
from fractions import Fraction

from projects.core.rounding import half_up

WAN = 10_000
YI = 100_000_000
LARGEST = 100_000 * YI  # beyond any one project; 900,000 such amounts added up stay inside 64 bits

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－＋", "0123456789.,-+")  # as typed in Chinese input
# A comma or blank has to separate thousands: taken for a decimal point, it would change the amount tenfold.
_NUMBER = re.compile(r"[+-]?(?=\.?\d)(\d{1,3}([, ]\d{3})+|\d*)(\.\d*)?", re.ASCII)
_LONGEST = 40  # signs; beyond, not worth computing with
_UNITS = (("万元", WAN), ("亿元", YI), ("万", WAN), ("亿", YI), ("元", 1))


def parse_amount(text: str, *, unit: int = WAN) -> int:
    """Read what an official types as whole yuan; a bare number counts in `unit` (万元 by default).

    Accepts full-width digits, thousands separators and a unit behind the number ("1.2亿",
    "12,000万元"). `ValueError` when it is not a number, has a fraction of a yuan, or lies beyond
    ±100,000 亿元.
    """
    plain = text.strip().translate(_FULL_WIDTH)
    for suffix, size in _UNITS:
        if plain.endswith(suffix):
            plain, unit = plain[: -len(suffix)].rstrip(), size
            break
    if len(plain) > _LONGEST or _NUMBER.fullmatch(plain) is None:
        raise ValueError("not a number")
    yuan = Fraction(Decimal(plain.replace(",", "").replace(" ", ""))) * unit
    if yuan.denominator != 1:
        raise ValueError("a fraction of a yuan")
    if abs(yuan) > LARGEST:
        raise ValueError("too large")
    return int(yuan)


def in_unit(yuan: int, unit: int, places: int) -> Decimal:
    """`yuan` counted in `unit` (WAN or YI), rounded half up to `places` decimals."""
    return half_up(Fraction(yuan, unit), places)


def exactly(yuan: int, unit: int = WAN) -> str:
    """`yuan` in `unit` with no more decimals than it needs and none lost: what an input box shows."""
    text = format(Decimal(yuan) / unit, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
