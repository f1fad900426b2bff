"""The problems of the demonstration's projects: raised, worked on, put off, solved, checked and closed."""

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any

from projects.accounts.models import User
from projects.demonstration.facts import words
from projects.demonstration.people import Cast
from projects.demonstration.steps import Agenda, working_time
from projects.register.actions.solving import (
    ask_extension,
    close_problem,
    decide_extension,
    note_progress,
    raise_problem,
    reject_solution,
    reopen_problem,
    report_solved,
)
from projects.register.models import Problem, Project

# Each verb of the file: what it does to a problem with what is said there.
STEPS: dict[str, Callable[..., object]] = {
    "note": lambda row, said, **who: note_progress(row, said["text"], **who),
    "solve": lambda row, said, **who: report_solved(row, proof=said["text"], solved_on=said["on"], seen=None, **who),
    "close": lambda row, said, **who: close_problem(row, note=said["text"], seen=None, **who),
    "reject": lambda row, said, **who: reject_solution(row, note=said["text"], seen=None, **who),
    "reopen": lambda row, said, **who: reopen_problem(row, note=said["text"], seen=None, **who),
    "extend": lambda row, said, **who: ask_extension(
        row, until=said["until"], reason=said["text"], seen=None, **who
    ),
    "grant": lambda row, said, **who: decide_extension(row, grant=True, note=said["text"], seen=None, **who),
    "refuse": lambda row, said, **who: decide_extension(row, grant=False, note=said["text"], seen=None, **who),
}  # fmt: skip


def plan_problems(cast: Cast, agenda: Agenda) -> None:
    """Put each problem of the file on the agenda; what is done about it follows when it is raised."""
    for number, said in enumerate(words("problems")["problem"]):
        at = working_time(said["raised"], number)
        agenda.add(at, partial(_raise, number, said, cast, agenda, at))


def _raise(number: int, said: dict[str, Any], cast: Cast, agenda: Agenda, at: datetime.datetime) -> None:
    mark = words("people")["examples"]["mark"]
    project = Project.objects.select_related("unit").get(short_name=mark + said["project"])
    problem = Problem(
        project=project,
        kind=said["kind"],
        description=said["description"],
        request=said.get("request", ""),
        asked_of=cast.units[said["asked"]] if "asked" in said else None,
        asked_name=said.get("asked_name", ""),
        raised_on=said["raised"],
        due_on=said["due"],
    )
    raise_problem(problem, by=cast.reporter_of(project.unit), at=at)
    for turn, step in enumerate(said.get("steps", ()), start=1):
        at = working_time(step["on"], number + turn)
        agenda.add(at, partial(STEPS[step["do"]], problem, step, by=_who(step["by"], problem, cast), at=at))


def _who(said: str, problem: Problem, cast: Cast) -> User:
    """One of the office, the unit of the project, or the unit asked."""
    people = {"office": cast.office, "office2": cast.checker, "unit": cast.reporter_of(problem.project.unit)}
    return cast.reporter_of(problem.asked_of) if said == "asked" and problem.asked_of else people[said]
