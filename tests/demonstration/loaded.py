"""The loaded demonstration for tests: played through once a session, then laid down again row by row."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from pytest_django import DjangoDbBlocker

CLOSED = ("projects_bulletinline", "projects_bulletinunit")  # take no rows once their bulletin is published
Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


@dataclass(frozen=True)
class Demonstration:
    """How to sign in to it; the usernames are admin, office, office2, reporter, leader, auditor."""

    password: str
    told: tuple[str, ...]


@dataclass(frozen=True)
class Recording:
    demonstration: Demonstration
    rows: Rows


def _models() -> list[type[models.Model]]:
    return list(apps.get_app_config("projects").get_models(include_auto_created=True))


def dump() -> Rows:
    """Every row of the program as the database holds it, by table."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for model in _models():
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608 -- a name of ours
            found[table] = ([column[0] for column in cursor.description], cursor.fetchall())
    return found


def lay_down(recorded: Rows) -> None:
    """Put recorded rows into empty tables; what refers to each other is checked when the transaction ends."""
    from projects.core.append_only import lifted  # needs Django to be set up

    with transaction.atomic(), lifted(*CLOSED), connection.cursor() as cursor:
        for table, (columns, rows) in recorded.items():
            places = ", ".join(["%s"] * len(columns))
            names = ", ".join(f'"{column}"' for column in columns)
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")  # or it takes the tables for empty and chooses ways that take minutes


@pytest.fixture(scope="session")
def recording(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Recording:
    """The rows that loading writes; the database itself stays as it was."""
    from projects.demonstration.actions import load  # models cannot be imported before Django is set up

    told: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        load(password="shown-only-in-tests", tell=told.append)
        recorded = Recording(Demonstration("shown-only-in-tests", tuple(told)), dump())
        transaction.set_rollback(True)
    return recorded


@pytest.fixture
def demonstration(db: None, recording: Recording) -> Demonstration:
    """The demonstration, laid down for one test; also for one that asks for `live_server`."""
    lay_down(recording.rows)
    return recording.demonstration


@pytest.fixture(scope="module")
def demonstration_once(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, recording: Recording
) -> Iterator[Demonstration]:
    """The same, laid down once for a module all of whose tests start from it.

    They carry the mark `django_db` without `transaction=True`: what one changes is rolled back to this.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        lay_down(recording.rows)
        yield recording.demonstration
        transaction.set_rollback(True)
