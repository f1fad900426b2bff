"""The list of a past month as it was published, whatever became of its projects since."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.bulletins.filters import PublishedFilter
from projects.bulletins.models import Bulletin, BulletinLine
from projects.register.models import Project
from projects.register.views.answers import person

PAGE = 50
PAGE_SIZES = {"20", "50", "100", "200"}


@require_safe
def bulletin_lines(request: HttpRequest, pk: int) -> HttpResponseBase:
    user = person(request)
    bulletin: Bulletin = get_object_or_404(Bulletin.objects.visible_to(user).published(), pk=pk)
    lines = BulletinLine.objects.filter(bulletin=bulletin)
    counts = list(
        lines.order_by("-level", "colour_hue").values_list("colour_hue", "colour_shape", "colour_word")
        .annotate(Count("id"))
    )  # fmt: skip
    units = list(lines.order_by("unit_name").values_list("unit_name", flat=True).distinct())
    filterset = PublishedFilter(
        request.GET, lines, units=units, colours=[(hue, word) for hue, _shape, word, _count in counts]
    )
    size = request.GET.get("per_page", "")
    pages = Paginator(filterset.narrow().order_by("number"), int(size) if size in PAGE_SIZES else PAGE)
    page = pages.get_page(request.GET.get("page"))
    rows = list(page.object_list)
    codes = dict(
        Project.objects.visible_to(user).filter(pk__in=[row.project for row in rows]).values_list("pk", "code")
    )
    context = {
        "month_switch": None,  # the month is that of the bulletin
        "bulletin": bulletin,
        "filter": filterset,
        "counts": _counts(request, counts, filterset),
        "rows": [(row, codes.get(row.project, "")) for row in rows],
        "page": page,
    }
    return render(request, "bulletins/lines.html", context)


def _counts(request: HttpRequest, counts: list[Any], filterset: PublishedFilter) -> list[dict[str, Any]]:
    """Each colour with how many lines the other filters leave, as a link."""
    narrowed = filterset.narrow(without="colour").order_by().values_list("colour_hue").annotate(Count("id"))
    left, chosen = dict(narrowed), filterset.chosen.get("colour", "")
    found = [{"hue": "", "shape": "", "word": _("All"), "count": sum(left.values()), "url": _address(request, "")}]
    found += [
        {"hue": hue, "shape": shape, "word": word, "count": left.get(hue, 0), "url": _address(request, hue)}
        for hue, shape, word, _count in counts
    ]
    return [{**each, "current": each["hue"] == chosen} for each in found]


def _address(request: HttpRequest, colour: str) -> str:
    kept = {name: value for name, value in request.GET.dict().items() if name not in {"page", "colour"}}
    return f"?{urlencode(kept | ({'colour': colour} if colour else {}))}"
