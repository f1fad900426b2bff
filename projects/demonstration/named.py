"""The projects that the report names, with exactly what it says of them and nothing else."""

import datetime
import re
from collections.abc import Iterator
from typing import Any

from projects.core.month import Month
from projects.core.yuan import YI
from projects.demonstration.entries import Amount, EditEntry, NodeEntry, PartEntry, ProjectEntry, Reached
from projects.demonstration.facts import FIRST_MONTH, published, words
from projects.progress.models.periods import USUAL_CLASSES
from projects.register.stages import Position, Stage, is_preparing

TOLD = datetime.date(2023, 10, 9)  # when the figures up to September were at hand
HALF_YEARS = {"first half": (6, 30), "second half": (12, 31)}


def named_projects() -> Iterator[ProjectEntry]:
    """In the order of the report, which their codes follow."""
    for number, said in enumerate(published()["projects"], start=1):
        yield named_project(number, said)


def named_project(number: int, said: dict[str, Any]) -> ProjectEntry:
    """The responsible unit is not stated, so it is the district; no plan, leader or figure is added.

    A class that reports every month is entered only when the report tells the stage that it follows from:
    before, nobody could be asked for figures, and afterwards the months are open already.
    """
    added, of_class = words("named"), _class(said)
    return ProjectEntry(
        number=number,
        code=f"SZ-{number:03d}",
        name=said["name"],
        short_name=said.get("short_name", said["name"]),
        owner=said.get("owner", ""),
        registered=FIRST_MONTH.first_day + datetime.timedelta(days=3),
        unit="",
        town=said.get("location", ""),
        category=said["category"],
        sector=said.get("sector", ""),
        nature=added["natures"][said["nature"]] if "nature" in said else "",
        labels=(said["level"],) if "level" in said else (),
        project_class="" if of_class in USUAL_CLASSES else of_class,
        edit=EditEntry(on=TOLD, project_class=of_class) if of_class in USUAL_CLASSES else None,
        content=added["contents"].get(said["key"], ""),
        total=said.get("total_investment_yuan"),
        total_at_least=YI if said.get("over_100m_yuan") else None,
        phases=tuple(_phase(phase) for phase in said.get("phases") or [{**said, "name": added["phase"]}]),
        nodes=tuple(_nodes(said)),
    )


def _class(said: dict[str, Any]) -> str:
    """By the stage of the project, or of its most advanced part."""
    stages = [stage for stage in _stages(said) if stage is not None]
    added = words("named")
    furthest = max(stages, key=lambda stage: Stage(added["stages"][stage]).number, default=None)
    return added["classes"][furthest] if furthest else ""


def _stages(said: dict[str, Any]) -> Iterator[str | None]:
    yield said.get("stage")
    for inner in [*said.get("phases", ()), *_components(said)]:
        yield from _stages(inner)


def _components(said: dict[str, Any]) -> list[dict[str, Any]]:
    """Those with names; a mere number of them is told in the content instead."""
    components = said.get("components", ())
    return [] if isinstance(components, int) else list(components)


def _phase(said: dict[str, Any]) -> PartEntry:
    components = tuple(_component(component) for component in _components(said))
    implied = said.get("capacity_not_stated_but_implied", [])
    return PartEntry(
        name=said["name"],
        path=_path(said),
        content=words("named")["notes"]["implied"] if implied else "",
        amounts=() if components else tuple(_amounts(said.get("capacity", []) + implied)),
        components=components,
    )


def _component(said: dict[str, Any]) -> PartEntry:
    return PartEntry(
        name=said["name"],
        path=_path(said),
        content=said.get("note", ""),
        amounts=tuple(_amounts([said["capacity"]])),
    )


def _amounts(said: list[dict[str, Any]]) -> Iterator[Amount]:
    for amount in said:
        yield Amount(amount["product"], str(amount["quantity"]), amount["unit"])


def _path(said: dict[str, Any]) -> tuple[Reached, ...]:
    """The stage without a day; with the month of its production as a move to the last day of that month.

    A stage before the start is entered only when the report tells it: nobody knows how long the project has stood
    there, so from the register's first day on it would seem not to move at all.
    """
    if not said.get("stage"):
        return ()
    position = Position(Stage(words("named")["stages"][said["stage"]]))
    if month := said.get("production_date"):
        note = words("named")["notes"]["month_only"] % {"month": month}
        return (Reached(Position(), None), Reached(position, Month.parse(month).last_day, note))
    if is_preparing(position.stage or ""):
        return (Reached(Position(), None), Reached(position, None, told=TOLD))
    return (Reached(position, None),)


def _nodes(said: dict[str, Any]) -> Iterator[NodeEntry]:
    for name, expected in said.get("expected", {}).items():
        yield NodeEntry(name, last_day(expected))
    for phase in said.get("phases", ()):
        for component in _components(phase):
            if expected := component.get("expected_production"):
                name = words("named")["notes"]["production"] % {"part": component["name"]}
                yield NodeEntry(name, last_day(expected))


def last_day(expected: str) -> datetime.date:
    """The last day of an expected time: `2023-12`, or `2024 first half`."""
    if match := re.fullmatch(r"(\d{4}) (.+)", expected):
        return datetime.date(int(match[1]), *HALF_YEARS[match[2]])
    return Month.parse(expected).last_day
