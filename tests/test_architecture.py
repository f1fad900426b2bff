"""The shape that the project keeps: what may stand where, in words that name the file that breaks it.

Each guard is a function from the text of a file to the faults in it, and is tried on a fault made here, so
that it is known to see what it forbids.
"""

import ast
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.staticfiles.management.commands.collectstatic import Command as CollectStatic
from django.core.management import call_command
from django.template import TemplateDoesNotExist
from django.template.engine import Engine
from django.template.loaders.app_directories import Loader as AppTemplates
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from pytest_django import Settings

ROOT = Path(__file__).resolve().parent.parent
Guard = Callable[[str], Iterable[str]]

# ── reviewed exceptions: file → reason ──────────────────────────────────────────────────────────

MARKED_SAFE = {
    "projects/core/icons.py": "shortens the drawings of the icon package, which hold no text of anybody",
    "projects/portfolio/rows.py": "writes a row in one go: texts pass escape(), codes are slugs",
}
READS_THE_CLOCK = {
    "projects/core/clock.py": "the one place that does",
    "projects/accounts/sessions.py": "idle time passes in the demonstration too",
    "projects/accounts/models.py": "the moment an account was opened, which no rule reads",
}
WRITES_CHINESE = {
    "projects/core/yuan.py": "the units that officials type behind an amount, in either language",
    "projects/bulletins/documents/faces.py": "the faces of an official paper, as offices have them",
    "projects/core/forms.py": "the way officials type a date, in either language",
    "projects/exchange/days.py": "the ways in which officials write a day, a month, a span",
    "projects/exchange/figures.py": "the units that stand behind an amount, numerals, degrees",
    "projects/exchange/naming.py": "what stands in headings beside the name of a column: units, years, months",
    "projects/exchange/numerals.py": "the numerals",
    "projects/exchange/reading.py": "how sums and notes of a sheet begin",
    "projects/exchange/recognising.py": "how the title of a sheet names its year and month",
    "projects/exchange/signs.py": "the words for nothing",
    "projects/exchange/values.py": "yes and no, and how several things are written into one cell",
}
TEMPLATES_NAMED_ELSEWHERE = {
    **dict.fromkeys(["400.html", "403.html", "403_csrf.html", "404.html", "500.html"], "Django's errors"),
    "429.html": "allauth's answer to too many requests",
}
NAMES_THAT_SAY_NOTHING = {
    "utils",
    "helpers",
    "common",
    "manager",
    "service",
    "data",
    "info",
    "handle",
    "misc",
}
LONGEST_MODULE = 400
HAN = r"[\u3400-\u9fff]"


def files(*patterns: str) -> dict[str, str]:
    """The text of each file of ours that matches, by its path from the top."""
    paths = {path for pattern in patterns for path in ROOT.glob(pattern)}
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in sorted(paths)}


def python_files() -> dict[str, str]:
    sources = files("manage.py", "tracker/**/*.py", "projects/**/*.py", "tests/**/*.py", "benchmarks/**/*.py")
    return {name: text for name, text in sources.items() if "/migrations/" not in name}


def program_files() -> dict[str, str]:
    return {name: text for name, text in python_files().items() if name.startswith(("tracker/", "projects/"))}


def template_files() -> dict[str, str]:
    return files("templates/**/*.html", "templates/**/*.txt", "projects/templates/**/*.html")


def lines_matching(pattern: str, text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), 1):
        if re.search(pattern, line):
            yield f"line {number}: {line.strip()[:90]}"


# ── the guards ──────────────────────────────────────────────────────────────────────────────────


def inline_code(text: str) -> Iterator[str]:
    """What the content security policy blocks: scripts, styles and handlers written into the page."""
    yield from lines_matching(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|<style\b", text)
    yield from lines_matching(r"""\s(style|on[a-z]+)\s*=\s*\\?["'{]|hx-on\b|javascript:|["']js:""", text)


def foreign_addresses(text: str) -> Iterator[str]:
    """Addresses outside the server; a namespace is a name and is never fetched."""
    yield from lines_matching(r"""(https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]{2,}""", text)


def text_marked_safe(text: str) -> Iterator[str]:
    """Places that switch escaping off."""
    yield from lines_matching(r"\|\s*safe(seq)?\b|autoescape\s+off|mark_safe\b|__html__", text)
    yield from lines_matching(r"""SafeString\((?!"[^"]*"\))""", text)
    yield from lines_matching(r"format_html\(\s*f[\"']", text)


def readings_of_the_clock(text: str) -> Iterator[str]:
    """Readings of the real clock, which tests and the demonstration could not stop."""
    reading = r"\b(timezone\.(now|localdate)|date\.today|datetime\.(now|utcnow|today)|time\.time)\b|auto_now"
    yield from lines_matching(reading, text)


def chinese_in_python(text: str) -> Iterator[str]:
    """Chinese in strings of the program; comments and docstrings may name the official term."""
    tree = ast.parse(text)
    scopes = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, scopes) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield from (f"line {node.lineno}: {fault}" for fault in lines_matching(HAN, str(node.value)))


