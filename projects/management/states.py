"""The lives of a monthly report and of a slip as documents: states, and moves with those who take them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from projects.accounts.roles import MAY, Role, Verb
from projects.accounts.wording import ROLE_NAMES
from projects.followups import wording as slip_wording
from projects.followups import workflow as slip_workflow
from projects.followups.actions.taking import verb_of
from projects.progress import workflow as report_workflow
from projects.progress.wording import STANDS_IN_THE_WAY, STATE_NAMES, STEP_NAMES, TURN_NAMES

CHINESE = translation.get_language_info("zh-hans")["name_local"]


@dataclass(frozen=True)
class Life:
    """What one document tells: the table of moves with its words, and what else there is to say."""

    title: str
    source: str
    begins: str
    states: Iterable[Any]
    steps: Iterable[Any]
    moves: Mapping[tuple[Any, Any], Any]
    state_names: Mapping[str, Any]
    step_names: Mapping[str, Any]
    comes_next: Callable[[Any], object]
    refusals: Mapping[str, Any]
    takes: Callable[[Any], Verb | None]
    beside: str


REPORT = Life(
    title="The states of a monthly report",
    source="projects/progress/workflow.py",
    begins="due: the month is opened",
    states=report_workflow.State,
    steps=report_workflow.Step,
    moves=report_workflow.MOVES,
    state_names=STATE_NAMES,
    step_names=STEP_NAMES,
    comes_next=lambda state: TURN_NAMES[report_workflow.TURNS[state]],
    refusals=STANDS_IN_THE_WAY,
    takes=lambda step: Verb.REVIEW_REPORTS if step in report_workflow.OF_THE_OFFICE else Verb.REPORT,
    beside="""Beside the state a move asks for more. A month takes reports from the day it is opened until its
lock; after that only with the office's leave, from the office itself, or when they were handed in before. A report
that lacks something is not submitted. Who wrote or submitted a report does not approve it. A report is taken back
until the lock.
""",
)
SLIP = Life(
    title="The states of a slip",
    source="projects/followups/workflow.py",
    begins="drafted: a bulletin is published",
    states=slip_workflow.State,
    steps=slip_workflow.Step,
    moves=slip_workflow.MOVES,
    state_names=slip_wording.STATE_NAMES,
    step_names=slip_wording.STEP_NAMES,
    comes_next=lambda state: slip_wording.TURN_NAMES[state],
    refusals=slip_wording.STANDS_IN_THE_WAY,
    takes=lambda step: None if step in slip_workflow.OF_THE_SYSTEM else verb_of(step),
    beside="""Beside the state a move asks for more. A slip that asks for a plan is answered after the plan; an answer
needs evidence. More time is asked for once, with a reason, up to the end of the day to finish by. Who answered does
not verify, and who answered or verified does not close. What is still open goes on in the slip of a later bulletin;
should that one be withdrawn, it stands again where it stood.
""",
)


def document(life: Life = REPORT) -> str:
    """The whole document, the same for the same workflow and words."""
    parts = (_diagram(life), _states(life), _moves(life))
    return "\n".join([_head(life), *(line for part in parts for line in part), life.beside, *_refusals(life)])


def _head(life: Life) -> str:
    written = f"Written by `manage.py draw_states` from `{life.source}`; a test fails while the two differ."
    return f"# {life.title}\n\n{written}\n"


def _diagram(life: Life) -> Iterator[str]:
    yield "```mermaid\nstateDiagram-v2"
    yield f"    [*] --> {life.begins}"
    for (before, step), after in life.moves.items():
        yield f"    {before} --> {after}: {_in('en', life.step_names[step])}"
    yield "```\n"


def _states(life: Life) -> Iterator[str]:
    yield "## States\n"
    rows = ((f"`{each}`", *_both(life.state_names[each]), _in("en", life.comes_next(each))) for each in life.states)
    yield from _table(("state", "English", CHINESE, "what comes next"), rows)


def _moves(life: Life) -> Iterator[str]:
    yield "## Moves and who takes them\n"
    rows = (
        (f"`{before}`", *_both(life.step_names[step]), f"`{after}`", _who(life.takes(step)))
        for (before, step), after in life.moves.items()
    )
    yield from _table(("from", "step", CHINESE, "to", "who"), rows)


def _refusals(life: Life) -> Iterator[str]:
    yield "## What is said where a step cannot be taken\n"
    rows = (
        (f"`{state}`", ", ".join(_in("en", life.step_names[step]) for step in _refused(life, state)), *_both(sentence))
        for state, sentence in life.refusals.items()
    )
    yield from _table(("in", "refused steps", "English", CHINESE), rows)


def _refused(life: Life, state: str) -> list[Any]:
    return [step for step in life.steps if (state, step) not in life.moves and life.takes(step) is not None]


def _who(verb: Verb | None) -> str:
    if verb is None:
        return "The system"
    return ", ".join(_in("en", ROLE_NAMES[role]) for role in Role if role in MAY[verb])


def _table(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    titles = list(heading)
    yield f"| {' | '.join(titles)} |"
    yield "|" + "---|" * len(titles)
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def _both(words: object) -> tuple[str, str]:
    return _in("en", words), _in("zh-hans", words)


def _in(language: str, words: object) -> str:
    with translation.override(language):
        return str(words)
