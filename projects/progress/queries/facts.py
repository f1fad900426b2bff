"""What the rules and the pages ask of the figures: facts of many projects in a month, and one project's year."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, replace

from django.db.models import Max, Q, QuerySet, Sum

from projects.core.month import Month, months_between
from projects.progress.models import MonthlyReport, Period
from projects.progress.workflow import MISSING, State
from projects.rating.facts import CONTINUED, IncidentFacts, NodeFacts, ProjectFacts
from projects.register.models import AnnualPlan, Exemption, Incident, Milestone, Project
from projects.register.queries import Motion, motions_by, plan_in_force, planned_by
from projects.register.stages import is_preparing

LONGEST_ROW = 12  # months looked back for missing reports


def approved(year: int) -> QuerySet[MonthlyReport]:
    """The approved reports of a year: the only figures that count."""
    months = {"month__gte": Month(year, 1), "month__lte": Month(year, 12)}
    return MonthlyReport.objects.filter(state=State.APPROVED.value, **months)


@dataclass(frozen=True)
class Progress:
    """Approved figures of the year up to a month: their sum (yuan) and the latest month that has one."""

    invested_to_date: int
    reported_month: Month


def progress_by(projects: QuerySet[Project], month: Month) -> dict[int, Progress]:
    """Of each project with an approved figure this year up to `month` what was invested."""
    rows = (
        approved(month.year)
        .filter(project__in=projects, month__lte=month)
        .values_list("project_id")
        .annotate(Sum("invested_this_month"), Max("month"))
        .order_by()
    )
    return {project_id: Progress(total, latest) for project_id, total, latest in rows}


@dataclass(frozen=True)
class Known:
    """All that is known of one project in a month, for the rules and for its line."""

    facts: ProjectFacts
    progress: Progress | None
    exempt_reason: str


def facts_for(projects: QuerySet[Project], month: Month) -> dict[int, Known]:
    """Of each project what the rules need for `month`; nine queries at most, whatever the number of projects."""
    progress, plans = progress_by(projects, month), planned_by(projects, month)
    nodes, incidents, exempt = _nodes(projects), _incidents(projects), _exemptions(projects, month)
    motions, missed = motions_by(projects, month.last_day), _missed(projects, month)
    rows = projects.order_by().values_list(
        "id", "project_class", "total_investment", "planned_start", "planned_finish", "actual_start",
        "actual_finish", "entered_statistics_on", "nature", "halted", "halted_on", "listed_from",
    )  # fmt: skip
    found = {}
    for pk, class_, total, start, finish, started, finished, entered, nature, halted, halted_on, listed in rows:
        plan, done, motion = plans.get(pk, (None, None)), progress.get(pk), motions.get(pk)
        found[pk] = Known(
            ProjectFacts(
                month=month,
                project_class=class_,
                total_investment=total,
                year_plan=plan[0],
                month_plan=tuple(plan[1]) if plan[1] else None,
                planned_start=start,
                planned_finish=finish,
                actual_start=started,
                actual_finish=finished,
                continued=nature == CONTINUED,
                invested_to_date=done.invested_to_date if done else None,
                entered_statistics_on=entered,
                nodes=tuple(nodes[pk]),
                incidents=tuple(incidents[pk]),
                missed_periods=missed.get(pk),
                is_preparing=motion is not None and is_preparing(motion.whole.position.stage or ""),
                last_moved_on=_last_moved_on(month, listed, motion, nodes[pk]),
                exempt_reason=exempt.get(pk, ""),
                halted=halted if halted_on is not None and halted_on <= month.last_day else "",
            ),
            done,
            exempt.get(pk, ""),
        )
    return found


def known_with(project: Project, month: Month, invested: int | None) -> Known:
    """The same of one project as if `invested` (yuan) stood in an approved report of `month`; None: as it is."""
    only = Project.objects.filter(pk=project.pk)
    known = facts_for(only, month)[project.pk]
    if invested is None:
        return known
    before = progress_by(only, month.earlier(1)).get(project.pk) if month.number > 1 else None
    to_date, missed = (before.invested_to_date if before else 0) + invested, known.facts.missed_periods
    if missed is not None:  # handed in, the month ends the row of missing ones
        missed = 0 if Period.objects.filter(month=month, lock_noted=True).exists() else None
    facts = replace(known.facts, invested_to_date=to_date, missed_periods=missed)
    return replace(known, facts=facts, progress=Progress(to_date, month))


def _last_moved_on(month: Month, listed: Month, motion: Motion | None, nodes: list[NodeFacts]) -> datetime.date:
    """The last day by the month's end on which a part moved or a node was done; a project begins with its entry."""
    days = [node.done_on for node in nodes if node.done_on is not None and node.done_on <= month.last_day]
    return max([listed.first_day, *days, *([motion.moved_on] if motion else [])])


