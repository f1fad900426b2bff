"""What the pages of an import share: finding one for a person, and trying it out at once or in the background."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.accounts.queries import may
from projects.accounts.sessions import person
from projects.background.actions.jobs import start_job
from projects.core.clock import now, today, working_month
from projects.exchange.actions import batches
from projects.exchange.actions.dry_run import VERBS
from projects.exchange.models import ImportBatch

DIRECTLY = 300  # rows of a sheet that are worked on while one waits; more are in the background


def kinds_of(user: User) -> list[str]:
    """What sheets this person may import."""
    return [kind for kind, verb in VERBS.items() if may(user, verb)]


def batch_of(request: HttpRequest, pk: int) -> ImportBatch:
    """The import if this person sees it: one's own, for the office those of its units; else 404."""
    found: ImportBatch = get_object_or_404(ImportBatch.objects.visible_to(person(request)).select_related("by"), pk=pk)
    return found


def try_out(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """Try the sheet out, at once or in the background; then its rows are shown."""
    if batch.columns["rows"] > DIRECTLY:
        return in_background(request, batch, "projects.exchange.tasks.try_out", _("Check “%(file)s”"))
    asked = batches.asked_of(batch, at=now(), today=today(), open_month=working_month(today()), by=person(request))
    batches.try_batch(batch, asked)
    return redirect("import_rows", pk=batch.pk)


def in_background(request: HttpRequest, batch: ImportBatch, task: str, title: str, **params: Any) -> HttpResponse:
    job = start_job(
        task, title % {"file": batch.file_name}, {"batch": batch.pk, **params}, by=person(request), at=now(),
        url=reverse("import_rows", args=[batch.pk]),
    )  # fmt: skip
    return redirect("job", pk=job.pk)
