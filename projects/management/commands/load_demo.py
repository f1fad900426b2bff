"""Load the demonstration into an empty database, and say with which accounts to try it."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.core.clock import now
from projects.core.refusals import Refused
from projects.demonstration import actions, people, queries
from projects.management.tables import DatabaseCommand


class Command(DatabaseCommand):
    help = (
        "Loads the demonstration: the projects of a public report of 2023 and marked examples around them."
        " DEMO_PASSWORD sets the password of its accounts, also later; else one is made and printed once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="leave a database that holds anything else as it is"
        )

    def handle(self, *args: Any, if_empty: bool, **options: Any) -> None:
        chosen = os.environ.get("DEMO_PASSWORD", "")
        if queries.is_loaded():
            self._again(chosen)
        elif if_empty and not queries.is_empty():
            self.stdout.write(_("This database holds data of its own; the demonstration was not loaded."))
            return
        else:
            self._first(chosen or people.new_password())
        if settings.TODAY is None:
            self.stdout.write(
                _("The demonstration ends in September 2023. Serve it with TODAY=%(day)s (make run does).")
                % {"day": actions.TODAY.isoformat()}
            )

    def _first(self, password: str) -> None:
        try:
            actions.load(password=password, tell=self._tell)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(self.style.SUCCESS(_("The demonstration is loaded.")))
        self._accounts(password)

    def _again(self, chosen: str) -> None:
        self.stdout.write(_("The demonstration is already loaded; its data were left as they are."))
        if not chosen:
            self.stdout.write(
                _("Its password was printed when it was loaded. DEMO_PASSWORD=… sets another one for its accounts.")
            )
            return
        if people.set_passwords(chosen, at=now()):
            self.stdout.write(_("Its accounts now have the password of DEMO_PASSWORD."))
        self._accounts(chosen)

    def _tell(self, sentence: str) -> None:
        self.stdout.write(f"  {sentence}")
        self.stdout.flush()

    def _accounts(self, password: str) -> None:
        tries = {
            "admin": _("keep units, accounts and lists in the administration"),
            "office": _("move phases, check reports, draft the bulletin, issue slips, bring in sheets"),
            "office2": _("decide what the first one of the office wrote or proposed"),
            "reporter": _("report on the own town's projects on the page or by Excel, object, answer slips"),
            "leader": _("read bulletins, the list with its colours and reasons, league tables"),
            "auditor": _("read the journal: who changed what"),
        }
        self.stdout.write(_("Password of all accounts: %(password)s") % {"password": password})
        for user in User.objects.filter(username__in=people.usernames(), is_active=True).order_by("pk"):
            self.stdout.write(f"  {user.username:<9} {user.get_role_display()}: {tries[user.username]}")
