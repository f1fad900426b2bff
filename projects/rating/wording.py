"""The words of the colour: names of shades, standings, rules and exemptions, and each reason in full."""

import datetime
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy, pgettext_lazy

from projects.core.rounding import half_up
from projects.rating.hits import Hit
from projects.rating.levels import Standing
from projects.rating.palettes import Palette, Shade
from projects.rating.policy import Rule
from projects.rating.rules import Rating

Words = str | Promise

SHADE_WORDS: dict[str, Words] = {
    "blue": pgettext_lazy("colour", "blue"),
    "yellow": pgettext_lazy("colour", "yellow"),
    "red": pgettext_lazy("colour", "red"),
    "green": pgettext_lazy("colour", "green"),
    "orange": pgettext_lazy("colour", "orange"),
    "none": pgettext_lazy("colour", "no colour"),
}
SHADE_MEANINGS: dict[str, Words] = {
    "normal": pgettext_lazy("colour", "normal"),
    "reminder": pgettext_lazy("colour", "reminder"),
    "alert": pgettext_lazy("colour", "alert"),
    "warning": pgettext_lazy("colour", "warning"),
    "summons": pgettext_lazy("colour", "called in for a talk"),
    "excellent": pgettext_lazy("colour", "excellent"),
    "lagging": pgettext_lazy("colour", "lagging"),
    "trailing": pgettext_lazy("colour", "trailing"),
}
PALETTE_NAMES: dict[str, Words] = {
    "zaozhuang": _("Zaozhuang: blue, yellow, red"),
    "honours": _("Honours: red is the best"),
    "ladder": _("Supervision ladder: only what lags has a colour"),
    "traffic_light": _("Traffic light: green, yellow, red"),
    "four_colours": _("Four colours: green, yellow, orange, red"),
}
STANDING_WORDS: dict[Standing, Words] = {
    Standing.EXEMPT: pgettext_lazy("standing", "exempt"),
    Standing.NOT_RATED: pgettext_lazy("standing", "not rated"),
    Standing.NOT_REPORTED: pgettext_lazy("standing", "not reported"),
}
STANDING_MEANINGS: dict[Standing, Words] = {
    Standing.EXEMPT: _("Not rated for a recorded reason and a limited time"),
    Standing.NOT_RATED: _("Nothing is due yet"),
    Standing.NOT_REPORTED: _("No approved investment figure this year"),
}
RULE_NAMES: dict[Rule, Words] = {
    Rule.P1: pgettext_lazy("rule", "Investment behind schedule"),
    Rule.P2: pgettext_lazy("rule", "Start overdue"),
    Rule.P3: pgettext_lazy("rule", "Not in the statistics pool"),
    Rule.P4: pgettext_lazy("rule", "Key node overdue"),
    Rule.P8: pgettext_lazy("rule", "One-vote matter"),
}
INCIDENT_NAMES: dict[str, Words] = {
    "unapproved_stop": pgettext_lazy("incident", "Stopped without approval"),
    "serious_accident": pgettext_lazy("incident", "Serious accident"),
    "false_data": pgettext_lazy("incident", "False figures reported"),
}
EXEMPTION_REASONS: dict[str, Words] = {
    "force_majeure": pgettext_lazy("exemption", "force majeure"),
    "policy_change": pgettext_lazy("exemption", "change of higher policy or planning"),
    "approval_pending": pgettext_lazy("exemption", "higher approval not yet given"),
    "environmental_halt": pgettext_lazy("exemption", "halted for environmental control"),
    "litigation": pgettext_lazy("exemption", "court case or petition"),
    "strategy_change": pgettext_lazy("exemption", "change of the company's strategy"),
    "other": pgettext_lazy("exemption", "other reason"),
}
HALTED: dict[str, Words] = {
    "suspended": _("Construction is suspended; not rated"),
    "terminated": _("The project is terminated; not rated"),
}

