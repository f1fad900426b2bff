"""The units, leaders and accounts of the demonstration, and the rows that its projects refer to by name."""

import datetime
import secrets
from dataclasses import dataclass

from projects.accounts.actions import found_unit, open_account, reset_password
from projects.accounts.models import Unit, User
from projects.accounts.roles import Role
from projects.demonstration.facts import published, words
from projects.journal.actions import record
from projects.progress.actions.ladder import found_ladder
from projects.register.actions.checklists import found_checklists
from projects.register.actions.listing import found_lists
from projects.register.models import Category, Leader, LevelLabel, Sector

SIGNS = "abcdefghijkmnpqrstuvwxyz23456789"  # none that is taken for another when read off a screen


@dataclass(frozen=True)
class Cast:
    """Whom and what the demonstration's projects refer to, by name; `leaders` in their order."""

    units: dict[str, Unit]
    leaders: list[Leader]
    categories: dict[str, Category]
    sectors: dict[str, Sector]
    labels: dict[str, LevelLabel]
    district: Unit
    office: User
    checker: User
    reporters: dict[int, User]

    def reporter_of(self, unit: Unit) -> User:
        """Who reports on a unit's projects: its own reporter, or the office where there is none."""
        return self.reporters.get(unit.pk, self.office)

    def office_for(self, number: int) -> User:
        """Who of the office looks at what came in: mostly the one, now and then the other."""
        return self.checker if number % 3 == 0 else self.office


def usernames() -> list[str]:
    """The accounts to sign in with: one for each role, and a second one of the office."""
    return [account["username"] for account in words("people")["accounts"]]


def new_password() -> str:
    """Three groups of four signs: easy to type, about 60 bits."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(3))


def engage(*, password: str, at: datetime.datetime) -> Cast:
    """Found the units and lists and open the accounts; those to sign in with have the same `password`."""
    units = _units(at)
    district = units[_short(published()["district"]["name"])]
    found_lists(by=None, at=at)
    found_ladder(by=None, at=at)
    found_checklists(by=None, at=at)
    accounts = {account["username"]: _account(account, units, password, at) for account in words("people")["accounts"]}
    people = [accounts["reporter"], *_people_of_units(units, at)]
    return Cast(
        units=units,
        leaders=[
            _leader(number, said, district, accounts, at) for number, said in enumerate(words("people")["leaders"], 1)
        ],
        categories={row.name: row for row in Category.objects.all()},
        sectors={row.name: row for row in Sector.objects.all()},
        labels={row.name: row for row in LevelLabel.objects.all()},
        district=district,
        office=accounts["office"],
        checker=accounts["office2"],
        reporters={user.unit_id: user for user in people},
    )


def _short(name: str) -> str:
    short: str = words("people")["short_names"].get(name, name)
    return short


def _units(at: datetime.datetime) -> dict[str, Unit]:
    """The tree from the province down, by short name; towns and departments stand below the district."""
    said, people = published()["district"], words("people")
    units: dict[str, Unit] = {}
    parent: Unit | None = None
    for row in [*people["above"], {"name": said["name"], "kind": "district"}]:
        parent = _unit(row["name"], row["kind"], parent, 1, units, at)
    below = [(name, "town") for name in said["subdistricts"] + said["towns"]]
    below += [(name, "zone") for name in said["other_units"]]
    below += [(people["department_prefix"] + name, "department") for name in people["departments"]]
    for position, (name, kind) in enumerate(below, start=1):
        _unit(name, kind, parent, position, units, at)
    return units


def _unit(
    name: str, kind: str, parent: Unit | None, position: int, units: dict[str, Unit], at: datetime.datetime
) -> Unit:
    short = name.removeprefix(words("people")["department_prefix"]) if kind == "department" else _short(name)
    unit = Unit(name=name, short_name=short, kind=kind, parent=parent, position=position)
    units[short] = found_unit(unit, by=None, at=at)
    return unit


def _account(said: dict[str, str], units: dict[str, Unit], password: str, at: datetime.datetime) -> User:
    user = User(
        username=said["username"],
        name=said["name"],
        role=Role(said["role"]).value,
        unit=units[said["unit"]],
        must_change_password=False,  # the password is shared and printed: who tries the program just signs in
    )
    return open_account(user, password=password, by=None, at=at)


def _people_of_units(units: dict[str, Unit], at: datetime.datetime) -> list[User]:
    """A reporter for each unit, who are given back, and some heads; without a password nobody signs in as them."""
    said = words("people")["units"]
    for unit, username in said["heads"].items():
        head = User(
            username=username,
            name=said["head"] % {"unit": unit},
            role=Role.LEADER.value,
            unit=units[unit],
            is_head=True,
        )
        open_account(head, password=None, by=None, at=at)
    reporters = []
    for unit, username in said["reporters"].items():
        reporter = User(
            username=username, name=said["reporter"] % {"unit": unit}, role=Role.REPORTER.value, unit=units[unit]
        )
        reporters.append(open_account(reporter, password=None, by=None, at=at))
    return reporters


def _leader(
    number: int, said: dict[str, str], district: Unit, accounts: dict[str, User], at: datetime.datetime
) -> Leader:
    given = {"name": said["name"], "office": said["office"], "account": accounts.get(said.get("account", ""))}
    leader = Leader.objects.create(**given, unit=district, position=number, is_example=True)
    record(by=None, at=at, verb="keep_list", subject=leader, after=said)
    return leader


def set_passwords(password: str, *, at: datetime.datetime) -> int:
    """Give the demonstration's accounts this password where they have another; how many were changed."""
    changed = 0
    for user in User.objects.filter(username__in=usernames()):
        if not user.check_password(password):
            reset_password(user, password=password, by=None, at=at)
            User.objects.filter(pk=user.pk).update(must_change_password=False)
            changed += 1
    return changed
