"""What a database says of itself: its tables and rows, the files it knows, and by what an older copy is told.

It is asked in plain SQL, not through the models: a backup is also made before a migration, when the tables are not
yet those of the program, and what is asked is a copy or a snapshot.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from projects.core.month import Month

Ask = Callable[[str], list[tuple[Any, ...]]]
TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()",
}
# What migrations and idle processes write by themselves; an installation that holds no more than that is empty.
WRITTEN_BY_ITSELF = {
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "django_session",
    "django_tasks_database_dbtaskresult",
    "projects_scheduledrun",
    "shared_cache",
}
INDEX_OF_NAMES = "projects_words"  # on SQLite; its tables follow from that of the keys
# Which tables know of files: in which store, and under which SHA-256 if they keep one.
FILES = (
    ("attachments", "projects_attachment", "sha256"),
    ("results", "projects_importbatch", "sha256"),
    ("results", "projects_job", "''"),
)


@dataclass(frozen=True)
class Known:
    """A file that the database knows: its store, its name there, and its SHA-256 or nothing."""

    store: str
    name: str
    sha256: str

    @property
    def member(self) -> str:
        """What it is called in a backup."""
        return f"{self.store}/{self.name}"


@dataclass(frozen=True)
class Contents:
    """What a database holds: see `Manifest`."""

    migrations: list[str]
    rows: dict[str, int]
    journal: str
    bulletin: dict[str, Any]


def tables(ask: Ask, vendor: str) -> list[str]:
    """The names of all tables."""
    return sorted(name for (name,) in ask(TABLES[vendor]))


def contents(ask: Ask, vendor: str) -> Contents:
    """What the database holds; of one without tables, nothing."""
    there = tables(ask, vendor)
    return Contents(
        migrations=migrations(ask, there),
        rows={name: _one(ask, f"SELECT COUNT(*) FROM {_quoted(name)}")[0] for name in there},  # noqa: S608 -- its own name
        journal=_journal(ask, there),
        bulletin=_bulletin(ask, there),
    )


def migrations(ask: Ask, there: list[str]) -> list[str]:
    """The migrations that were applied, in their order."""
    if "django_migrations" not in there:
        return []
    return [f"{app}.{name}" for app, name in ask("SELECT app, name FROM django_migrations ORDER BY id")]


def _journal(ask: Ask, there: list[str]) -> str:
    """The last entry of the journal, as `verify_journal` prints it."""
    if "projects_entry" not in there:
        return ""
    last = _one(ask, "SELECT seq, digest FROM projects_entry ORDER BY seq DESC LIMIT 1")
    return f"{last[0]}:{last[1]}" if last else ""


def _bulletin(ask: Ask, there: list[str]) -> dict[str, Any]:
    """The bulletin that was published last."""
    if "projects_bulletin" not in there:
        return {}
    last = _one(
        ask,
        "SELECT month, edition, digest FROM projects_bulletin WHERE state = 'published'"
        " ORDER BY published_at DESC, id DESC LIMIT 1",
    )
    if not last:
        return {}
    number, edition, digest = last
    return {"month": str(Month.from_int(number)), "edition": edition, "digest": digest}


def files(ask: Ask, vendor: str) -> Iterator[Known]:
    """The files that the database knows."""
    there = tables(ask, vendor)
    for store, table, sha256 in FILES:
        if table in there:
            rows = ask(f"SELECT stored_as, {sha256} FROM {table} WHERE stored_as <> '' ORDER BY id")  # noqa: S608 -- ours
            yield from (Known(store, *row) for row in rows)


def filled(ask: Ask, vendor: str) -> list[str]:
    """The tables in which somebody's work may lie."""
    return [
        name
        for name in tables(ask, vendor)
        if name not in WRITTEN_BY_ITSELF
        and not name.startswith(INDEX_OF_NAMES)
        and ask(f"SELECT 1 FROM {_quoted(name)} LIMIT 1")  # noqa: S608 -- its own name
    ]


def _one(ask: Ask, sql: str) -> tuple[Any, ...]:
    rows = ask(sql)
    return rows[0] if rows else ()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
