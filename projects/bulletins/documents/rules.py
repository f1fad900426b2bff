"""The rules of a published bulletin as sentences, with the numbers that were in force."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from projects.core.display import wan
from projects.rating.hits import Hit
from projects.rating.limits import limit
from projects.rating.palettes import Palette
from projects.rating.policy import Band, Basis, Policy, Rule
from projects.rating.units import UnitPolicy
from projects.rating.wording import shade_word

APPLIES: dict[Rule, str | Promise] = {
    Rule.P1: gettext_lazy("Implementation-class projects with a year plan"),
    Rule.P2: gettext_lazy("Implementation-class projects not started"),
    Rule.P3: gettext_lazy("Projects that have started"),
    Rule.P4: gettext_lazy("Key nodes with a planned day"),
    Rule.P5: gettext_lazy("Other nodes with a planned day"),
    Rule.P6: gettext_lazy("Projects that report every month"),
    Rule.P7: gettext_lazy("Projects in preparation, from conceived to preparing"),
    Rule.P8: gettext_lazy("All projects"),
    Rule.P9: gettext_lazy("All projects"),
}


def rule_sentence(rule: Rule, policy: Policy, palette: Palette) -> str:
    """What gives which colour by this rule; that it is off where a place does not use it."""
    if rule not in policy.rules:
        return _("Not in use.")
    bands = {
        Rule.P1: policy.investment_lag, Rule.P2: policy.start_overdue, Rule.P3: policy.statistics_days,
        Rule.P4: policy.key_node_days, Rule.P5: policy.node_days, Rule.P6: policy.missed_periods,
        Rule.P7: policy.idle_months,
    }  # fmt: skip
    told = _limits(rule, bands[rule], palette) if rule in bands else ""
    for sentence in _more(rule, policy, palette):
        told = (
            pgettext("two sentences", "%(first)s %(second)s") % {"first": told, "second": sentence}
            if told
            else sentence
        )
    return told


def _limits(rule: Rule, band: Band, palette: Palette) -> str:
    parts = []
    for level in range(len(band.above) + 1):
        hit = Hit.of(rule, level, lead=-1, **band.limits(level))
        parts.append(_("%(colour)s: %(limit)s") % {"colour": shade_word(palette.shade(level)), "limit": limit(hit)})
    return pgettext("between two parts", "; ").join(parts) + pgettext("end of a sentence", ".")


def _more(rule: Rule, policy: Policy, palette: Palette) -> Iterator[str]:
    if rule is Rule.P1:
        yield (
            _("Compared with the approved month plan, without one with an even pace.")
            if policy.basis is Basis.MONTH_PLAN
            else _("Compared with an even pace over the active months.")
        )
        if policy.new_project_months:
            yield ngettext(
                "In the first %(count)s month of a project no worse than %(colour)s.",
                "In the first %(count)s months of a project no worse than %(colour)s.",
                policy.new_project_months,
            ) % {"count": policy.new_project_months, "colour": shade_word(palette.shade(policy.new_project_cap))}
    if rule is Rule.P3:
        yield _("From a total investment of %(floor)s (10,000 yuan).") % {"floor": wan(policy.statistics_floor)}
    if rule is Rule.P7:
        yield ngettext(
            "After %(count)s month its exit is proposed.",
            "After %(count)s months its exit is proposed.",
            policy.exit_months,
        ) % {"count": policy.exit_months}
    if rule is Rule.P8:
        yield _("A stop without approval, a serious accident or false figures: %(colour)s until cleared.") % {
            "colour": shade_word(palette.shade(policy.one_vote_level))
        }
    if rule is Rule.P9:
        yield _("At %(colour)s in %(periods)s published periods in a row, this one included: %(worse)s.") % {
            "colour": shade_word(palette.shade(policy.ladder_level)),
            "periods": policy.ladder_periods,
            "worse": shade_word(palette.shade(policy.ladder_level + 1)),
        }


def unit_sentence(policy: UnitPolicy, palette: Palette) -> str:
    """How towns and departments get a colour of their own."""
    last = len(palette.shades) - 1
    best, middle, worst = (shade_word(palette.shades[level]) for level in (0, min(1, last), last))
    return _(
        "%(best)s: on schedule, among the first %(top)s of its group, no project at %(worst)s. %(worst)s: behind"
        " schedule, and among the last %(bottom)s of its group or with %(share)s %% of its rated projects at"
        " %(worst)s. %(middle)s: otherwise behind schedule, or with any project at %(worst)s. In a group of fewer"
        " than %(smallest)s units no rank counts; nobody gets %(worst)s for rank alone."
    ) % {
        "best": best, "middle": middle, "worst": worst, "top": policy.top, "bottom": policy.bottom,
        "share": policy.red_share, "smallest": policy.smallest_group,
    }  # fmt: skip
