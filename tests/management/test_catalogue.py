"""The catalogue: every sentence of the source is collected, and missed until it is translated."""

from pathlib import Path

import polib
import pytest

from projects.management.catalogue import Key, Sentence, faults, renewed, sentences, translation_of

PYTHON = """
from django.utils.translation import gettext as _, ngettext_lazy, pgettext_lazy
TITLE = _("Projects")
# Translators: the month, not the verb
MAY = pgettext_lazy("short month", "May")
COUNT = ngettext_lazy("one project", "%(n)s projects", "n")
LONG = _(
    "One sentence that "
    "goes on"
)
"""
PAGE = """{% load i18n %}
    <h1>{% translate "Projects" %}</h1>
  {% if rows %}
      {% blocktranslate trimmed count n=rows|length %}
         one row
      {% plural %}
         {{ n }} rows, 5% more
      {% endblocktranslate %}
  {% endif %}
<p title="{% translate "It's here" %}">{{ name|default:_("no name") }}</p>
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in {"projects/a.py": PYTHON, "templates/b.html": PAGE}.items():
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
    return tmp_path


def entry(text: str, translation: str = "", plural: str = "") -> polib.POEntry:
    one = polib.POEntry(msgid=text, msgid_plural=plural)
    if plural:
        one.msgstr_plural = {0: translation}
    else:
        one.msgstr = translation
    return one


def catalogue_of(*entries: polib.POEntry) -> polib.POFile:
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.extend(entries)
    return catalogue


def wanted(*texts: str) -> dict[Key, Sentence]:
    return {("", text): Sentence("", text, "", "", {"a.py"}) for text in texts}


def test_sentences_of_python_and_pages_are_found(root: Path) -> None:
    assert {(s.context, s.singular, s.plural) for s in sentences(root).values()} == {
        ("", "Projects", ""),
        ("short month", "May", ""),
        ("", "one project", "%(n)s projects"),
        ("", "One sentence that goes on", ""),
        ("", "one row", "%(n)s rows, 5%% more"),
        ("", "It's here", ""),
        ("", "no name", ""),
    }


def test_a_sentence_knows_its_files_and_its_note(root: Path) -> None:
    found = sentences(root)
    assert found["", "Projects"].files == {"projects/a.py", "templates/b.html"}
    assert found["short month", "May"].note == "Translators: the month, not the verb"


def test_one_sentence_with_two_plurals_is_refused(root: Path) -> None:
    other = 'ngettext("one project", "many projects", 2)'
    (root / "projects" / "c.py").write_text(other, encoding="utf-8")
    with pytest.raises(ValueError, match=r"projects/c\.py:1: 'one project' has another plural"):
        sentences(root)


def test_collecting_keeps_translations_and_drops_what_is_unused(root: Path) -> None:
    old = catalogue_of(
        entry("Projects", "项目"),
        entry("one project", "%(n)s 个项目", plural="%(n)s projects"),
        entry("Gone", "没了"),
    )
    fresh = renewed(old, sentences(root))
    translations = {one.msgid: translation_of(one) for one in fresh}
    assert translations["Projects"] == "项目"
    assert translations["one project"] == "%(n)s 个项目"
    assert translations["no name"] == ""
    assert "Gone" not in translations


def test_a_collected_catalogue_is_read_by_django(root: Path, tmp_path: Path) -> None:
    import gettext  # the reader that Django builds on

    catalogue = renewed(catalogue_of(entry("one project", "%(n)s 个项目", plural="x")), sentences(root))
    written = tmp_path / "django.mo"
    catalogue.save_as_mofile(str(written))
    with written.open("rb") as file:
        read = gettext.GNUTranslations(file)
    assert read.ngettext("one project", "%(n)s projects", 3) == "%(n)s 个项目"


def test_a_complete_catalogue_has_no_faults() -> None:
    complete = catalogue_of(entry("Projects", "项目"), entry("%(n)s of {m}", "{m}中%(n)s"))
    assert faults(complete, wanted("Projects", "%(n)s of {m}")) == []


@pytest.mark.parametrize(
    ("one", "fault"),
    [
        (None, "not in the catalogue: 'Projects'"),
        (entry("Projects"), "untranslated: 'Projects'"),
        (entry("Projects", "%(n)s 个项目"), "placeholders differ: 'Projects' and '%(n)s 个项目'"),
        (polib.POEntry(msgid="Projects", msgstr="项目", flags=["fuzzy"]), "marked fuzzy: 'Projects'"),
    ],
)
def test_faults_are_named(one: polib.POEntry | None, fault: str) -> None:
    assert faults(catalogue_of(*filter(None, [one])), wanted("Projects")) == [fault]


def test_what_the_source_uses_no_longer_is_a_fault() -> None:
    old = catalogue_of(entry("Gone", "没了"), polib.POEntry(msgid="Old", msgstr="旧", obsolete=True))
    assert faults(old, {}) == ["no longer used: 'Gone'", "kept though obsolete: 'Old'"]
