"""A database as one file and back: SQLite by its own online copy, PostgreSQL by its own tools."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient
from django.utils.translation import gettext as _

from projects.core.refusals import Refused
from projects.management.backups.contents import Ask, tables

MEMBERS = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
PACKAGES = Path("/usr/lib/postgresql")  # where Debian keeps the tools of each version, off the PATH
# The rest of the backup is read as of the instant of the dump, and however long that takes.
HOLD = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
    "SET LOCAL statement_timeout = 0",
    "SET LOCAL idle_in_transaction_session_timeout = 0",
)
FUNCTIONS = (
    "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
    " AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')"
)


def ask(sql: str) -> list[tuple[Any, ...]]:
    """Ask the database of this installation."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@contextmanager
def copied(folder: Path) -> Iterator[tuple[Path, Ask]]:
    """A file in `folder` with the database as it is at one instant, and a way to ask about that instant.

    Others go on writing meanwhile. The files that the copy knows may be read after it.
    """
    path = folder / MEMBERS[connection.vendor]
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(path)) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # all of it in the one file
            _check_whole(copy)
            yield path, lambda sql: copy.execute(sql).fetchall()
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            for statement in HOLD:
                cursor.execute(statement)
        [(snapshot,)] = ask("SELECT pg_export_snapshot()")
        _run("pg_dump", ["--format=custom", f"--snapshot={snapshot}", f"--file={path}"])
        yield path, ask


def put_back(path: Path) -> None:
    """Fill the empty database of this installation from such a file: all of it, or nothing."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(path)) as copy:
            _check_whole(copy)
            connection.ensure_connection()
            copy.backup(connection.connection)  # one transaction of its own
    else:
        _drop_all()
        _run("pg_restore", ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"], path)
    connection.close()


def check_tools() -> None:
    """`Refused` when what a restore needs is not installed."""
    if connection.vendor == "postgresql":
        _found("pg_restore")


def _check_whole(copy: sqlite3.Connection) -> None:
    [first, *_more] = copy.execute("PRAGMA quick_check(1)").fetchall()
    if first != ("ok",):
        raise Refused(_("The database is damaged: %(what)s.") % {"what": first[0]})


def _drop_all() -> None:
    """Empty tables, perhaps of another version, make room for those of the backup; so do their functions."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name in tables(ask, connection.vendor):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(name)} CASCADE")
        for (signature,) in ask(FUNCTIONS):
            cursor.execute(f"DROP FUNCTION {signature} CASCADE")


def _run(program: str, options: list[str], *files: Path) -> None:
    """Run a tool of PostgreSQL on the database of the settings; the password goes by the environment alone."""
    # Django ends with the name of the database, for which --dbname waits here.
    arguments, more = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [*options, "--dbname"])
    command = [_found(program), *arguments[1:], *map(str, files)]
    done = subprocess.run(command, env=os.environ | (more or {}), capture_output=True, text=True, check=False)  # noqa: S603 -- ours
    if done.returncode:
        raise Refused(_("%(program)s failed: %(words)s") % {"program": program, "words": done.stderr.strip()})


def _found(program: str) -> str:
    """Where a tool lies: on the PATH, else the newest that Debian has."""
    newest = sorted(PACKAGES.glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3].partition(".")[0]))
    found = shutil.which(program) or (str(newest[-1]) if newest else "")
    if not found:
        raise Refused(
            _("%(program)s is not installed. Install the client of PostgreSQL (on Debian: postgresql-client).")
            % {"program": program}
        )
    return found
