"""The words of the colour: names of shades, standings, rules and exemptions, and each reason in full."""

import datetime
from collections.abc import Callable

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy, pgettext_lazy

from projects.core.rounding import divided
from projects.rating.hits import Figure, Hit
from projects.rating.levels import Standing
from projects.rating.limits import limit
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
    Rule.P5: pgettext_lazy("rule", "Ordinary node overdue"),
    Rule.P6: pgettext_lazy("rule", "Report missing"),
    Rule.P7: pgettext_lazy("rule", "Nothing moved"),
    Rule.P8: pgettext_lazy("rule", "One-vote matter"),
    Rule.P9: pgettext_lazy("rule", "Reminded and not mended"),
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
# Of nodes: that those due are done, that one is overdue, and that others are as well.
NODES = {
    Rule.P4: (
        ngettext_lazy(
            "%(count)s key node has come due this year, none is overdue",
            "%(count)s key nodes have come due this year, none is overdue",
            "count",
        ),
        ngettext_lazy(
            "Key node “%(name)s” is %(count)s day overdue",
            "Key node “%(name)s” is %(count)s days overdue",
            "count",
        ),
        ngettext_lazy(
            "%(finding)s, and %(count)s other key node is overdue",
            "%(finding)s, and %(count)s other key nodes are overdue",
            "count",
        ),
    ),
    Rule.P5: (
        ngettext_lazy(
            "%(count)s ordinary node has come due this year, none is overdue",
            "%(count)s ordinary nodes have come due this year, none is overdue",
            "count",
        ),
        ngettext_lazy("Node “%(name)s” is %(count)s day overdue", "Node “%(name)s” is %(count)s days overdue", "count"),
        ngettext_lazy(
            "%(finding)s, and %(count)s other ordinary node is overdue",
            "%(finding)s, and %(count)s other ordinary nodes are overdue",
            "count",
        ),
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
    told = _reminded(hit, palette) if hit.rule is Rule.P9 else FINDINGS[hit.rule](hit)
    colour, judged_by, figures = shade_word(palette.shade(hit.level)), limit(hit), hit.figures
    if "capped" in figures:
        judged_by = _("%(limit)s; no worse than %(colour)s in the first %(months)s months") % {
            "limit": judged_by,
            "colour": colour,
            "months": figures["capped"],
        }
    if not judged_by:
        return _("%(finding)s (%(colour)s)") % {"finding": told, "colour": colour}
    whole = _("%(finding)s (%(colour)s: %(limit)s)") % {"finding": told, "colour": colour, "limit": judged_by}
    return _("%(sentence)s, exit proposed") % {"sentence": whole} if "exit" in figures else whole


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


def _investment_lag(hit: Hit) -> str:
    figures = hit.figures
    is_behind, points = str(figures["lead"]).startswith("-"), abs(_tenths(figures["lead"]))
    if is_behind and "ratio" in figures:
        template = _("%(completed)s%% done, %(scheduled)s%% due, %(ratio)s%% of what is due")
    elif is_behind and (points or hit.level):
        template = _("%(completed)s%% done, %(scheduled)s%% due, %(points)s points behind")
    elif points:
        template = _("%(completed)s%% done, %(scheduled)s%% due, %(points)s points ahead")
    else:
        template = _("%(completed)s%% done, %(scheduled)s%% due, level with the schedule")
    return template % {
        "completed": _decimal(_tenths(figures["completed"], 100)),
        "scheduled": _decimal(_tenths(figures["scheduled"], 100)),
        "points": _decimal(points),
        "ratio": _decimal(_tenths(figures.get("ratio", 0), 100)),
    }


def _tenths(figure: Figure, by: int = 1) -> int:
    """Tenths of `by` times an exact figure such as "21/50", rounded half up once."""
    numerator, _slash, denominator = str(figure).partition("/")
    return divided(int(numerator) * by * 10, int(denominator or 1))


def _decimal(tenths: int) -> str:
    whole, tenth = divmod(abs(tenths), 10)
    return f"{'-' if tenths < 0 else ''}{whole}.{tenth}"


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


def _report_missing(hit: Hit) -> str:
    periods = int(hit.figures["periods"])
    if periods == 0:
        return str(_("The report of this month is in"))
    if periods == 1:
        return str(_("The report of this month was not in on time"))
    return _("No report was in on time for %(count)s periods in a row") % {"count": periods}


def _nothing_moved(hit: Hit) -> str:
    moved = datetime.date.fromisoformat(str(hit.figures["moved"]))
    date, months = date_format(moved, "DATE_FORMAT"), int(hit.figures["months"])
    if months == 0:
        return _("The preparation last moved on %(date)s") % {"date": date}
    return ngettext(
        "The preparation has not moved for %(count)s month, since %(date)s",
        "The preparation has not moved for %(count)s months, since %(date)s",
        months,
    ) % {"count": months, "date": date}


def _node_overdue(hit: Hit) -> str:
    none_overdue, overdue, and_others = NODES[hit.rule]
    if "due" in hit.figures:
        return none_overdue % {"count": int(hit.figures["due"])}
    told, others = overdue % {"name": hit.figures["name"], "count": int(hit.figures["days"])}, hit.figures["count"]
    return told if others == 1 else and_others % {"finding": told, "count": int(others) - 1}


def _one_vote(hit: Hit) -> str:
    kind = str(hit.figures["kind"])
    happened = datetime.date.fromisoformat(str(hit.figures["happened_on"]))
    return _("%(kind)s on %(date)s, not cleared") % {
        "kind": INCIDENT_NAMES.get(kind, kind),
        "date": date_format(happened, "DATE_FORMAT"),
    }


def _reminded(hit: Hit, palette: Palette) -> str:
    return _("Bad enough for %(colour)s in %(periods)s periods in a row and not mended") % {
        "colour": shade_word(palette.shade(int(hit.figures["reminded"]))),
        "periods": hit.figures["periods"],
    }


FINDINGS: dict[Rule, Callable[[Hit], str]] = {  # P9 alone speaks of another colour than its own
    Rule.P1: _investment_lag,
    Rule.P2: _start_overdue,
    Rule.P3: _statistics_missing,
    Rule.P4: _node_overdue,
    Rule.P5: _node_overdue,
    Rule.P6: _report_missing,
    Rule.P7: _nothing_moved,
    Rule.P8: _one_vote,
}
