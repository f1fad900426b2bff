"""Whether the published bulletins are what was published: every line, every digest, every chain."""

from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from projects.bulletins.models import Bulletin
from projects.bulletins.queries.verifying import faults
from projects.management.tables import DatabaseCommand


class Command(DatabaseCommand):
    help = "Recompute the digests of the published bulletins; exit status 1 and one line for each fault found."

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = list(faults())
        for fault in found:
            self.stdout.write(fault)
        if found:
            raise CommandError(_("Published bulletins were changed behind the application's back."))
        count = Bulletin.objects.published().count()
        self.stdout.write(_("%(count)s published bulletins are as they were published.") % {"count": count})
