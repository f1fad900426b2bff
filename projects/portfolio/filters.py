"""What the lists can be narrowed by, and the choices for it."""

import datetime
from copy import copy
from typing import Any

import django_filters
from django import forms
from django.core.cache import caches
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from projects.accounts.models import Unit, User
from projects.accounts.queries import district_of, within_reading
from projects.bulletins.models import Line, SearchKey
from projects.bulletins.search import found
from projects.core.display import month_label
from projects.core.forms import PlainSearch, PlainSelect
from projects.core.month import Month
from projects.core.text import has_control, tidy
from projects.journal.models import Entry
from projects.journal.wording import VERB_NAMES
from projects.portfolio.wording import colour_names
from projects.rating.palettes import Palette
from projects.register.models import Category, Leader, LevelLabel, Problem, Project, Sector
from projects.register.models.problems import CLOSED, OPEN
from projects.register.queries import leaders_for
from projects.register.wording import CLASS_NAMES, PARTLY_OPERATING, PROBLEM_KINDS, PROBLEM_STATES, STAGE_NAMES

CHOICES_KEPT = 60  # seconds; a list renamed in the admin shows its new name within a minute
UNCLASSIFIED = "none"
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

Choices = dict[str, list[tuple[str, str]]]


def choices_for(user: User, month: Month, palette: Palette) -> Choices:
    """The choices of each filter: units that hold projects and the own, leaders, the lists that the office keeps.

    Who held projects in `month` is among them, though they were given to others since, and is called what the
    lines of the month call it: of a published month that is what it was called then.
    """
    key = f"choices:{district_of(user.unit).pk}:{user.pk}:{month}:{get_language()}"
    kept: Choices | None = caches["totals"].get(key)
    if kept is None:
        kept = _choices(user, month)
        caches["totals"].set(key, kept, CHOICES_KEPT)
    return {**kept, "colour": [(name.code, name.word) for name in colour_names(palette)]}


def _choices(user: User, month: Month) -> Choices:
    held = Project.objects.filter(within_reading(user)).order_by().values("unit")
    then = Line.objects.visible_to(user).of(month).order_by()
    called: dict[str, dict[int | None, str]] = {
        name: dict(then.values_list(f"{name}_id", f"{name}_name").distinct()) for name in ("unit", "leader")
    }
    rows: dict[str, QuerySet[Any]] = {
        "unit": Unit.objects.filter(Q(pk__in=held) | Q(pk=user.unit_id) | Q(pk__in=then.values("unit"))),
        "category": Category.objects.all(),
        "level": LevelLabel.objects.all(),
        "leader": leaders_for(user) | Leader.objects.filter(pk__in=then.values("leader")),
        "sector": Sector.objects.all(),
    }
    found = {
        name: [(str(row.pk), called.get(name, {}).get(row.pk) or str(row)) for row in query]
        for name, query in rows.items()
    }
    found["leader"].append((UNCLASSIFIED, str(_("Not stated"))))
    found["plan"] = [("with", str(_("with a year plan"))), ("without", str(_("without a year plan")))]
    found["itself"] = [("only", str(_("left out")))]
    found["project_class"] = [(code, str(name)) for code, name in CLASS_NAMES.items()]
    found["project_class"].append((UNCLASSIFIED, str(_("Not stated"))))
    found["stage"] = [(code, str(name)) for code, name in STAGE_NAMES.items()]
    found["stage"].insert(-3, ("partly_operating", str(PARTLY_OPERATING)))
    return found


