"""Watching one's long work: how far it is, and fetching what came of it."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from projects.accounts.sessions import person
from projects.background.meters import heard
from projects.background.models import Job, JobState, results

LISTED = 50


@require_safe
def jobs(request: HttpRequest) -> HttpResponseBase:
    """One's own long work of the last week."""
    return render(request, "background/jobs.html", {"jobs": Job.objects.visible_to(person(request))[:LISTED]})


@require_safe
def job(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How far it is; asks again by itself while it runs, and may be left and come back to."""
    found = get_object_or_404(Job.objects.visible_to(person(request)), pk=pk)
    if found.state == JobState.RUNNING:
        found.done, found.total = heard(found.pk) or (found.done, found.total)
    return render(request, "background/job.html", {"job": found})


@require_safe
def result(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file that was made, always as one to save."""
    found = get_object_or_404(Job.objects.visible_to(person(request)).exclude(stored_as=""), pk=pk)
    try:
        content = results().open(found.stored_as)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(
        content, as_attachment=True, filename=found.file_name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
