"""The command that opens the first administrator's account of a new installation."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from projects.accounts.models import Unit, User
from projects.accounts.roles import Role
from projects.journal.models import Entry
from projects.journal.queries import faults
from projects.progress.models import ReminderStep
from projects.register.models import Category, LevelLabel, Sector
from tests.cast import assemble

pytestmark = pytest.mark.django_db

NEW = ("zhang", "--name=张三", "--unit=枣庄市市中区")


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("create_administrator", *arguments, stdout=out)
    return out.getvalue()


def test_a_new_installation_has_no_accounts() -> None:
    assert not User.objects.exists()


def test_it_founds_the_unit_fills_the_lists_and_opens_the_account() -> None:
    text = said(*NEW, "--kind=district", "--short-name=市中区")
    unit, user = Unit.objects.get(), User.objects.get()
    assert (unit.name, unit.short_name, unit.kind, unit.parent) == (
        "枣庄市市中区",
        "市中区",
        "district",
        None,
    )
    assert unit.path == f"/{unit.pk}/"
    assert (user.username, user.name, user.role, user.unit) == (
        "zhang",
        "张三",
        Role.ADMINISTRATOR.value,
        unit,
    )
    assert user.is_active
    assert [row.name for row in Category.objects.all()] == ["产业", "基础设施", "民生"]
    assert [row.name for row in LevelLabel.objects.all()] == ["国家", "省重大", "省重点", "市重点", "区重点"]
    assert Sector.objects.exists()
    assert ReminderStep.objects.count() == 6
    assert Entry.objects.filter(verb="open_account", subject_id=user.pk).exists()
    assert list(faults()) == []
    assert user.username in text


def test_the_password_is_printed_once_and_has_to_be_replaced() -> None:
    text = said(*NEW, "--kind=district")
    user = User.objects.get()
    assert user.must_change_password
    printed = [word for word in re.findall(r"[A-Za-z0-9]{16}", text) if user.check_password(word)]
    assert len(printed) == 1
    assert text.count(printed[0]) == 1


def test_passwords_differ() -> None:
    first = said(*NEW, "--kind=district")
    second = said("lisi", "--name=李四", "--unit=枣庄市市中区")
    assert set(re.findall(r"[A-Za-z0-9]{16}", first)).isdisjoint(re.findall(r"[A-Za-z0-9]{16}", second))


def test_an_existing_unit_is_taken_and_lists_stay_as_they_are() -> None:
    cast = assemble()
    said("zhang", "--name=张三", f"--unit={cast.town.name}")
    assert User.objects.get(username="zhang").unit == cast.town
    assert [row.name for row in Category.objects.all()] == ["产业"]
    assert LevelLabel.objects.exists()


def test_without_units_it_asks_for_the_kind() -> None:
    with pytest.raises(CommandError, match="--kind"):
        said(*NEW)
    assert not User.objects.exists()
    assert not Unit.objects.exists()


def test_an_unknown_unit_is_refused_with_the_known_ones() -> None:
    assemble()
    with pytest.raises(CommandError, match="税郭镇"):
        said("zhang", "--name=张三", "--unit=不存在的区", "--kind=district")
    assert not User.objects.filter(username="zhang").exists()


@pytest.mark.parametrize("username", ["office", "OFFICE"])
def test_a_taken_username_is_refused(username: str) -> None:
    cast = assemble()
    before = User.objects.count()
    with pytest.raises(CommandError, match=username):
        said(username, "--name=张三", f"--unit={cast.district.name}")
    assert User.objects.count() == before


@pytest.mark.parametrize(("username", "name"), [("zhang san", "张三"), ("z" * 51, "张三"), ("zhang", " ")])
def test_what_no_form_would_take_is_refused_whole(username: str, name: str) -> None:
    with pytest.raises(CommandError):
        said(username, f"--name={name}", "--unit=枣庄市市中区", "--kind=district")
    assert not User.objects.exists()
    assert not Unit.objects.exists()
    assert not Category.objects.exists()
    assert not Entry.objects.exists()
