"""The lists as files: what is shown, in its order, all pages of it."""

import datetime
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from projects.bulletins.models import Line
from projects.bulletins.queries import reason_text
from projects.core import display
from projects.core.sheets import Cell
from projects.core.yuan import WAN
from projects.portfolio.queries import Order, slice_ids
from projects.portfolio.wording import ColourName, colour_code
from projects.rating.palettes import Palette
from projects.register.models import Problem
from projects.register.wording import CLASS_NAMES, HALT_NAMES, stage_name

BATCH = 2000
PROBLEM_WIDTHS = (34, 14, 12, 50, 40, 18, 12, 12, 10, 12)
WIDTHS = (8, 34, 12, 14, 14, 30, 12, 12, 12, 10, 10, 10, 10, 60, 12)


def heading() -> list[str]:
    return [
        _("Colour"), _("Project"), _("Code"), _("Unit"), _("Leader"), _("Phases and stages"), _("Class"),
        _("Total investment (10,000 yuan)"), _("Year plan (10,000 yuan)"), _("Invested to date (10,000 yuan)"),
        _("Rate (%)"), _("Schedule (%)"), _("Ahead or behind (points)"), _("Reason"), _("Last update"),
    ]  # fmt: skip


class _Line(NamedTuple):
    """What a row of the file takes from a line: many of these are less work than as many records."""

    level: int | None
    standing: str
    hits: list[Any]
    checks: list[Any]
    exempt_reason: str
    halted: str
    name: str
    code: str
    unit_name: str
    leader_name: str
    phases: list[Any]
    project_class: str
    total_investment: int | None
    year_plan: int | None
    invested_to_date: int | None
    completion_tenths: int | None
    schedule_tenths: int | None
    lead_tenths: int | None
    changed_at: datetime.datetime


def rows(
    lines: QuerySet[Line],
    order: Order,
    *,
    descending: bool,
    count: int,
    palette: Palette,
    names: dict[str, ColourName],
) -> Iterator[list[Cell]]:
    """All `count` lines in order, read in batches."""
    stage_words = lru_cache(maxsize=None)(stage_name)  # the same few for thousands of lines, in one language
    classes = {code: str(name) for code, name in CLASS_NAMES.items()}
    for start in range(0, count, BATCH):
        ids = slice_ids(lines, order, descending=descending, start=start, stop=start + BATCH, count=count)
        found = {
            row[0]: _Line(*row[1:])
            for row in Line.objects.filter(pk__in=ids).order_by().values_list("id", *_Line._fields)
        }
        for line in (found[pk] for pk in ids if pk in found):
            phases = [
                f"{name} {stage_words(stage, step, partly=partly)}" for _n, name, stage, step, partly in line.phases
            ]
            yield _row(line, palette, names, phases, classes.get(line.project_class, ""))


def _row(
    line: _Line, palette: Palette, names: dict[str, ColourName], phases: list[str], project_class: str
) -> list[Cell]:
    halted = [str(HALT_NAMES[line.halted])] if line.halted else []
    return [
        names[colour_code(line.level, line.standing, palette)].word,
        line.name,
        line.code,
        line.unit_name,
        line.leader_name,
        " / ".join(halted + phases),
        project_class,
        _wan(line.total_investment),
        _wan(line.year_plan),
        _wan(line.invested_to_date),
        _tenths(line.completion_tenths),
        _tenths(line.schedule_tenths),
        _tenths(line.lead_tenths),
        reason_text(line, palette),
        display.day(line.changed_at),
    ]


def _wan(yuan: int | None) -> Cell:
    if yuan is None:
        return None
    return yuan // WAN if yuan % WAN == 0 else yuan / WAN


def _tenths(tenths: int | None) -> Cell:
    return None if tenths is None else tenths / 10


def problem_heading() -> list[str]:
    return [
        _("Project"), _("Unit"), _("Kind"), _("What the problem is"), _("What is asked"), _("Asked of"), _("Raised"),
        _("To be solved by"), _("State"), _("Solved on"),
    ]  # fmt: skip


def problem_cells(problems: QuerySet[Problem]) -> Iterator[list[Cell]]:
    """Every problem in order, for a file."""
    for problem in problems.select_related("project__unit", "asked_of").iterator(chunk_size=2000):
        yield [
            problem.project.name, problem.project.unit.short_name, str(problem.get_kind_display()),
            problem.description, problem.request, problem.asked, problem.raised_on.isoformat(),
            problem.due_on.isoformat(), str(problem.get_state_display()),
            problem.solved_on.isoformat() if problem.solved_on else None,
        ]  # fmt: skip
