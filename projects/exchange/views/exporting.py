"""What can be fetched as a file, and fetching it: at once, or as long work that is watched."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from projects.accounts.models import Unit, User
from projects.accounts.queries import district_of, may, reaches
from projects.accounts.roles import Role, Verb
from projects.accounts.sessions import person
from projects.background.downloads import begin, handed, is_large, streamed
from projects.background.models import Job
from projects.core.chosen_month import chosen_month
from projects.core.clock import now, today, working_month
from projects.core.month import Month
from projects.exchange.actions.exporting import note_export
from projects.exchange.exports.files import TABLES, TITLES, Wanted, file_for
from projects.exchange.filters import ExportForm
from projects.progress.queries.reports import latest_month
from projects.register.models import Project

TASK = "projects.exchange.tasks.write_file"
LISTED = 10
CONTENTS: dict[str, str | Promise] = {
    "everything": _("Projects, phases, year plans, nodes and approvals, a sheet each"),
    "register": _("A row for each project with all that the register says of it"),
    "phases": _("A row for each phase with its stage, components and capacity"),
    "plans": _("The plans of the year as approved last, with their months"),
    "milestones": _("A row for each node and approval with its days"),
}


@dataclass(frozen=True)
class Offer:
    """A file that can be fetched, in each form that there is; empty where there is none."""

    title: str
    content: str
    xlsx: str
    csv: str


def units_for(user: User) -> QuerySet[Unit]:
    """The units of which a person may fetch files: for reporters the own and those below, else all of the district."""
    root = user.unit if user.role == Role.REPORTER else district_of(user.unit)
    units: QuerySet[Unit] = Unit.objects.below(root)
    held = Project.objects.visible_to(user).order_by().values("unit")
    return units.filter(pk__in=held) | units.filter(pk__in=[root.pk, user.unit_id])


@require_safe
def exports(request: HttpRequest) -> HttpResponseBase:
    user = person(request)
    wanted, units = _wanted(request, user, "month")
    form = ExportForm(units=units, unit=wanted.unit, latest=_latest(), month=wanted.month)
    query = urlencode({"month": str(wanted.month), "unit": str(wanted.unit.pk)})
    context = {
        "month_switch": None,  # the month is chosen among the filters
        "form": form,
        "wanted": wanted,
        "fills_in": may(user, Verb.REPORT) and reaches(user, wanted.unit),
        "month_url": f"{reverse('fetch_export', args=['month', 'xlsx'])}?{query}",
        "upload_url": f"{reverse('new_import')}?month={wanted.month}",
        "offers": [_offer(kind, query) for kind in CONTENTS],
        "jobs": Job.objects.visible_to(user).filter(task=TASK)[:LISTED],
    }
    return render(request, "exchange/export.html", context)


def _offer(kind: str, query: str) -> Offer:
    xlsx, csv = (f"{reverse('fetch_export', args=[kind, form])}?{query}" for form in ("xlsx", "csv"))
    return Offer(str(TITLES[kind]), str(CONTENTS[kind]), xlsx, csv if kind in TABLES else "")


def _latest() -> Month:
    return latest_month(working_month(today()))


def _wanted(request: HttpRequest, user: User, kind: str) -> tuple[Wanted, list[Unit]]:
    """What the address asks for; 404 for a unit that the person may not choose."""
    units = list(units_for(user))
    asked = request.GET.get("unit", "")
    usual = user.unit if user.role == Role.REPORTER else district_of(user.unit)
    unit = next((each for each in units if str(each.pk) == asked), None) if asked else usual
    if unit is None:
        raise Http404
    return Wanted(kind, unit, chosen_month(request, latest=_latest(), usual=working_month(today()))), units


@require_safe
def fetch_export(request: HttpRequest, kind: str, form: str) -> HttpResponseBase:
    """The file, noted in the journal; a large workbook becomes long work."""
    if kind not in TITLES or form not in {"xlsx", "csv"} or (form == "csv" and kind not in TABLES):
        raise Http404
    user = person(request)
    wanted, _units = _wanted(request, user, kind)
    file = file_for(user, wanted, today=today())
    note_export(kind, form, wanted.unit, wanted.month, file.count, by=user, at=now())
    if is_large(form, file.count):
        params = {"kind": kind, "unit": wanted.unit.pk, "month": str(wanted.month), "day": str(today())}
        return begin(TASK, file.title, params, by=user, at=now(), url=reverse("exports"))
    if form == "csv":
        return streamed(file.lines(), f"{file.name}.csv")
    return handed(file.write, f"{file.name}.xlsx")
