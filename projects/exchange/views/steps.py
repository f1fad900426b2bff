"""The first steps of an import: send a file in, and check what its columns hold."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from projects.accounts.actions import check_may
from projects.accounts.roles import Verb
from projects.accounts.sessions import person
from projects.core.chosen_month import chosen_month
from projects.core.clock import now, today, working_month
from projects.core.refusals import Refused
from projects.exchange.actions import batches
from projects.exchange.forms import ColumnsForm, LookForm, UploadForm
from projects.exchange.models import BatchState, ImportBatch
from projects.exchange.views.found import batch_of, kinds_of, try_out
from projects.progress.queries.reports import latest_month
from projects.register.views.answers import answer_form, form_page, status_of

LISTED = 50


@require_safe
def imports(request: HttpRequest) -> HttpResponseBase:
    """What was sent in lately, and the way to send something in."""
    user = person(request)
    rows = ImportBatch.objects.visible_to(user).select_related("by", "undone_by")[:LISTED]
    return render(request, "exchange/imports.html", {"batches": rows, "imports": bool(kinds_of(user))})


@form_page
def new_import(request: HttpRequest) -> HttpResponseBase:
    user = person(request)
    check_may(user, Verb.REPORT)
    month = chosen_month(request, latest=latest_month(working_month(today())))
    form = UploadForm(request.POST or None, request.FILES or None, kinds=kinds_of(user), initial={"month": month})
    made: list[ImportBatch] = []

    def save() -> str:
        upload, said = form.cleaned_data["file"], form.cleaned_data
        batches.check_size(upload.size)
        month, kind, submit = said["month"], said["kind"], said["submit"]
        content = upload.read()
        made.append(batches.take_in(upload.name, content, kind=kind, month=month, submit=submit, by=user, at=now()))
        return _("“%(file)s” was read. Check what its columns hold.") % {"file": upload.name}

    context = {
        "title": _("Import a sheet"), "template": "exchange/upload.html", "action": _("Read the file"),
    }  # fmt: skip
    return answer_form(
        request, form, save, url=reverse("exchange"), context=context,
        saved_url=lambda: reverse("import_columns", args=[made[0].pk]),
    )  # fmt: skip


@form_page
def columns(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What each column of the sheet was taken for; corrected here, and learned for the unit's next sheet."""
    batch, user = batch_of(request, pk), person(request)
    if not batch.is_open:
        return redirect("import_rows", pk=pk)
    form = ColumnsForm(request.POST or None, columns=batch.columns, month=batch.month)
    refused, status = "", 200
    if request.method == "POST":
        try:
            if form.is_valid():
                batch = batches.set_columns(batch, form.codes(), by=user)
                return try_out(request, batch)
            status = 422
        except Refused as refusal:
            refused, status = str(refusal), status_of(refusal)
    context = {
        "batch": batch,
        "form": form,
        "rows": [(column, form[column["letter"]]) for column in batch.columns["columns"]],
        "look": LookForm(columns=batch.columns, kinds=kinds_of(user)),
        "refused": refused,
        "other_month": batch.columns["other_month"],
        "own": batch.by_id == user.pk,
    }
    return render(request, "exchange/columns.html", context, status=status)


@require_POST
def look(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Another sheet of the file, or the same as another kind."""
    batch, user = batch_of(request, pk), person(request)
    batches.check_standing(batch, *BatchState.OPEN, by=user)
    form = LookForm(request.POST, columns=batch.columns, kinds=kinds_of(user))
    try:
        if form.is_valid():
            batches.look_at(batch, sheet=form.cleaned_data["sheet"], kind=form.cleaned_data["kind"], by=user)
        else:
            messages.error(request, _("Choose one of the sheets and kinds offered."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("import_columns", pk=pk)
