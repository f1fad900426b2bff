"""Tables that only grow: triggers in the database refuse to change or delete their rows."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

_MESSAGE = "rows of this table are never changed or deleted"


def protect(connection: BaseDatabaseWrapper, table: str, *, once: str = "") -> None:
    """Install the triggers on `table`; on SQLite and PostgreSQL.

    `once` is a condition on the old row, such as `OLD.state = 'published'`, from which on the row stays.
    """
    when = f"WHEN ({once})" if once else ""
    if connection.vendor == "sqlite":
        statements = [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} {when} "
            f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
            for verb in ("update", "delete")
        ]
    else:
        statements = [
            f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$",
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW {when} EXECUTE FUNCTION {table}_refuse()",
        ]
    _run(connection, statements)


def close_to_new_rows(connection: BaseDatabaseWrapper, table: str, *, parent: str, key: str, once: str) -> None:
    """Refuse further rows of `table` whose row of `parent`, found by `key`, meets the condition `once`."""
    exists = f"EXISTS (SELECT 1 FROM {parent} WHERE id = NEW.{key} AND {once})"  # noqa: S608 -- names of our own
    if connection.vendor == "sqlite":
        statements = [
            f"CREATE TRIGGER {table}_no_insert BEFORE INSERT ON {table} WHEN {exists} "
            f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
        ]
    else:
        statements = [
            f"CREATE OR REPLACE FUNCTION {table}_closed() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {exists} THEN RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = 'restrict_violation'; "
            f"END IF; RETURN NEW; END $$",
            f"CREATE TRIGGER {table}_no_insert BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_closed()",
        ]
    _run(connection, statements)


def unprotect(connection: BaseDatabaseWrapper, table: str) -> None:
    """Remove the triggers; for taking a migration back and for emptying a test database."""
    if connection.vendor == "sqlite":
        statements = [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in ("update", "delete", "insert")]
    else:
        statements = [
            f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}",
            f"DROP TRIGGER IF EXISTS {table}_no_insert ON {table}",
            f"DROP FUNCTION IF EXISTS {table}_refuse()",
            f"DROP FUNCTION IF EXISTS {table}_closed()",
        ]
    _run(connection, statements)


@contextmanager
def lifted(*tables: str) -> Iterator[None]:
    """While inside, rows of `tables` may be changed and deleted; for emptying a test database only."""
    kept = {table: _definitions(table) for table in tables}
    for table in tables:
        unprotect(connection, table)
    try:
        yield
    finally:
        _run(connection, [statement for statements in kept.values() for statement in statements])


def _definitions(table: str) -> list[str]:
    """What made the triggers of a table, to make them again."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname LIKE %s", [f"{table}\\_%"])
        functions = [row[0] for row in cursor.fetchall()]
        cursor.execute(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table]
        )
        return functions + [row[0] for row in cursor.fetchall()]


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
