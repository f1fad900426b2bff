"""Founding and moving units, opening and closing accounts, and asking whether somebody may."""

import datetime
import secrets
from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from projects.accounts.models import Failure, Unit, User
from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.accounts.wording import VERB_NAMES
from projects.core.refusals import NotAllowed, Refused
from projects.core.text import printable
from projects.journal.actions import record

UNIT_FACTS = ("name", "short_name", "kind", "parent", "position", "is_active")
USER_FACTS = ("username", "name", "unit", "role", "is_head", "email", "is_active")
LONGEST_TYPED = 30  # signs of a name that no account has


def facts(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """The named values of a row, for the journal."""
    return {name: getattr(row, name) for name in names}


def check_may(user: User, verb: Verb) -> None:
    """`NotAllowed` with a sentence when the role of `user` does not include `verb`."""
    if not may(user, verb):
        raise NotAllowed(
            _("Your role “%(role)s” may not %(verb)s. Ask the key-project office.")
            % {"role": user.get_role_display(), "verb": VERB_NAMES[verb]}
        )


@transaction.atomic
def found_unit(unit: Unit, *, by: User | None, at: datetime.datetime) -> Unit:
    """Save a new unit below its parent and give it its path."""
    unit.path = f"new-{secrets.token_hex(8)}"
    unit.save(force_insert=True)
    unit.path = f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
    unit.save(update_fields=["path"])
    record(by=by, at=at, verb="found_unit", subject=unit, after=facts(unit, UNIT_FACTS))
    return unit


@transaction.atomic
def change_unit(unit: Unit, *, by: User | None, at: datetime.datetime) -> Unit:
    """Save an edited unit; when it moved below another parent everything below moves along.

    `Refused` when the new parent is the unit itself or lies below it.
    """
    stored = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if unit.parent and unit.parent.path.startswith(stored.path):
        raise Refused(_("A unit cannot stand below itself."), field="parent")
    before = facts(stored, UNIT_FACTS)
    new_path = f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
    unit.save()
    if new_path != stored.path:
        Unit.objects.below(stored).update(path=Concat(Value(new_path), Substr(F("path"), len(stored.path) + 1)))
        unit.path = new_path
    record(by=by, at=at, verb="change_unit", subject=unit, before=before, after=facts(unit, UNIT_FACTS))
    return unit


@transaction.atomic
def open_account(user: User, *, password: str | None, by: User | None, at: datetime.datetime) -> User:
    """Save a new account with an initial password that its owner must replace (`must_change_password`).

    None: nobody signs in with it until an administrator has given it a password.
    """
    user.set_password(password)
    user.save(force_insert=True)
    record(by=by, at=at, verb="open_account", subject=user, after=facts(user, USER_FACTS))
    return user


@transaction.atomic
def change_account(user: User, *, by: User | None, at: datetime.datetime) -> User:
    """Save an edited account. `Refused` when the last administrator would lose the role or the account."""
    stored = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    keepers = User.objects.filter(role="administrator", is_active=True).exclude(pk=user.pk)
    if (
        stored.role == "administrator"
        and not (user.role == "administrator" and user.is_active)
        and not keepers.exists()
    ):
        raise Refused(_("This is the last administrator. Open another administrator's account first."), field="role")
    before = facts(stored, USER_FACTS)
    user.save()
    record(by=by, at=at, verb="change_account", subject=user, before=before, after=facts(user, USER_FACTS))
    return user


@transaction.atomic
def reset_password(user: User, *, password: str, by: User | None, at: datetime.datetime) -> None:
    """Give an account a new initial password, to be replaced at the next sign-in; ends its sessions."""
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    record(by=by, at=at, verb="reset_password", subject=user)


@transaction.atomic
def note_sign_in(user: User, *, at: datetime.datetime) -> None:
    """Keep in the journal that somebody signed in, from where the journal knows."""
    record(by=user, at=at, verb="sign_in", subject=user)


@transaction.atomic
def note_failed_sign_in(
    typed: str, found: User | None, failure: Failure, *, by: User | None, at: datetime.datetime
) -> None:
    """Keep in the journal that somebody was not let in: as whom, from where the journal knows; of the password nothing.

    Who knows no account by that name may have typed anything at all, so it is cut and made harmless.
    `by` is who was signed in already, and asked for the password again.
    """
    tried = found or User(username=printable(typed)[:LONGEST_TYPED])
    record(by=by, at=at, verb=failure.value, subject=tried)
