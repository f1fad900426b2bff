"""Bring the Chinese catalogue to the sentences that the source uses, or say what it lacks of them."""

from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from projects.management.catalogue import faults, renewed, sentences


class Command(BaseCommand):
    help = "Collects the sentences of the source into locale/zh_Hans; keeps translations, drops unused ones."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail when it is not complete")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        wanted = sentences(settings.BASE_DIR)
        path = settings.LOCALE_PATHS[0] / "zh_Hans" / "LC_MESSAGES" / "django.po"
        catalogue = polib.pofile(str(path), wrapwidth=0) if path.exists() else polib.POFile()
        if check:
            if found := faults(catalogue, wanted):
                raise CommandError("\n".join([*found, f"{len(found)} faults; `make messages` collects anew."]))
            self.stdout.write(f"All {len(wanted)} sentences are translated.")
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = renewed(catalogue, wanted)
        fresh.save(str(path))
        self.stdout.write(f"{len(fresh)} sentences, {len(fresh.untranslated_entries())} still to translate.")
