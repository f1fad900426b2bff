"""The command that loads the demonstration: what it says, and what a second run leaves alone."""

import datetime
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from projects.accounts.models import User
from projects.demonstration import actions, people
from tests.cast import assemble
from tests.demonstration.loaded import Demonstration, Recording, dump, lay_down

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def no_password_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)


@pytest.fixture
def quick(db: None, recording: Recording, monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading lays down what was recorded, with the password asked for."""

    def load(*, password: str, tell: actions.Tell) -> None:
        lay_down(recording.rows)
        for user in User.objects.all():
            user.set_password(password)
            user.save()
        tell("…")

    monkeypatch.setattr(actions, "load", load)


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("load_demo", *arguments, stdout=out)
    return out.getvalue()


def password_in(text: str) -> str:
    found = re.search(r"Password of all accounts: (\S+)|所有账号的密码：(\S+)", text)
    assert found
    return found[1] or found[2]


@pytest.mark.usefixtures("quick")
def test_a_password_is_made_and_printed_with_the_accounts() -> None:
    text = said()
    made = password_in(text)
    assert re.fullmatch(r"\w{4}-\w{4}-\w{4}", made)
    assert text.count(made) == 1
    assert all(user.check_password(made) for user in User.objects.all())
    printed = re.findall(r"^  (\w+) +\S", text.partition(made)[2], flags=re.MULTILINE)
    assert printed == ["admin", "office", "office2", "reporter", "leader", "auditor"]


@pytest.mark.usefixtures("quick")
def test_the_password_of_the_environment_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "chosen-for-tests")
    assert password_in(said()) == "chosen-for-tests"
    assert all(user.check_password("chosen-for-tests") for user in User.objects.all())


@pytest.mark.parametrize("arguments", [(), ("--if-empty",)])
def test_a_second_run_changes_nothing(demonstration: Demonstration, arguments: tuple[str, ...]) -> None:
    before = dump()
    text = said(*arguments)
    assert dump() == before
    assert "DEMO_PASSWORD" in text
    assert demonstration.password not in text


def test_a_second_run_with_the_same_password_changes_nothing(
    demonstration: Demonstration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", demonstration.password)
    before = dump()
    assert password_in(said()) == demonstration.password
    assert dump() == before


def test_a_second_run_sets_another_password_and_nothing_else(
    demonstration: Demonstration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "another-for-tests")
    before = dump()
    assert password_in(said()) == "another-for-tests"
    after = dump()
    signs_in = User.objects.filter(username__in=people.usernames())
    assert all(user.check_password("another-for-tests") for user in signs_in)
    changed = {table for table in before if before[table] != after[table]}
    assert changed == {"projects_user", "projects_entry"}


@pytest.mark.django_db
def test_it_is_refused_beside_real_data() -> None:
    assemble()
    before = dump()
    with pytest.raises(CommandError):
        said()
    assert dump() == before


@pytest.mark.django_db
def test_real_data_may_be_left_alone_quietly() -> None:
    assemble()
    before = dump()
    assert said("--if-empty").count("\n") == 1
    assert dump() == before


def test_it_says_on_which_day_to_serve_it(demonstration: Demonstration, settings: Settings) -> None:
    settings.TODAY = None
    assert "TODAY=2023-10-10" in said()
    settings.TODAY = datetime.date(2023, 10, 10)
    assert "TODAY" not in said()


def test_no_password_stands_in_the_code() -> None:
    sources = [*ROOT.glob("projects/demonstration/*"), *ROOT.glob("projects/management/commands/*.py")]
    texts = {path.name: path.read_text(encoding="utf-8") for path in sources if path.is_file()}
    fixed = re.compile(r"""password\w*["']?\s*[=:]\s*["'][^"'%]""", re.IGNORECASE)
    assert [name for name, text in texts.items() if fixed.search(text)] == []
    assert fixed.search('password = "secret"')
