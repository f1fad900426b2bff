"""Writing the coloured lines: rate projects for a month, and again whenever their facts changed."""

import datetime
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from projects.bulletins.models import Line, LineStamp, SearchKey
from projects.bulletins.pairs import pairs
from projects.bulletins.queries.editions import edition_for
from projects.bulletins.queries.lines import settled_stamp
from projects.bulletins.queries.published import closed_districts
from projects.bulletins.queries.rated import rated_values
from projects.core.month import Month
from projects.core.rows import write_rows
from projects.progress.actions.periods import note_locks
from projects.register.models import Project

BATCH = 2000  # projects rated at a time, so that memory stays flat for a province
KEYS = ("project_id", "month")
COLUMNS = [field.attname for field in Line._meta.concrete_fields if not field.primary_key]


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
        for month in opened(min([*due.values(), through]), through):
            pks = [pk for pk, since in due.items() if min(since, through) <= month]
            for batch in _batches(pks):
                open_ones = not_closed(Project.objects.filter(pk__in=batch), month)
                Line.objects.filter(project__in=open_ones, month=month, project__listed_from__gt=month).delete()
                rerate(open_ones.filter(listed_from__lte=month), month, current=month == through)
        for batch in _batches(list(due)):
            Project.objects.filter(pk__in=batch).update(rerate_from=None)
    return len(due)


def not_closed(projects: QuerySet[Project], month: Month) -> QuerySet[Project]:
    """Those whose line of `month` may still change: their district has not published it, or is correcting it."""
    for path in closed_districts(month):
        projects = projects.exclude(unit__path__startswith=path)
    return projects


def opened(first: Month, last: Month) -> list[Month]:
    """The months that have lines at all; another one gets all its lines when somebody first looks."""
    months = LineStamp.objects.filter(month__gte=first, month__lte=last).order_by("month")
    return list(months.values_list("month", flat=True))


def freshen(month: Month, *, day: datetime.date, through: Month) -> int:
    """See that the lines of `month` stand as they should on `day`; their stamp.

    What missed a lock changes with the day alone, so the locks that have passed are noted here.
    """
    stamp = settled_stamp(month, day=day)
    if stamp is None:
        note_locks(today=day)
        rerate_changed(through=through)
        stamp = open_month(month, through=through)
    return stamp


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
        _climb_on(month, through)
        stamp = stamps.get()
    return stamp


def _climb_on(month: Month, through: Month) -> None:
    """The months after `month` that had lines before it: who was reminded in it may have climbed (P9) in them."""
    if month == through:
        return
    policy = edition_for(month).policy
    reminded = Line.objects.of(month).filter(level__gte=policy.ladder_level).order_by("project")
    pks = list(reminded.values_list("project", flat=True))
    for later in opened(month + 1, min(month + (policy.ladder_periods - 1), through)):
        for batch in _batches(pks):
            due = not_closed(Project.objects.filter(pk__in=batch, listed_from__lte=later), later)
            rerate(due, later, current=later == through)


@transaction.atomic
def rate_month(month: Month, *, current: bool) -> None:
    """Write the lines of all projects for `month`, also when there are none."""
    LineStamp.objects.get_or_create(month=month)
    listed = Project.objects.filter(listed_from__lte=month)
    pks = list(listed.order_by("id").values_list("id", flat=True))
    for batch in _batches(pks):  # told by its ends: each query would repeat the numbers of all
        within = listed.filter(pk__range=(batch[0], batch[-1]))
        rerate(not_closed(within, month), month, current=current)


@transaction.atomic
def rerate_all(projects: QuerySet[Project], month: Month, *, current: bool) -> None:
    """The same as `rerate` for any number of projects, looked for once."""
    for batch in _batches(list(projects.order_by("id").values_list("id", flat=True))):
        rerate(Project.objects.filter(pk__in=batch), month, current=current)


@transaction.atomic
def rerate(projects: QuerySet[Project], month: Month, *, current: bool) -> None:
    """Rate `projects` for `month` and write their lines.

    `current`: the month at hand shows phases as they stand now; an earlier one as they stood on its last day.
    """
    rows = map(itemgetter(*COLUMNS), rated_values(projects, month, current=current))
    write_rows(Line, COLUMNS, rows, unique=KEYS)
    _keep_search_keys(projects)
    LineStamp.objects.get_or_create(month=month)
    LineStamp.objects.filter(month=month).update(number=F("number") + 1)


def _keep_search_keys(projects: QuerySet[Project]) -> None:
    """Write the keys of those that are called otherwise than before; a former name still finds them.

    The search box looks into names, owner, code and pinyin initials, in small letters.
    """
    rows = projects.order_by("id").values_list("id", "name", "short_name", "owner", "code", "initials")
    called = {pk: [part.lower() for part in parts if part] for pk, *parts in rows}
    known = dict(SearchKey.objects.filter(project__in=projects).values_list("project", "text"))
    keys = []
    for pk, texts in called.items():
        former = known[pk].split("\n") if pk in known else []
        if not set(texts) <= set(former):
            text = "\n".join(dict.fromkeys([*texts, *former]))
            keys.append(SearchKey(project_id=pk, text=text, pairs=" ".join(pairs(text))))
    SearchKey.objects.bulk_create(
        keys, batch_size=500, update_conflicts=True, unique_fields=["project"], update_fields=["text", "pairs"]
    )


def _batches(pks: list[int]) -> Iterable[list[int]]:
    return (pks[start : start + BATCH] for start in range(0, len(pks), BATCH))
