"""How the bounds of a level read: between which values a rule gives the colour that it gives."""

from fractions import Fraction

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from projects.rating.hits import Hit
from projects.rating.policy import Rule

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
    Rule.P6: (
        _("none missing"),
        ngettext_lazy("at most %(high)s period missing", "at most %(high)s periods missing", "high"),
        ngettext_lazy("%(low)s period", "%(low)s periods in a row", "low"),
        _("%(low)s to %(high)s periods in a row"),
        _("%(low)s or more periods in a row"),
    ),
    Rule.P7: (
        _("moved this month"),
        ngettext_lazy("less than %(under)s month", "less than %(under)s months", "under"),
        ngettext_lazy("%(low)s month", "%(low)s months", "low"),
        _("%(low)s to %(high)s months"),
        _("%(low)s or more months"),
    ),
}
COUNT_LIMITS[Rule.P5] = COUNT_LIMITS[Rule.P4]


def limit(hit: Hit) -> str:
    """The bounds of the level; empty for a project that is not behind at all."""
    if hit.rule is Rule.P8:
        return str(_("one-vote rule"))
    if hit.rule is Rule.P9:
        return str(_("%(periods)s reminders in a row") % hit.figures)
    bounds: dict[str, int] = {
        name: int(hit.figures[name]) for name in ("over", "from", "to", "under") if name in hit.figures
    }
    if hit.rule is Rule.P1:
        # On or ahead of schedule a bound would only confuse.
        at_ease = hit.level == 0 and Fraction(hit.figures["lead"]) >= 0
        return "" if at_ease else LAG_LIMITS[frozenset(bounds)] % bounds
    return _count_limit(hit.rule, bounds) if bounds else ""


def _count_limit(rule: Rule, bounds: dict[str, int]) -> str:
    none, at_most, exactly, between, beyond = COUNT_LIMITS[rule]
    low = bounds["from"] if "from" in bounds else bounds.get("over", -1) + 1
    if "to" not in bounds and "under" not in bounds:
        return beyond % {"low": low, "over": low - 1}
    high = bounds["to"] if "to" in bounds else bounds["under"] - 1
    if low == 0:
        return at_most % {"high": high, "under": high + 1} if high else str(none)
    return (exactly if low == high else between) % {"low": low, "high": high}
