"""Write the database and all files into one file, while the program goes on working."""

import sqlite3
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from projects.core.clock import instant
from projects.core.refusals import Refused
from projects.management.backups.making import make_backup


class Command(BaseCommand):
    help = (
        "Writes one file, named by the time, with the whole database and all attachments into the folder DESTINATION."
        " Its last line is the last entry of the journal: keep it elsewhere, for `verify_journal --anchor`. Exit status"
        " 1 when nothing was written, or when a file that the database knows is missing or changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("destination", type=Path, help="a folder, on another disk; made when there is none")

    def handle(self, *args: Any, destination: Path, **options: Any) -> None:
        try:
            made = make_backup(destination, at=instant())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except (OSError, sqlite3.Error, DatabaseError) as error:
            raise CommandError(_("The backup was not written: %(why)s") % {"why": error}) from error
        manifest = made.manifest
        self.stdout.write(
            _("%(path)s: %(size)s, with %(rows)s rows of the database and %(files)s files.")
            % {
                "path": made.path,
                "size": filesizeformat(made.path.stat().st_size),
                "rows": sum(manifest.rows.values()),
                "files": len(manifest.members) - 1,
            }
        )
        for member in manifest.missing:
            self.stdout.write(_("%(member)s is missing in its store.") % {"member": member})
        for member in made.changed:
            self.stdout.write(_("%(member)s is not the file that was taken in.") % {"member": member})
        if manifest.journal:
            self.stdout.write(manifest.journal)
        if manifest.missing or made.changed:
            raise CommandError(_("The backup was written, but files are missing or changed. Look for them."))
