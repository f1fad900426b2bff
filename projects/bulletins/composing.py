"""The text of a bulletin: composed by rule, with marks for every figure, and filled in from what was published."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from projects.bulletins.content import Content, LineCopy, Share, Sums, sums_of
from projects.bulletins.marks import MARK, mark_word
from projects.core.display import number, points, yi
from projects.core.month import Month
from projects.core.refusals import Refused
from projects.rating.palettes import Palette
from projects.rating.schedule import district_schedule
from projects.rating.wording import shade_word

CLASSES = ("implementation", "preparation", "reserve", "lead", "")
MOST_NAMED = 30  # projects named one by one in a sentence; more stand in the annex


@dataclass(frozen=True)
class Section:
    """A numbered part of the text: its heading, and paragraphs with marks such as {invested}."""

    heading: str
    paragraphs: tuple[str, ...]


Figures = dict[str, str]


def figures_of(content: Content, palette: Palette) -> Figures:
    """Every figure that the text may name, by its mark, as it is written: 亿元 with at most two decimals, rates and
    points with one."""
    month, whole, planned = content.month, content.whole, content.implementation
    lead = planned.lead(month)
    found = {
        "year": str(month.year),
        "month": str(month.number),
        "months": _months(month),
        "projects": str(whole.projects),
        "total": yi(whole.total_investment),
        "implementation": str(planned.projects),
        "year_plan": yi(planned.year_plan),
        "invested": yi(planned.invested_to_date),
        "invested_month": yi(planned.invested_this_month),
        "rate": _percent(planned.completion_rate),
        "schedule": _percent(district_schedule(month)),
        "lead": number(None if lead is None else abs(lead), 1),
        "lead_signed": points(lead),
        "exempt": str(whole.exempt),
        "not_rated": str(whole.not_rated),
        "not_reported": str(whole.not_reported),
        "rated": str(whole.rated),
    }
    for name, share in (("start", planned.started), ("statistics", planned.in_statistics), ("report", whole.punctual)):
        found |= _share(name, share)
    for level in range(len(palette.shades)):
        found[f"level_{level}"] = str(whole.levels[level])
        found[f"level_{level}_share"] = _percent(Fraction(whole.levels[level], whole.rated) if whole.rated else None)
    return found | dict(_group_figures(content))


def _share(name: str, share: Share) -> Figures:
    return {
        f"{name}_due": str(share.whole), f"{name}_done": str(share.part), f"{name}_rate": _percent(share.share),
    }  # fmt: skip


def _percent(share: Fraction | None) -> str:
    return number(None if share is None else share * 100, 1)


def _group_figures(content: Content) -> Iterator[tuple[str, str]]:
    for kind, rows in groups_of(content):
        for place, (_name, sums) in enumerate(rows, start=1):
            yield f"{kind}_{place}_projects", str(sums.projects)
            yield f"{kind}_{place}_plan", yi(sums.year_plan)
            yield f"{kind}_{place}_invested", yi(sums.invested_to_date)
            yield f"{kind}_{place}_rate", _percent(sums.completion_rate)


def groups_of(content: Content) -> list[tuple[str, list[tuple[str, Sums]]]]:
    """The projects by class, category and nature, each with its name; the largest first, classes in their order."""

    def by(kind: str, names: dict[str, list[LineCopy]]) -> list[tuple[str, Sums]]:
        found = [(name, sums_of(rows, levels=content.levels)) for name, rows in names.items()]
        if kind == "class":  # what is being built comes before what is talked of
            return sorted(found, key=lambda pair: CLASSES.index(names[pair[0]][0].project_class))
        return sorted(found, key=lambda pair: (-pair[1].projects, pair[0]))

    kinds: dict[str, dict[str, list[LineCopy]]] = {"class": {}, "label": {}, "category": {}, "nature": {}}
    for line in content.lines:
        kinds["class"].setdefault(line.class_name or str(_("Not stated")), []).append(line)
        if not line.is_implementation:
            continue
        kinds["category"].setdefault(line.category_name, []).append(line)
        if line.nature_name:
            kinds["nature"].setdefault(line.nature_name, []).append(line)
        for label in line.labels:
            kinds["label"].setdefault(label, []).append(line)
    return [(kind, by(kind, names)) for kind, names in kinds.items() if names]


def compose(content: Content, palette: Palette) -> list[Section]:
    """The whole text as the rules make it, for somebody to edit."""
    return [
        Section(_("Overall progress"), tuple(_overall(content))),
        Section(_("By kind"), tuple(_by_kind(content))),
        Section(_("Colours"), tuple(_colours(content, palette))),
        Section(pgettext("bulletin", "Problems"), tuple(_problems(content))),
        Section(pgettext("bulletin", "What is asked"), tuple(_asked(content, palette))),
    ]


def _overall(content: Content) -> Iterator[str]:
    lead = content.implementation.lead(content.month)
    is_behind = lead is not None and lead < 0
    yield _(
        "By the end of {month}/{year} the district has {projects} key projects with a total investment of {total}"
        " (100 million yuan). The {implementation} projects of the implementation class plan {year_plan} this year"
        " (100 million yuan); in {months} {invested} were invested, {rate} %% of the year plan, {lead} points"
        " %(side)s the schedule of {schedule} %%."
    ) % {"side": pgettext("of the schedule", "behind") if is_behind else pgettext("of the schedule", "ahead of")}
    if content.implementation.started.whole:
        yield _(
            "Of {start_due} projects due to start {start_done} have started, {start_rate} %; of {statistics_due} due"
            " for the statistics pool {statistics_done} are entered, {statistics_rate} %."
        )


def _by_kind(content: Content) -> Iterator[str]:
    names = {
        "class": _("By class"), "label": _("By level"), "category": _("By category"), "nature": _("By nature"),
    }  # fmt: skip
    for kind, rows in groups_of(content):
        parts = []
        for place, (name, sums) in enumerate(rows, start=1):
            if sums.year_plan:
                part = _(
                    "%(name)s {%(key)s_projects} projects, {%(key)s_invested} of {%(key)s_plan}, {%(key)s_rate} %%"
                )
            else:
                part = _("%(name)s {%(key)s_projects} projects")
            parts.append(part % {"name": name, "key": f"{kind}_{place}"})
        yield _("%(kind)s (100 million yuan): %(parts)s.") % {
            "kind": names[kind],
            "parts": pgettext("between two parts", "; ").join(parts),
        }


def _colours(content: Content, palette: Palette) -> Iterator[str]:
    parts = [
        _("%(colour)s {level_%(level)s}, {level_%(level)s_share} %%") % {"colour": shade_word(shade), "level": level}
        for level, shade in enumerate(palette.shades)
    ]
    yield _(
        "Of {rated} projects rated: %(parts)s. Exempt {exempt}, not rated {not_rated}, not reported {not_reported}."
    ) % {"parts": pgettext("between two parts", "; ").join(parts)}
    worst = len(palette.shades) - 1
    red = shade_word(palette.shades[worst])
    at_worst = content.at_level(worst)
    groups = [
        (_("New at %(colour)s"), [line for line in at_worst if line.previous_level != line.level]),
        (_("At %(colour)s in two periods running or more"), [line for line in at_worst if line.streak >= 2]),
    ]
    for title, lines in groups:
        if lines:
            yield _("%(title)s: %(projects)s") % {"title": title % {"colour": red}, "projects": _named(lines)}
    better = [
        line
        for line in content.lines
        if line.previous_level is not None and line.level is not None and line.level < line.previous_level
    ]
    if better:
        yield _("Recovered: %(projects)s") % {"projects": _named(better)}
    overridden = [line for line in content.lines if line.is_overridden]
    if overridden:
        yield _("Colours decided otherwise than by the rules (*): %(projects)s") % {"projects": _named(overridden)}


def _named(lines: Sequence[LineCopy]) -> str:
    """Projects by their short names with their units, as far as a sentence bears it."""
    names = [f"{line.short_name}（{line.unit_name}）" for line in lines[:MOST_NAMED]]
    text = pgettext("between two names", ", ").join(names)
    rest = len(lines) - MOST_NAMED
    if rest > 0:
        text += ngettext(" and %(count)s more", " and %(count)s more", rest) % {"count": rest}
    return text + pgettext("end of a sentence", ".")


def _problems(content: Content) -> Iterator[str]:
    kinds: dict[str, list[LineCopy]] = {}
    for line in content.lines:
        for kind in dict.fromkeys(problem.kind for problem in line.problems):
            kinds.setdefault(kind, []).append(line)
    if not kinds:
        yield _("No open problems were noted.")
    for kind, lines in sorted(kinds.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        yield _("%(kind)s, %(count)s projects: %(projects)s") % {
            "kind": kind, "count": len(lines), "projects": _named(lines),
        }  # fmt: skip


def _asked(content: Content, palette: Palette) -> Iterator[str]:
    worst = shade_word(palette.shades[-1])
    yield _(
        "The responsible units of the projects at %(colour)s hand in a plan within the days that their slips set"
        " and report on it every week; the accountable leaders look after it in person."
    ) % {"colour": worst}
    yield _("Units that reported late see to it that next month's report is in by the due day.")


def check_marks(sections: Sequence[Section], figures: Figures) -> None:
    """`Refused` when the text has a mark that stands for no figure."""
    sentence = _("“{%(mark)s}” in “%(heading)s” stands for no figure. Write words only, or use a mark from the list.")
    for section in sections:
        for paragraph in section.paragraphs:
            unknown = [mark for mark in MARK.findall(paragraph) if mark not in figures]
            if unknown:
                named = {"mark": mark_word(unknown[0]), "heading": section.heading}
                raise Refused(sentence % named, field="sections")


def fill(text: str, figures: Figures) -> str:
    """The text with its figures in place of the marks."""
    return MARK.sub(lambda mark: figures.get(mark[1], mark[0]), text)


def usual_title(month: Month, issue: int) -> str:
    return _(
        "Bulletin on the red-yellow-blue rating of the district's key projects, {months} {year} (No. {issue})"
    ).format(months=_months(month), year=month.year, issue=issue)


def _months(month: Month) -> str:
    """The months of the year that the bulletin sums up; January is not called “January to January”."""
    if month.number == 1:
        return pgettext("months of a year", "January")
    return pgettext("months of a year", "January to {month}").format(month=month.number)
