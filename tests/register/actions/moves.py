"""Moving a part as the office does it, what its approvals are, and what the journal said of it last."""

import datetime
from typing import Any

from projects.journal.models import Entry
from projects.register.actions.moving import Move, move_part
from projects.register.actions.scheduling import set_milestone
from projects.register.models import Milestone, Project, StageChange
from projects.register.stages import Position, Stage, Step
from tests.cast import AT, TODAY

APRIL_3 = datetime.date(2023, 4, 3)


def go(part: Any, stage: Stage, day: datetime.date = TODAY, *, step: Step | None = None, **more: Any) -> StageChange:
    """Move `part` as the office does it, unless somebody else is named in `by`."""
    options = {name: more.pop(name) for name in ("by", "seen") if name in more}
    return move_part(part, Move(Position(stage, step), day, **more), **{"by": None, **options}, at=AT, today=TODAY)


def passed(row: Project, code: str, **more: Any) -> Milestone:
    """An approval of the project that is done, with its number, unless `more` says otherwise."""
    given = {"done_on": APRIL_3, "document_number": "8号", **more}
    return set_milestone(Milestone(project=row, code=code, **given), by=None, at=AT, today=TODAY)


def last_entry() -> Entry:
    return Entry.objects.order_by("-seq")[0]
