"""The lists as the address narrows them, to be fetched as files: the same for an answer and for long work."""

import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.accounts.queries import district_of
from projects.bulletins.models import Line
from projects.bulletins.queries.told import told
from projects.core import display
from projects.core.month import Month
from projects.core.sheets import Listing
from projects.portfolio import exports
from projects.portfolio.filters import LineFilter, ProblemFilter, choices_for
from projects.portfolio.queries import order_asked
from projects.portfolio.wording import colour_names, told_sentence
from projects.register.models import Problem


def project_listing(asked: QueryDict, user: User, month: Month) -> Listing:
    """The coloured list of a month as `user` reads it, narrowed and ordered as asked, with the legend below."""
    tells = told(district_of(user.unit), month)
    palette, choices = tells.palette, choices_for(user, month, tells.palette)
    lines = LineFilter(asked, Line.objects.visible_to(user).of(month), choices=choices, palette=palette).narrow()
    count = lines.count()
    names = {name.code: name for name in colour_names(palette)}
    order, descending = order_asked(asked.get("sort", ""))
    return Listing(
        name=f"{_('projects')}-{month}",
        title=_("Projects"),
        heading=exports.heading(),
        rows=exports.rows(lines, order, descending=descending, count=count, palette=palette, names=names),
        count=count,
        widths=exports.WIDTHS,
        notes=[
            _("Month: %(month)s") % {"month": display.month_label(month)},
            told_sentence(tells),
            *(f"{name.word} · {name.meaning}" for name in names.values()),
        ],
    )


def problems_asked(asked: QueryDict, user: User, today: datetime.date) -> ProblemFilter:
    """The problems that `user` reads or works on, as the address narrows them; those not closed unless it says else."""
    narrowing = asked.copy()
    narrowing.setdefault("state", "unsolved")
    rows = Problem.objects.visible_to(user) | Problem.objects.workable_by(user)
    return ProblemFilter(narrowing, rows.order_by("due_on", "id"), today=today)


def problem_listing(asked: QueryDict, user: User, today: datetime.date) -> Listing:
    """The same problems as a file."""
    found = problems_asked(asked, user, today).qs
    return Listing(
        name=f"{_('problems')}-{today}",
        title=_("Problems"),
        heading=exports.problem_heading(),
        rows=exports.problem_cells(found),
        count=found.count(),
        widths=exports.PROBLEM_WIDTHS,
    )
