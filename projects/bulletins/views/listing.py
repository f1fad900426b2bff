"""The bulletins that were published, the latest first, and for who sees them the drafts at hand."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from projects.accounts.models import User
from projects.accounts.queries import district_of, may
from projects.accounts.roles import Verb
from projects.bulletins.models import Bulletin
from projects.bulletins.models.bulletins import PUBLISHED
from projects.bulletins.queries.decisions import waiting_for_decision
from projects.bulletins.queries.drafting import look
from projects.core.chosen_month import chosen_month
from projects.core.clock import today
from projects.core.month import Month
from projects.rating.editions import palette_from_json
from projects.register.views.answers import person

PAGE = 24  # two years


@dataclass(frozen=True)
class PublishedRow:
    """A published edition with its counts by colour, from the figures that it keeps."""

    bulletin: Bulletin
    colours: list[tuple[str, str, str, str]]  # hue, shape, word, count
    is_corrected: bool  # by a later edition


@require_safe
def bulletins(request: HttpRequest) -> HttpResponseBase:
    user, month = person(request), chosen_month(request)
    seen = Bulletin.objects.visible_to(user)
    published = seen.published().select_related("published_by").defer("sections", "parts", "differences", "policy")
    page = Paginator(published.order_by("-month", "-edition"), PAGE).get_page(request.GET.get("page"))
    drafts = list(seen.exclude(state=PUBLISHED).select_related("district").order_by("month"))
    context = {
        "month": month,
        "rows": _rows(list(page.object_list)),
        "page": page,
        "drafts": drafts,
        "publishes": may(user, Verb.PUBLISH),
        "day": today(),
        **_at_hand(user, month, drafts),
    }
    return render(request, "bulletins/list.html", context)


def _at_hand(user: User, month: Month, drafts: list[Bulletin]) -> dict[str, Any]:
    """What is to be done about the month looked at: nothing, its draft, or to begin it."""
    draft = next((each for each in drafts if each.month == month), None)
    last = Bulletin.objects.of_district(user).published().filter(month=month).order_by("-edition").first()
    waiting = sum(waiting_for_decision(draft.district, month)) if draft else 0
    return {
        "draft": draft,
        "last": last,
        "begins": may(user, Verb.PUBLISH) and draft is None and last is None and user.unit == district_of(user.unit),
        "waiting": waiting,
        "is_over": draft is not None and draft.objections_until is not None and draft.objections_until < today(),
    }


def _rows(found: list[Bulletin]) -> list[PublishedRow]:
    """Each with whether another edition followed it; one query for all."""
    months = {bulletin.month for bulletin in found}
    latest: dict[tuple[int, Month], int] = {}
    editions = Bulletin.objects.published().filter(month__in=months).order_by("edition")
    for district, month, edition in editions.values_list("district_id", "month", "edition"):
        latest[district, month] = edition
    return [
        PublishedRow(
            bulletin, _colours(bulletin), latest.get((bulletin.district_id, bulletin.month), 0) > bulletin.edition
        )
        for bulletin in found
    ]


def _colours(bulletin: Bulletin) -> list[tuple[str, str, str, str]]:
    palette = palette_from_json(bulletin.palette)
    found = []
    for level in reversed(range(len(palette.shades))):
        word, hue, shape = look(level, "", palette)
        found.append((hue, shape, word, str(bulletin.figures.get(f"level_{level}", ""))))
    return found
