"""What every change of a project does besides: lock it, ask whether the person may, and mark its lines as due."""

import datetime

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from projects.accounts.actions import check_may
from projects.accounts.models import User
from projects.accounts.queries import reaches
from projects.accounts.roles import Verb
from projects.core.fields import MonthField
from projects.core.month import Month
from projects.core.refusals import NotAllowed
from projects.register.models import Project


def lock(project_id: int) -> Project:
    """The project as it is now, held until the transaction ends, so that its parts change one after another."""
    locked: Project = Project.objects.select_for_update(of=("self",)).select_related("unit").get(pk=project_id)
    return locked


def check_reach(user: User | None, verb: Verb, project: Project) -> None:
    """`NotAllowed` when the role of `user` lacks `verb`, or the project belongs to another unit.

    None is the system itself (commands), which may.
    """
    if user is None:
        return
    check_may(user, verb)
    if not reaches(user, project.unit):
        raise NotAllowed(
            _("“%(project)s” belongs to %(unit)s. Only that unit and the key-project office may change it.")
            % {"project": project.short_name, "unit": project.unit.name}
        )


def touch(project: Project, *, since: Month | None, at: datetime.datetime) -> None:
    """Mark the lines of `project` as due again from the month `since` on; None: from the beginning."""
    since = since or project.listed_from
    touched = Project.objects.filter(pk=project.pk)
    touched.update(changed_at=at)
    touched.filter(Q(rerate_from__isnull=True) | Q(rerate_from__gt=since)).update(rerate_from=since)


def touch_lines(projects: QuerySet[Project], *, since: Month) -> None:
    """Mark the lines of many projects as due from `since` on: nothing of theirs changed but a name that they show."""
    first = Greatest(F("listed_from"), Value(since, output_field=MonthField()))
    later = Q(rerate_from__gt=since) & Q(rerate_from__gt=F("listed_from"))
    projects.filter(Q(rerate_from__isnull=True) | later).update(rerate_from=first)
