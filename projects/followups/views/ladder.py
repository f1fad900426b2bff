"""The ladder of slips: what follows from a colour in plain words, its editions, setting another, taking one back."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.accounts.actions import check_may
from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.bulletins.actions.editions import check_standing
from projects.bulletins.forms.taking_back import TakeBackForm
from projects.bulletins.queries.editions import (
    Change,
    Span,
    before_each,
    earliest_to_set,
    palette_in_force,
    spans,
)
from projects.bulletins.views.rules import tabs_of_rules
from projects.core.chosen_month import chosen_month
from projects.core.clock import now, today, working_month
from projects.core.display import month_label
from projects.followups.actions.ladder import check_followed, set_ladder, take_back_ladder
from projects.followups.forms.ladder import LadderForm, values_of
from projects.followups.models import LadderEdition
from projects.followups.queries import first_month_followed, ladder_for, ladder_of
from projects.followups.wording import STEP_OF_LADDER, rung_sentence
from projects.rating.wording import shade_word
from projects.register.views.answers import answer_form, form_page, person


@dataclass(frozen=True)
class Told:
    """An edition as the history tells it."""

    row: LadderEdition
    span: Span
    changes: list[Change]
    in_force: bool
    take_back_url: str  # empty where it stays, or for who may not


@require_safe
def ladder(request: HttpRequest) -> HttpResponseBase:
    """The ladder in force in the month looked at, and all its editions."""
    month, user = chosen_month(request), person(request)
    in_force = LadderEdition.objects.holding_in(month).prefetch_related("steps").first()
    palette = palette_in_force(month)
    context = {
        "month": month,
        "edition": in_force,
        "steps": [(STEP_OF_LADDER[rung.code], rung.used, rung_sentence(rung)) for rung in ladder_of(in_force)],
        "worst": palette.shades[-1],
        "worst_word": shade_word(palette.shades[-1]),
        "between": [(shade, shade_word(shade)) for shade in palette.shades[1:-1]],
        "may_set": may(user, Verb.KEEP_RULES),
        "tabs": tabs_of_rules("ladder"),
        "history": _history(in_force, may_set=may(user, Verb.KEEP_RULES)),
    }
    return render(request, "followups/ladder.html", context)


def _history(in_force: LadderEdition | None, *, may_set: bool) -> list[Told]:
    """All editions, the last first, with what each has otherwise; four queries."""
    rows = list(
        LadderEdition.objects.select_related("by", "taken_back_by").prefetch_related("steps").order_by("number")
    )
    stay = {row.pk for row in rows if row.taken_back_at is not None or not may_set} | set(first_month_followed(rows))
    return [
        Told(
            row, span, _changes(before, row), row == in_force,
            "" if row.pk in stay else reverse("take_back_ladder", args=[row.number]),
        )
        for row, span, before in zip(rows, spans(rows), before_each(rows), strict=True)
    ][::-1]  # fmt: skip


def _changes(before: LadderEdition | None, after: LadderEdition) -> list[Change]:
    found = [
        Change(str(STEP_OF_LADDER[new.code]), rung_sentence(old), rung_sentence(new))
        for old, new in zip(ladder_of(before), after.ladder, strict=True)
    ]
    return [change for change in found if change.before != change.after]


@form_page
def new_ladder(request: HttpRequest) -> HttpResponseBase:
    """Set a further edition of the ladder, beginning with the one in force."""
    user = person(request)
    check_may(user, Verb.KEEP_RULES)
    open_month = working_month(today())
    earliest = earliest_to_set(open_month)
    last = LadderEdition.objects.order_by("-number").values_list("number", flat=True).first()
    begin = max(open_month, earliest)
    initial = {**values_of(ladder_for(begin)), "version": last or 0, "holds_from": begin}
    form = LadderForm(request.POST or None, initial=initial)

    def save() -> str:
        data = form.cleaned_data
        row = set_ladder(
            form.ladder(), holds_from=data["holds_from"], reason=data["reason"], by=user, at=now(),
            open_month=open_month, seen=data["version"] or 0,
        )  # fmt: skip
        return _("Edition %(number)s of the ladder was set; it counts for bulletins from %(month)s.") % {
            "number": row.number,
            "month": month_label(row.holds_from),
        }

    context: dict[str, Any] = {"template": "followups/new_ladder.html", "month_switch": None, "earliest": earliest}
    return answer_form(request, form, save, url=reverse("ladder"), context=context)


@form_page
def take_back(request: HttpRequest, number: int) -> HttpResponseBase:
    """Take an edition back that no bulletin was followed up by, with the reason."""
    user = person(request)
    check_may(user, Verb.KEEP_RULES)
    row = get_object_or_404(LadderEdition.objects.select_related("taken_back_by"), number=number)
    check_standing(row)
    check_followed(row)
    form = TakeBackForm(request.POST or None)

    def save() -> str:
        take_back_ladder(row, reason=form.cleaned_data["reason"], by=user, at=now())
        return _("Edition %(number)s of the ladder was taken back.") % {"number": number}

    context = {
        "title": _("Take back edition %(number)s of the ladder") % {"number": number}, "action": _("Take it back"),
        "template": "bulletins/take_back.html", "month_switch": None, "holds_from": row.holds_from,
    }  # fmt: skip
    return answer_form(request, form, save, url=reverse("ladder"), context=context)
