"""Which month a person is looking at: the one in the address, else the one chosen last, else the working month."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from projects.core.clock import today, working_month
from projects.core.month import Month
from projects.core.refusals import Refused

_KEY = "month"


def chosen_month(request: HttpRequest, *, latest: Month | None = None, usual: Month | None = None) -> Month:
    """The month of this request; remembered for the session once it was asked for.

    `latest` is the last month that may be chosen, the working month unless said; `usual` the one to begin with,
    `latest` unless said. `Refused` when the address names no month, or a later one.
    """
    latest = latest or working_month(today())
    asked = request.GET.get("month", "").strip()
    if not asked:
        return _remembered(request, latest, usual or latest)
    month = month_named(asked, latest=latest)
    if request.session.get(_KEY) != str(month):
        request.session[_KEY] = str(month)
    return month


def month_named(text: str, *, latest: Month) -> Month:
    """The month that an address names; `Refused` when it names none, or one after `latest`."""
    try:
        month = Month.parse(text)
    except ValueError:
        raise Refused(_("“%(text)s” is not a month. Write it like 2023-09.") % {"text": text[:20]}) from None
    if month > latest:
        raise Refused(
            _("There is nothing to see for %(month)s yet; the latest month is %(latest)s.")
            % {"month": month, "latest": latest}
        )
    return month


def _remembered(request: HttpRequest, latest: Month, usual: Month) -> Month:
    remembered = request.session.get(_KEY)
    return min(Month.parse(remembered), latest) if remembered else usual
