"""The annex that is the month sheet (月调度表): every project due to be built this year, in 33 columns."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.bulletins.content import Content, LineCopy
from projects.bulletins.documents.lists import joined, line_mark, override_notes
from projects.bulletins.documents.paper import Cell, Column, Kind, Table
from projects.bulletins.documents.texts import mark_text
from projects.core.month import Month
from projects.rating.palettes import Palette


def month_sheet_columns(month: Month) -> tuple[Column, ...]:
    """The 33 columns of the month sheet as it circulates."""
    return (
        Column(pgettext("month sheet", "No."), Kind.PLACE),
        Column(pgettext("month sheet", "Project code"), width=16),
        Column(pgettext("month sheet", "Project name"), width=24),
        Column(pgettext("month sheet", "Owner"), width=16),
        Column(pgettext("month sheet", "Location"), width=12),
        Column(pgettext("month sheet", "Level"), width=8),
        Column(pgettext("month sheet", "Category"), width=8),
        Column(pgettext("month sheet", "Nature"), width=6),
        Column(pgettext("month sheet", "Scale and content"), width=36),
        Column(pgettext("month sheet", "Years of construction"), width=10),
        Column(pgettext("month sheet", "Total investment"), Kind.MONEY),
        Column(pgettext("month sheet", "Invested since the start"), Kind.MONEY),
        Column(pgettext("month sheet", "Year plan"), Kind.MONEY),
        Column(pgettext("month sheet", "Goal of the year"), width=24),
        Column(pgettext("month sheet", "Planned this month"), Kind.MONEY),
        Column(pgettext("month sheet", "Invested this month"), Kind.MONEY),
        Column(pgettext("month sheet", "Invested January to %(month)s") % {"month": month.number}, Kind.MONEY),
        Column(pgettext("month sheet", "Of the year plan (%)"), Kind.PERCENT),
        Column(pgettext("month sheet", "Statistics figure"), Kind.MONEY),
        Column(pgettext("month sheet", "Planned start"), Kind.DAY),
        Column(pgettext("month sheet", "Actual start"), Kind.DAY),
        Column(pgettext("month sheet", "In statistics, since"), width=10),
        Column(pgettext("month sheet", "Planned finish"), Kind.DAY),
        Column(pgettext("month sheet", "Progress of the works"), width=30),
        Column(pgettext("month sheet", "Approvals"), width=30),
        Column(pgettext("month sheet", "Plan for next month"), width=24),
        Column(pgettext("month sheet", "Problems"), width=24),
        Column(pgettext("month sheet", "To be coordinated"), width=20),
        Column(pgettext("month sheet", "Responsible unit"), width=10),
        Column(pgettext("month sheet", "Accountable leader"), width=8),
        Column(pgettext("month sheet", "Responsible person"), width=8),
        Column(pgettext("month sheet", "Contact and telephone"), width=14),
        Column(pgettext("month sheet", "Remarks"), width=20),
    )


BASICS, STANDING_NOW = (*range(19),), (0, 2, *range(19, 33))  # the two printed parts of the month sheet


def month_table(number: int, content: Content, palette: Palette) -> Table:
    """Every implementation-class project with all that the month sheet asks."""
    lines = [line for line in content.lines if line.is_implementation]
    return Table(
        number=number, title=_("Implementation-class projects"), unit=_("Amounts in 10,000 yuan"),
        columns=month_sheet_columns(content.month), rows=tuple(_month_row(*pair) for pair in enumerate(lines, 1)),
        parts=(BASICS, STANDING_NOW), notes=override_notes(lines, palette),
    )  # fmt: skip


def _month_row(place: int, line: LineCopy) -> tuple[Cell, ...]:
    return (
        place, line.code, line.name, line.owner, line.location, pgettext("between two names", ", ").join(line.labels),
        line.category_name, line.nature_name, line.content, _years(line), line.total_investment,
        line.invested_since_start, line.year_plan, line.goal, line.planned_this_month, line.invested_this_month,
        line.invested_to_date, line.completion_tenths, line.invested_statistics, line.planned_start,
        line.actual_start, _in_statistics(line), line.planned_finish, line.image, line.approvals, line.next_steps,
        joined(problem.description for problem in line.problems), joined(problem.request for problem in line.problems),
        line.unit_name, line.leader_name, line.responsible,
        f"{line.contact_name} {line.contact_phone}".strip(), _remarks(line),
    )  # fmt: skip


def _years(line: LineCopy) -> str:
    years = [(line.actual_start or line.planned_start)[:4], (line.actual_finish or line.planned_finish)[:4]]
    return "—".join(year for year in years if year)


def _in_statistics(line: LineCopy) -> str:
    if line.is_in_statistics:
        return line.entered_statistics_on
    return pgettext("in statistics", "no") if line.is_due_for_statistics else ""


def _remarks(line: LineCopy) -> str:
    """The colour, which the month sheet has no column for, and what is out of the ordinary."""
    return joined((mark_text(line_mark(line)), line.exempt_reason, *line.phases))
