"""Commands on a database that was not migrated: one sentence that says what comes first."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands, load_command_class
from django.core.management.base import CommandError
from django.db import OperationalError, ProgrammingError

from projects.management import tables
from projects.management.commands.verify_journal import Command
from tests.processes import ROOT, environment

WITHOUT_TABLES = {
    "collect_translations", "compile_translations", "draw_states", "prepare_demonstration",
    "backup", "restore",  # for the tables of any version, or none
}  # fmt: skip
OURS = [name for name, app in get_commands().items() if app == "projects"]
SENTENCE = "数据库尚未升级到本程序的版本，请先执行“manage.py migrate”。"


def test_a_new_database_is_told_in_one_sentence(tmp_path: Path) -> None:
    place = environment(tmp_path) | {"DATABASE_URL": f"sqlite:///{tmp_path}/new.sqlite3"}
    command = [sys.executable, "manage.py", "verify_journal"]
    done = subprocess.run(command, cwd=ROOT, env=place, capture_output=True, text=True, timeout=60)  # noqa: S603 -- ours
    assert (done.returncode, done.stdout, done.stderr.strip()) == (1, "", f"CommandError: {SENTENCE}")


@pytest.mark.parametrize("name", sorted(set(OURS) - WITHOUT_TABLES))
def test_every_command_of_ours_that_uses_tables_says_so(name: str) -> None:
    assert isinstance(load_command_class("projects", name), tables.DatabaseCommand)


@pytest.mark.parametrize("failure", [OperationalError, ProgrammingError])
def test_other_failures_of_the_database_stay_what_they_are(
    db: None, monkeypatch: pytest.MonkeyPatch, failure: type[Exception]
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise failure("the disk is full")

    monkeypatch.setattr(Command, "handle", fail)
    with pytest.raises(failure, match="full"):
        call_command("verify_journal")
    monkeypatch.setattr(tables, "migrated", lambda: False)
    with pytest.raises(CommandError, match="migrate"):
        call_command("verify_journal")
