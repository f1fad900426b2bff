"""The fixed cast of the tests: a small district, its people, and ways to give it projects.

Two towns below one district, a second district beside it, and one person for each role.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.test import Client

from projects.accounts.actions import found_unit
from projects.accounts.models import Unit, User
from projects.core.month import Month
from projects.progress.actions.entering import Figures, enter_figures
from projects.register.actions.moving import Move, move_part
from projects.register.actions.planning import set_plan
from projects.register.actions.registering import add_component, add_phase, register_project
from projects.register.models import Category, Component, Leader, Phase, Project
from projects.register.stages import Position, Stage

AT = datetime.datetime(2023, 10, 10, 1, 30, tzinfo=datetime.UTC)  # 09:30 in Shanghai
TODAY = datetime.date(2023, 10, 10)
SEPTEMBER = Month(2023, 9)
PASSWORD = "only-for-tests-9271"
WAN = 10_000
# of an exemption that somebody has approved
GRANTED: dict[str, Any] = {"reason": "other", "note": "…", "decision": "approved", "decided_at": AT}


@dataclass
class Cast:
    """Who and what every test may count on."""

    city: Unit
    district: Unit
    town: Unit
    other_town: Unit
    elsewhere: Unit
    admin: User
    office: User
    reporter: User
    other_reporter: User
    leader: User
    auditor: User
    stranger: User
    industry: Category
    boss: Leader

    def person(self, role: str) -> User:
        """The person by name: admin, office, reporter, other_reporter, leader, auditor, stranger."""
        person: User = getattr(self, role)
        return person


def assemble() -> Cast:
    """Found the units, open the accounts, make the lists."""
    city = _unit("枣庄市", "city", None)
    district = _unit("市中区", "district", city)
    town, other_town = _unit("税郭镇", "town", district), _unit("孟庄镇", "town", district)
    elsewhere = _unit("薛城区", "district", city)
    return Cast(
        city=city,
        district=district,
        town=town,
        other_town=other_town,
        elsewhere=elsewhere,
        admin=_user("admin", "administrator", district),
        office=_user("office", "office", district),
        reporter=_user("reporter", "reporter", town),
        other_reporter=_user("other_reporter", "reporter", other_town),
        leader=_user("leader", "leader", district),
        auditor=_user("auditor", "auditor", district),
        stranger=_user("stranger", "office", elsewhere),
        industry=Category.objects.create(name="产业"),
        boss=Leader.objects.create(name="王区长", unit=district),
    )


def _unit(name: str, kind: str, parent: Unit | None) -> Unit:
    return found_unit(Unit(name=name, short_name=name, kind=kind, parent=parent), by=None, at=AT)


def _user(username: str, role: str, unit: Unit) -> User:
    user = User(username=username, name=username, role=role, unit=unit, must_change_password=False)
    user.set_password(PASSWORD)
    user.save()
    return user


def project(cast: Cast, code: str = "P-1", **facts: Any) -> Project:
    """A project of the town's, in the register since January 2023, without phases."""
    given: dict[str, Any] = {
        "code": code,
        "name": f"年产示范产品项目 {code}",
        "short_name": f"项目{code}",
        "unit": cast.town,
        "category": cast.industry,
        "project_class": "implementation",
        "listed_from": Month(2023, 1),
    }
    labels = facts.pop("labels", ())
    return register_project(Project(**{**given, **facts}), labels=labels, by=None, at=AT)


def phase(of: Project, number: int = 1, stage: Stage | None = None, since: datetime.date | None = None) -> Phase:
    """A phase, at `stage` if one is given."""
    row = Phase(project=of, number=number, name=f"{'一二三四五'[number - 1]}期")
    return add_phase(row, position=Position(stage), reached_on=since, by=None, at=AT)


def component(of: Phase, number: int = 1, stage: Stage | None = None) -> Component:
    """A component of a phase, at `stage` if one is given."""
    return add_component(
        Component(phase=of, number=number, name=f"{number}号线"), position=Position(stage), by=None, at=AT
    )


def plan(of: Project, amount: int, *, months: list[int] | None = None, year: int = 2023) -> None:
    """The original plan of the year (yuan)."""
    set_plan(
        of,
        year,
        amount=amount,
        effective_from=Month(year, 1),
        month_plan=months,
        by=None,
        at=AT,
        open_month=SEPTEMBER,
    )


def figures(of: Project, month: Month, invested: int) -> None:
    """The approved figures of one month (yuan)."""
    enter_figures(of, month, Figures(invested), by=None, at=AT, open_month=SEPTEMBER)


def signed_in(person: User) -> Client:
    """A browser in which `person` has signed in."""
    client = Client()
    client.force_login(person)
    return client


def moved(part: Phase | Component, stage: Stage, day: datetime.date = TODAY, **more: Any) -> None:
    """Move a part as the system does it."""
    move_part(part, Move(Position(stage), day, **more), by=None, at=AT, today=TODAY)
