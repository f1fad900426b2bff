"""The rules themselves in plain words: what each does with its numbers, told by the bounds that its reasons name."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from projects.core.display import wan
from projects.rating.limits import level_limit
from projects.rating.palettes import Palette, Shade
from projects.rating.policy import Basis, Measure, Policy, Rule
from projects.rating.units import UnitPolicy
from projects.rating.wording import SHADE_WORDS, shade_meaning, shade_word

Words = str | Promise

BASIS_NAMES: dict[str, Words] = {
    Basis.MONTH_PLAN.value: pgettext_lazy("basis", "month plan"),
    Basis.LINEAR.value: pgettext_lazy("basis", "even pace"),
    Basis.QUARTERLY.value: pgettext_lazy("basis", "quarterly curve"),
}
MEASURE_NAMES: dict[str, Words] = {
    Measure.POINTS.value: pgettext_lazy("measure", "percentage points behind schedule"),
    Measure.SHORTFALL.value: pgettext_lazy("measure", "percent short of what is due"),
}
POLICY_NAMES: dict[str, Words] = {
    "default": pgettext_lazy("rules of a place", "Zaozhuang (default)"),
    "yinchuan": pgettext_lazy("rules of a place", "Yinchuan: 10 to 30 points"),
    "wuhan": pgettext_lazy("rules of a place", "Wuhan: 80 and 60 percent of what is due"),
    "sanya": pgettext_lazy("rules of a place", "Sanya: any lag, and more than half"),
    "haikou": pgettext_lazy("rules of a place", "Haikou: two yellow cards make a red one"),
    "handan": pgettext_lazy("rules of a place", "Handan development zone: idle months"),
    "quarterly": pgettext_lazy("rules of a place", "Quarterly curve 20/50/75/100"),
}
HUE_NAMES = SHADE_WORDS  # a hue is called like the colour that has it
SHAPE_NAMES: dict[str, Words] = {
    "circle": pgettext_lazy("shape", "circle"),
    "triangle": pgettext_lazy("shape", "triangle"),
    "square": pgettext_lazy("shape", "square"),
    "diamond": pgettext_lazy("shape", "diamond"),
    "ring": pgettext_lazy("shape", "ring"),
}
# Whom a rule looks at and by what, then the bounds of each level.
EXPLAINED: dict[Rule, Words] = {
    Rule.P2: gettext_lazy("Implementation-class projects not started, by months since the planned month: %(levels)s"),
    Rule.P3: gettext_lazy(
        "Started projects of %(floor)s × 10,000 yuan or more that are not in the statistics pool, by days since the"
        " start: %(levels)s"
    ),
    Rule.P4: gettext_lazy("The key node longest overdue: %(levels)s"),
    Rule.P5: gettext_lazy("The ordinary node longest overdue: %(levels)s"),
    Rule.P6: gettext_lazy("Periods in a row whose lock passed without the report: %(levels)s"),
    Rule.P7: gettext_lazy("Projects before the start, by months in which nothing moved: %(levels)s"),
}
LAG_EXPLAINED: dict[Measure, Words] = {
    Measure.POINTS: gettext_lazy(
        "Implementation-class projects with a year plan, by percentage points behind schedule: %(levels)s"
    ),
    Measure.SHORTFALL: gettext_lazy(
        "Implementation-class projects with a year plan, by the share invested of what is due: %(levels)s"
    ),
}
BASES: dict[Basis, Words] = {
    Basis.MONTH_PLAN: gettext_lazy(
        "What is due comes from the approved month plan; without one the year plan counts evenly over the months in"
        " which the project is to be worked on."
    ),
    Basis.LINEAR: gettext_lazy(
        "The year plan counts evenly over the months in which the project is to be worked on, whatever its month plan."
    ),
    Basis.QUARTERLY: gettext_lazy(
        "By the end of the quarters %(q1)s%%, %(q2)s%%, %(q3)s%% and %(q4)s%% of the year plan are due, evenly within"
        " a quarter; of a project that is worked on in a part of the year, that part of the curve."
    ),
}


def rule_sentence(rule: Rule, policy: Policy, palette: Palette) -> str:
    """What a rule does, in one sentence with its numbers, whether it is switched on or not."""
    if rule is Rule.P8:
        return _("A stop without approval, a serious accident or false figures, until cleared: %(colour)s.") % {
            "colour": _colour(palette, policy.one_vote_level)
        }
    if rule is Rule.P9:
        return _(
            "Bad enough for %(reminded)s by the other rules in %(periods)s periods in a row, this one included, and"
            " not mended: %(colour)s."
        ) % {
            "reminded": _colour(palette, policy.ladder_level),
            "periods": policy.ladder_periods,
            "colour": _colour(palette, policy.ladder_level + 1),
        }
    looked_at = LAG_EXPLAINED[policy.measure] if rule is Rule.P1 else EXPLAINED[rule]
    parts = [looked_at % {"levels": _levels(rule, policy, palette), "floor": wan(policy.statistics_floor)}]
    parts += _besides(rule, policy, palette)
    return pgettext("between two parts", "; ").join(parts) + pgettext("end of a sentence", ".")


def _levels(rule: Rule, policy: Policy, palette: Palette) -> str:
    """The bounds of each level that a value can have, with its colour."""
    found = []
    for level in range(len(policy.bands[rule].above) + 1):
        limit = level_limit(rule, policy, level)
        if limit:
            found.append(_("%(limit)s %(colour)s") % {"limit": limit, "colour": _colour(palette, level)})
    return pgettext("between two levels", ", ").join(found)


def _besides(rule: Rule, policy: Policy, palette: Palette) -> Iterator[str]:
    if rule is Rule.P1 and policy.new_project_months and policy.new_project_cap < len(policy.investment_lag.above):
        yield ngettext(
            "no worse than %(colour)s in the first active month of a project",
            "no worse than %(colour)s in the first %(months)s active months of a project",
            policy.new_project_months,
        ) % {"colour": _colour(palette, policy.new_project_cap), "months": policy.new_project_months}
    if rule is Rule.P7:
        yield ngettext(
            "exit proposed after %(months)s month",
            "exit proposed after %(months)s months",
            policy.exit_months,
        ) % {"months": policy.exit_months}


def _colour(palette: Palette, level: int) -> str:
    return shade_word(palette.shade(level))


def basis_sentence(policy: Policy) -> str:
    """What a project's investment is compared with."""
    return str(BASES[policy.basis]) % {f"q{number}": share for number, share in enumerate(policy.quarters, start=1)}


