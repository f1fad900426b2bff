"""Tables that only grow: triggers in the database refuse to change or delete their rows."""

from django.db.backends.base.base import BaseDatabaseWrapper

_MESSAGE = "rows of this table are never changed or deleted"


def protect(connection: BaseDatabaseWrapper, table: str) -> None:
    """Install the triggers on `table`; on SQLite and PostgreSQL."""
    if connection.vendor == "sqlite":
        statements = [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
            for verb in ("update", "delete")
        ]
    else:
        statements = [
            f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$",
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        ]
    _run(connection, statements)


def unprotect(connection: BaseDatabaseWrapper, table: str) -> None:
    """Remove the triggers; for taking a migration back and for emptying a test database."""
    if connection.vendor == "sqlite":
        statements = [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in ("update", "delete")]
    else:
        statements = [
            f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}",
            f"DROP FUNCTION IF EXISTS {table}_refuse()",
        ]
    _run(connection, statements)


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
