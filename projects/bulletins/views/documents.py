"""A bulletin to take along: as Word, Excel or PDF, and as a page to print."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from projects.accounts.actions import check_may
from projects.accounts.models import User
from projects.accounts.roles import Verb
from projects.accounts.sessions import person
from projects.background.actions.jobs import start_job
from projects.background.models import Job
from projects.bulletins.actions.papers import document_of, make_files
from projects.bulletins.documents.kinds import KINDS
from projects.bulletins.documents.printing import printed
from projects.bulletins.models import Bulletin, BulletinFile
from projects.bulletins.models.bulletins import PUBLISHED
from projects.bulletins.queries.papers import lines_in, paper_of
from projects.core.clock import instant, now
from projects.journal.actions import record

AT_ONCE = 600  # projects whose document takes a few seconds, so that nobody is sent to wait elsewhere


def bulletin_to_read(request: HttpRequest, pk: int) -> Bulletin:
    """The bulletin if this person may read it; a draft that is not for them answers like one that never was."""
    rows = Bulletin.objects.visible_to(person(request)).select_related("district")
    found: Bulletin = get_object_or_404(rows, pk=pk)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def document(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """What was made at publishing, for ever the same. Else it is made: at once for who follows a link (a large one
    in the background), and in the background for who presses a button, with the progress to watch."""
    if kind not in KINDS:
        raise Http404
    user, bulletin = person(request), bulletin_to_read(request, pk)
    check_may(user, Verb.EXPORT)
    kept = BulletinFile.objects.filter(bulletin=bulletin, kind=kind).first()
    if kept is None and (request.method == "POST" or lines_in(bulletin) > AT_ONCE):
        return redirect("job", _begin(user, bulletin, kind).pk)
    if kept is None and bulletin.state == PUBLISHED:
        make_files(bulletin, at=instant())
        kept = BulletinFile.objects.get(bulletin=bulletin, kind=kind)
    name, content = (kept.name, bytes(kept.content)) if kept else document_of(bulletin, kind)
    _note(user, bulletin, kind)
    response = HttpResponse(content, content_type=KINDS[kind])
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _begin(user: User, bulletin: Bulletin, kind: str) -> Job:
    _note(user, bulletin, kind)
    title = _("Document of the bulletin of %(month)s (%(kind)s)") % {"month": bulletin.month, "kind": kind}
    params = {"bulletin": bulletin.pk, "kind": kind, "version": bulletin.version}
    url = reverse("bulletin_print", args=[bulletin.pk])
    return start_job("projects.bulletins.tasks.write_document", title, params, by=user, at=instant(), url=url)


@transaction.atomic
def _note(user: User, bulletin: Bulletin, kind: str) -> None:
    """Keep in the journal that somebody took it along."""
    record(by=user, at=now(), verb="export_bulletin", subject=bulletin, after={"kind": kind})


@require_safe
def print_bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole bulletin on one page, laid out for paper."""
    bulletin = bulletin_to_read(request, pk)
    paper = paper_of(bulletin)
    return render(request, "bulletins/print.html", {"bulletin": bulletin, "paper": paper, **printed(paper)})