def unit_sentences(policy: UnitPolicy, palette: Palette) -> list[str]:
    """How towns and departments get a colour of their own, the best first."""
    best, middle, worst = (_colour(palette, level) for level in range(3))
    return [
        _(
            "%(colour)s: not behind schedule, among the best %(top)s of the group by completion, and without a project"
            " at the worst colour."
        ) % {"colour": best, "top": policy.top},
        _("%(colour)s: behind schedule otherwise, or with any project at the worst colour.") % {"colour": middle},
        _(
            "%(colour)s: behind schedule, and among the last %(bottom)s of the group or with %(share)s%% or more of its"
            " rated projects at the worst colour. Nobody is warned for the rank alone."
        ) % {"colour": worst, "bottom": policy.bottom, "share": policy.red_share},
        _("In a group of fewer than %(units)s units no rank counts.") % {"units": policy.smallest_group},
    ]  # fmt: skip


def mismatch(policy: Policy, palette: Palette) -> str:
    """What it means that the rules give more levels than the palette shows, or fewer; empty when they agree."""
    worst, shown = policy.worst_given, len(palette.shades) - 1
    if worst > shown:
        return _(
            "The rules give %(given)s levels and the palette shows %(shown)s: what is worse than %(colour)s is shown"
            " as %(colour)s too."
        ) % {"given": worst + 1, "shown": shown + 1, "colour": _colour(palette, shown)}
    if worst < shown:
        return _(
            "The palette shows %(shown)s levels and the rules give only %(given)s: no project gets %(colours)s, and"
            " units are never blamed for projects at the worst colour."
        ) % {
            "shown": shown + 1,
            "given": worst + 1,
            "colours": pgettext("between two names", ", ").join(map(shade_word, palette.shades[worst + 1 :])),
        }
    return ""


def shade_sentence(shade: Shade) -> str:
    """A level as the legend has it: word and meaning, hue and shape."""
    return _("%(word)s (%(meaning)s, %(hue)s, %(shape)s)") % {
        "word": shade_word(shade),
        "meaning": shade_meaning(shade),
        "hue": HUE_NAMES[shade.hue],
        "shape": SHAPE_NAMES[shade.shape],
    }


def palette_sentence(palette: Palette) -> str:
    """All levels, the best first."""
    return pgettext("between two levels", ", ").join(map(shade_sentence, palette.shades))
