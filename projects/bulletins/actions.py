"""Writing the coloured lines: rate projects for a month, and again whenever their facts changed."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, QuerySet

from projects.bulletins.models import Line, LineStamp, SearchKey
from projects.bulletins.pairs import pairs
from projects.core.month import Month
from projects.core.rounding import half_up
from projects.progress.queries import Known, facts_for
from projects.rating.rules import Rating, rate
from projects.register.models import Project
from projects.register.queries import PhaseState, phases_now, phases_on
from projects.register.stages import Whole, whole_of

BATCH = 2000  # projects rated at a time, so that memory stays flat for a province
SEVERITY = {"not_reported": -1, "not_rated": -2, "exempt": -3}
KEYS = ("project", "month")
CHANGED = Exists(Project.objects.filter(rerate_from__isnull=False))


def rerate_changed(*, through: Month) -> int:
    """Write the lines of all projects marked as changed, from the month marked up to `through`; how many projects.

    A change of a later month shows in `through` already: the month at hand has the phases as they stand now.
    Runs right after a change. A process killed in between leaves the mark, and whoever looks next finds it.
    """
    marked = Project.objects.filter(rerate_from__isnull=False)
    if not marked.exists():
        return 0
    with transaction.atomic():
        due: dict[int, Any] = dict(marked.select_for_update().order_by("id").values_list("id", "rerate_from"))
        for month in _opened(min([*due.values(), through]), through):
            pks = [pk for pk, since in due.items() if min(since, through) <= month]
            for batch in _batches(pks):
                Line.objects.filter(project__in=batch, month=month, project__listed_from__gt=month).delete()
                listed = Project.objects.filter(pk__in=batch, listed_from__lte=month)
                rerate(listed, month, current=month == through)
        for batch in _batches(list(due)):
            Project.objects.filter(pk__in=batch).update(rerate_from=None)
    return len(due)


def fresh_stamp(month: Month, *, through: Month) -> int:
    """The stamp of the lines of `month`, once they are as the facts are; one query when they are already."""
    for number, changed in LineStamp.objects.filter(month=month).values_list("number", CHANGED):
        if not changed:
            return int(number)
    rerate_changed(through=through)
    return open_month(month, through=through)


def _opened(first: Month, last: Month) -> list[Month]:
    """The months that have lines at all; another one gets all its lines when somebody first looks."""
    months = LineStamp.objects.filter(month__gte=first, month__lte=last).order_by("month")
    return list(months.values_list("month", flat=True))


def open_month(month: Month, *, through: Month) -> int:
    """Give `month` its lines when it has none yet: it has begun since anybody looked. The stamp of its lines.

    With the month at hand the one before it is over: its lines are written once more, with the phases as they
    stood on its last day.
    """
    stamps = LineStamp.objects.filter(month=month).values_list("number", flat=True)
    stamp: int | None = stamps.first()
    if stamp is None:
        over = LineStamp.objects.filter(month__lt=month).order_by("-month").first() if month == through else None
        if over is not None:
            rate_month(over.month, current=False)
        rate_month(month, current=month == through)
        stamp = stamps.get()
    return stamp


@transaction.atomic
def rate_month(month: Month, *, current: bool) -> None:
    """Write the lines of all projects for `month`, also when there are none."""
    LineStamp.objects.get_or_create(month=month)
    pks = list(Project.objects.filter(listed_from__lte=month).order_by("id").values_list("id", flat=True))
    for batch in _batches(pks):
        rerate(Project.objects.filter(pk__in=batch), month, current=current)


@transaction.atomic
def rerate(projects: QuerySet[Project], month: Month, *, current: bool) -> None:
    """Rate `projects` for `month` and write their lines.

    `current`: the month at hand shows phases as they stand now; an earlier one as they stood on its last day.
    """
    known = facts_for(projects, month)
    phases = phases_now(projects) if current else phases_on(projects, month.last_day)
    rows = projects.select_related("unit", "leader").order_by("id")
    lines = [_line(project, month, known[project.pk], phases.get(project.pk, [])) for project in rows]
    written = [field.name for field in Line._meta.fields if not field.primary_key and field.name not in KEYS]
    Line.objects.bulk_create(
        lines,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["project", "month"],
        update_fields=written,
    )
    _keep_search_keys(rows)
    LineStamp.objects.get_or_create(month=month)
    LineStamp.objects.filter(month=month).update(number=F("number") + 1)


def _keep_search_keys(projects: Iterable[Project]) -> None:
    """Write the keys of those that are called otherwise than before; a former name still finds them."""
    called = {project.pk: search_texts(project) for project in projects}
    known = dict(SearchKey.objects.filter(project__in=called).values_list("project", "text"))
    keys = []
    for pk, texts in called.items():
        former = known[pk].split("\n") if pk in known else []
        if not set(texts) <= set(former):
            text = "\n".join(dict.fromkeys([*texts, *former]))
            keys.append(SearchKey(project_id=pk, text=text, pairs=" ".join(pairs(text))))
    SearchKey.objects.bulk_create(
        keys, batch_size=500, update_conflicts=True, unique_fields=["project"], update_fields=["text", "pairs"]
    )


def _line(project: Project, month: Month, known: Known, phases: list[PhaseState]) -> Line:
    rating, facts, progress = rate(known.facts), known.facts, known.progress
    whole = whole_of(phase.whole for phase in phases)
    return Line(
        project=project,
        month=month,
        **_verdict(rating),
        exempt_reason=known.exempt_reason,
        code=project.code,
        name=project.name,
        short_name=project.short_name,
        name_key=project.name_key,
        unit=project.unit,
        unit_name=project.unit.short_name,
        leader=project.leader,
        leader_name=project.leader.name if project.leader else "",
        category_id=project.category_id,
        sector_id=project.sector_id,
        project_class=project.project_class,
        **_stage(whole),
        halted=facts.halted,
        phases=[_chip(phase) for phase in phases],
        total_investment=project.total_investment,
        year_plan=facts.year_plan,
        invested_to_date=progress.invested_to_date if progress else None,
        reported_month=progress.reported_month if progress else None,
        is_example=project.is_example,
        changed_at=project.changed_at,
    )


def _verdict(rating: Rating) -> dict[str, Any]:
    shares = {"completion_tenths": rating.completion_rate, "schedule_tenths": rating.schedule_rate}
    tenths = {name: None if share is None else int(half_up(share * 1000, 0)) for name, share in shares.items()}
    lead = rating.lead_points
    return {
        "level": rating.level,
        "standing": rating.standing or "",
        "severity": rating.level if rating.level is not None else SEVERITY[str(rating.standing)],
        "hits": [hit.as_json() for hit in rating.hits],
        "checks": [check.as_json() for check in rating.checks],
        "worst_rule": rating.hits[0].rule if rating.hits else "",
        **tenths,
        "lead_tenths": None if lead is None else int(half_up(lead * 10, 0)),
    }


def _stage(whole: Whole) -> dict[str, Any]:
    stage = whole.position.stage
    return {
        "stage": stage or "",
        "stage_order": stage.number if stage else 0,
        "partly_operating": whole.partly_operating,
    }


def _chip(phase: PhaseState) -> list[Any]:
    position = phase.whole.position
    return [phase.number, phase.name, position.stage or "", position.step or "", phase.whole.partly_operating]


def search_texts(project: Project) -> list[str]:
    """What the search box looks into: names, owner, code and pinyin initials, in small letters."""
    parts = (project.name, project.short_name, project.owner, project.code, project.initials)
    return [part.lower() for part in parts if part]


def _batches(pks: list[int]) -> Iterable[list[int]]:
    return (pks[start : start + BATCH] for start in range(0, len(pks), BATCH))
