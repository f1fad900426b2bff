"""Which sentences the source asks to have translated, and what a catalogue still lacks of them.

Extraction is done with Babel and Django's own template reader, so that nobody needs the system's gettext.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

SOURCES = ("tracker", "projects", "templates")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|(?<!\{)\{\w*\}")
HEADER = {
    "Project-Id-Version": "tracker",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}

Key = tuple[str, str]  # context ("" for none) and sentence: what gettext looks a translation up by


@dataclass
class Sentence:
    """One sentence of the source, with the files that use it."""

    context: str
    singular: str
    plural: str
    note: str
    files: set[str]

    @property
    def key(self) -> Key:
        return self.context, self.singular


def sentences(root: Path) -> dict[Key, Sentence]:
    """Every sentence marked for translation below `root`, in the order of files and lines.

    Raises ValueError with file and line when one sentence is used with two different plurals.
    """
    found: dict[Key, Sentence] = {}
    for path in source_files(root):
        name = path.relative_to(root).as_posix()
        for line, sentence in _sentences_in(path, name):
            known = found.setdefault(sentence.key, sentence)
            if known.plural and sentence.plural and known.plural != sentence.plural:
                raise ValueError(f"{name}:{line}: {sentence.singular!r} has another plural in {sorted(known.files)}")
            known.plural = known.plural or sentence.plural
            known.note = known.note or sentence.note
            known.files.add(name)
    return found


def source_files(root: Path) -> Iterator[Path]:
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                yield path


def _sentences_in(path: Path, name: str) -> Iterator[tuple[int, Sentence]]:
    from babel.messages.extract import extract  # a development dependency: absent where the program runs

    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Without the strip Python's tokenizer takes the layout of the page for wrong indentation.
        source = "\n".join(line.strip() for line in templatize(source, origin=name).splitlines())
    found = extract("python", io.BytesIO(source.encode()), KEYWORDS, comment_tags=["Translators:"])
    for line, message, notes, context in found:
        singular, plural = message if isinstance(message, tuple) else (message, "")
        if singular:
            yield line, Sentence(context or "", singular, plural, " ".join(notes), {name})


def renewed(catalogue: polib.POFile, wanted: dict[Key, Sentence]) -> polib.POFile:
    """A catalogue of exactly the `wanted` sentences, with the translations that `catalogue` has of them."""
    known = {key_of(entry): entry for entry in catalogue if not entry.obsolete}
    fresh = polib.POFile(wrapwidth=0)  # one line a sentence, so that a change shows as one line
    fresh.metadata = HEADER | catalogue.metadata
    for key, sentence in wanted.items():
        old = known.get(key)
        entry = polib.POEntry(
            msgctxt=sentence.context or None,
            msgid=sentence.singular,
            msgid_plural=sentence.plural,
            comment=sentence.note,
            occurrences=[(name, "") for name in sorted(sentence.files)],
            flags=["python-format"] if "%(" in sentence.singular else [],
        )
        if sentence.plural:
            entry.msgstr_plural = {0: translation_of(old) if old else ""}
        else:
            entry.msgstr = translation_of(old) if old else ""
        fresh.append(entry)
    return fresh


def faults(catalogue: polib.POFile, wanted: dict[Key, Sentence]) -> list[str]:
    """What keeps the catalogue from being complete and exact, one line each; empty when nothing does."""
    known = {key_of(entry): entry for entry in catalogue if not entry.obsolete}
    found = [f"not in the catalogue: {key[1]!r}" for key in wanted if key not in known]
    found += [f"no longer used: {key[1]!r}" for key in known if key not in wanted]
    found += [f"kept though obsolete: {entry.msgid!r}" for entry in catalogue.obsolete_entries()]
    for key, entry in known.items():
        translation = translation_of(entry)
        if entry.fuzzy:
            found.append(f"marked fuzzy: {entry.msgid!r}")
        if not translation:
            found.append(f"untranslated: {entry.msgid!r}")
        elif key in wanted and not _placeholders_agree(entry, translation):
            found.append(f"placeholders differ: {entry.msgid!r} and {translation!r}")
    return found


def key_of(entry: polib.POEntry) -> Key:
    return entry.msgctxt or "", entry.msgid


def translation_of(entry: polib.POEntry) -> str:
    """The translation; for a sentence with a plural the only form that Chinese has."""
    if entry.msgid_plural:
        return str(next(iter(entry.msgstr_plural.values()), "") or entry.msgstr)
    return str(entry.msgstr or next(iter(entry.msgstr_plural.values()), ""))


def _placeholders_agree(entry: polib.POEntry, translation: str) -> bool:
    offered = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural or ""))
    return set(PLACEHOLDER.findall(translation)) == offered
