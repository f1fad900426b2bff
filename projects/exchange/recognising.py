"""Finding the table on a sheet: its heading, what each column means, and in which unit its amounts count."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from projects.core.yuan import WAN
from projects.exchange.columns import Kind, column, columns_of
from projects.exchange.naming import LONGEST, Named, Names, When, unit_in
from projects.exchange.sheets import Book, Heading, Merged, Recognised, Sheet, letter_of
from projects.exchange.signs import NARROW

SEARCHED = 40  # rows from the top, in which a heading is looked for
TALLEST = 3  # rows of a heading
FEWEST = 3  # columns that are known; below, it is no table of ours
MONTHLY = frozenset(
    {"planned_this_month", "invested_to_date", "invested_statistics", "image", "next_month_plan", "completion_rate"}
)
_YEAR = re.compile(r"(20\d\d)\s*(?:年|[-.])")
_MONTH = re.compile(r"(?:(?:1|一)(?:月份?)?\s*[-—–~～至到]+\s*)?(?<!\d)(\d{1,2})\s*月")


@dataclass(frozen=True, slots=True)
class _Head:
    """A heading that may be one: its rows (from 0, both included) and what stands in each of its columns."""

    top: int
    bottom: int
    texts: Mapping[int, tuple[str, ...]]


def recognise(
    sheet: Sheet,
    *,
    learned: Mapping[str, str] | None = None,
    kind: Kind | None = None,
    heading_rows: tuple[int, int] | None = None,
    mapping: Mapping[int, str] | None = None,
    units: Mapping[str, int] | None = None,
) -> Recognised | None:
    """The table on a sheet, None when there is none.

    `learned` holds codes by normalised heading, as the unit once said. Whatever else is given is what somebody
    corrected: the kind; the rows of the heading (from 1); codes by column (from 0; "" for a column that is not
    read; it then is the whole mapping); yuan of a bare number by code.
    """
    lines = [*_lines(sheet, SEARCHED), sheet.name]
    kinds = {one: Names(one, _when(lines), learned or {}) for one in ([kind] if kind else Kind)}
    if heading_rows is not None:
        head: _Head | None = _head(sheet, heading_rows[0] - 1, heading_rows[1] - 1)
    else:
        head = _best_head(sheet, list(kinds.values()))
    if head is None:
        return None
    above = list(_lines(sheet, head.top))
    when = _when([*above, sheet.name])
    kind = kind or _kind_of(head, kinds)
    names = Names(kind, when, learned or {})
    taken = _taken(head, kind, mapping) if mapping is not None else _named(head, names)
    single, doubled = _once(taken)
    headings = _with_units(single, next(filter(None, map(unit_in, above)), WAN), units or {})
    codes = {heading.column.code for heading in headings if heading.column}
    hidden = [
        i for i in sorted(sheet.hidden_columns) if any(_text(sheet, n, i, ()) for n in range(head.top, head.bottom + 1))
    ]
    return Recognised(
        sheet=sheet.name,
        kind=kind,
        heading_rows=(head.top + 1, head.bottom + 1),
        headings=headings,
        missing=_missing(kind, codes),
        hidden=tuple(map(letter_of, hidden)),
        doubled=doubled,
        title=above[0] if above else "",
        month=(when.year, when.month),
    )


def recognise_book(
    book: Book, *, learned: Mapping[str, str] | None = None, kind: Kind | None = None
) -> list[Recognised]:
    """The tables of a book, at most one on each sheet."""
    found = (recognise(sheet, learned=learned, kind=kind) for sheet in book.sheets)
    return [table for table in found if table is not None]


def _best_head(sheet: Sheet, kinds: Sequence[Names]) -> _Head | None:
    """Of the rows near the top, alone or with the next ones, those whose texts name most columns."""
    best, most = None, FEWEST - 1
    for top in range(min(SEARCHED, len(sheet.rows))):
        if best is not None and top > best.top + TALLEST:
            break  # what stands further down is another table, or its rows
        for height in range(1, min(TALLEST, len(sheet.rows) - top) + 1):
            if _cuts(sheet, top, top + height - 1):
                continue
            head = _head(sheet, top, top + height - 1)
            known = max(len(_codes(head, names)) for names in kinds)
            if known > most or (best is not None and known == most and height <= best.bottom - best.top):
                best, most = head, known
    return best


def _cuts(sheet: Sheet, top: int, bottom: int) -> bool:
    """Whether a merged cell reaches over the upper or the lower end of some rows, so that they are no heading."""
    return any(area.top < top <= area.bottom or area.top <= bottom < area.bottom for area in sheet.merged)


def _head(sheet: Sheet, top: int, bottom: int) -> _Head:
    """The texts of some rows in each visible column; a merged cell counts for each column that it covers."""
    merged = [area for area in sheet.merged if area.top <= bottom and area.bottom >= top]
    width = max((len(row) for row in sheet.rows[top : bottom + 1]), default=0)
    texts: dict[int, tuple[str, ...]] = {}
    for index in range(width):
        if index in sheet.hidden_columns:
            continue
        parts: list[str] = []
        for number in range(top, bottom + 1):
            text = _text(sheet, number, index, merged)
            if text and (not parts or parts[-1] != text):
                parts.append(text)
        if parts:
            texts[index] = tuple(parts)
    return _Head(top, bottom, texts)


def _text(sheet: Sheet, number: int, index: int, merged: Sequence[Merged]) -> str:
    for area in merged:
        if area.top <= number <= area.bottom and area.left <= index <= area.right:
            number, index = area.top, area.left
            break
    row = sheet.rows[number] if number < len(sheet.rows) else []
    raw = row[index] if index < len(row) else ""
    return raw.strip() if isinstance(raw, str) and len(raw) <= LONGEST * 2 else ""


def _codes(head: _Head, names: Names) -> set[str]:
    """The columns that a heading names, guesses left aside."""
    found = (names.named(parts) for parts in head.texts.values())
    return {known.column.code for known in found if known is not None and not known.is_guess}


def _kind_of(head: _Head, kinds: Mapping[Kind, Names]) -> Kind:
    """What a sheet holds, by the columns that only it has."""
    codes = {kind: _codes(head, names) for kind, names in kinds.items()}
    if "milestone" in codes[Kind.MILESTONES]:
        return Kind.MILESTONES
    if "invested_this_month" in codes[Kind.MONTH]:
        return Kind.MONTH
    if codes[Kind.PHASES] & {"phase_number", "phase_name"} and len(codes[Kind.PHASES]) >= len(codes[Kind.REGISTER]):
        return Kind.PHASES
    if sum(code.startswith("month_") for code in codes[Kind.PLANS]) >= 6:
        return Kind.PLANS
    if len(codes[Kind.MONTH] & MONTHLY) >= 2:
        return Kind.MONTH
    if "year_plan" in codes[Kind.PLANS] and len(codes[Kind.PLANS]) >= len(codes[Kind.REGISTER]):
        return Kind.PLANS
    return Kind.REGISTER


def _named(head: _Head, names: Names) -> list[Heading]:
    return [_heading(index, parts, names.named(parts)) for index, parts in head.texts.items()]


def _heading(index: int, parts: tuple[str, ...], known: Named | None) -> Heading:
    text = "/".join(re.sub(r"\s+", "", part) for part in parts)
    if known is None:
        return Heading(index, text)
    return Heading(index, text, known.column, is_learned=known.is_learned, is_guess=known.is_guess)


def _taken(head: _Head, kind: Kind, mapping: Mapping[int, str]) -> list[Heading]:
    """The headings as somebody said what they mean."""
    found = []
    for index in sorted({*head.texts, *(index for index, code in mapping.items() if code)}):
        heading = _heading(index, head.texts.get(index, ()), None)
        code = mapping.get(index, "")
        found.append(replace(heading, column=column(kind, code)) if code else heading)
    return found


def _once(headings: Sequence[Heading]) -> tuple[tuple[Heading, ...], tuple[Heading, ...]]:
    """One heading for each column, the surest and then the first; what else has its name stays unknown."""
    surest: dict[str, Heading] = {}
    for heading in headings:
        if heading.column is not None:
            held = surest.get(heading.column.code)
            if held is None or (held.is_guess and not heading.is_guess):
                surest[heading.column.code] = heading
    kept = {heading.index for heading in surest.values()}
    doubled = tuple(heading for heading in headings if heading.column is not None and heading.index not in kept)
    return tuple(h if h.index in kept else replace(h, column=None, is_guess=False) for h in headings), doubled


def _with_units(headings: Sequence[Heading], usual: int, units: Mapping[str, int]) -> tuple[Heading, ...]:
    def unit(heading: Heading) -> int | None:
        if heading.column is None or not heading.column.is_money:
            return None
        parts = heading.text.split("/")
        said = next(filter(None, (unit_in(part) for part in reversed(parts))), None)
        return units.get(heading.column.code) or said or usual

    return tuple(replace(heading, unit=unit(heading)) for heading in headings)


def _missing(kind: Kind, codes: set[str]) -> tuple[str, ...]:
    """Columns without which a sheet cannot be taken in; where the code of the project stands its name may miss."""
    asked = (known.code for known in columns_of(kind) if known.required)
    return tuple(code for code in asked if code not in codes and not (code == "name" and "code" in codes))


def _lines(sheet: Sheet, bottom: int) -> Iterator[str]:
    """The texts above a heading."""
    for row in sheet.rows[:bottom]:
        yield from (raw.strip() for raw in row if isinstance(raw, str) and raw.strip())


def _when(lines: Sequence[str]) -> When:
    """The year and month that the title names, or else the name of the sheet."""
    plain = [line.translate(NARROW) for line in lines]
    years = [int(match[1]) for line in plain if (match := _YEAR.search(line))]
    months = [int(match[1]) for line in plain if (match := _MONTH.search(line)) and 1 <= int(match[1]) <= 12]
    return When(years[0] if years else None, months[0] if months else None)
