"""The nodes and approvals on the page of a project: a checklist that says what is due, and all of it on a timeline."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from projects.core import display
from projects.core.gantt import Bar, Lane
from projects.portfolio.rows import tone
from projects.register.approvals import order_of
from projects.register.due import Due, due_on
from projects.register.models import Milestone, Phase, Project, StageChange
from projects.register.spans import Noted, spans_of
from projects.register.stages import Position
from projects.register.wording import position_name

MOST_LANES = 30  # nodes and approvals on the timeline; the table below it holds all


@dataclass(frozen=True)
class Item:
    """A line of the checklist."""

    row: Milestone
    due: Due
    when: str
    url: str
    file_url: str

    @property
    def name(self) -> str:
        return f"{self.row.phase.name} {self.row.title}" if self.row.phase else self.row.title

    @property
    def hint(self) -> str:
        """On hovering: why it is of no concern, or the number of its document."""
        return self.row.not_applicable_reason or self.row.document_number

    @property
    def first_day(self) -> datetime.date | None:
        """By which it is sorted in time."""
        return self.row.planned_on or self.row.done_on or self.row.forecast_on


@dataclass(frozen=True)
class Group:
    """The approvals, or the nodes, and how many of those that concern the project are done."""

    title: str
    items: list[Item]
    done: int
    of: int


def checklist_of(project: Project, *, today: datetime.date, edits: bool, opens_files: bool) -> dict[str, Any]:
    """The panel of nodes and approvals: groups, what is overdue, and the lanes of the timeline; two queries.

    `edits` makes each line a link to where it is reported on; `opens_files` shows the documents.
    """
    rows = project.milestones.select_related("phase", "document").defer("document__preview")
    items = [_item(project, row, today, edits, opens_files) for row in rows]
    approvals = sorted((item for item in items if item.row.code), key=_order)
    nodes = [item for item in items if not item.row.code]
    overdue = sum(item.due is Due.OVERDUE for item in items)
    groups = [_group(pgettext("milestone", "Approvals"), approvals), _group(_("Nodes"), nodes)]
    said = ngettext("%(count)s overdue", "%(count)s overdue", overdue) % {"count": overdue}
    return {
        "checklist": [group for group in groups if group.items],
        "checklist_facts": said if overdue else "",
        "lanes": [*_phase_lanes(project), *_milestone_lanes([*approvals, *nodes])],
        "today": today,
    }


def _order(item: Item) -> tuple[int, int]:
    return order_of(item.row.code), item.row.phase.number if item.row.phase else 0


def _group(title: str, items: list[Item]) -> Group:
    concern = [item for item in items if item.due is not Due.NOT_APPLICABLE]
    return Group(title, items, sum(item.due is Due.DONE for item in concern), len(concern))


def _item(project: Project, row: Milestone, today: datetime.date, edits: bool, opens_files: bool) -> Item:
    due = due_on(today, planned=row.planned_on, done=row.done_on, not_applicable=row.not_applicable)
    opens = opens_files and row.document is not None and row.document.removed_at is None
    return Item(
        row=row,
        due=due,
        when=_when(row, due, today),
        url=reverse("edit_milestone", args=[project.code, row.pk]) if edits else "",
        file_url=reverse("file", args=[project.code, row.document_id]) if opens else "",
    )


def _when(row: Milestone, due: Due, today: datetime.date) -> str:
    """The one thing that one wants to know of the line now."""
    if due is Due.NOT_APPLICABLE:
        return _("not applicable")
    if due is Due.DONE:
        return display.day(row.done_on) if row.is_confirmed else _("about %(day)s") % {"day": display.day(row.done_on)}
    expected = _("expected %(day)s") % {"day": display.day(row.forecast_on)} if row.forecast_on else ""
    if row.planned_on is None:
        return expected or _("no day yet")
    days = abs((row.planned_on - today).days)
    if due is Due.OVERDUE:
        said = ngettext("%(count)s day overdue", "%(count)s days overdue", days) % {"count": days}
    elif due is Due.SOON:
        said = ngettext("in %(count)s day", "in %(count)s days", days) % {"count": days} if days else _("due today")
    else:
        said = _("planned %(day)s") % {"day": display.day(row.planned_on)}
    return " · ".join(part for part in (said, expected) if part)


def _phase_lanes(project: Project) -> list[Lane]:
    """Each phase with the stages that it stood at, from its history of moves; one query."""
    noted: dict[int, list[Noted]] = defaultdict(list)
    moves = StageChange.objects.filter(phase__project=project).order_by("id")
    for phase, component, on, stage, step in moves.values_list(
        "phase_id", "component_id", "happened_on", "stage", "step"
    ):
        noted[phase].append(Noted(component or 0, Position.read(stage, step), on))
    return [_phase_lane(phase, noted[phase.pk]) for phase in project.phases.all() if noted[phase.pk]]


def _phase_lane(phase: Phase, noted: Sequence[Noted]) -> Lane:
    """Components alone make up a phase that has any: what was noted of itself came before them."""
    bars: list[Bar] = []
    for span in spans_of([move for move in noted if move.part] or noted):
        name = position_name(span.whole.position, partly=span.whole.partly_operating)
        bar = Bar(span.start, span.end, name, tone(span.whole.position.stage or ""))
        if bars and (bars[-1].name, bars[-1].tone) == (bar.name, bar.tone):
            bar = replace(bar, start=bars.pop().start)
        bars.append(bar)
    return Lane(phase.name, tuple(bars))


def _milestone_lanes(items: Sequence[Item]) -> list[Lane]:
    """Those that are drawn, nodes and key approvals with a day, the earliest first; then the others, for the table."""
    weighty = [item for item in items if item.due is not Due.NOT_APPLICABLE and (item.row.is_key or not item.row.code)]
    dated = [item for item in weighty if item.first_day]
    drawn = sorted(dated, key=lambda item: item.first_day or datetime.date.max)[:MOST_LANES]
    return [
        *(_lane(item, drawn=True) for item in drawn),
        *(_lane(item, drawn=False) for item in items if item not in drawn),
    ]


def _lane(item: Item, *, drawn: bool) -> Lane:
    row = item.row
    note = f"{item.when}: {item.hint}" if row.not_applicable else item.hint
    return Lane(
        item.name, planned=row.planned_on, expected=row.forecast_on, done=row.done_on, note=note, drawn=drawn
    )  # fmt: skip
