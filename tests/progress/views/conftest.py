"""The pages of the reports on the day of the cast."""

import pytest
from pytest_django import Settings

from tests.cast import TODAY


@pytest.fixture(autouse=True)
def _on_the_day_of_the_cast(settings: Settings) -> None:
    settings.TODAY = TODAY
