"""Reading lines: why a project has its colour, and its colours month by month."""

import datetime
from typing import Any, Protocol

from django.db.models import Exists, QuerySet
from django.utils.translation import pgettext

from projects.bulletins.models import Line, LineStamp
from projects.core.month import FIRST_YEAR, Month
from projects.progress.models import Period
from projects.rating.hits import Hit
from projects.rating.levels import Standing
from projects.rating.palettes import Palette
from projects.rating.policy import DEFAULT_POLICY, Basis, Policy, Rule
from projects.rating.rules import Rating
from projects.rating.wording import rating_sentences
from projects.register.models import Project


class Judged(Protocol):
    """What a line, stored or not, keeps of its verdict."""

    @property
    def level(self) -> int | None: ...
    @property
    def standing(self) -> str: ...
    @property
    def hits(self) -> Any: ...
    @property
    def checks(self) -> Any: ...
    @property
    def exempt_reason(self) -> str: ...
    @property
    def halted(self) -> str: ...


def rating_of(line: Judged) -> Rating:
    """The stored verdict of a line as the rules gave it, without the exact rates."""
    return Rating(
        level=line.level,
        standing=Standing(line.standing) if line.standing else None,
        hits=tuple(Hit.from_json(hit) for hit in line.hits),
        checks=tuple(Hit.from_json(check) for check in line.checks),
        completion_rate=None,
        schedule_rate=None,
        lead_points=None,
        basis=Basis.MONTH_PLAN,
        because=line.exempt_reason or line.halted,
    )


def reasons(line: Judged, palette: Palette) -> list[str]:
    """Why the project has its colour that month, in plain words with the figures, the worst first."""
    return rating_sentences(rating_of(line), palette)


def reason_text(line: Judged, palette: Palette) -> str:
    """All reasons in one line of text."""
    return pgettext("between two reasons", "; ").join(reasons(line, palette))


def levels_before(
    projects: QuerySet[Project], month: Month, policy: Policy = DEFAULT_POLICY
) -> dict[int, tuple[int | None, ...]]:
    """Of each project with lines before `month` its levels as the ladder (P9) counts them, the month before first.

    A month without a level is None, and so is one that another rule made worse than a reminder: that was a
    warning of its own, and who came down from it to a reminder has mended something, so the count begins anew.
    """
    reach = min(policy.ladder_periods - 1, month - Month(FIRST_YEAR, 1))
    months = [month + -back for back in range(1, reach + 1)]
    rows = Line.objects.filter(project__in=projects, month__in=months).order_by()
    found: dict[int, dict[Month, int | None]] = {}
    for project_id, of, level, rule in rows.values_list("project_id", "month", "level", "worst_rule"):
        counts = level is not None and (level <= policy.ladder_level or rule == Rule.P9)
        found.setdefault(project_id, {})[of] = level if counts else None
    return {pk: tuple(levels.get(each) for each in months) for pk, levels in found.items()}


def settled_stamp(month: Month, *, day: datetime.date) -> int | None:
    """The stamp of the lines of `month` when they stand as they should on `day`; None when a project waits to be
    rated anew, a lock has passed that nobody noted, or the month has no lines yet. One query."""
    marked = Project.objects.filter(rerate_from__isnull=False)
    locked = Period.objects.filter(locks_on__lt=day, lock_noted=False)
    settled = LineStamp.objects.filter(~Exists(marked), ~Exists(locked), month=month)
    return settled.values_list("number", flat=True).first()
