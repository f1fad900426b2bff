"""The last steps of an import: choose among its rows, check again, confirm, give up, take back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from projects.accounts.sessions import person
from projects.core.clock import now, today, working_month
from projects.core.refusals import Refused
from projects.exchange.actions import batches, importing, undoing
from projects.exchange.import_wording import told
from projects.exchange.models import BatchState, ImportBatch
from projects.exchange.views.found import DIRECTLY, batch_of, in_background, try_out
from projects.exchange.views.rows import rows_page
from projects.register.views.answers import status_of


def _answered(request: HttpRequest, pk: int, step: Callable[[ImportBatch], HttpResponseBase]) -> HttpResponseBase:
    """What the step answers, or the rows once more with the reason why it was refused."""
    batch = batch_of(request, pk)
    try:
        return step(batch)
    except Refused as refusal:
        batch.refresh_from_db()
        if batch.state == BatchState.UPLOADED:
            raise
        return rows_page(request, batch, refusal=refusal, status=status_of(refusal))


@require_POST
def check_again(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Keep what was chosen for the rows shown, and try the sheet out again."""

    def step(batch: ImportBatch) -> HttpResponseBase:
        _choose(request, batch)
        return try_out(request, batch)

    return _answered(request, pk, step)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Import what was checked; rows for which another project was chosen are tried out first."""
    leave_refused = bool(request.POST.get("leave_refused"))

    def step(batch: ImportBatch) -> HttpResponseBase:
        if batch.state == BatchState.PLANNED and _choose(request, batch):
            messages.info(request, _("Rows were checked again with what you chose. Look at them, then confirm."))
            return try_out(request, batch)
        if sum(batch.counts.get(outcome, 0) for outcome in ("new", "changed")) > DIRECTLY:
            batches.check_standing(batch, BatchState.PLANNED, BatchState.IMPORTED, by=person(request))
            task = "projects.exchange.tasks.carry_out_import"
            return in_background(request, batch, task, _("Import “%(file)s”"), leave_refused=leave_refused)
        asked = batches.asked_of(batch, at=now(), today=today(), open_month=working_month(today()), by=person(request))
        done = importing.import_batch(batch, asked, leave_refused=leave_refused)
        messages.success(request, told(done.state, done.counts))
        return redirect("import_rows", pk=pk)

    return _answered(request, pk, step)


def _choose(request: HttpRequest, batch: ImportBatch) -> bool:
    numbers = [
        int(text) for text in request.POST.getlist("row") if text.isascii() and text.isdecimal() and len(text) < 9
    ]
    kept = set(request.POST.getlist("keep"))
    chosen = {number: request.POST.get(f"project-{number}", "") for number in numbers}
    return batches.choose(
        batch, chosen={number: code for number, code in chosen.items() if code},
        left_out=[number for number in numbers if str(number) not in kept], shown=numbers, by=person(request),
    )  # fmt: skip


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the import up; nothing of the file is kept."""

    def step(batch: ImportBatch) -> HttpResponseBase:
        batches.drop(batch, by=person(request))
        messages.success(request, _("“%(file)s” was given up; nothing was changed.") % {"file": batch.file_name})
        return redirect("exchange")

    return _answered(request, pk, step)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take the whole import back."""

    def step(batch: ImportBatch) -> HttpResponseBase:
        if batch.counts.get("written", 0) > DIRECTLY:
            return in_background(request, batch, "projects.exchange.tasks.take_back", _("Take “%(file)s” back"))
        undoing.undo_batch(batch, undoing.Undoing(person(request), now(), today(), working_month(today())))
        messages.success(request, _("The import was taken back; everything is as it was before."))
        return redirect("import_rows", pk=pk)

    return _answered(request, pk, step)
