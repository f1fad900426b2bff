"""Open the first administrator's account of a new installation, with its unit and its reference lists."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from projects.accounts.actions import found_unit, open_account
from projects.accounts.models import Unit, User
from projects.accounts.roles import Role
from projects.accounts.wording import UNIT_KIND_NAMES
from projects.core.clock import now
from projects.core.text import tidy
from projects.management.tables import DatabaseCommand
from projects.progress.actions.ladder import found_ladder
from projects.register.actions.checklists import found_checklists
from projects.register.actions.listing import found_lists

PASSWORD_LENGTH = 16


class Command(DatabaseCommand):
    help = "Opens an administrator's account with a password for the first sign-in, which is printed once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="full name of the person")
        parser.add_argument("--unit", required=True, help="name of the unit; founded when there is none at all")
        parser.add_argument("--short-name", default="", help="short name of a unit that is founded")
        parser.add_argument("--kind", choices=list(UNIT_KIND_NAMES), help="kind of a unit that is founded")

    def handle(self, *args: Any, **options: Any) -> None:
        password = get_random_string(PASSWORD_LENGTH)
        try:
            with transaction.atomic():
                user = self._open(password, options)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            _("Account %(username)s of %(name)s in %(unit)s is open.")
            % {"username": user.username, "name": user.name, "unit": user.unit.name}
        )
        self.stdout.write(_("Password for the first sign-in, shown only now: %(password)s") % {"password": password})

    def _open(self, password: str, options: dict[str, Any]) -> User:
        at = now()
        if User.objects.filter(username__iexact=options["username"]).exists():
            raise CommandError(
                _("The username %(username)s is taken. Choose another one.") % {"username": options["username"]}
            )
        user = User(
            username=options["username"],
            name=tidy(options["name"]),
            role=Role.ADMINISTRATOR.value,
            unit=self._unit(tidy(options["unit"]), options),
            must_change_password=True,
        )
        user.full_clean(exclude=["password"])
        found_lists(by=None, at=at)
        found_ladder(by=None, at=at)
        found_checklists(by=None, at=at)
        return open_account(user, password=password, by=None, at=at)

    def _unit(self, name: str, options: dict[str, Any]) -> Unit:
        known: list[Unit] = list(Unit.objects.filter(name=name))
        if len(known) == 1:
            return known[0]
        if known or Unit.objects.exists():
            raise CommandError(
                _("There is no single unit named %(unit)s. The units here: %(units)s.")
                % {"unit": name, "units": ", ".join(Unit.objects.values_list("name", flat=True)[:20])}
            )
        if not options["kind"]:
            raise CommandError(_("No unit exists yet. Say with --kind what kind of unit %(unit)s is.") % {"unit": name})
        unit = Unit(name=name, short_name=tidy(options["short_name"]) or name, kind=options["kind"], parent=None)
        unit.full_clean(exclude=["path"])
        return found_unit(unit, by=None, at=now())
