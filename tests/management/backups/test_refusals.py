"""What does not fit is refused before anything is written, and tools of PostgreSQL are called as they should be."""

import subprocess
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection

from projects.core.refusals import Refused
from projects.management.backups import databases
from projects.management.backups.archive import Manifest, put, seal
from projects.management.backups.contents import FILES, WRITTEN_BY_ITSELF, filled, tables
from tests.cast import Cast


def backup(path: Path, *, extra: str = "", **said: Any) -> Path:
    """A backup with an empty database, of which the manifest says what is given."""
    whole = {"made": "2023-10-10T09:30:00+08:00", "engine": connection.vendor, "migrations": [], "rows": {}}
    with zipfile.ZipFile(path, "w") as archive:
        name = databases.MEMBERS[connection.vendor]
        with path.open("rb") as nothing:
            members = {name: put(archive, name, nothing)}
        if extra:
            archive.writestr(extra, b"")
        seal(archive, Manifest(**{**whole, "journal": "", "bulletin": {}, "members": members, "missing": [], **said}))
    return path


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"engine": "oracle"}, "oracle"),
        ({"migrations": ["projects.0001_the_spine", "projects.9999_of_next_year"]}, "9999_of_next_year"),
        ({"format": 2}, "backup.zip"),
        ({"members": {"attachments/ab/cd": {"size": 1, "sha256": ""}}}, "attachments/ab/cd"),
        ({"extra": "../left.sh"}, "../left.sh"),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, said: dict[str, Any], word: str) -> None:
    with pytest.raises(CommandError, match=word):
        call_command("restore", str(backup(tmp_path / "backup.zip", **said)))


@pytest.mark.django_db
def test_what_writes_itself_does_not_count_as_data(db: None) -> None:
    assert set(tables(databases.ask, connection.vendor)) >= WRITTEN_BY_ITSELF
    cache.set("failed", 1)
    assert filled(databases.ask, connection.vendor) == []


def test_every_table_that_knows_of_files_is_asked() -> None:
    models = [model for model in apps.get_models() if any(field.name == "stored_as" for field in model._meta.fields)]
    assert {model._meta.db_table for model in models} == {table for _store, table, _sum in FILES}


@pytest.mark.django_db
def test_somebodys_work_counts(cast: Cast) -> None:
    assert {"projects_entry", "projects_unit", "projects_user"} <= set(filled(databases.ask, connection.vendor))


def test_a_missing_tool_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(databases, "PACKAGES", tmp_path)
    with pytest.raises(Refused, match=r"pg_dump.*postgresql-client"):
        databases._run("pg_dump", [])


def test_the_newest_tool_off_the_path_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("9.6", "15", "9.5"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "pg_dump").touch()
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(databases, "PACKAGES", tmp_path)
    assert databases._found("pg_dump") == str(tmp_path / "15" / "bin" / "pg_dump")


def test_the_password_goes_by_the_environment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: dict[str, Any] = {}

    def run(command: list[str], *, env: dict[str, str], **_more: Any) -> Any:
        ran.update(command=command, env=env)
        return subprocess.CompletedProcess(command, 1, "", "refused by the server\n")

    said = {"NAME": "tracker", "USER": "u", "PASSWORD": "very-secret", "HOST": "db", "PORT": 5432, "OPTIONS": {}}
    monkeypatch.setattr(databases, "connection", SimpleNamespace(settings_dict=said))
    monkeypatch.setattr(databases, "_found", lambda program: f"/bin/{program}")
    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(Refused, match="refused by the server"):
        databases._run("pg_restore", ["--single-transaction"], Path("/f"))
    options = ["-U", "u", "-h", "db", "-p", "5432", "--single-transaction"]
    assert ran["command"] == ["/bin/pg_restore", *options, "--dbname", "tracker", "/f"]
    assert ran["env"]["PGPASSWORD"] == "very-secret"
