"""Whether the journal is whole: every entry unchanged, none missing."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from projects.journal.models import Entry
from projects.journal.queries import faults
from projects.management.tables import DatabaseCommand


def anchor(text: str) -> tuple[int, str]:
    """`SEQ:DIGEST`, as this command prints the last entry."""
    seq, colon, digest = text.partition(":")
    if not (seq.isascii() and seq.isdecimal() and colon and len(digest) == 64):
        raise ArgumentTypeError(f"not SEQ:DIGEST: {text}")
    return int(seq), digest


class Command(DatabaseCommand):
    help = (
        "Recompute the digests of the journal; exit status 1 and one line for each fault when it was changed. Keep"
        " the last line of each run outside the database, and give it as --anchor to the next."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--anchor", action="append", type=anchor, default=[], metavar="SEQ:DIGEST")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = list(faults(dict(options["anchor"])))
        for fault in found:
            self.stdout.write(fault)
        if found:
            raise CommandError(_("The journal was changed behind the application's back."))
        self.stdout.write(_("The journal is whole."))
        last = Entry.objects.order_by("-seq").values_list("seq", "digest").first()
        if last:
            self.stdout.write(f"{last[0]}:{last[1]}")
