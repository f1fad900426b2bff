"""The queue as production has it: a table, which a worker has to work off."""

import pytest
from pytest_django import Settings

DATABASE_QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def queue(settings: Settings) -> None:
    settings.TASKS = DATABASE_QUEUE
