"""Whether the journal is whole: every entry unchanged, none missing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from projects.journal.models import Entry
from projects.journal.queries import faults


class Command(BaseCommand):
    help = "Recompute the digests of the journal; exit status 1 and one line for each fault when it was changed."

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = list(faults())
        for fault in found:
            self.stdout.write(fault)
        last = Entry.objects.order_by("-seq").values_list("seq", "digest").first()
        if found:
            raise CommandError(_("The journal was changed behind the application's back."))
        self.stdout.write(_("The journal is whole.") + (f" {last[0]} {last[1]}" if last else ""))
