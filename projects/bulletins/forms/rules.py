"""The rules of the colour as they are typed: bounds, numbers, switches, palette, and the rules for units."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from projects.bulletins.forms import values
from projects.bulletins.queries.editions import Edition
from projects.core.display import month_label
from projects.core.forms import AmountField, MonthInputField, PlainTextField, VersionField
from projects.core.month import Month
from projects.rating.explaining import BASIS_NAMES, HUE_NAMES, MEASURE_NAMES, POLICY_NAMES, SHAPE_NAMES
from projects.rating.palettes import FEWEST, HUES, MOST, PALETTES, SHAPES, Palette, Shade, alike
from projects.rating.policy import BANDS, DEFAULT_POLICY, MOST_LEVEL, POLICIES, Band, Basis, Measure, Policy, Rule
from projects.rating.units import UnitPolicy
from projects.rating.wording import PALETTE_NAMES, rule_name

AS_IT_IS = ("", gettext_lazy("as below"))
NOT_CHOSEN = ("", "—")
SHARED = {  # what is wrong with two levels that cannot be told apart
    "word": gettext_lazy("Level %(level)s has this word already. Give each level a word of its own."),
    "hue": gettext_lazy("Level %(level)s has this colour already. Give each level a colour of its own."),
    "shape": gettext_lazy(
        "Level %(level)s has this shape already. Give each level a shape of its own: black-and-white copies go by it."
    ),
}
UNITS = {  # what the numbers of a rule count
    Rule.P2: pgettext_lazy("unit of a number", "months"),
    Rule.P3: pgettext_lazy("unit of a number", "days"),
    Rule.P4: pgettext_lazy("unit of a number", "days"),
    Rule.P5: pgettext_lazy("unit of a number", "days"),
    Rule.P6: pgettext_lazy("unit of a number", "periods"),
    Rule.P7: pgettext_lazy("unit of a number", "months"),
}
BESIDE = {  # the further fields of a rule
    Rule.P1: ("measure", "new_project_months", "new_project_cap"),
    Rule.P3: ("statistics_floor",),
    Rule.P7: ("exit_months",),
    Rule.P8: ("one_vote_level",),
    Rule.P9: ("ladder_level", "ladder_periods"),
}


@dataclass(frozen=True)
class RuleFields:
    """The fields of one rule: its switch, its bounds each with whether it is included, and others."""

    code: str
    name: str
    use: forms.BoundField
    bounds: list[tuple[forms.BoundField, forms.BoundField]]
    beside: list[forms.BoundField]
    unit: Any


def _count(label: Any, least: int, most: int, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, **kwargs)


class RulesForm(forms.Form):
    """An edition of the rules. Rows of the palette without a word, and bounds behind the last one, are ignored.

    Name and reason are asked by the action: rules can be tried without them.
    """

    name = PlainTextField(label=gettext_lazy("Name of the edition"), required=False, max_length=60)
    holds_from = MonthInputField(label=gettext_lazy("Holds from"))
    reason = PlainTextField(label=gettext_lazy("Reason for the change"), required=False, max_length=500)
    policy_preset = forms.ChoiceField(
        label=gettext_lazy("Rules like those of"), required=False, choices=[AS_IT_IS, *POLICY_NAMES.items()]
    )
    palette_preset = forms.ChoiceField(
        label=gettext_lazy("Palette like"), required=False, choices=[AS_IT_IS, *PALETTE_NAMES.items()]
    )
    try_month = forms.ChoiceField(label=gettext_lazy("Try for"), required=False)
    basis = forms.ChoiceField(label=gettext_lazy("Investment is compared with"), choices=list(BASIS_NAMES.items()))
    quarter_1 = _count(gettext_lazy("Due by the end of the first quarter"), 1, 99)
    quarter_2 = _count(gettext_lazy("Due by the end of the second quarter"), 1, 99)
    quarter_3 = _count(gettext_lazy("Due by the end of the third quarter"), 1, 99)
    measure = forms.ChoiceField(label=gettext_lazy("The lag counts in"), choices=list(MEASURE_NAMES.items()))
    new_project_months = _count(gettext_lazy("First active months spared"), 0, 24)
    new_project_cap = forms.TypedChoiceField(label=gettext_lazy("No worse in them than"), coerce=int)
    statistics_floor = AmountField(label=gettext_lazy("Total investment from"))
    exit_months = _count(gettext_lazy("Exit proposed after months"), 1, 60)
    one_vote_level = forms.TypedChoiceField(label=gettext_lazy("Gives"), coerce=int)
    ladder_level = forms.TypedChoiceField(label=gettext_lazy("Counts from"), coerce=int)
    ladder_periods = _count(gettext_lazy("Periods in a row"), 2, 12)
    top = _count(gettext_lazy("The best so many may be commended"), 0, 99)
    bottom = _count(gettext_lazy("The last so many are warned when they lag"), 0, 99)
    red_share = _count(gettext_lazy("Warned from this share of projects at the worst colour"), 1, 100)
    smallest_group = _count(gettext_lazy("Ranks count from so many units in a group"), 0, 99)
    version = VersionField(required=False)

    def __init__(self, *args: Any, months: list[Month], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rule in Rule:
            self.fields[f"use_{rule}"] = forms.BooleanField(label=f"{rule} {rule_name(rule)}", required=False)
        for rule, name in BANDS.items():
            for level in range(1, MOST_LEVEL + 1):
                label = _("%(rule)s: level %(level)s from") % {"rule": rule, "level": level}
                self.fields[f"{name}_{level}"] = _count(label, 0, 1000, required=False)
                self.fields[f"{name}_{level}_included"] = forms.BooleanField(label=_("included"), required=False)
        for row in range(MOST):
            self._add_shade(row)
        self._name_levels()
        self.fields["try_month"].choices = [(str(month), month_label(month)) for month in months]  # type: ignore[attr-defined]

    def _add_shade(self, row: int) -> None:
        parts: list[tuple[str, Any, forms.Field]] = [
            ("word", _("word"), PlainTextField(required=False, max_length=4)),
            ("meaning", _("meaning"), PlainTextField(required=False, max_length=20)),
            ("hue", _("colour"), forms.ChoiceField(required=False, choices=_choices(HUES, HUE_NAMES))),
            ("shape", _("shape"), forms.ChoiceField(required=False, choices=_choices(SHAPES, SHAPE_NAMES))),
        ]
        for part, called, field in parts:
            field.label = _("Level %(level)s: %(part)s") % {"level": row, "part": called}
            self.fields[f"{part}_{row}"] = field

    def _name_levels(self) -> None:
        """Levels are chosen by the words that the palette gives them as it is typed."""
        words = [str(self[f"word_{row}"].value() or "") for row in range(MOST)]
        words = [word for word in words if word]
        for name, levels in (("new_project_cap", range(MOST)), ("one_vote_level", range(1, MOST)),
                             ("ladder_level", range(1, MOST_LEVEL))):  # fmt: skip
            self.fields[name].choices = [  # type: ignore[attr-defined]
                (level, _level_name(level, words[level] if level < len(words) else "")) for level in levels
            ]

    # what the page lays out

    @cached_property
    def rows(self) -> list[RuleFields]:
        return [self._rule(rule) for rule in Rule]

    def _rule(self, rule: Rule) -> RuleFields:
        name = BANDS.get(rule)
        levels = range(1, self.columns + 1) if name else ()
        return RuleFields(
            code=rule.value,
            name=rule_name(rule),
            use=self[f"use_{rule}"],
            bounds=[(self[f"{name}_{level}"], self[f"{name}_{level}_included"]) for level in levels],
            beside=[self[field] for field in BESIDE.get(rule, ())],
            unit=UNITS.get(rule, ""),
        )

    @cached_property
    def columns(self) -> int:
        """How many bounds of each rule are shown: as many as the palette has use for, or as are typed."""
        filled = [n for name in BANDS.values() for n in range(1, MOST_LEVEL + 1) if self._typed(f"{name}_{n}")]
        shades = sum(self._typed(f"word_{row}") for row in range(MOST))
        return min(max(FEWEST, shades - 1, *filled, 0), MOST_LEVEL)

    def _typed(self, name: str) -> bool:
        return self[name].value() not in (None, "")

    @property
    def quarters(self) -> list[forms.BoundField]:
        return [self[f"quarter_{number}"] for number in (1, 2, 3)]

    @property
    def shades(self) -> list[tuple[int, list[forms.BoundField]]]:
        return [(row, [self[f"{part}_{row}"] for part in ("word", "meaning", "hue", "shape")]) for row in range(MOST)]

    @property
    def unit_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in values.UNIT_NUMBERS]

    # what was typed

    def refilled(self, months: list[Month]) -> "RulesForm":
        """The same typing with the rules and the palette of the presets that are chosen."""
        typed: Any = self.data.copy()  # type: ignore[attr-defined] # what a request posts can be copied
        policy, palette = POLICIES.get(typed.get("policy_preset")), PALETTES.get(typed.get("palette_preset"))
        chosen = {**(values.of_policy(policy) if policy else {}), **(values.of_palette(palette) if palette else {})}
        for name, value in chosen.items():
            if value is None or value is False:
                typed.pop(name, None)
            else:
                typed[name] = str(self.fields[name].prepare_value(value))
        typed["policy_preset"] = typed["palette_preset"] = ""
        return type(self)(typed, months=months)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        for name in ("policy_preset", "palette_preset"):
            if data.get(name):
                self.add_error(name, _("Chosen and not filled in yet. Press “Fill in”, or choose “as below”."))
        bands = {rule: self._band(rule, name) for rule, name in BANDS.items()}
        shades = self._shades()
        quarters = [data[name] for name in ("quarter_1", "quarter_2", "quarter_3") if name in data]
        if quarters != sorted(set(quarters)):
            self.add_error("quarter_3", _("The shares must rise from quarter to quarter."))
        if not self.errors:
            data["policy"] = self._policy({BANDS[rule]: band for rule, band in bands.items()}, quarters)
            data["palette"] = self._palette(shades)
            data["unit_policy"] = UnitPolicy(**{name: data[name] for name in values.UNIT_NUMBERS})
        return data

    def edition(self) -> Edition:
        """What was typed, once it is valid; its number follows the one that it was opened at."""
        data = self.cleaned_data
        number = (data["version"] or 0) + 1
        return Edition(number, data["name"], data["policy"], data["palette"], data["unit_policy"])

    def _policy(self, bands: dict[str, Any], quarters: list[int]) -> Policy:
        data = self.cleaned_data
        return Policy(
            **bands,
            **{name: data[name] for name in values.NUMBERS},
            measure=Measure(data["measure"]),
            basis=Basis(data["basis"]),
            quarters=(*quarters, 100),
            rules=frozenset(rule for rule in Rule if data[f"use_{rule}"]),
        )

    def _band(self, rule: Rule, name: str) -> Band | None:
        """The bounds of a rule up to the last one typed; None with the reason beside its box. A rule that is
        switched off may have none, and keeps the usual ones."""
        names = [f"{name}_{level}" for level in range(1, MOST_LEVEL + 1)]
        if any(each in self.errors for each in names):
            return None
        typed = [self.cleaned_data.get(each) for each in names]
        while typed and typed[-1] is None:
            typed.pop()
        if not typed:
            if self.cleaned_data.get(f"use_{rule}"):
                self.add_error(names[0], _("Say from where on level 1 begins, or switch the rule off."))
                return None
            return DEFAULT_POLICY.bands[rule]
        for place, bound in enumerate(typed):
            before = typed[place - 1] if place else None
            if bound is None:
                self.add_error(names[place], _("Empty, though a later level has a bound. Fill the levels in order."))
                return None
            if before is not None and bound <= before:
                self.add_error(names[place], _("Must be more than %(before)s, where the level before begins.") % {
                    "before": before})  # fmt: skip
                return None
        included = tuple(bool(self.cleaned_data.get(f"{each}_included")) for each in names[: len(typed)])
        return Band(tuple(bound for bound in typed if bound is not None), included if any(included) else ())

    def _shades(self) -> list[Shade]:
        """The rows that have a word or a meaning, with what is wrong beside its box."""
        rows, shades = [], []
        for row in range(MOST):
            given = {part: self.cleaned_data.get(f"{part}_{row}") or "" for part in ("word", "meaning", "hue", "shape")}
            if not given["word"] and not given["meaning"]:
                continue
            lacking = [part for part, value in given.items() if not value and f"{part}_{row}" not in self.errors]
            for part in lacking:
                self.add_error(f"{part}_{row}", _("Every level needs a word, a meaning, a colour and a shape."))
            if all(given.values()):
                rows.append(row)
                word, meaning = values.word_code(given["word"]), values.meaning_code(given["meaning"])
                shades.append(Shade(word, meaning, given["hue"], given["shape"]))
        for place, earlier, part in alike(shades):
            self.add_error(f"{part}_{rows[place]}", SHARED[part] % {"level": rows[earlier]})
        if len(shades) < FEWEST and not self.errors:
            self.add_error("word_1", _("A palette has at least two levels."))
        return shades

    def _palette(self, shades: list[Shade]) -> Palette:
        """The palette of the program that looks so, else the place's own."""
        known = next((palette for palette in PALETTES.values() if palette.shades == tuple(shades)), None)
        return known or Palette("own", self.cleaned_data["name"], tuple(shades))


def _choices(codes: tuple[str, ...], names: Any) -> list[tuple[str, str]]:
    return [NOT_CHOSEN, *((code, names[code]) for code in codes)]


def _level_name(level: int, word: str) -> str:
    return _("level %(level)s %(word)s") % {"level": level, "word": word}
