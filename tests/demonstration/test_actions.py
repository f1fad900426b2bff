"""Loading: into an empty database only, all or nothing, with a journal that reads like the year."""

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone

from projects.accounts.actions import found_unit
from projects.accounts.models import Unit, User
from projects.core.refusals import Refused
from projects.demonstration import actions
from projects.demonstration.people import SIGNS, new_password, set_passwords, usernames
from projects.demonstration.queries import is_empty, is_loaded
from projects.demonstration.steps import is_working_day
from projects.journal.models import Entry
from projects.journal.queries import faults
from projects.register.actions.moving import Move, move_part
from projects.register.models import Project, StageChange
from projects.register.stages import Position, Stage
from tests.cast import AT, assemble, project
from tests.demonstration.loaded import Demonstration, Recording, dump


def test_the_journal_is_whole_and_in_the_order_of_time(demonstration: Demonstration) -> None:
    assert list(faults()) == []
    times = list(Entry.objects.order_by("seq").values_list("at", flat=True))
    assert times == sorted(times)
    assert times[0].date() == datetime.date(2023, 1, 3)
    assert times[-1].date() == actions.TODAY


def test_every_change_has_somebody_who_made_it(demonstration: Demonstration) -> None:
    nobody = Entry.objects.filter(actor=None).values_list("verb", flat=True)
    assert set(nobody) == {"found_unit", "keep_list", "keep_ladder", "open_account", "load_demonstration"}
    movers = User.objects.filter(pk__in=StageChange.objects.values("by"))
    assert {"office", "reporter", "yongan", "jiaotongju"} <= {user.username for user in movers}
    assert {user.role for user in movers} == {"office", "reporter"}


def test_people_do_what_is_theirs(demonstration: Demonstration) -> None:
    """Reporters write, move and answer for their own unit; the office keeps the register and checks."""
    of_units = Entry.objects.filter(actor__role="reporter")
    assert set(of_units.values_list("verb", flat=True)) == {
        "move_stage", "write_report", "submit_report", "withdraw_report", "comment_report", "propose_plan",
        "raise_problem", "note_problem", "solve_problem", "extend_problem", "update_milestone", "object",
        "receive_slip", "reply_slip", "answer_slip", "extend_slip", "ask_leave",
    }  # fmt: skip
    moves = StageChange.objects.filter(by__role="reporter", at__gte=datetime.datetime(2023, 6, 1, tzinfo=datetime.UTC))
    assert moves.exists()
    assert all(change.by and change.by.unit_id == change.phase.project.unit_id for change in moves)
    assert not Entry.objects.filter(actor__role__in=["leader", "auditor", "administrator"]).exists()


def test_nothing_is_done_when_offices_are_closed(demonstration: Demonstration) -> None:
    days = {timezone.localtime(at).date() for at in Entry.objects.values_list("at", flat=True)}
    assert all(map(is_working_day, days))
    hours = {timezone.localtime(at).hour for at in Entry.objects.values_list("at", flat=True)}
    assert (min(hours), max(hours)) == (8, 18)


def test_nothing_is_said_to_have_happened_after_it_was_entered(demonstration: Demonstration) -> None:
    for change in StageChange.objects.exclude(happened_on=None):
        assert change.happened_on
        assert change.happened_on <= change.at.date()


def test_progress_is_told(recording: Recording) -> None:
    told = recording.demonstration.told
    assert len(told) == 2 + 9 + 1
    assert "2023-01" in told[2]
    assert "2023-09" in told[-1]


def test_the_accounts(demonstration: Demonstration) -> None:
    signs_in = User.objects.filter(username__in=usernames())
    roles = {user.username: (user.role, user.unit.name) for user in signs_in}
    district = "枣庄市市中区"
    assert roles == {
        "admin": ("administrator", district),
        "office": ("office", district),
        "office2": ("office", district),
        "reporter": ("reporter", "税郭镇"),
        "leader": ("leader", district),
        "auditor": ("auditor", district),
    }
    for user in signs_in:
        assert user.check_password(demonstration.password)
        assert not user.must_change_password