def _missed(projects: QuerySet[Project], month: Month) -> dict[int, int]:
    """Of each project asked for a report of `month` how many are missing in a row up to the last lock that passed.

    A month that is not locked yet counts for nothing; handed in, it ends the row. Months in which the project
    was exempt are passed over. A project that was not asked this month has no entry.
    """
    since = month.earlier(LONGEST_ROW - 1)
    locked = set(
        Period.objects.filter(lock_noted=True, month__gte=since, month__lte=month).values_list("month", flat=True)
    )
    missing: dict[int, set[Month]] = defaultdict(set)
    asked: dict[int, str] = {}
    reports = MonthlyReport.objects.filter(project__in=projects, month__gte=since, month__lte=month)
    lacking = Q(state__in=[state.value for state in MISSING], month__in=locked)
    for pk, of_month, state in reports.filter(lacking | Q(month=month)).values_list("project_id", "month", "state"):
        if of_month == month:
            asked[pk] = state
        if state in MISSING and of_month in locked:
            missing[pk].add(of_month)
    exempt = _exempt_months(projects, since, month) if missing else {}
    found = {}
    for pk, state in asked.items():
        if month in locked or (state in MISSING and missing[pk]):
            found[pk] = _row(sorted(locked, reverse=True), missing[pk], exempt.get(pk, set()))
    return found


def _row(locked: list[Month], missing: set[Month], exempt: set[Month]) -> int:
    """How many of the locked months, the latest first, are missing before the first that is not."""
    count = 0
    for month in locked:
        if month in missing:
            count += month not in exempt
        elif month not in exempt:
            break
    return count


def _exempt_months(projects: QuerySet[Project], since: Month, month: Month) -> dict[int, set[Month]]:
    rows = Exemption.objects.granted().filter(project__in=projects, first_month__lte=month, last_month__gte=since)
    found: dict[int, set[Month]] = defaultdict(set)
    for pk, first, last in rows.values_list("project_id", "first_month", "last_month"):
        found[pk].update(months_between(max(first, since), min(last, month)))
    return found


def _nodes(projects: QuerySet[Project]) -> dict[int, list[NodeFacts]]:
    """Nodes and approvals with a planned day; what does not concern the project cannot be overdue."""
    found: dict[int, list[NodeFacts]] = defaultdict(list)
    rows = Milestone.objects.filter(project__in=projects, not_applicable=False).order_by("planned_on", "id")
    for project_id, name, due, done_on, is_key in rows.values_list(
        "project_id", "name", "planned_on", "done_on", "is_key"
    ):
        if due is not None:
            found[project_id].append(NodeFacts(name, due, done_on, is_key))
    return found


def _incidents(projects: QuerySet[Project]) -> dict[int, list[IncidentFacts]]:
    found: dict[int, list[IncidentFacts]] = defaultdict(list)
    rows = Incident.objects.filter(project__in=projects).order_by("happened_on", "id")
    for project_id, kind, happened_on, cleared_on in rows.values_list(
        "project_id", "kind", "happened_on", "cleared_on"
    ):
        found[project_id].append(IncidentFacts(kind, happened_on, cleared_on))
    return found


def _exemptions(projects: QuerySet[Project], month: Month) -> dict[int, str]:
    rows = Exemption.objects.granted().filter(project__in=projects, first_month__lte=month, last_month__gte=month)
    return dict(rows.values_list("project_id", "reason"))


@dataclass(frozen=True)
class MonthOfYear:
    """One month of a project's year: what was planned and invested (yuan), and the report if there is one."""

    month: Month
    report: MonthlyReport | None
    plan: AnnualPlan | None
    planned: int | None
    planned_to_date: int | None
    invested_to_date: int | None

    @property
    def year_plan(self) -> int | None:
        return self.plan.amount if self.plan else None

    @property
    def invested_this_month(self) -> int | None:
        return self.report.invested_this_month if self.report else None

    @property
    def invested_statistics(self) -> int | None:
        return self.report.invested_statistics if self.report else None


def year_of(project: Project, year: int, *, through: Month) -> list[MonthOfYear]:
    """The twelve months of `year`; sums run up to `through`, later months have none."""
    plans = list(project.plans.filter(year=year).select_related("by"))
    reports = {report.month: report for report in approved(year).filter(project=project)}
    months, invested, planned_sum = [], 0, 0
    for month in Month(year, 12).year_so_far():
        plan = plan_in_force(plans, month)
        planned = plan.month_plan[month.number - 1] if plan and plan.month_plan else None
        planned_sum += planned or 0
        report = reports.get(month)
        invested += (report.invested_this_month or 0) if report else 0
        has_figures = month <= through and any(each <= month for each in reports)
        months.append(
            MonthOfYear(
                month, report, plan, planned, planned_sum if planned is not None else None,
                invested if has_figures else None,
            )
        )  # fmt: skip
    return months


def invested_since_start(project: Project, *, through: Month) -> int | None:
    """All approved figures of all years up to `through` (yuan); None without any."""
    rows = MonthlyReport.objects.filter(project=project, state=State.APPROVED.value, month__lte=through)
    total: int | None = rows.aggregate(total=Sum("invested_this_month"))["total"]
    return total