def chinese_in_template(text: str) -> Iterator[str]:
    """Chinese in a page, which belongs into the catalogue; comments may name the official term."""
    spoken = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", text, flags=re.DOTALL)
    yield from lines_matching(HAN, spoken)


def too_long(text: str) -> Iterator[str]:
    """A module that has taken in a second subject."""
    if (length := len(text.splitlines())) > LONGEST_MODULE:
        yield f"{length} lines; {LONGEST_MODULE} at most"


def opens_without_saying(text: str) -> Iterator[str]:
    """A module that does not open with a sentence saying what it knows."""
    tree = ast.parse(text)
    if tree.body and not (ast.get_docstring(tree) or "").partition("\n")[0].rstrip().endswith((".", ":", ";")):
        yield "does not open with a sentence"


def faults(guard: Guard, sources: dict[str, str], reviewed: Iterable[str] = ()) -> list[str]:
    return [f"{name}: {fault}" for name, text in sources.items() if name not in reviewed for fault in guard(text)]


def needless(guard: Guard, sources: dict[str, str], reviewed: Iterable[str]) -> list[str]:
    """Reviewed exceptions that are none any more, or whose file is gone."""
    return [name for name in reviewed if not any(guard(sources.get(name, "")))]


# ── each guard sees what it forbids ─────────────────────────────────────────────────────────────

FORBIDDEN: list[tuple[Guard, str]] = [
    (inline_code, "<script>let a</script>"),
    (inline_code, "<style>a {}</style>"),
    (inline_code, '<b style="color: red">'),
    (inline_code, "<b onclick='go()'>"),
    (inline_code, '<b hx-on:click="go()">'),
    (inline_code, '<a href="javascript:go()">'),
    (foreign_addresses, '<script src="https://cdn.example.com/x.js">'),
    (foreign_addresses, "@import url(//fonts.example.com/a.css)"),
    (text_marked_safe, "{{ name|safe }}"),
    (text_marked_safe, "{% autoescape off %}"),
    (text_marked_safe, "return mark_safe(name)"),
    (text_marked_safe, 'format_html(f"<b>{name}</b>")'),
    (text_marked_safe, 'SafeString(f"<b>{name}</b>")'),
    (text_marked_safe, "SafeString(name)"),
    (readings_of_the_clock, "day = datetime.date.today()"),
    (readings_of_the_clock, "at = timezone.now()"),
    (readings_of_the_clock, "at = models.DateTimeField(auto_now=True)"),
    (chinese_in_python, 'label = f"{n} 个项目"'),
    (chinese_in_template, "<b>红</b>"),
    (too_long, "\n" * (LONGEST_MODULE + 1)),
    (opens_without_saying, "import os"),
    (opens_without_saying, '"""Months"""'),
]
ALLOWED: list[tuple[Guard, str]] = [
    (inline_code, '<script src="{% static "a.js" %}" nonce="{{ csp_nonce }}" defer></script>'),
    (inline_code, '<b class="one" data-option="x" hx-get="/a/">'),
    (foreign_addresses, '<svg xmlns="http://www.w3.org/2000/svg">'),
    (text_marked_safe, 'format_html("<b>{}</b>", name)'),
    (text_marked_safe, 'SafeString(" selected")'),
    (readings_of_the_clock, "today: datetime.date, now: datetime.datetime"),
    (chinese_in_python, '"""The leader (包保领导)."""\nx = 1  # 包保'),
    (chinese_in_template, "{# 包保领导 #}{% translate 'Leader' %}"),
    (too_long, "\n" * LONGEST_MODULE),
    (opens_without_saying, '"""Months as values."""'),
    (opens_without_saying, ""),
]


@pytest.mark.parametrize(("guard", "text"), FORBIDDEN)
def test_guard_sees(guard: Guard, text: str) -> None:
    assert list(guard(text))


@pytest.mark.parametrize(("guard", "text"), ALLOWED)
def test_guard_lets_pass(guard: Guard, text: str) -> None:
    assert not list(guard(text))


# ── the project keeps its shape ─────────────────────────────────────────────────────────────────


def test_pages_carry_no_inline_code() -> None:
    assert not faults(inline_code, template_files() | program_files())