def test_the_people_of_the_units(demonstration: Demonstration) -> None:
    """Every unit has its reporter and some have a head; nobody signs in as them before a password is given."""
    people = User.objects.exclude(username__in=usernames())
    reporters = User.objects.filter(role="reporter")
    below = Unit.objects.exclude(kind__in=["province", "city", "district"])
    assert sorted(user.unit_id for user in reporters) == sorted(unit.pk for unit in below)
    heads = User.objects.filter(is_head=True)
    assert {user.role for user in heads} == {"leader"}
    assert 2 <= heads.count() < below.count()
    assert {user.pk for user in people} == {user.pk for user in [*reporters, *heads]} - {
        User.objects.get(username="reporter").pk
    }
    assert not any(user.has_usable_password() for user in people)
    assert all(user.name.startswith("示例·") for user in User.objects.all())


def test_the_units_are_one_tree(demonstration: Demonstration) -> None:
    root = Unit.objects.get(parent=None)
    chain = [root, *Unit.objects.filter(parent=root)]
    district = Unit.objects.get(kind="district")
    assert [unit.name for unit in [*chain, district]] == ["山东省", "枣庄市", "枣庄市市中区"]
    kinds = list(Unit.objects.filter(parent=district).values_list("kind", flat=True))
    assert (kinds.count("town"), kinds.count("zone"), kinds.count("department")) == (11, 1, 9)
    assert Unit.objects.below(root).count() == Unit.objects.count()


def test_it_knows_that_it_is_loaded(demonstration: Demonstration) -> None:
    assert is_loaded()
    assert not is_empty()


@pytest.mark.django_db
def test_an_empty_database_is_neither_loaded_nor_full() -> None:
    assert is_empty()
    assert not is_loaded()


BEGINNINGS: dict[str, Callable[[], object]] = {
    "units and accounts": assemble,
    "a project": lambda: project(assemble(), "A-1"),
    "a unit": lambda: found_unit(Unit(name="薛城区", short_name="薛城区", kind="district"), by=None, at=AT),
}


@pytest.mark.django_db
@pytest.mark.parametrize("begun", BEGINNINGS)
def test_it_is_refused_beside_real_data(begun: str) -> None:
    BEGINNINGS[begun]()
    before = dump()
    with pytest.raises(Refused):
        actions.load(password="never-used-here", tell=lambda sentence: None)
    assert dump() == before
    assert not is_loaded()


def test_it_is_refused_beside_itself(demonstration: Demonstration) -> None:
    before = dump()
    with pytest.raises(Refused):
        actions.load(password="never-used-here", tell=lambda sentence: None)
    assert dump() == before


@pytest.mark.django_db
def test_a_load_that_breaks_off_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(Exception):
        pass

    def fail(*args: object, **options: object) -> None:
        raise Broken

    monkeypatch.setattr(actions, "play", fail)
    with pytest.raises(Broken):
        actions.load(password="never-used-here", tell=lambda sentence: None)
    assert is_empty()
    assert not Entry.objects.exists()


def test_a_password_is_long_and_never_the_same() -> None:
    made = {new_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(password) == 14 and set(password) <= {*SIGNS, "-"} for password in made)


def test_passwords_are_set_where_they_differ(demonstration: Demonstration) -> None:
    assert set_passwords(demonstration.password, at=AT) == 0
    assert set_passwords("another-for-tests", at=AT) == len(usernames()) == 6
    signs_in = User.objects.filter(username__in=usernames())
    assert all(user.check_password("another-for-tests") for user in signs_in)
    assert not signs_in.filter(must_change_password=True).exists()
    assert Entry.objects.filter(verb="reset_password").count() == 6
    assert list(faults()) == []


def test_only_the_accounts_of_the_demonstration_get_its_password(demonstration: Demonstration) -> None:
    other = User(username="someone", name="某人", role="office", unit=Unit.objects.get(kind="district"))
    other.set_password("their-own-password")
    other.save()
    set_passwords("another-for-tests", at=AT)
    other.refresh_from_db()
    assert other.check_password("their-own-password")


def test_the_register_can_be_worked_on(demonstration: Demonstration) -> None:
    """What was laid down takes the next change as if it had grown here."""
    quanwei = Project.objects.get(code="SZ-001")
    line = quanwei.phases.get(number=1).components.get(number=2)
    move = Move(Position(Stage.OPERATING), datetime.date(2023, 10, 9), gate_reason="试生产")
    move_part(line, move, by=User.objects.get(username="office"), at=AT, today=actions.TODAY)
    phase = quanwei.phases.get(number=1)
    assert (phase.stage, phase.partly_operating, phase.reached_on) == (
        "operating",
        False,
        datetime.date(2023, 10, 9),
    )
    assert list(faults()) == []
