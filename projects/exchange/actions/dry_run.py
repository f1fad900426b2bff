"""Trying a sheet out: every row is matched, compared and checked, and nothing is changed.

Where no guard can be asked alone a row is written in earnest, and what was written is taken back: so a dry run meets
every rule that the import will meet, without having any rule of its own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from projects.accounts.actions import check_may
from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.core.refusals import Refused
from projects.exchange.actions.months import MonthWriter
from projects.exchange.actions.nodes import MilestoneWriter
from projects.exchange.actions.phases import PhasesWriter
from projects.exchange.actions.plans import PlansWriter
from projects.exchange.actions.registers import RegisterWriter
from projects.exchange.actions.writers import Asked, Writer
from projects.exchange.matching import Match, normal
from projects.exchange.queries import register_for
from projects.exchange.verdicts import Alike, Objection, SheetRow, Verdict

WRITERS: dict[str, Callable[[Asked], Writer]] = {
    "register": RegisterWriter,
    "phases": PhasesWriter,
    "plans": PlansWriter,
    "month": MonthWriter,
    "milestones": MilestoneWriter,
}
VERBS = {
    "register": Verb.EDIT_PROJECT,
    "phases": Verb.MOVE_STAGE,
    "plans": Verb.PROPOSE_PLAN,
    "month": Verb.REPORT,
    "milestones": Verb.UPDATE_MILESTONE,
}
SEVERAL = {"phases", "milestones"}  # kinds in which a project may stand in several rows
NEW = "new"  # chosen for a row that looks like a known project and is none; no project has this code
AT_A_TIME = 200  # rows written and taken back together: how long others wait for the database

# What a form calls a value that has another name in a sheet.
SAME: dict[str, Mapping[str, str]] = {
    "register": {"amount": "year_plan", "month_plan": "year_plan"},
    "plans": {"amount": "year_plan", "month_plan": "year_plan"},
    "milestones": {"name": "milestone", "code": "milestone"},
    "month": {"description": "problem"},
}


def nothing_to_tell(_done: int, _total: int) -> None:
    """For who does not wait."""


def try_out(
    rows: Iterable[SheetRow],
    asked: Asked,
    *,
    chosen: Mapping[int, str] | None = None,
    tell: Callable[[int, int], None] = nothing_to_tell,
) -> list[Verdict]:
    """What would become of each row; nothing is changed. `chosen` holds, by the row's number, the code of the project
    that somebody chose for it, or "new". `NotAllowed` when the role may not import this kind of sheet at all."""
    check_may(asked.by, VERBS[asked.kind])
    writer = WRITERS[asked.kind](asked)
    verdicts = _matched(rows, asked, writer, chosen or {})
    for verdict in verdicts:
        if not verdict.objections:
            writer.look(verdict)
    _rehearse([verdict for verdict in verdicts if verdict.writes], writer, asked, tell)
    return verdicts


def _matched(rows: Iterable[SheetRow], asked: Asked, writer: Writer, chosen: Mapping[int, str]) -> list[Verdict]:
    register, met, verdicts = register_for(asked.by), {}, []  # type: ignore[var-annotated]
    for row in rows:
        code, name, owner = (str(row.values.get(key) or "") for key in ("code", "name", "owner"))
        verdict = Verdict(row, code=code[:40], name=name[:200])
        verdicts.append(verdict)
        choice = chosen.get(row.number, "")
        match = (
            Match(register.by_code(choice))
            if choice and choice != NEW
            else register.match(code=code, name=name, owner=owner)
        )
        if match.found:
            verdict.project_id, verdict.code, verdict.name = match.found.pk, match.found.code, match.found.name
            if name and match.found.is_called(name) and normal(name) != normal(match.found.name):
                # Called by its short name: that is no new name.
                verdict.row = replace(row, values={key: each for key, each in row.values.items() if key != "name"})
        if row.faults:
            verdict.refuse(*row.faults)
        elif match.found is None:
            _not_found(verdict, match, asked, makes=writer.makes, chosen=choice)
        if verdict.objections or asked.kind in SEVERAL:
            continue
        key = verdict.project_id or code.casefold() or (normal(name), normal(owner))
        if key in met:
            verdict.refuse(
                _of_project(row, _("The project stands in this sheet already, in row %(row)s.") % {"row": met[key]})
            )
        met.setdefault(key, row.number)
    return verdicts


def _of_project(row: SheetRow, why: str) -> Objection:
    """An objection to which project the row means, at its code, else at its name."""
    return row.objection("code" if row.values.get("code") else "name", why)


def _not_found(verdict: Verdict, match: Match, asked: Asked, *, makes: bool, chosen: str) -> None:
    row = verdict.row
    if makes and (chosen == NEW or (not match.alikes and verdict.name)):
        return
    verdict.alikes = [Alike(each.code, each.name) for each in match.alikes]
    if not (verdict.code or verdict.name):
        verdict.refuse(Objection("", "", _("The row names no project.")))
    elif match.disputed:
        first, second = verdict.alikes[:2]
        why = _("The code is that of “%(first)s”, the name that of “%(second)s”. Say which of the two is meant.")
        verdict.refuse(_of_project(row, why % {"first": first.name, "second": second.name}))
    elif match.alikes:
        why = _("The register has no project of exactly this code or name. It looks like “%(name)s” (%(code)s).")
        verdict.refuse(_of_project(row, why % {"name": verdict.alikes[0].name, "code": verdict.alikes[0].code}))
    elif may(asked.by, Verb.EDIT_PROJECT):
        verdict.refuse(_of_project(row, _("The register has no such project. Enter it in the register first.")))
    else:
        verdict.refuse(_of_project(row, _("This is not a project of your unit. Take the row out of the sheet.")))


def _rehearse(verdicts: Sequence[Verdict], writer: Writer, asked: Asked, tell: Callable[[int, int], None]) -> None:
    remaining, done = iter(verdicts), 0
    while some := list(islice(remaining, AT_A_TIME)):
        with transaction.atomic():
            for verdict in some:
                if objections := refusal_of(verdict, writer, asked):
                    verdict.refuse(*objections)
            transaction.set_rollback(True)
        done += len(some)
        tell(done, len(verdicts))


def refusal_of(verdict: Verdict, writer: Writer, asked: Asked) -> list[Objection]:
    """What stands against the row being written, in which case nothing of it is."""
    try:
        with transaction.atomic():
            writer.check(verdict.row, verdict.project_id, verdict.seen)
    except Refused as refusal:
        return objections_to(refusal, verdict, asked)
    except IntegrityError:
        return [Objection("", "", _("The values of this row do not go together."))]
    return []


def objections_to(refusal: Refused, verdict: Verdict, asked: Asked) -> list[Objection]:
    """A refusal of a form or an action, with its place in the sheet; one of the whole row at its first new value."""
    remarks = getattr(refusal, "remarks", None) or [(refusal.field, str(refusal.sentence))]
    first = next((cell.field for cell in verdict.cells if cell.field in verdict.row.letters), "")
    labels, row, found = getattr(refusal, "labels", {}), verdict.row, []
    for field, sentence in remarks:
        name = SAME.get(asked.kind, {}).get(field, field)
        if name in row.letters or name in row.values:
            found.append(row.objection(name, str(sentence)))
        else:
            why = (
                _("%(what)s: %(sentence)s") % {"what": labels[field], "sentence": sentence}
                if field in labels
                else sentence
            )
            found.append(row.objection(first, str(why)))
    return found