def test_pages_fetch_nothing_from_outside() -> None:
    static = files("projects/static/**/*.css", "projects/static/**/*.js", "projects/static/**/*.svg")
    assert not faults(foreign_addresses, template_files() | static)


def test_escaping_is_switched_off_only_where_reviewed() -> None:
    sources = template_files() | program_files()
    assert not faults(text_marked_safe, sources, MARKED_SAFE)
    assert not needless(text_marked_safe, sources, MARKED_SAFE)


def test_the_clock_is_read_in_one_place() -> None:
    assert not faults(readings_of_the_clock, program_files(), READS_THE_CLOCK)
    assert not needless(readings_of_the_clock, program_files(), READS_THE_CLOCK)


def test_chinese_stands_in_the_catalogue() -> None:
    assert not faults(chinese_in_python, program_files(), WRITES_CHINESE)
    assert not faults(chinese_in_template, template_files(), WRITES_CHINESE)
    sources = template_files() | program_files()
    assert not needless(lambda text: lines_matching(HAN, text), sources, WRITES_CHINESE)


def test_modules_keep_to_one_subject() -> None:
    assert not faults(too_long, program_files())


def test_modules_say_what_they_know() -> None:
    assert not faults(opens_without_saying, python_files())


def test_names_say_something() -> None:
    paths = [path for path in ROOT.glob("projects/**/*") if "static" not in path.parts]
    assert not [path for path in paths if path.stem in NAMES_THAT_SAY_NOTHING]


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    except SystemExit:
        pytest.fail("models and migrations differ: run manage.py makemigrations")


# ── templates, static files, settings, locks ────────────────────────────────────────────────────


def unused_templates(templates: Iterable[str], sources: Iterable[str], foreign: Callable[[str], bool]) -> list[str]:
    """Templates that no source names and that replace none of another package."""
    named = {name for text in sources for name in re.findall(r"""["']([\w./-]+\.(?:html|txt))["']""", text)}
    used = named | set(TEMPLATES_NAMED_ELSEWHERE)
    return [name for name in templates if name not in used and not foreign(name)]


def belongs_to_a_package(name: str) -> bool:
    """Whether another installed package ships a template of this name, or looks one up under it."""
    ours = Path(apps.get_app_config("projects").path)
    loader = AppTemplates(Engine.get_default())
    origins = [origin for origin in loader.get_template_sources(name) if ours not in Path(origin.name).parents]
    return any(Path(origin.name).exists() for origin in origins) or name.startswith("django/forms/")


def our_templates() -> list[str]:
    folders = [ROOT / "templates", ROOT / "projects" / "templates"]
    return [path.relative_to(folder).as_posix() for folder in folders for path in folder.rglob("*.html")]


def test_every_template_is_used() -> None:
    sources = [*template_files().values(), *program_files().values()]
    assert not unused_templates(our_templates(), sources, belongs_to_a_package)
    assert unused_templates(["a.html", "b.html"], ['render("a.html")'], lambda name: False) == ["b.html"]


def test_every_template_compiles() -> None:
    broken = []
    for name in our_templates():
        try:
            Engine.get_default().get_template(name)
        except TemplateDoesNotExist as missing:
            broken.append(f"{name}: no template {missing}")
    assert not broken


def test_static_files_name_only_files_that_exist(tmp_path: Path, settings: Settings) -> None:
    """Production gives static files names with a hash and refuses one that points to nothing."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    call_command(CollectStatic(), interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").exists()


def settings_read() -> set[str]:
    """The names that the program reads from its environment."""
    return {name for text in program_files().values() for name in re.findall(r"""\benv\.\w+\(\s*"([A-Z_]+)\"""", text)}


@pytest.mark.parametrize("document", ["README.md", ".env.example"])
def test_every_setting_is_described(document: str) -> None:
    described = set(re.findall(r"\b[A-Z][A-Z_]{3,}\b", (ROOT / document).read_text(encoding="utf-8")))
    assert not settings_read() - described
    assert "DATABASE_URL" in settings_read()


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_locks_hold_what_the_project_asks_for(lock: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = project["project"]["dependencies"] + ("dev" in lock) * project["dependency-groups"]["dev"]
    text = (ROOT / lock).read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, flags=re.MULTILINE))
    for requirement in map(Requirement, asked):
        version = locked.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not locked: make lock"
        assert version in requirement.specifier, f"{requirement} is locked at {version}: make lock"


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_locks_name_no_address_and_every_hash(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.findall(r"https?://|--(?:extra-)?index|find-links|file:", text)
    blocks = re.split(r"^(?=[^\s#])", text, flags=re.MULTILINE)[1:]
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []
