"""Keeping the reference lists: those that a new installation begins with, their entries, leaders and units."""

import datetime
import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from projects.accounts.actions import change_unit, check_may, found_unit
from projects.accounts.models import Unit, User
from projects.accounts.queries import district_of
from projects.accounts.roles import Verb
from projects.core.month import Month
from projects.core.refusals import NotAllowed, Refused
from projects.journal.actions import record
from projects.register.actions.touching import touch_lines
from projects.register.models import Category, Leader, LevelLabel, ListEntry, MilestoneTemplate, Project, Sector
from projects.register.queries import facts_of

BEGINNING = Path(__file__).parent.parent / "reference_lists.toml"
LISTS: dict[str, type[ListEntry]] = {"categories": Category, "level_labels": LevelLabel, "sectors": Sector}
ENTRY_FACTS = ("name", "position", "is_active")
LEADER_FACTS = (*ENTRY_FACTS, "office", "unit", "account")
TEMPLATE_FACTS = (*ENTRY_FACTS, "category", "code", "is_key", "offset_months")


@transaction.atomic
def found_lists(*, by: User | None, at: datetime.datetime) -> int:
    """Fill each reference list that is still empty; how many entries were added.

    A list that holds anything is left as the office keeps it.
    """
    beginning: dict[str, list[str]] = tomllib.loads(BEGINNING.read_text(encoding="utf-8"))
    added = 0
    for name, model in LISTS.items():
        if model._default_manager.exists():
            continue
        for position, entry_name in enumerate(beginning[name], start=1):
            entry = model._default_manager.create(name=entry_name, position=position)
            record(by=by, at=at, verb="keep_list", subject=entry, after={"name": entry_name, "position": position})
            added += 1
    return added


@transaction.atomic
def keep_list_entry(entry: ListEntry, *, by: User | None, at: datetime.datetime, since: Month) -> ListEntry:
    """Save a new or an edited line of a reference list; a renamed leader shows in coloured lines from `since` on.

    `NotAllowed` for a leader of a unit outside the person's own, `Refused` for an account of another district.
    """
    stored = _stored(entry)
    _check_keeper(by, entry, stored)
    if isinstance(entry, Leader):
        _check_account(entry)
    names = _facts_of_a(entry)
    before = facts_of(stored, names) if stored else {}
    entry.save(force_insert=stored is None, force_update=stored is not None)
    record(by=by, at=at, verb="keep_list", subject=entry, before=before, after=facts_of(entry, names))
    if isinstance(entry, Leader) and stored and stored.name != entry.name:
        touch_lines(Project.objects.filter(leader=entry), since=since)
    return entry


@transaction.atomic
def remove_list_entry(entry: ListEntry, *, by: User | None, at: datetime.datetime) -> None:
    """Take a line out of a reference list that nothing has ever used; `Refused` when something has."""
    stored = _stored(entry)
    _check_keeper(by, entry, stored)
    names = _facts_of_a(entry)
    in_use = _("“%(entry)s” is in use. Put it out of use instead: it stays where it stands and is offered no more.")
    if isinstance(entry, LevelLabel) and entry.projects.exists():
        raise Refused(in_use % {"entry": entry})
    record(by=by, at=at, verb="keep_list", subject=entry, before=facts_of(stored or entry, names))
    try:
        entry.delete()
    except ProtectedError as error:
        raise Refused(in_use % {"entry": entry}) from error


def _facts_of_a(entry: ListEntry) -> tuple[str, ...]:
    if isinstance(entry, Leader):
        return LEADER_FACTS
    return TEMPLATE_FACTS if isinstance(entry, MilestoneTemplate) else ENTRY_FACTS


def _stored(entry: ListEntry) -> ListEntry | None:
    """The entry as it is now, held until the transaction ends; None for a new one."""
    found: ListEntry | None = type(entry)._base_manager.select_for_update(of=("self",)).filter(pk=entry.pk).first()
    return found


def _check_keeper(by: User | None, entry: ListEntry, stored: ListEntry | None) -> None:
    """`NotAllowed` when the role keeps no lists, or a leader belongs to a unit outside the person's own."""
    if by is None:
        return
    check_may(by, Verb.KEEP_LISTS)
    units = {each.unit_id for each in (entry, stored) if isinstance(each, Leader)}
    if Unit.objects.below(by.unit).filter(pk__in=units).count() != len(units):
        raise NotAllowed(_("You keep the leaders of your own unit and the units below it."), field="unit")


def _check_account(leader: Leader) -> None:
    district = district_of(leader.unit)
    if leader.account and not leader.account.unit.path.startswith(district.path):
        raise Refused(
            _("The account belongs to another district than the leader. Choose one of %(district)s.")
            % {"district": district.name},
            field="account",
        )


@transaction.atomic
def keep_unit(unit: Unit, *, by: User | None, at: datetime.datetime, since: Month) -> Unit:
    """Found a unit or save an edited one; a new short name shows in coloured lines from `since` on.

    `NotAllowed` outside the person's own unit and what stands below it, before and after the edit.
    """
    stored = Unit.objects.select_for_update(of=("self",)).filter(pk=unit.pk).first()
    if by is not None:
        check_may(by, Verb.KEEP_LISTS)
        moved = stored is None or stored.parent_id != unit.parent_id
        concerned: set[Any] = {stored.pk} if stored else set()
        concerned |= {unit.parent_id} if moved else set()
        if Unit.objects.below(by.unit).filter(pk__in=concerned).count() != len(concerned):
            raise NotAllowed(_("You keep your own unit and the units below it."), field="parent")
    if stored is None:
        return found_unit(unit, by=by, at=at)
    change_unit(unit, by=by, at=at)
    if stored.short_name != unit.short_name:
        touch_lines(Project.objects.filter(unit=unit), since=since)
    return unit