class FreshForm(forms.Form):
    """A form whose class was made for one request, so that its fields need not be copied."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        fields, type(self).base_fields = self.base_fields, {}
        super().__init__(*args, **kwargs)
        self.fields = fields


class ChoiceFilter(django_filters.ChoiceFilter):
    """A drop-down over choices made once for many requests."""

    def __init__(self, label: Any, field_name: str | None = None, **kwargs: Any) -> None:
        super().__init__(
            field_name=field_name, label=label, widget=PlainSelect, empty_label=_("all"), choices=[], **kwargs
        )

    def __deepcopy__(self, memo: object) -> "ChoiceFilter":
        """Each request has filters of its own, to fill with its choices; the rest they may share."""
        own = copy(self)
        own.extra, own.method = dict(self.extra), self.method
        return own


class LineFilter(django_filters.FilterSet):
    """Narrows lines of one month. A value that is no choice is refused by the form and narrows nothing."""

    q = django_filters.CharFilter(
        label=_("Search"),
        method="search",
        max_length=60,
        widget=PlainSearch(attrs={"placeholder": _("Name, owner, code, pinyin initials")}),
    )
    colour = ChoiceFilter(_("Colour"), method="by_colour")
    unit = ChoiceFilter(_("Unit"), method="by_unit")
    category = ChoiceFilter(_("Category"), field_name="category_id")
    level = ChoiceFilter(_("Level"), field_name="project__labels")
    project_class = ChoiceFilter(_("Class"), method="by_class")
    stage = ChoiceFilter(_("Stage"), method="by_stage")
    leader = ChoiceFilter(_("Leader"), method="by_leader")
    sector = ChoiceFilter(_("Sector"), field_name="sector_id")
    plan = ChoiceFilter(_("Year plan"), method="by_plan")
    itself = ChoiceFilter(_("Units below"), method="by_unit_itself")

    along = False
    aside = frozenset({"colour", "plan", "itself"})  # set by links, and lifted where the page says what narrows it

    class Meta:
        model = Line
        fields: list[str] = []
        form = FreshForm

    def __init__(self, *args: Any, choices: Choices, palette: Palette, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.palette = palette
        for name, options in choices.items():
            self.filters[name].extra["choices"] = options

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The valid values of the address, by filter."""
        if not any(self.typed):  # as nearly always; a form costs as much as the rows
            return {}
        self.form.is_valid()
        return dict(self.form.cleaned_data)

    @property
    def refused(self) -> list[tuple[str, Any]]:
        """The values that are no choice, by filter, each with its errors."""
        return list(self.form.errors.items()) if any(self.typed) else []

    @cached_property
    def typed(self) -> list[str]:
        """What stands in the boxes, valid or not."""
        return [self.data.get(name, "") for name in self.filters]

    def narrow(self, *, without: str = "", along: bool = False) -> QuerySet[Line]:
        """The lines by every filter, or by all but one.

        `along`: names are read line by line in the order asked for, and not gathered from the index first.
        """
        self.along, lines = along, self.queryset.all()
        for name, value in self.chosen.items():
            if name != without:
                lines = self.filters[name].filter(lines, value)
        return lines

    def search(self, lines: QuerySet[Line], _name: str, text: str) -> QuerySet[Line]:
        """Every word must occur in the names, the owner, the code or the pinyin initials."""
        if has_control(text):
            return lines.none()
        for word in tidy(text).lower().split():
            read = SearchKey.objects.filter(project=OuterRef("project"), text__contains=word)
            lines = lines.filter(Exists(read) if self.along else Q(project__in=found(word).values("project")))
        return lines

    def by_colour(self, lines: QuerySet[Line], _name: str, code: str) -> QuerySet[Line]:
        level = self.palette.level_of(code)
        if level is None:
            return lines.filter(standing=code)
        is_worst = level == len(self.palette.shades) - 1  # and looks like all that lies beyond
        return lines.filter(level__gte=level) if is_worst else lines.filter(level=level)

    def by_unit(self, lines: QuerySet[Line], _name: str, pk: str) -> QuerySet[Line]:
        return lines.filter(unit__in=Unit.objects.filter(path__contains=f"/{pk}/"))

    def by_unit_itself(self, lines: QuerySet[Line], _name: str, _only: str) -> QuerySet[Line]:
        return lines.filter(unit_id=int(self.chosen["unit"])) if self.chosen.get("unit") else lines

    def by_leader(self, lines: QuerySet[Line], _name: str, pk: str) -> QuerySet[Line]:
        return lines.filter(leader__isnull=True) if pk == UNCLASSIFIED else lines.filter(leader_id=int(pk))

    def by_plan(self, lines: QuerySet[Line], _name: str, code: str) -> QuerySet[Line]:
        return lines.filter(year_plan__gt=0) if code == "with" else lines.exclude(year_plan__gt=0)

    def by_class(self, lines: QuerySet[Line], _name: str, code: str) -> QuerySet[Line]:
        return lines.filter(project_class="" if code == UNCLASSIFIED else code)

    def by_stage(self, lines: QuerySet[Line], _name: str, code: str) -> QuerySet[Line]:
        if code == "partly_operating":
            return lines.filter(partly_operating=True)
        return lines.filter(stage=code, partly_operating=False)


