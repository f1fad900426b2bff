"""What `make run` needs before it serves: the tables, and the demonstration where there is nothing yet."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Migrates and loads the demonstration if the database is empty, in one process to start quickly."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", skip_checks=True)
        call_command("load_demo", if_empty=True, skip_checks=True)
