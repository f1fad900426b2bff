"""The annexes that name projects one by one: by colour, what is being prepared, and problems."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from projects.bulletins.content import Content, LineCopy
from projects.bulletins.documents.paper import Cell, Column, Kind, Mark, Table
from projects.bulletins.documents.wording import coloured
from projects.rating.palettes import Palette
from projects.rating.wording import shade_word

PREPARATION = "preparation"


def line_mark(line: LineCopy) -> Mark:
    return Mark(line.colour_word, line.colour_hue, line.colour_shape, line.is_overridden)


def joined(texts: Iterable[str]) -> str:
    return pgettext("between two parts", "; ").join(text for text in texts if text)


def override_notes(lines: Iterable[LineCopy], palette: Palette) -> tuple[str, ...]:
    """What the star of each line means: the colour by rule, the one decided, and why."""
    told = _("* %(project)s: %(computed)s by the rules, decided as %(final)s. Reason: %(reason)s")
    return tuple(
        told
        % {
            "project": line.short_name,
            "computed": shade_word(palette.shade(line.computed_level)) if line.computed_level is not None else "",
            "final": line.colour_word,
            "reason": line.override_reason,
        }
        for line in lines
        if line.is_overridden
    )


def exempt_note(lines: Iterable[LineCopy]) -> tuple[str, ...]:
    """Who is not rated for a recorded reason, with it."""
    names = [f"{line.short_name}（{line.exempt_reason}）" for line in lines if line.standing == "exempt"]
    if not names:
        return ()
    return (_("Exempt: %(projects)s") % {"projects": pgettext("between two names", ", ").join(names)},)


def colour_table(number: int, levels: Sequence[int], content: Content, palette: Palette) -> Table:
    """The projects at some levels, the worst first, each with the rules that it was found by."""
    lines = [line for level in levels for line in content.at_level(level)]
    colours = [coloured(palette.shades[level]) for level in levels] or [_("middle level")]
    columns = (
        Column(_("No."), Kind.PLACE), Column(_("Colour"), Kind.COLOUR), Column(_("Project"), width=28),
        Column(_("Unit"), width=12), Column(_("Leader"), width=8), Column(_("Category"), width=8),
        Column(_("Total investment"), Kind.MONEY), Column(_("Year plan"), Kind.MONEY),
        Column(_("Invested to date"), Kind.MONEY), Column(_("Rate (%)"), Kind.PERCENT),
        Column(_("Schedule (%)"), Kind.PERCENT), Column(_("Ahead or behind (points)"), Kind.POINTS),
        Column(_("Last month"), width=6), Column(_("Periods in a row"), Kind.COUNT), Column(_("Stage"), width=8),
        Column(_("Why"), width=44),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            place, line_mark(line), line.name, line.unit_name, line.leader_name, line.category_name,
            line.total_investment, line.year_plan, line.invested_to_date, line.completion_tenths,
            line.schedule_tenths, line.lead_tenths, line.previous_word or _new_word(line), line.streak or None,
            line.stage_name, joined(line.reasons),
        )
        for place, line in enumerate(lines, 1)
    ]  # fmt: skip
    notes = override_notes(lines, palette)
    if not levels:
        notes = (_("The colours in force have no level between the best and the worst."),)
    return Table(
        number=number, title=_("Projects: %(colour)s") % {"colour": pgettext("between two names", ", ").join(colours)},
        unit=_("Amounts in 10,000 yuan"), columns=columns, rows=tuple(rows), notes=notes,
    )  # fmt: skip


def _new_word(line: LineCopy) -> str:
    return _("new here") if line.is_new else ""


def preparation_table(number: int, content: Content, palette: Palette) -> Table:
    """Every project of the preparation class with its stage, its approvals and what comes next."""
    lines = [line for line in content.lines if line.project_class == PREPARATION]
    columns = (
        Column(_("No."), Kind.PLACE), Column(_("Colour"), Kind.COLOUR), Column(_("Project"), width=28),
        Column(_("Unit"), width=12), Column(_("Leader"), width=8), Column(_("Category"), width=8),
        Column(_("Total investment"), Kind.MONEY), Column(_("Planned start"), Kind.DAY),
        Column(_("Stage"), width=8), Column(pgettext("month sheet", "Approvals"), width=36),
        Column(_("Plan for next month"), width=24), Column(pgettext("month sheet", "Problems"), width=24),
        Column(_("Why"), width=30), Column(_("Remarks"), width=10),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            place, line_mark(line), line.name, line.unit_name, line.leader_name, line.category_name,
            line.total_investment, line.planned_start, line.stage_name, line.approvals, line.next_steps,
            joined(problem.description for problem in line.problems), joined(line.reasons), line.exempt_reason,
        )
        for place, line in enumerate(lines, 1)
    ]  # fmt: skip
    return Table(
        number=number, title=_("Progress of the preparation class"), unit=_("Amounts in 10,000 yuan"), columns=columns,
        rows=tuple(rows), notes=override_notes(lines, palette),
    )  # fmt: skip


def problem_table(number: int, content: Content) -> Table:
    """Every open problem of every project."""
    columns = (
        Column(_("No."), Kind.PLACE), Column(_("Colour"), Kind.COLOUR), Column(_("Project"), width=24),
        Column(_("Unit"), width=12), Column(_("Leader"), width=8), Column(_("Kind"), width=10),
        Column(_("What the problem is"), width=44), Column(_("What is asked"), width=34),
        Column(_("Asked of"), width=14), Column(_("To be solved by"), Kind.DAY),
    )  # fmt: skip
    found = [(line, problem) for line in content.lines for problem in line.problems]
    rows: list[tuple[Cell, ...]] = [
        (
            place, line_mark(line), line.name, line.unit_name, line.leader_name, problem.kind, problem.description,
            problem.request, problem.asked, problem.due_on,
        )
        for place, (line, problem) in enumerate(found, 1)
    ]  # fmt: skip
    projects = len({line.project for line, _problem in found})
    note = ngettext("%(count)s project has open problems.", "%(count)s projects have open problems.", projects)
    return Table(
        number=number, title=_("List of problems"), columns=columns, rows=tuple(rows),
        notes=(note % {"count": projects},) if found else (),
    )  # fmt: skip
