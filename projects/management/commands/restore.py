"""Put a backup back into an empty installation and prove what came back, or only check the file."""

import sqlite3
from pathlib import Path
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _

from projects.bulletins.queries import verifying
from projects.core.refusals import Refused
from projects.journal import queries as journal
from projects.management.backups.archive import Manifest
from projects.management.backups.restoring import check, differences, restore, take_into_use
from projects.management.commands.verify_journal import anchor


class Command(BaseCommand):
    help = (
        "Restores what `backup` wrote into an installation without data, then verifies bulletins and journal. Exit"
        " status 1 when nothing was restored, or when something of it is not as it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="only look whether the file is whole")
        parser.add_argument(
            "--anchor", action="append", type=anchor, default=[], metavar="SEQ:DIGEST",
            help="an entry of the journal that has to be in it, as `backup` or `verify_journal` printed it",
        )  # fmt: skip

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            if options["check"]:
                self._describe(check(file))
                return
            manifest = restore(file)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except (OSError, sqlite3.Error, DatabaseError, SuspiciousOperation) as error:
            raise CommandError(_("Nothing was restored: %(why)s") % {"why": error}) from error
        self._describe(manifest)
        found = list(differences(manifest))
        take_into_use()
        found += [*verifying.faults(), *journal.faults(dict(options["anchor"]))]
        for fault in found:
            self.stdout.write(fault)
        if found:
            raise CommandError(_("It was restored, but is not all as it was."))
        self.stdout.write(_("Everything was restored. Bulletins and journal are as they were."))

    def _describe(self, manifest: Manifest) -> None:
        self.stdout.write(
            _("The backup of %(made)s is whole: %(rows)s rows of the database and %(files)s files.")
            % {
                "made": manifest.made,
                "rows": sum(manifest.rows.values()),
                "files": len(manifest.members) - 1,
            }
        )
        for member in manifest.missing:
            self.stdout.write(_("%(member)s was missing when the backup was made.") % {"member": member})
        if manifest.bulletin:
            self.stdout.write(
                _("The last bulletin in it: %(month)s, edition %(edition)s, digest %(digest)s.") % manifest.bulletin
            )
        if manifest.journal:
            self.stdout.write(_("The last entry of the journal in it: %(entry)s") % {"entry": manifest.journal})
