"""Components refuse attributes that they do not know, tie labels to controls, and let no markup through."""

import datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.exceptions import TemplateSyntaxError
from django.test import RequestFactory

from projects.core.charts import YearPoint
from projects.core.gantt import Bar, Lane

DAY = datetime.date(2023, 10, 10)
HOSTILE = '"><script>alert(1)</script>'


class Elements(HTMLParser):
    """The start tags of a piece of HTML, with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]

    def classes(self) -> set[str]:
        return {name for _, attributes in self.found for name in (attributes.get("class") or "").split()}


def render(source: str, **context: Any) -> Elements:
    context.setdefault("request", RequestFactory().get("/", {"colour": "red", "page": "3"}))
    return Elements(Template("{% load components %}" + source).render(Context(context)))


class PersonForm(forms.Form):
    name = forms.CharField(label=HOSTILE, help_text="As in the register.")
    nature = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


# ── what is refused ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "source",
    [
        '{% notice "alarm" %}x{% endnotice %}',
        '{% button "x" kind="huge" %}',
        '{% link_button "/" "x" kind="huge" %}',
        '{% colour_count "pink" "square" "x" 1 "?" %}',
        '{% colour_count "red" "heart" "x" 1 "?" %}',
        '{% button "" %}',
        '{% link_button "" "x" %}',
        "{% page_header nothing %}{% endpage_header %}",
        "{% panel nothing %}{% endpanel %}",
        "{% empty nothing %}{% endempty %}",
        "{% disclosure nothing %}{% enddisclosure %}",
        "{% filters nothing %}{% endfilters %}",
        "{% stat nothing 1 %}",
        "{% tabs nothing nothing %}",
        '{% fact nothing "x" %}',
        "{% field nothing %}",
        "{% filter_field nothing %}",
        "{% form_errors nothing %}",
        "{% pagination nothing %}",
    ],
)
def test_refused(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        render(source)


@pytest.mark.parametrize(
    "source",
    ['{% icon "no-such-icon" %}', '{% badge "pink" "square" "x" %}', '{% stage_chip "x" "gone" %}'],
)
def test_unknown_marks_are_refused(source: str) -> None:
    with pytest.raises(ValueError, match=r"unknown|does not exist"):
        render(source)


@pytest.mark.parametrize("kind", ["info", "success", "warning", "error", "stale"])
def test_every_notice(kind: str) -> None:
    shown = render("{% notice kind title=title %}body{% endnotice %}", kind=kind, title="Title")
    assert f"notice-{kind}" in shown.classes()
    assert shown.of("div")[0].get("role") == ("alert" if kind in {"error", "stale"} else None)


# ── hostile names ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "source",
    [
        "{% page_header x facts=x back_url=x back_label=x %}{% endpage_header %}",
        '{% button x name="a" value=x %}',
        "{% button x disabled_because=x %}",
        "{% link_button x x %}",
        '{% notice "error" title=x %}{{ x }}{% endnotice %}',
        "{% empty x text=x %}{% endempty %}",
        "{% panel x facts=x anchor=x %}{{ x }}{% endpanel %}",
        "{% disclosure x %}{{ x }}{% enddisclosure %}",
        "{% stat x x unit=x note=x url=x %}",
        '{% colour_count "red" "square" x 1 x %}',
        "{% fact x x unit=x %}",
        "{% tabs items x %}",
        "{% legend shades %}",
        "{% timeline events %}",
        "{% active_filters chips clear_url=x %}",
        "{% filters x url=x %}{{ x }}{% endfilters %}",
        "{% year_figure points x %}",
        "{% timeline_figure lanes day x %}",
        "{% hidden_query %}",
        "{% form_errors form %}{% field form.name unit=x %}",
    ],
)
def test_no_markup_comes_through(source: str) -> None:
    shown = render(
        source,
        x=HOSTILE,
        items=[{"url": HOSTILE, "label": HOSTILE, "count": HOSTILE, "current": True}],
        shades=[{"hue": "red", "shape": "square", "word": HOSTILE, "meaning": HOSTILE}],
        events=[{"title": HOSTILE, "by": HOSTILE, "unit": HOSTILE, "note": HOSTILE, "at": None}],
        chips=[{"label": HOSTILE, "value": HOSTILE, "url": HOSTILE}],
        points=[YearPoint(HOSTILE, 1, 1)],
        day=DAY,
        lanes=[Lane(HOSTILE, (Bar(DAY, None, HOSTILE, "done"),), planned=DAY, note=HOSTILE)],
        form=PersonForm({"name": ""}),
        request=RequestFactory().get("/", {HOSTILE: HOSTILE}),
    )
    assert not shown.of("script")
    assert HOSTILE in shown.text or any(HOSTILE in attributes.values() for _, attributes in shown.found)


# ── forms ───────────────────────────────────────────────────────────────────────────────────────


def test_field_ties_label_help_and_error_to_its_control() -> None:
    shown = render("{% field form.name %}", form=PersonForm({"name": ""}))
    (control,) = shown.of("input")
    assert shown.of("label")[0]["for"] == control["id"]
    described = str(control["aria-describedby"]).split()
    assert described == ["id_name_helptext", "id_name_error"]
    assert set(described) <= {attributes.get("id") for _, attributes in shown.found}
    assert control["aria-invalid"] == "true"
    assert "has-error" in shown.classes()


def test_field_without_fault_shows_none() -> None:
    shown = render("{% field form.name %}", form=PersonForm())
    assert "has-error" not in shown.classes()
    assert "field-error" not in shown.classes()


def test_choices_are_named_as_a_group() -> None:
    shown = render("{% field form.nature %}", form=PersonForm({}))
    assert shown.of("legend")
    assert shown.of("fieldset")[0]["aria-describedby"] == "id_nature_error"


def test_a_box_to_tick_has_its_label_behind_it() -> None:
    shown = render("{% field form.agreed %}", form=PersonForm())
    assert [tag for tag, _ in shown.found if tag in {"input", "label"}] == ["input", "label"]


def test_a_hidden_field_is_only_itself() -> None:
    shown = render("{% field form.version %}", form=PersonForm())
    assert [tag for tag, _ in shown.found] == ["input"]


def test_summary_leads_to_the_refused_fields() -> None:
    form = PersonForm({"name": "", "nature": "a", "version": ""})
    form.add_error(None, "The whole is wrong.")
    shown = render("{% form_errors form %}", form=form)
    assert [attributes["href"] for attributes in shown.of("a")] == ["#id_name"]
    assert "The whole is wrong." in shown.text
    assert shown.text.count("–") == 1  # the hidden field has no place to go to; its error stands alone
    assert len(shown.of("li")) == 3


def test_summary_is_empty_when_all_is_well() -> None:
    shown = render("{% form_errors form %}", form=PersonForm({"name": "a", "nature": "a", "version": "1"}))
    assert not shown.found


def test_a_disabled_button_says_why() -> None:
    shown = render('{% button "Publish" disabled_because="Only the office publishes." %}')
    assert "disabled" in shown.of("button")[0]
    assert "Only the office publishes." in shown.text


# ── lists ───────────────────────────────────────────────────────────────────────────────────────


def test_pages_keep_the_rest_of_the_address() -> None:
    shown = render("{% pagination page %}", page=Paginator(range(500), 50).page(3))
    links = {attributes["href"]: attributes for attributes in shown.of("a")}
    assert "?colour=red&page=2" in links
    assert "?colour=red&page=4" in links
    assert links["?colour=red&page=3"]["aria-current"] == "page"
    hidden = [(attributes["name"], attributes["value"]) for attributes in shown.of("input")]
    assert hidden == [("colour", "red")]


def test_one_page_needs_no_links() -> None:
    shown = render("{% pagination page %}", page=Paginator(range(3), 50).page(1))
    assert not shown.of("a")
    assert not render("{% pagination page %}", page=Paginator([], 50).page(1)).of("a")


def test_the_present_query_is_carried_except_what_is_named() -> None:
    request = RequestFactory().get("/", {"month": "2023-09", "unit": ["1", "2"], "page": "3"})
    shown = render('{% hidden_query "month" "page" %}', request=request)
    assert [(box["name"], box["value"]) for box in shown.of("input")] == [("unit", "1"), ("unit", "2")]


def test_filter_shows_that_it_is_set() -> None:
    assert "is-set" in render("{% filter_field form.name %}", form=PersonForm({"name": "x"})).classes()
    assert "is-set" not in render("{% filter_field form.name %}", form=PersonForm({"name": ""})).classes()


def test_no_filter_no_row() -> None:
    assert not render("{% active_filters chips %}", chips=[]).found


# ── small things ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("value", [None, "", "—"])
def test_an_empty_fact_has_a_dash_and_no_unit(value: object) -> None:
    shown = render('{% fact "Total" value unit="GW" %}', value=value)
    assert shown.text.strip() == "Total—"


def test_zero_is_a_fact() -> None:
    assert render('{% fact "Total" 0 unit="GW" %}').text.strip() == "Total0GW"
    assert "0" in render('{% stat "Total" 0 %}').text
    assert "—" in render('{% stat "Total" None %}').text


def test_tabs_tell_where_one_is() -> None:
    items = [{"url": "/a", "label": "A", "current": True, "count": 0}, {"url": "/b", "label": "B"}]
    shown = render('{% tabs items "Views" %}', items=items)
    assert [attributes.get("aria-current") for attributes in shown.of("a")] == ["page", None]
    assert [attributes.get("class") for attributes in shown.of("span")] == ["count"]


def test_a_header_without_actions_leaves_no_hole() -> None:
    assert "buttons" not in render('{% page_header "Title" %}{% endpage_header %}').classes()
    assert "buttons" in render('{% page_header "Title" %}<a>x</a>{% endpage_header %}').classes()
    assert "example-mark" in render('{% page_header "T" example=True %}{% endpage_header %}').classes()


def test_figures_stand_behind_the_chart() -> None:
    shown = render('{% year_figure points "x" %}', points=[YearPoint("1月", 20_000, 10_000)])
    assert len(shown.of("svg")) >= 2  # a wide and a narrow one
    assert "2" in shown.text
    assert len(shown.of("tr")) == 2
