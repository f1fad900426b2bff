"""Write the binary catalogues that Django reads, from the text ones that people edit."""

import os
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compiles every locale/*/LC_MESSAGES/*.po; needs nothing beside Python."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            for path in sorted(folder.glob("*/LC_MESSAGES/*.po")):
                catalogue = polib.pofile(str(path))
                # A running server never meets half a file: written beside, then moved into place.
                written = path.with_suffix(f".mo.{os.getpid()}")
                catalogue.save_as_mofile(str(written))
                written.replace(path.with_suffix(".mo"))
                if verbosity:
                    count = len(catalogue.translated_entries())
                    self.stdout.write(f"Compiled {count} sentences of {path.parent.parent.name}.")
