"""How a bad row is written down: a good one, and each change that spoils it."""

import datetime
from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import Value

from tests.cast import AT, TODAY, Cast

Row = models.Model
Good = Callable[[Cast], Row]
Bad = dict[str, tuple[Good, list[dict[str, Any]]]]  # by the constraint, or of a column that is unique by model.column

DAY = datetime.timedelta(days=1)
EARLIER = TODAY - DAY
BEFORE_2000, AFTER_2100 = Value(199912), Value(210101)  # numbers that no `Month` would let through
TWICE: dict[str, Any] = {"pk": None}  # not the row changed, but the same row a second time
TAKEN_BACK_HALF: list[dict[str, Any]] = [{"taken_back_at": AT}, {"taken_back_because": "…"}]