class EntryFilter(django_filters.FilterSet):
    """Narrows the journal."""

    q = django_filters.CharFilter(
        label=_("Search"),
        method="search",
        max_length=60,
        widget=PlainSearch(attrs={"placeholder": _("Person or project")}),
    )
    verb = django_filters.ChoiceFilter(
        label=_("What"), choices=list(VERB_NAMES.items()), empty_label=_("all"), widget=PlainSelect
    )
    since = django_filters.DateFilter(field_name="at", lookup_expr="date__gte", label=_("From day"), widget=DAY)
    until = django_filters.DateFilter(field_name="at", lookup_expr="date__lte", label=_("Until day"), widget=DAY)

    class Meta:
        model = Entry
        fields: list[str] = []

    def search(self, entries: QuerySet[Entry], _name: str, text: str) -> QuerySet[Entry]:
        if has_control(text):
            return entries.none()
        return entries.filter(Q(actor_name__contains=tidy(text)) | Q(subject_name__contains=tidy(text)))


PROBLEM_STATES_ASKED = [("unsolved", _("not closed yet")), *PROBLEM_STATES.items()]


class ProblemFilter(django_filters.FilterSet):
    """Narrows problems; a value that is no choice narrows nothing."""

    q = django_filters.CharFilter(
        label=_("Search"),
        method="search",
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Project or problem")}),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), method="by_state", choices=PROBLEM_STATES_ASKED, empty_label=_("all"),
        widget=PlainSelect,
    )  # fmt: skip
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=list(PROBLEM_KINDS.items()), empty_label=_("all"),
        widget=PlainSelect,
    )  # fmt: skip
    asked_of = django_filters.ModelChoiceFilter(label=_("Asked of"), queryset=Unit.objects.none(), empty_label=_("all"))
    unit = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("heading", "Unit"), field_name="project__unit", queryset=Unit.objects.none(),
        empty_label=_("all"),
    )  # fmt: skip
    overdue = django_filters.BooleanFilter(label=_("Overdue only"), method="by_overdue", widget=forms.CheckboxInput)

    class Meta:
        model = Problem
        fields: list[str] = []

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for name, field in (("asked_of", "asked_of"), ("unit", "project__unit")):
            held = Unit.objects.filter(pk__in=self.queryset.order_by().values(field))
            self.filters[name].queryset = held

    def search(self, problems: QuerySet[Problem], _name: str, text: str) -> QuerySet[Problem]:
        if has_control(text):
            return problems.none()
        for word in tidy(text).split():
            problems = problems.filter(
                Q(description__contains=word) | Q(project__name__contains=word) | Q(project__short_name__contains=word)
                | Q(project__initials__contains=word.lower())
            )  # fmt: skip
        return problems

    def by_state(self, problems: QuerySet[Problem], _name: str, code: str) -> QuerySet[Problem]:
        return problems.exclude(state=CLOSED) if code == "unsolved" else problems.filter(state=code)

    def by_overdue(self, problems: QuerySet[Problem], _name: str, only: bool) -> QuerySet[Problem]:
        return problems.filter(state=OPEN, due_on__lt=self.today) if only else problems


class TwoMonths(forms.Form):
    """The two months that are set side by side, the earlier one at the left."""

    a = forms.ChoiceField(label=_("Month"), widget=PlainSelect)
    b = forms.ChoiceField(label=_("compared with"), widget=PlainSelect)

    def __init__(self, *args: Any, months: list[Month], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("a", "b"):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [(str(month), month_label(month)) for month in months]