# How the bounds of a level read, by which of them there are (see Band.limits).
LAG_LIMITS = {
    frozenset({"to"}): _("at most %(to)s behind"),
    frozenset({"under"}): _("less than %(under)s behind"),
    frozenset({"over", "to"}): _("more than %(over)s, up to %(to)s behind"),
    frozenset({"over", "under"}): _("more than %(over)s, less than %(under)s behind"),
    frozenset({"from", "to"}): _("%(from)s to %(to)s behind"),
    frozenset({"from", "under"}): _("%(from)s to less than %(under)s behind"),
    frozenset({"over"}): _("more than %(over)s behind"),
    frozenset({"from"}): _("%(from)s or more behind"),
}
# The same for whole days and months: none, at most, exactly, between, beyond.
COUNT_LIMITS = {
    Rule.P2: (
        _("not overdue"),
        ngettext_lazy("at most %(high)s month overdue", "at most %(high)s months overdue", "high"),
        ngettext_lazy("%(low)s month overdue", "%(low)s months overdue", "low"),
        _("%(low)s to %(high)s months overdue"),
        _("%(low)s or more months overdue"),
    ),
    Rule.P3: (
        _("on the day of the start"),
        ngettext_lazy("at most %(high)s day", "at most %(high)s days", "high"),
        ngettext_lazy("%(low)s day", "%(low)s days", "low"),
        _("%(low)s to %(high)s days"),
        ngettext_lazy("more than %(over)s day", "more than %(over)s days", "over"),
    ),
    Rule.P4: (
        _("not overdue"),
        ngettext_lazy("at most %(high)s day overdue", "at most %(high)s days overdue", "high"),
        ngettext_lazy("%(low)s day overdue", "%(low)s days overdue", "low"),
        _("%(low)s to %(high)s days overdue"),
        ngettext_lazy("more than %(over)s day overdue", "more than %(over)s days overdue", "over"),
    ),
}


def shade_word(shade: Shade) -> str:
    """The colour as people say it; a place's own word as it stands."""
    return str(SHADE_WORDS.get(shade.word, shade.word))


def shade_meaning(shade: Shade) -> str:
    """What the colour says of a project; a place's own meaning as it stands."""
    return str(SHADE_MEANINGS.get(shade.meaning, shade.meaning))


def palette_name(palette: Palette) -> str:
    return str(PALETTE_NAMES.get(palette.code, palette.name))


def standing_word(standing: Standing) -> str:
    return str(STANDING_WORDS[standing])


def standing_meaning(standing: Standing) -> str:
    return str(STANDING_MEANINGS[standing])


def rule_name(rule: Rule) -> str:
    return str(RULE_NAMES[rule])


def exemption_reason(code: str) -> str:
    """The name of an exemption code; any other text as it stands."""
    return str(EXEMPTION_REASONS.get(code, code))


def sentence(hit: Hit, palette: Palette) -> str:
    """The finding in plain words with its figures, then the colour and the limits it was judged by."""
    told = {
        Rule.P1: _investment_lag,
        Rule.P2: _start_overdue,
        Rule.P3: _statistics_missing,
        Rule.P4: _key_node_overdue,
        Rule.P8: _one_vote,
    }[hit.rule](hit)
    colour, limit = shade_word(palette.shade(hit.level)), _limit(hit)
    if "capped" in hit.figures:
        limit = _("%(limit)s; no worse than %(colour)s in the first %(months)s months") % {
            "limit": limit,
            "colour": colour,
            "months": hit.figures["capped"],
        }
    if not limit:
        return _("%(finding)s (%(colour)s)") % {"finding": told, "colour": colour}
    return _("%(finding)s (%(colour)s: %(limit)s)") % {"finding": told, "colour": colour, "limit": limit}


def rating_sentences(rating: Rating, palette: Palette, reason: str = "") -> list[str]:
    """Why the project has its colour, or none; never empty.

    `reason` is the text of an exemption; without it the name of its code is given. A project at
    level 0 is explained by its investment, or by its other checks where it has no plan.
    """
    if rating.standing is Standing.EXEMPT:
        return [_("Exempt: %(reason)s") % {"reason": reason or exemption_reason(rating.because)}]
    if rating.standing is not None:
        halted = HALTED.get(rating.because) if rating.standing is Standing.NOT_RATED else None
        return [str(halted or STANDING_MEANINGS[rating.standing])]
    lag = [check for check in rating.checks if check.rule is Rule.P1]
    return [sentence(hit, palette) for hit in rating.hits or lag or rating.checks]


