"""Finding the bulletin for a person, and seeing that its lines are those of today."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from projects.accounts.actions import check_may
from projects.accounts.roles import Verb
from projects.bulletins.actions.rating import freshen
from projects.bulletins.models import Bulletin
from projects.bulletins.models.bulletins import PUBLISHED
from projects.core.clock import today, working_month
from projects.register.views.answers import person

AROUND = ("district", "published_by")


def found_bulletin(request: HttpRequest, pk: int) -> Bulletin:
    """The bulletin if this person may read it, with fresh lines behind a draft; 404 else."""
    rows = Bulletin.objects.visible_to(person(request)).select_related(*AROUND)
    bulletin: Bulletin = get_object_or_404(rows, pk=pk)
    if bulletin.state != PUBLISHED:
        day = today()
        freshen(bulletin.month, day=day, through=working_month(day))
    return bulletin


def bulletin_to_change(request: HttpRequest, pk: int) -> Bulletin:
    """The same for who publishes; 403 with the reason for others."""
    check_may(person(request), Verb.PUBLISH)
    return found_bulletin(request, pk)
