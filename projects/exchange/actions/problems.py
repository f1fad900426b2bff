"""What a month sheet says stands in the way: what no open problem of the project says yet is raised as a new one."""

import datetime
import re
from collections import defaultdict
from typing import Any

from projects.exchange.actions.writers import Asked, Touch, cleaned
from projects.exchange.matching import LIKE, likeness, neighbours, normal
from projects.exchange.queries import within_reach
from projects.exchange.verdicts import SheetRow
from projects.register.actions.solving import raise_problem
from projects.register.forms import ProblemForm
from projects.register.models import Problem, Project

SOLVED_WITHIN = datetime.timedelta(days=30)  # asked for where the sheet names no day
KIND = "other"  # the office sorts it where it belongs
_NUMBER = re.compile(r"^\s*(?:\d{1,2}\s*[.．、)）]|[(（]\d{1,2}[)）])\s*")


class Told:
    """The problems of the projects within reach that are not closed; one query."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.known: dict[int, list[Problem]] = defaultdict(list)
        rows = Problem.objects.unsolved().filter(project__in=within_reach(asked.by))
        for problem in rows.order_by("project_id", "due_on", "pk"):
            self.known[problem.project_id].append(problem)

    def new(self, row: SheetRow, project_id: int) -> tuple[list[str], list[str]]:
        """Of the problems in the row those that are new, and those that are much like one that is open already."""
        known = [neighbours(normal(each.description)) for each in self.known.get(project_id, ())]
        new, like = [], []
        for text in _lines(row.values.get("problem")):
            nearest = max((likeness(neighbours(normal(text)), each) for each in known), default=0.0)
            if nearest < LIKE:
                new.append(text)
            elif nearest < 1:
                like.append(text)
        return new, like

    def stored(self, project_id: int) -> str | None:
        """What stands in the way by what is known, as a sheet tells it."""
        return "\n".join(each.description for each in self.known.get(project_id, ())) or None

    def forms(self, row: SheetRow, project: Project) -> list[ProblemForm]:
        """The new problems as their form takes them; what is asked goes with the first one."""
        known = {normal(each.request) for each in self.known.get(project.pk, ())}
        asked = [text for text in _lines(row.values.get("request")) if normal(text) not in known]
        requests = ["\n".join(asked)]
        day = self.asked.today
        common: dict[str, Any] = {"kind": KIND, "raised_on": day, "due_on": day + SOLVED_WITHIN}
        return [
            ProblemForm(
                {**common, "description": text, "request": requests.pop() if requests else ""},
                instance=Problem(project=project),
            )
            for text in self.new(row, project.pk)[0]
        ]

    def check(self, row: SheetRow, project: Project) -> None:
        for form in self.forms(row, project):
            _in_order(form)

    def write(self, row: SheetRow, project: Project) -> list[Touch]:
        """Raise what is new through the form and the action of the page."""
        touches = []
        for form in self.forms(row, project):
            raised = raise_problem(_in_order(form).save(commit=False), by=self.asked.by, at=self.asked.at)
            touches.append({"what": "problem", "pk": raised.pk, "version": raised.version, "before": None})
        return touches


def _in_order(form: ProblemForm) -> Any:
    return cleaned(form)


def _lines(value: Any) -> list[str]:
    """The texts of a cell, each on a line of its own, without their numbers."""
    texts = (_NUMBER.sub("", line).strip() for line in str(value or "").splitlines())
    return [text for text in texts if text]
