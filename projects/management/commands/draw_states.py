"""Write the states of monthly reports and of slips into the documents, as the workflows have them."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from projects.management.states import REPORT, SLIP, Life, document

DOCS: Path = settings.BASE_DIR / "docs"
NAMES: dict[str, Life] = {"report-states.md": REPORT, "slip-states.md": SLIP}


class Command(BaseCommand):
    help = "Draws docs/report-states.md and docs/slip-states.md from the tables of moves."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for name, life in NAMES.items():
            (DOCS / name).write_text(document(life), encoding="utf-8")
            self.stdout.write(name)
