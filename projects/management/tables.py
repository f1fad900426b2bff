"""What all commands that use the database share: where its tables are lacking they say what comes first."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _


def migrated() -> bool:
    """Whether the database is as far as the program."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


class DatabaseCommand(BaseCommand):
    """Asked only after a failure: whether all migrations were applied takes a moment to find out."""

    def execute(self, *args: Any, **options: Any) -> Any:
        try:
            return super().execute(*args, **options)
        except (OperationalError, ProgrammingError) as error:
            if migrated():
                raise
            raise CommandError(
                _("The database is not as far as the program: run “manage.py migrate” first.")
            ) from error
