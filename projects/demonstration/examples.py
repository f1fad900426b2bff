"""The marked examples around the named projects, as their files say: works, preparations, investment leads.

They are composed so that, with the named projects, the totals equal the published ones.
"""

import datetime
from collections.abc import Iterator
from typing import Any

from projects.core.month import Month
from projects.core.yuan import WAN
from projects.demonstration.entries import (
    Amount,
    CorrectionEntry,
    EditEntry,
    ExemptionEntry,
    HaltEntry,
    IncidentEntry,
    NodeEntry,
    PartEntry,
    ProjectEntry,
    Reached,
    RevisionEntry,
)
from projects.demonstration.facts import FIRST_MONTH, LAST_MONTH, lead_rows, words
from projects.demonstration.preparing import prepared
from projects.register.stages import Position

# What a file says in words of its own; everything else in it is taken over as it stands.
TRANSLATED = {
    "path", "capacities", "phases", "labels", "total", "plan", "month_plan", "figures", "last_figures",
    "revision", "corrected", "nodes", "incidents", "exemption", "halt", "edit", "registered", "name",
    "short_name",
}  # fmt: skip


def examples() -> Iterator[ProjectEntry]:
    """All examples, numbered from 1 in the order of their files."""
    number = 0
    for name in ("implementation", "preparation"):
        for row in words(name)["work"]:
            number += 1
            yield prepared(work(number, row))
    for lead in lead_rows():
        number += 1
        yield prepared(investment_lead(number, lead))


def marked(number: int, row: dict[str, Any]) -> dict[str, Any]:
    """What every example has: its code, the mark in its names, an owner and a contact who do not exist."""
    added = words("people")["examples"]
    return {
        "number": number,
        "code": f"SL-{number:03d}",
        "name": added["mark"] + row["name"],
        "short_name": added["mark"] + row["short_name"],
        "owner": added["owner"] % {"number": f"{number:03d}", "sector": row["sector"]},
        "contact_name": added["contact"],
        "contact_phone": f"0632-000{number:04d}",
        "is_example": True,
    }


def work(number: int, row: dict[str, Any]) -> ProjectEntry:
    """An example that is built, prepared or kept in reserve; its file counts in 万元."""
    months = [wan * WAN for wan in row.get("figures", ())]
    return ProjectEntry(
        **marked(number, row),
        **{name: value for name, value in row.items() if name not in TRANSLATED},
        registered=row.get("registered") or _in_the_first_days(number),
        labels=tuple(row.get("labels", ())),
        phases=tuple(part(phase) for phase in row.get("phases") or [{**row, "name": words("named")["phase"]}]),
        total=row["total"] * WAN,
        plan=row["plan"] * WAN if "plan" in row else None,
        month_plan=tuple(wan * WAN for wan in row["month_plan"]) if "month_plan" in row else None,
        figures=tuple(months),
        last_figures=Month.parse(row["last_figures"]) if "last_figures" in row else LAST_MONTH if months else None,
        nodes=tuple(NodeEntry(**node) for node in row.get("nodes", ())),
        incidents=tuple(IncidentEntry(**incident) for incident in row.get("incidents", ())),
        halt=HaltEntry(**row["halt"]) if "halt" in row else None,
        edit=EditEntry(**row["edit"]) if "edit" in row else None,
        **_decisions(row),
    )


def _decisions(row: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if said := row.get("revision"):
        amounts = {"amount": said["amount"] * WAN, "since": Month.parse(said["since"])}
        found["revision"] = RevisionEntry(**{**said, **amounts})
    if said := row.get("corrected"):
        found["corrected"] = CorrectionEntry(
            Month.parse(said["month"]), said["first"] * WAN, said["on"], said["reason"]
        )
    if said := row.get("exemption"):
        months = {"first": Month.parse(said["first"]), "last": Month.parse(said["last"])}
        found["exemption"] = ExemptionEntry(**{**said, **months})
    return found


def part(row: dict[str, Any]) -> PartEntry:
    """A phase or a component."""
    return PartEntry(
        name=row["name"],
        path=path(row.get("path", "")),
        content=row.get("content", "") if "short_name" not in row else "",
        amounts=tuple(Amount.read(text) for text in row.get("capacities", ())),
        components=tuple(part(component) for component in row.get("components", ())),
    )


def path(text: str) -> tuple[Reached, ...]:
    """Read `started 2022-03-16, building.foundation 2022-04-28`."""
    found = []
    for step in text.split(", ") if text else ():
        code, day = step.split(" ")
        stage, _, sub = code.partition(".")
        found.append(Reached(Position.read(stage, sub), datetime.date.fromisoformat(day)))
    return tuple(found)


def investment_lead(number: int, row: dict[str, str]) -> ProjectEntry:
    """An example of an investor in talks or signed."""
    return ProjectEntry(
        **marked(number, row),
        project_class="lead",
        category=words("people")["examples"]["category_of_leads"],
        sector=row["sector"],
        unit=row["unit"],
        town=row["town"],
        total=int(row["total"]) * WAN if row["total"] else None,
        registered=datetime.date.fromisoformat(row["registered"]),
        phases=(PartEntry(words("named")["phase"], path(row["path"])),),
    )


def _in_the_first_days(number: int) -> datetime.date:
    """The register was taken over in the first working days of the year."""
    return FIRST_MONTH.first_day + datetime.timedelta(days=3 + number % 9)
