"""What becomes of the files on the page on which a month is written: those that are sent along, one that goes."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.accounts.models import User
from projects.core.refusals import Refused
from projects.progress.actions.attaching import attach_several, check_own, detach
from projects.progress.models import MonthlyReport
from projects.progress.queries.files import files_of
from projects.progress.views.case import Case
from projects.register.file_types import Kind
from projects.register.models import Attachment
from projects.register.views.files import sent


@dataclass(frozen=True)
class Shown:
    """A file on a page, and whether this person may take it out of the report."""

    file: Attachment
    own: bool


def photos_and_documents(report: MonthlyReport, user: User) -> dict[str, list[Shown]]:
    """The files of a report that `user` may open, for a page."""
    found = [Shown(file, _is_own(file, user)) for file in files_of(report, user)]
    return {
        "photos": [each for each in found if each.file.kind == Kind.PHOTO],
        "documents": [each for each in found if each.file.kind == Kind.DOCUMENT],
    }


def _is_own(file: Attachment, user: User) -> bool:
    try:
        check_own(file, by=user)
    except Refused:
        return False
    return True


def take_in(request: HttpRequest, case: Case) -> None:
    """Keep the files that were sent, and take out the one whose button was pressed. What is refused stands in the form.

    Done before anything else of the page can be refused: a browser that shows a form again has forgotten the files.
    """
    form = case.forms.files
    if not form.is_valid():
        return
    uploads = map(sent, form.cleaned_data["uploads"])
    result = attach_several(case.report, uploads, title=form.cleaned_data["caption"], by=case.by, at=case.at)
    for refusal in result.refused:
        form.add_error("uploads", str(refusal))
    if count := len(result.kept):
        told = ngettext("%(count)s file was added.", "%(count)s files were added.", count)
        messages.success(request, told % {"count": count})
    if asked := request.POST.get("remove"):
        _take_out(request, case, asked)


def _take_out(request: HttpRequest, case: Case, asked: str) -> None:
    pk = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 18 else 0
    attachment = get_object_or_404(files_of(case.report, case.by), pk=pk)
    try:
        detach(case.report, attachment, by=case.by, at=case.at)
    except Refused as refusal:
        case.forms.files.add_error(None, str(refusal))
    else:
        messages.success(request, _("“%(file)s” was removed.") % {"file": attachment})
