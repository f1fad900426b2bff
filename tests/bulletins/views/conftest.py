"""The pages of the bulletin on the day of the cast."""

import pytest
from pytest_django import Settings

from projects.register.models import Project
from tests.bulletins.month import district_of_three
from tests.cast import TODAY, Cast


@pytest.fixture(autouse=True)
def _on_the_day_of_the_cast(settings: Settings) -> None:
    settings.TODAY = TODAY


@pytest.fixture
def rows(cast: Cast) -> list[Project]:
    """A blue, a yellow and a red project."""
    return district_of_three(cast)
