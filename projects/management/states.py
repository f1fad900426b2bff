"""The life of a monthly report as a document: its states and moves as the workflow has them, and who takes them."""

from collections.abc import Iterable, Iterator

from django.utils import translation

from projects.accounts.roles import MAY, Role, Verb
from projects.accounts.wording import ROLE_NAMES
from projects.progress.wording import STANDS_IN_THE_WAY, STATE_NAMES, STEP_NAMES, TURN_NAMES
from projects.progress.workflow import MOVES, OF_THE_OFFICE, TURNS, State, Step

HEAD = """# The states of a monthly report

Written by `manage.py draw_states` from `projects/progress/workflow.py`; a test fails while the two differ.
"""
CHINESE = translation.get_language_info("zh-hans")["name_local"]
BESIDE_THE_STATE = """Beside the state a move asks for more. A month takes reports from the day it is opened until its
lock; after that only with the office's leave, from the office itself, or when they were handed in before. A report
that lacks something is not submitted. Who wrote or submitted a report does not approve it. A report is taken back
until the lock.
"""


def document() -> str:
    """The whole document, the same for the same workflow and words."""
    return "\n".join([HEAD, *_diagram(), *_states(), *_moves(), BESIDE_THE_STATE, *_refusals()])


def _diagram() -> Iterator[str]:
    yield "```mermaid\nstateDiagram-v2"
    yield "    [*] --> due: the month is opened"
    for (before, step), after in MOVES.items():
        yield f"    {before} --> {after}: {_in('en', STEP_NAMES[step])}"
    yield "```\n"


def _states() -> Iterator[str]:
    yield "## States\n"
    rows = ((f"`{state}`", *_both(STATE_NAMES[state]), _in("en", TURN_NAMES[TURNS[state]])) for state in State)
    yield from _table(("state", "English", CHINESE, "what comes next"), rows)


def _moves() -> Iterator[str]:
    yield "## Moves and who takes them\n"
    rows = (
        (f"`{before}`", _in("en", STEP_NAMES[step]), _in("zh-hans", STEP_NAMES[step]), f"`{after}`", _who(step))
        for (before, step), after in MOVES.items()
    )
    yield from _table(("from", "step", CHINESE, "to", "who"), rows)


def _refusals() -> Iterator[str]:
    yield "## What is said where a step cannot be taken\n"
    rows = (
        (f"`{state}`", ", ".join(_in("en", STEP_NAMES[step]) for step in _refused(state)), *_both(sentence))
        for state, sentence in STANDS_IN_THE_WAY.items()
    )
    yield from _table(("in", "refused steps", "English", CHINESE), rows)


def _refused(state: str) -> list[Step]:
    return [step for step in Step if (State(state), step) not in MOVES]


def _who(step: Step) -> str:
    verb = Verb.REVIEW_REPORTS if step in OF_THE_OFFICE else Verb.REPORT
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
