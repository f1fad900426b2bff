"""What people have decided about colours, and what still waits."""

from django.db.models import QuerySet

from projects.accounts.models import Unit
from projects.bulletins.models import Objection, Override
from projects.core.month import Month
from projects.register.models import Project


def approved_overrides(projects: QuerySet[Project], month: Month) -> dict[int, int]:
    """Of each project with an approved override of `month` the level that it asks for."""
    rows = Override.objects.filter(project__in=projects, month=month, decision="approved")
    return dict(rows.values_list("project_id", "level"))


def waiting_for_decision(district: Unit, month: Month) -> tuple[int, int]:
    """How many overrides and how many objections of a district still wait for a month."""
    inside = {"project__unit__in": Unit.objects.below(district), "month": month}
    return Override.objects.waiting().filter(**inside).count(), Objection.objects.waiting().filter(**inside).count()
