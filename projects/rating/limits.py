"""How the bounds of a level read: between which values a rule gives the colour that it gives."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from projects.rating.hits import Hit
from projects.rating.policy import Measure, Policy, Rule

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
# The same for a shortfall, told by what of the share that is due was reached.
RATIO_LIMITS = {
    frozenset({"to"}): _("%(to)s%% of what is due or more"),
    frozenset({"under"}): _("more than %(under)s%% of what is due"),
    frozenset({"over", "to"}): _("less than %(over)s%%, at least %(to)s%% of what is due"),
    frozenset({"over", "under"}): _("less than %(over)s%%, more than %(under)s%% of what is due"),
    frozenset({"from", "to"}): _("at most %(from)s%%, at least %(to)s%% of what is due"),
    frozenset({"from", "under"}): _("at most %(from)s%%, more than %(under)s%% of what is due"),
    frozenset({"over"}): _("less than %(over)s%% of what is due"),
    frozenset({"from"}): _("at most %(from)s%% of what is due"),
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
    figures = hit.figures
    bounds: dict[str, int] = {name: int(figures[name]) for name in ("over", "from", "to", "under") if name in figures}
    if hit.rule is Rule.P1:
        # On or ahead of schedule a bound would only confuse.
        at_ease = hit.level == 0 and not str(figures["lead"]).startswith("-")
        return "" if at_ease else _lag_limit(bounds, Measure.SHORTFALL if "ratio" in figures else Measure.POINTS)
    return _count_limit(hit.rule, bounds) if bounds else ""


def level_limit(rule: Rule, policy: Policy, level: int) -> str:
    """The bounds of a level by a rule that has some, as its reasons name them; empty when no value lies between."""
    bounds = policy.bands[rule].limits(level)
    if rule is Rule.P1:
        return _lag_limit(bounds, policy.measure)
    low, high = _counted(bounds)
    return "" if high is not None and high < low else _count_limit(rule, bounds)


def _lag_limit(bounds: dict[str, int], measure: Measure) -> str:
    if measure is Measure.POINTS:
        return str(LAG_LIMITS[frozenset(bounds)] % bounds)
    return str(RATIO_LIMITS[frozenset(bounds)] % {name: 100 - bound for name, bound in bounds.items()})


def _counted(bounds: dict[str, int]) -> tuple[int, int | None]:
    """The first and the last whole number within bounds; None: no last one."""
    low = bounds["from"] if "from" in bounds else bounds.get("over", -1) + 1
    if "to" in bounds:
        return low, bounds["to"]
    return low, bounds["under"] - 1 if "under" in bounds else None


def _count_limit(rule: Rule, bounds: dict[str, int]) -> str:
    none, at_most, exactly, between, beyond = COUNT_LIMITS[rule]
    low, high = _counted(bounds)
    if high is None:
        return beyond % {"low": low, "over": low - 1}
    if low == 0:
        return at_most % {"high": high, "under": high + 1} if high else str(none)
    return (exactly if low == high else between) % {"low": low, "high": high}
