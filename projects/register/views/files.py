"""Photos and documents of a project: adding one, handing it out as a file, its preview, and removing it."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.accounts.actions import check_may
from projects.accounts.roles import Verb
from projects.core.clock import now
from projects.register import forms
from projects.register.actions import filing
from projects.register.actions.filing import Upload
from projects.register.models import Attachment, store
from projects.register.views.answers import answer_form, form_page, person, project_to_change


def files_of(code: str) -> str:
    """The panel of the project's files."""
    return f"{reverse('project', args=[code])}#files"


def file_to_read(request: HttpRequest, code: str, pk: int) -> Attachment:
    """The file if this person may open it; whatever is not for them answers like one that never was."""
    found: Attachment = get_object_or_404(
        Attachment.objects.kept().visible_to(person(request)), project__code=code, pk=pk
    )
    return found


def sent(file: UploadedFile[Any]) -> Upload:
    """What came in, read no further than is needed to see that it is too large."""
    return Upload(str(file.name), file.read(settings.ATTACHMENT_MB * filing.MEGABYTE + 1))


@form_page
def new_file(request: HttpRequest, code: str) -> HttpResponseBase:
    project = project_to_change(request, code, Verb.KEEP_FILES)
    form = forms.FileForm(request.POST or None, request.FILES or None)

    def save() -> str:
        upload, title = sent(form.cleaned_data["file"]), form.cleaned_data["title"]
        kept = filing.keep_file(project, upload.name, upload.content, title=title, by=person(request), at=now())
        return _("“%(file)s” was added.") % {"file": kept}

    context = {"title": _("Add a photo or document"), "project": project, "has_file": True, "action": _("Upload")}
    return answer_form(request, form, save, url=files_of(code), context=context)


@require_safe
def download(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Always as a file to save, whatever it holds: nothing that was sent in is ever rendered from here."""
    attachment = file_to_read(request, code, pk)
    try:
        content = store().open(attachment.stored_as)
    except FileNotFoundError as error:
        raise Http404 from error
    filing.note_taken(attachment, by=person(request), at=now())
    response = FileResponse(
        content, as_attachment=True, filename=attachment.original_name, content_type="application/octet-stream"
    )
    return _sealed(response)


@require_safe
def preview(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """The small picture that was drawn anew when the photo was taken in."""
    attachment = file_to_read(request, code, pk)
    if attachment.preview is None:
        raise Http404
    return _sealed(HttpResponse(bytes(attachment.preview), content_type="image/jpeg"))


def _sealed(response: HttpResponseBase) -> HttpResponseBase:
    """Told to the browser: believe the type, and run nothing of it."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@form_page
def remove_file(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    check_may(person(request), Verb.KEEP_FILES)
    attachment = file_to_read(request, code, pk)
    project = project_to_change(request, code, Verb.KEEP_FILES)
    form = forms.RemovalForm(request.POST or None)

    def save() -> str:
        filing.remove_file(attachment, reason=form.cleaned_data["reason"], by=person(request), at=now())
        return _("“%(file)s” was removed.") % {"file": attachment}

    title = _("Remove “%(file)s”") % {"file": attachment}
    context = {"title": title, "project": project, "action": _("Remove")}
    return answer_form(request, form, save, url=files_of(code), context=context)