def _limit(hit: Hit) -> str:
    """The bounds of the level; empty for a project that is not behind at all."""
    if hit.rule is Rule.P8:
        return str(_("one-vote rule"))
    limits: dict[str, int] = {
        name: int(hit.figures[name]) for name in ("over", "from", "to", "under") if name in hit.figures
    }
    if hit.rule is Rule.P1:
        # On or ahead of schedule a bound would only confuse.
        at_ease = hit.level == 0 and Fraction(hit.figures["lead"]) >= 0
        return "" if at_ease else LAG_LIMITS[frozenset(limits)] % limits
    return _count_limit(hit.rule, limits) if limits else ""


def _count_limit(rule: Rule, limits: dict[str, int]) -> str:
    none, at_most, exactly, between, beyond = COUNT_LIMITS[rule]
    low = limits["from"] if "from" in limits else limits.get("over", -1) + 1
    if "to" not in limits and "under" not in limits:
        return beyond % {"low": low, "over": low - 1}
    high = limits["to"] if "to" in limits else limits["under"] - 1
    if low == 0:
        return at_most % {"high": high} if high else str(none)
    return (exactly if low == high else between) % {"low": low, "high": high}


def _investment_lag(hit: Hit) -> str:
    ahead = Fraction(hit.figures["lead"])
    points = half_up(abs(ahead), 1)
    if ahead < 0 and (points or hit.level):
        template = _("%(completed)s%% done, %(scheduled)s%% due, %(points)s points behind")
    elif points:
        template = _("%(completed)s%% done, %(scheduled)s%% due, %(points)s points ahead")
    else:
        template = _("%(completed)s%% done, %(scheduled)s%% due, level with the schedule")
    return template % {
        "completed": half_up(Fraction(hit.figures["completed"]) * 100, 1),
        "scheduled": half_up(Fraction(hit.figures["scheduled"]) * 100, 1),
        "points": points,
    }


def _start_overdue(hit: Hit) -> str:
    planned = datetime.date.fromisoformat(str(hit.figures["planned"]))
    month, months = date_format(planned, "YEAR_MONTH_FORMAT"), int(hit.figures["months"])
    if months == 0:
        return _("Planned to start in %(month)s, not started yet") % {"month": month}
    return ngettext(
        "Planned to start in %(month)s, %(count)s month overdue and not started",
        "Planned to start in %(month)s, %(count)s months overdue and not started",
        months,
    ) % {"month": month, "count": months}


def _statistics_missing(hit: Hit) -> str:
    days = int(hit.figures["days"])
    return ngettext(
        "Not in the statistics pool %(count)s day after the start",
        "Not in the statistics pool %(count)s days after the start",
        days,
    ) % {"count": days}


def _key_node_overdue(hit: Hit) -> str:
    if "due" in hit.figures:
        due = int(hit.figures["due"])
        return ngettext(
            "%(count)s key node has come due this year, none is overdue",
            "%(count)s key nodes have come due this year, none is overdue",
            due,
        ) % {"count": due}
    days, others = int(hit.figures["days"]), int(hit.figures["count"]) - 1
    told = ngettext(
        "Key node “%(name)s” is %(count)s day overdue",
        "Key node “%(name)s” is %(count)s days overdue",
        days,
    ) % {"name": hit.figures["name"], "count": days}
    if others == 0:
        return told
    return ngettext(
        "%(finding)s, and %(count)s other key node is overdue",
        "%(finding)s, and %(count)s other key nodes are overdue",
        others,
    ) % {"finding": told, "count": others}


def _one_vote(hit: Hit) -> str:
    kind = str(hit.figures["kind"])
    happened = datetime.date.fromisoformat(str(hit.figures["happened_on"]))
    return _("%(kind)s on %(date)s, not cleared") % {
        "kind": INCIDENT_NAMES.get(kind, kind),
        "date": date_format(happened, "DATE_FORMAT"),
    }
