"""The components of the pages as template tags; each refuses an attribute that it does not know.

The developers' page (templates/design/) shows every one of them in every state.
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import QueryDict
from django.template import Context
from django.template.exceptions import TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from projects.core import charts, gantt, icons, marks
from projects.core.display import NONE
from projects.followups.wording import STATE_NAMES as SLIP_STATES
from projects.followups.wording import STATE_TONES as SLIP_TONES
from projects.progress.checking import Remark
from projects.progress.wording import ODDITY_NAMES, STATE_NAMES, remark_sentence

register = template.Library()

BUTTONS = {"primary", "quiet", "plain", "danger"}
NOTICES = {
    "info": "info",
    "success": "circle-check",
    "warning": "circle-alert",
    "error": "octagon-alert",
    "stale": "git-compare-arrows",
}
TYPED = {"text", "plainsearch"}
PAGE_SIZES = (20, 50, 100, 200)
REPORT_TONES = {"due": "planned", "draft": "planned", "submitted": "active", "returned": "back", "approved": "done"}


def _one_of(value: str, allowed: Iterable[str], what: str) -> str:
    if value not in allowed:
        raise TemplateSyntaxError(f"{what} {value!r} is not one of {', '.join(sorted(allowed))}")
    return value


def _given(value: Any, what: str) -> Any:
    """`value`, unless it is empty: what a misspelt variable becomes in a template."""
    if value is None or value == "":
        raise TemplateSyntaxError(f"{what} is empty")
    return value


# what core draws, and tables use directly
register.simple_tag(icons.icon)
register.simple_tag(marks.badge, name="badge")
register.simple_tag(marks.stage_chip, name="stage_chip")
register.simple_tag(marks.flag, name="flag")
register.simple_tag(marks.rate_bar, name="rate_bar")
register.simple_tag(marks.capacity_bar, name="capacity_bar")
register.simple_tag(marks.month_strip, name="month_strip")
register.simple_tag(marks.example_mark, name="example_mark")
register.simple_tag(marks.edge, name="edge")


@register.simple_tag
def report_state(state: str) -> SafeString:
    """Where a monthly report stands, by word and shape."""
    return marks.stage_chip(STATE_NAMES[_one_of(state, STATE_NAMES, "report_state")], REPORT_TONES[state])


@register.simple_tag
def slip_state(state: str) -> SafeString:
    """Where a slip stands, by word and shape."""
    return marks.stage_chip(SLIP_STATES[_one_of(state, SLIP_STATES, "slip_state")], SLIP_TONES[state])


@register.simple_tag
def oddity(remark: Remark) -> SafeString:
    """What is odd about a report as one short word; the whole sentence on hover."""
    return marks.flag(ODDITY_NAMES[remark.code.value], remark_sentence(remark))


@register.simple_block_tag
def page_header(
    content: str,
    title: str,
    facts: str = "",
    back_url: str = "",
    back_label: str = "",
    example: bool = False,
) -> SafeString:
    """Title, one sentence of facts, and at the right the main action that the block holds."""
    return render_to_string(
        "components/page_header.html",
        {
            "title": _given(title, "page_header: title"),
            "facts": facts,
            "back_url": back_url,
            "back_label": back_label,
            "example": example,
            "actions": content.strip() and content,
        },
    )


@register.inclusion_tag("components/button.html")
def button(
    label: str,
    kind: str = "quiet",
    icon: str = "",
    name: str = "",
    value: str = "",
    form: str = "",
    small: bool = False,
    wide: bool = False,
    disabled_because: str = "",
) -> dict[str, Any]:
    """A button that submits its form; `disabled_because` disables it and writes the sentence beside it."""
    return {
        "label": _given(label, "button: label"),
        "kind": _one_of(kind, BUTTONS, "button: kind"),
        "icon": icon,
        "name": name,
        "value": value,
        "form": form,
        "small": small,
        "wide": wide,
        "because": disabled_because,
    }


@register.simple_tag
def link_button(
    url: str, label: str, kind: str = "quiet", icon: str = "", small: bool = False, download: bool = False
) -> SafeString:
    """A link that looks like a button, for going somewhere."""
    return format_html(
        '<a class="button button-{}{}" href="{}"{}>{}{}</a>',
        _one_of(kind, BUTTONS, "link_button: kind"),
        " button-small" if small else "",
        _given(url, "link_button: url"),
        " download" if download else "",
        icons.icon(icon, 16) if icon else "",
        _given(label, "link_button: label"),
    )


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, unit: str = "", wide: bool = False, hide_label: bool = False) -> dict[str, Any]:
    """Label, control, help and errors of one form field, tied together for screen readers."""
    if not isinstance(bound, BoundField):
        raise TemplateSyntaxError(f"field needs a field of a form, not {bound!r}")
    kind = bound.widget_type
    return {
        "field": bound,
        "unit": unit,
        "wide": wide,
        "hide_label": hide_label,
        "is_check": kind == "checkbox",
        "is_set": bound.use_fieldset,
    }


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """What is wrong with a whole form, with links to the refused fields; nothing when all is well."""
    if not isinstance(form, BaseForm):
        raise TemplateSyntaxError(f"form_errors needs a form, not {form!r}")
    return {
        "general": form.non_field_errors(),
        "fields": [bound for bound in form.visible_fields() if bound.errors],
        "hidden": [error for bound in form.hidden_fields() for error in bound.errors],
    }


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "") -> SafeString:
    """A sentence in a box. `stale` is for a save refused because somebody else was faster."""
    return render_to_string(
        "components/notice.html",
        {
            "kind": _one_of(kind, NOTICES, "notice: kind"),
            "icon": NOTICES[kind],
            "title": title,
            "content": content,
            "urgent": kind in {"error", "stale"},
        },
    )


@register.simple_block_tag
def empty(content: str, title: str, text: str = "", icon: str = "inbox") -> SafeString:
    """What stands where rows would: says that there is nothing and what to do next."""
    return render_to_string(
        "components/empty.html",
        {
            "title": _given(title, "empty: title"),
            "text": text,
            "icon": icon,
            "actions": content.strip() and content,
        },
    )


@register.simple_block_tag
def panel(content: str, title: str, facts: str = "", anchor: str = "", flush: bool = False) -> SafeString:
    """A titled group; `flush` when it holds a table; `anchor` is its id, to link to it or to swap it."""
    return render_to_string(
        "components/panel.html",
        {
            "title": _given(title, "panel: title"),
            "facts": facts,
            "anchor": anchor,
            "flush": flush,
            "content": content,
        },
    )


@register.simple_block_tag
def disclosure(content: str, label: str, open: bool = False) -> SafeString:
    """Something folded away behind a line of text."""
    context = {"label": _given(label, "disclosure: label"), "open": open, "content": content}
    return render_to_string("components/disclosure.html", context)


@register.inclusion_tag("components/stat.html")
def stat(label: str, number: Any, unit: str = "", note: str = "", url: str = "") -> dict[str, Any]:
    """One large figure with its name; a link when `url` is given."""
    return {
        "label": _given(label, "stat: label"),
        "number": NONE if number is None else number,
        "unit": unit,
        "note": note,
        "url": url,
    }


@register.simple_tag
def colour_count(hue: str, shape: str, word: str, count: int, url: str, current: bool = False) -> SafeString:
    """How many projects have this colour, as a link that filters by it; `hue` "" counts all of them."""
    _one_of(hue, marks.HUES | {""}, "colour_count: hue")
    if hue:
        _one_of(shape, marks.SHAPES, "colour_count: shape")
    return format_html(
        '<a class="colour-count {}" href="{}"{}>{}<b>{}</b></a>',
        marks.edge(hue) if hue else "",
        url,
        format_html(' aria-current="{}"', "true") if current else "",
        marks.badge(hue, shape, word) if hue else format_html("<span>{}</span>", word),
        count,
    )


@register.inclusion_tag("components/legend.html")
def legend(entries: Iterable[Any]) -> dict[str, Any]:
    """The palette in force: entries with `hue`, `shape`, `word` and `meaning`."""
    return {"entries": entries}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Iterable[Any], label: str) -> dict[str, Any]:
    """Views of one thing: items with `url`, `label`, `current` and perhaps `count`; `label` names the row."""
    return {"items": items, "label": _given(label, "tabs: label")}


@register.inclusion_tag("components/timeline.html")
def timeline(events: Iterable[Any], empty_text: str = "") -> dict[str, Any]:
    """What happened, newest first: events with `title`, `at`, `by`, and perhaps `note` and `unit`."""
    return {"events": events, "empty_text": empty_text}


@register.inclusion_tag("components/fact.html")
def fact(label: str, value: Any, unit: str = "", wide: bool = False) -> dict[str, Any]:
    """One pair inside `<dl class="facts">`; an empty value is written “—”."""
    missing = value is None or value == "" or value == NONE
    return {
        "label": _given(label, "fact: label"),
        "value": NONE if missing else value,
        "unit": "" if missing else unit,
        "wide": wide,
    }


@register.simple_block_tag
def filters(content: str, label: str, url: str = "") -> SafeString:
    """The row of filters: a GET form that sends itself when a choice changes; `label` names it."""
    context = {"label": _given(label, "filters: label"), "url": url, "content": content}
    return render_to_string("components/filters.html", context)


@register.simple_tag
def filter_field(bound: BoundField) -> SafeString:
    """One control inside the row of filters, marked when it is set."""
    if not isinstance(bound, BoundField):
        raise TemplateSyntaxError(f"filter_field needs a field of a form, not {bound!r}")
    is_set = bound.value() not in (None, "", [], [""])
    widget = bound.as_widget(attrs={"class": "is-set"}) if is_set else bound.as_widget()
    kind = " filter-check" if bound.widget_type == "checkbox" else " filter-text" if bound.widget_type in TYPED else ""
    return format_html(
        '<div class="filter{}"><label for="{}">{}</label>{}</div>', kind, bound.id_for_label, bound.label, widget
    )


@register.inclusion_tag("components/active_filters.html")
def active_filters(chips: Iterable[Any], clear_url: str = "") -> dict[str, Any]:
    """What is filtered by, each with a link that lifts it: chips with `label`, `value`, `url`."""
    return {"chips": list(chips), "clear_url": clear_url}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(
    context: Context, page: Page[Any], page_name: str = "page", size_name: str = "per_page"
) -> dict[str, Any]:
    """Pages of a list and the choice of their size; the address keeps everything else that it carries."""
    if not isinstance(page, Page):
        raise TemplateSyntaxError(f"pagination needs a page of a paginator, not {page!r}")
    query: QueryDict = context["request"].GET
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "ellipsis": page.paginator.ELLIPSIS,
        "numbers": [(number, _address(query, page_name, number)) for number in numbers],
        "previous": _address(query, page_name, page.number - 1) if page.has_previous() else "",
        "next": _address(query, page_name, page.number + 1) if page.has_next() else "",
        "sizes": PAGE_SIZES,
        "size": page.paginator.per_page,
        "size_name": size_name,
        "kept": _pairs(query, {page_name, size_name}),
    }


def _address(query: QueryDict, name: str, value: Any) -> str:
    return f"?{urlencode([*_pairs(query, {name}), (name, value)])}"


def _pairs(query: QueryDict, without: Iterable[str]) -> list[tuple[str, str]]:
    left_out = set(without)
    return [(name, str(value)) for name, values in query.lists() if name not in left_out for value in values]


@register.inclusion_tag("components/hidden_query.html", takes_context=True)
def hidden_query(context: Context, *without: str) -> dict[str, Any]:
    """Hidden inputs that carry the present query through a GET form, except the names given."""
    request = context.get("request")
    return {"kept": _pairs(request.GET, without) if request else []}


@register.inclusion_tag("components/year_figure.html")
def year_figure(points: Sequence[charts.YearPoint], label: str) -> dict[str, Any]:
    """The year of a project as a chart, with its table folded away behind it."""
    columns = charts.month_columns(points)
    _given(label, "year_figure: label")
    return {
        "wide": charts.year_chart(points, label),
        "narrow": charts.year_chart(points, label, width=360, height=240),
        "rows": list(zip(points, columns, strict=True)),
    }


@register.inclusion_tag("components/timeline_figure.html")
def timeline_figure(lanes: Sequence[gantt.Lane], today: datetime.date, label: str) -> dict[str, Any]:
    """Phases and nodes in time as a chart, with its table folded away behind it; without any day only the table."""
    _given(label, "timeline_figure: label")
    dated = any(True for lane in lanes if lane.drawn for _day in lane.days())
    return {
        "wide": gantt.timeline_chart(lanes, today=today, label=label) if dated else "",
        "narrow": gantt.timeline_chart(lanes, today=today, label=label, width=360) if dated else "",
        "marks": [(kind, gantt.mark_name(kind)) for kind in ("planned", "expected", "done")],
        "lanes": lanes,
        "label": label,
    }
