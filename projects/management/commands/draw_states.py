"""Write the states of a monthly report into the documents, as the workflow has them."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from projects.management.states import document

PATH = settings.BASE_DIR / "docs" / "report-states.md"


class Command(BaseCommand):
    help = "Draws docs/report-states.md from the table of moves of the monthly report."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        PATH.write_text(document(), encoding="utf-8")
        self.stdout.write(PATH.name)
