"""The developers' page: every component in every state, with made-up figures, for people who build pages."""

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from projects.accounts.models import User
from projects.accounts.roles import Role
from projects.core.charts import YearPoint
from projects.core.display import month_short
from projects.core.forms import AmountField, DayField
from projects.core.gantt import Bar, Lane
from projects.core.marks import MonthMark
from projects.core.month import Month
from projects.core.yuan import WAN, YI
from projects.followups.wording import STATE_NAMES as SLIP_STATES
from projects.progress.checking import Oddity, Remark
from projects.progress.wording import STATE_NAMES

SHADES = [
    {"hue": "blue", "shape": "circle", "word": _("Normal"), "meaning": _("at most 5 points behind")},
    {"hue": "yellow", "shape": "triangle", "word": _("Reminder"), "meaning": _("5 to 20 points behind")},
    {"hue": "red", "shape": "square", "word": _("Warning"), "meaning": _("more than 20 points behind")},
    {"hue": "exempt", "shape": "lozenge", "word": _("Exempt"), "meaning": _("with a reason and an end")},
    {"hue": "not_rated", "shape": "ring", "word": _("Not rated"), "meaning": _("nothing is due yet")},
    {
        "hue": "not_reported",
        "shape": "question",
        "word": _("Not reported"),
        "meaning": _("no approved figure"),
    },
]
OTHER_SHADES = [
    {"hue": "green", "shape": "circle", "word": _("Normal")},
    {"hue": "orange", "shape": "diamond", "word": _("Warning")},
    {"hue": "none", "shape": "ring", "word": _("Normal")},
]
CHIPS = [
    (_("Phase 1: operating"), "done"),
    (_("Phase 2: under construction"), "active"),
    (_("Phase 3: in preparation"), "planned"),
    (_("Phase 4: suspended"), "halted"),
]
BARS = [(0, 75), (42, 75), (None, 75), (88.7, 75), (100, 100), (132, 33), (-3, 8), (60, None)]
NOTICES = [
    ("info", _("The month is open until the 5th.")),
    ("success", _("The phase was moved to operating.")),
    ("warning", _("The plan of this year was revised in July.")),
    ("error", _("The date lies before the start of the phase.")),
    ("stale", _("Somebody else moved this phase while the form was open.")),
]


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("Project name"), help_text=_("As in the approval document."))
    total = AmountField(label=_("Total investment"))
    start = DayField(label=_("Start"), required=False)
    unit = forms.ChoiceField(label=_("Responsible unit"), choices=[("", "—"), ("1", _("Development zone"))])
    nature = forms.ChoiceField(
        label=_("Nature"), choices=[("new", _("New")), ("again", _("Continued"))], widget=forms.RadioSelect
    )
    statistics = forms.BooleanField(label=_("Entered in the statistics pool"), required=False)
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)


@dataclass(frozen=True)
class SampleRow:
    name: str | Promise
    shade: dict[str, Any]
    year_plan: int | None
    invested: int | None
    rate: float | None
    lead: int | None  # tenths of a point
    reason: str | Promise


LONG_NAME = _(
    "High-efficiency heterojunction photovoltaic cells and modules with an annual output of six gigawatts,"
    " together with the research institute and the logistics park of the supply chain"
)
ROWS = [
    SampleRow(LONG_NAME, SHADES[2], 36 * YI, 15 * YI + 1200 * WAN, 42.0, -330, _("33.0 points behind schedule")),
    SampleRow(_("People's hospital, new site"), SHADES[1], 8 * YI, 5 * YI, 62.5, -125, _("start overdue")),
    SampleRow(_("Lithium battery park"), SHADES[0], 12 * YI, 11 * YI, 91.7, 167, ""),
    SampleRow(_("Ring road, east section"), SHADES[3], 2 * YI, 3000 * WAN, 15.0, -600, _("force majeure")),
    SampleRow(_("School of the new town"), SHADES[4], None, None, None, None, _("starts in November")),
    SampleRow(_("Grain store"), SHADES[5], 9000 * WAN, None, None, None, _("no figure this year")),
]


def sample_year() -> list[YearPoint]:
    added = [6, 5, 11, 12, 14, 16, 13, 15, 15]
    return [
        YearPoint(
            month_short(Month(2023, number)),
            plan=round(120.6 * number / 12 * YI),
            invested=sum(added[:number]) * YI if number <= len(added) else None,
        )
        for number in range(1, 13)
    ]


def sample_lanes() -> list[Lane]:
    day = datetime.date
    return [
        Lane(
            str(_("Phase 1")),
            (
                Bar(None, day(2022, 8, 1), str(_("Preparing")), "planned"),
                Bar(day(2022, 8, 1), day(2023, 6, 20), str(_("Building")), "active"),
                Bar(day(2023, 6, 20), None, str(_("Operating")), "done"),
            ),
        ),
        Lane(str(_("Construction permit")), planned=day(2022, 7, 1), done=day(2022, 7, 28)),
        Lane(str(LONG_NAME), planned=day(2023, 9, 1), expected=day(2023, 11, 15)),
        Lane(str(_("Joint acceptance")), planned=day(2024, 3, 1)),
    ]


def sample_months() -> list[MonthMark]:
    colours = [4, 0, 0, 1, 1, 2, 2, 1, 2]
    return [
        MonthMark(month_short(Month(2023, number)), current=number == 9, **_of_shade(colours, number))
        for number in range(1, 13)
    ]


def _of_shade(colours: list[int], number: int) -> dict[str, Any]:
    if number > len(colours):
        return {}
    shade = SHADES[colours[number - 1]]
    return {name: shade[name] for name in ("hue", "shape", "word")} | {"url": f"?month=2023-{number:02d}"}


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Shown to administrators; not found for everybody else."""
    if not (isinstance(request.user, User) and request.user.role == Role.ADMINISTRATOR):
        raise Http404
    refused = SampleForm({"refused-total": "12a", "refused-statistics": "on"}, prefix="refused")
    return render(
        request,
        "design/index.html",
        {
            "shades": SHADES,
            "other_shades": OTHER_SHADES,
            "chips": CHIPS,
            "report_states": STATE_NAMES,
            "slip_states": SLIP_STATES,
            "remark": Remark(Oddity.THREE_ALIKE, "invested_this_month"),
            "bars": BARS,
            "notices": NOTICES,
            "form": SampleForm(),
            "refused": refused,
            "rows": ROWS,
            "year": sample_year(),
            "months": sample_months(),
            "lanes": sample_lanes(),
            "today": datetime.date(2023, 10, 10),
            "page": Paginator(range(1234), 50).get_page(7),
            "tabs": [
                {"url": "#facts", "label": _("Facts"), "current": True},
                {"url": "#phases", "label": _("Phases"), "count": 3},
                {"url": "#history", "label": _("History")},
            ],
            "filter_chips": [{"label": _("Colour"), "value": _("Warning"), "url": "?"}],
            "events": [
                {
                    "title": _("Phase 1 moved to operating"),
                    "at": datetime.datetime(2023, 9, 12, 9, 30),  # noqa: DTZ001 - shown as it stands
                    "by": request.user,
                    "unit": request.user.unit,
                    "note": _("Trial production accepted."),
                },
                {
                    "title": _("Phase 1 moved to installation"),
                    "at": datetime.date(2023, 3, 2),
                    "by": request.user,
                },
            ],
        },
    )
