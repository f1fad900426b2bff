"""The rules of the colour: what holds in a month in plain words, the editions, and setting or trying another."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.accounts.actions import check_may
from projects.accounts.models import User
from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.background.models import Job
from projects.bulletins.actions.editions import check_published, check_standing, set_edition, take_back
from projects.bulletins.forms import values
from projects.bulletins.forms.rules import RulesForm
from projects.bulletins.forms.taking_back import TakeBackForm
from projects.bulletins.models import PolicyEdition
from projects.bulletins.queries.editions import (
    Edition,
    before_each,
    changes,
    earliest_to_set,
    edition_for,
    edition_of,
    months_in_draft,
    published_by,
    spans,
)
from projects.bulletins.queries.trying import Trial, months_to_try, trial
from projects.core.chosen_month import chosen_month
from projects.core.clock import now, today, working_month
from projects.core.display import month_label
from projects.core.marks import STANDING_SHAPES
from projects.core.month import Month
from projects.rating.explaining import (
    HUE_NAMES,
    SHAPE_NAMES,
    basis_sentence,
    mismatch,
    rule_sentence,
    unit_sentences,
)
from projects.rating.levels import Standing
from projects.rating.palettes import PALETTES, Palette
from projects.rating.policy import POLICIES, Rule
from projects.rating.wording import rule_name, shade_meaning, shade_word, standing_meaning, standing_word
from projects.register.views.answers import answer_form, form_page, person


@require_safe
def rules(request: HttpRequest) -> HttpResponseBase:
    """The rules in force in the month looked at."""
    month = chosen_month(request)
    return _page(request, edition_for(month), month)


@require_safe
def edition(request: HttpRequest, number: int) -> HttpResponseBase:
    """One edition, whether it holds, held or is to hold; number 0 is what the program comes with."""
    row = get_object_or_404(PolicyEdition, number=number) if number else None
    return _page(request, edition_of(row), None)


def _page(request: HttpRequest, shown: Edition, month: Month | None) -> HttpResponseBase:
    rows = list(PolicyEdition.objects.select_related("by", "taken_back_by").order_by("number"))
    row = next((row for row in rows if row.number == shown.number), None)
    may_set = may(person(request), Verb.KEEP_RULES)
    context = {
        "edition": shown,
        "month": month,
        "row": row,
        "may_set": may_set,
        "may_take_back": may_set and row is not None and row.taken_back_at is None and published_by(row) is None,
        "explained": _explained(shown),
        "tabs": tabs_of_rules("rules"),
        "history": [
            (row, span, changes(edition_of(before), edition_of(row)))
            for row, span, before in zip(rows, spans(rows), before_each(rows), strict=True)
        ][::-1],
    }
    if month is None:
        context["month_switch"] = None  # an edition is the same whatever the month
    return render(request, "bulletins/rules.html", context)


def tabs_of_rules(current: str) -> list[dict[str, Any]]:
    """What is set for the bulletins: the rules of the colours, and what follows from a colour."""
    tabs = [("rules", _("Rules of the colours")), ("ladder", _("Ladder of slips"))]
    return [{"url": reverse(name), "label": label, "current": name == current} for name, label in tabs]


def _explained(shown: Edition) -> dict[str, Any]:
    """Every rule of an edition in a sentence, its levels, and what units get."""
    policy, palette = shown.policy, shown.palette
    return {
        "basis": basis_sentence(policy),
        "rules": [
            (rule.value, rule_name(rule), rule_sentence(rule, policy, palette), rule in policy.rules) for rule in Rule
        ],
        "levels": _levels(palette),
        "standings": [
            {
                "hue": standing.value,
                "shape": STANDING_SHAPES[standing.value],
                "word": standing_word(standing),
                "meaning": standing_meaning(standing),
            }
            for standing in Standing
        ],
        "units": unit_sentences(shown.unit_policy, palette),
        "mismatch": mismatch(policy, palette),
    }


def _levels(palette: Palette) -> list[dict[str, Any]]:
    return [
        {
            "level": level,
            "hue": shade.hue,
            "shape": shade.shape,
            "word": shade_word(shade),
            "meaning": shade_meaning(shade),
            "hue_name": HUE_NAMES[shade.hue],
            "shape_name": SHAPE_NAMES[shade.shape],
        }
        for level, shade in enumerate(palette.shades)
    ]


@form_page
def new_rules(request: HttpRequest) -> HttpResponseBase:
    """Set a further edition; it may be filled from presets and tried first, which stores nothing."""
    user = person(request)
    check_may(user, Verb.KEEP_RULES)
    open_month = working_month(today())
    months = months_to_try(open_month)
    form = RulesForm(request.POST, months=months) if request.method == "POST" else _opened(request, open_month, months)
    context: dict[str, Any] = {
        "template": "bulletins/new_rules.html",
        "month_switch": None,
        "earliest": earliest_to_set(open_month),
        "drafts": [month_label(month) for month in months_in_draft()],
    }
    if "fill" in request.POST:
        return _again(request, form.refilled(months), context)
    if "try" in request.POST and form.is_valid():
        return _again(request, form, {**context, **_tried(user, form, open_month, months)})

    began: list[Job] = []

    def save() -> str:
        data = form.cleaned_data
        row, job = set_edition(
            form.edition(), holds_from=data["holds_from"], reason=data["reason"], by=user, at=now(),
            open_month=open_month, seen=data["version"] or 0,
        )  # fmt: skip
        began.extend([job] if job else [])
        return _("Edition %(number)s of the rules was set; it holds from %(month)s.") % {
            "number": row.number,
            "month": month_label(row.holds_from),
        }

    return answer_form(
        request, form, save, url=reverse("rules"), context=context, saved_url=lambda: _then(began)
    )  # fmt: skip


def _then(began: list[Job]) -> str:
    """Where to go on: to the work that lets the colours follow, or where there is none, to the rules."""
    return reverse("job", args=[began[0].pk]) if began else reverse("rules")


@form_page
def take_back_rules(request: HttpRequest, number: int) -> HttpResponseBase:
    """Take an edition back that nothing was published by, with the reason."""
    user = person(request)
    check_may(user, Verb.KEEP_RULES)
    row = get_object_or_404(PolicyEdition.objects.select_related("taken_back_by"), number=number)
    check_standing(row)
    check_published(row)
    open_month = working_month(today())
    form = TakeBackForm(request.POST or None)
    began: list[Job] = []

    def save() -> str:
        job = take_back(row, reason=form.cleaned_data["reason"], by=user, at=now(), open_month=open_month)
        began.extend([job] if job else [])
        return _("Edition %(number)s of the rules was taken back.") % {"number": number}

    context = {
        "title": _("Take back edition %(number)s “%(name)s”") % {"number": number, "name": row.name},
        "action": _("Take it back"), "template": "bulletins/take_back.html", "month_switch": None,
        "holds_from": row.holds_from,
        "recolours": row.holds_from <= open_month,
    }  # fmt: skip
    url = reverse("rules_edition", args=[number])
    return answer_form(request, form, save, url=url, context=context, saved_url=lambda: _then(began))


def _opened(request: HttpRequest, open_month: Month, months: list[Month]) -> RulesForm:
    """Filled with the rules in force, or with the presets that the address names."""
    last = PolicyEdition.objects.order_by("-number").values_list("number", flat=True).first()
    initial = values.of_edition(edition_for(open_month))
    policy, palette = request.GET.get("policy", ""), request.GET.get("palette", "")
    if (policy and policy not in POLICIES) or (palette and palette not in PALETTES):
        raise Http404
    initial |= values.of_policy(POLICIES[policy]) if policy else {}
    initial |= values.of_palette(PALETTES[palette]) if palette else {}
    initial |= {"version": last or 0, "holds_from": max(open_month, earliest_to_set(open_month))}
    return RulesForm(initial=initial, months=months)


def _again(request: HttpRequest, form: RulesForm, context: dict[str, Any]) -> HttpResponseBase:
    return render(request, context["template"], {"form": form, "back": reverse("rules"), "status": 200, **context})


def _tried(user: User, form: RulesForm, open_month: Month, months: list[Month]) -> dict[str, Any]:
    """What the edition typed would change in the month asked for, and how its rules read."""
    tried = form.edition()
    if not months:
        return {"explained": _explained(tried), "tried": None}
    asked = form.cleaned_data["try_month"]
    month = Month.parse(asked) if asked else months[0]
    found = trial(user, month, tried, current=month == open_month)
    return {"explained": _explained(tried), "tried": found, **_compared(found, tried.palette)}


def _compared(found: Trial, palette: Palette) -> dict[str, Any]:
    """The counts of the trial colour by colour, and its projects and units with theirs."""
    levels = max(len(found.palette.shades), len(palette.shades))
    counts = [
        {
            "now": _levels(found.palette)[level] if level < len(found.palette.shades) else None,
            "then": _levels(palette)[level] if level < len(palette.shades) else None,
            "before": found.before[level, ""],
            "after": found.after[level, ""],
        }
        for level in reversed(range(levels))
    ]
    for standing in Standing:
        name = _colour(None, standing.value, palette)
        key = (None, standing.value)
        counts.append({"now": name, "then": name, "before": found.before[key], "after": found.after[key]})
    return {
        "counts": counts,
        "moved": [
            (
                each,
                _colour(each.now.level, each.now.standing, found.palette),
                _colour(each.then.level, each.then.standing, palette),
            )
            for each in found.moved
        ],
        "moved_units": [
            (
                unit.name,
                _colour(unit.before, "", found.palette) if unit.before is not None else None,
                _colour(unit.after, "", palette) if unit.after is not None else None,
            )
            for unit in found.units
        ],
    }


def _colour(level: int | None, standing: str, palette: Palette) -> dict[str, str]:
    """A level or a standing as a badge shows it."""
    if level is None:
        return {
            "hue": standing,
            "shape": STANDING_SHAPES[standing],
            "word": standing_word(Standing(standing)),
        }
    shade = palette.shade(level)
    return {"hue": shade.hue, "shape": shade.shape, "word": shade_word(shade)}
