"""The documents of the states of a report and of a slip: as the workflows have them."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command

from projects.management import states
from projects.management.commands import draw_states
from projects.management.commands.draw_states import NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_document_is_not_stale(name: str) -> None:
    assert (draw_states.DOCS / name).read_text(encoding="utf-8") == states.document(NAMES[name]), "run draw_states"


@pytest.mark.parametrize("life", NAMES.values(), ids=list(NAMES))
def test_it_has_every_state_and_move(life: states.Life) -> None:
    text = states.document(life)
    assert all(f"| `{state}` |" in text for state in life.states)
    assert all(f"    {before} --> {after}: " in text for (before, _step), after in life.moves.items())


@pytest.mark.parametrize("life", NAMES.values(), ids=list(NAMES))
def test_another_workflow_is_another_document(life: states.Life) -> None:
    assert states.document(replace(life, moves=dict(list(life.moves.items())[1:]))) != states.document(life)


def test_what_the_system_does_is_no_ones_step() -> None:
    text = states.document(states.SLIP)
    assert "| `verified` | merge into a later one | 并入后件 | `merged` | The system |" in text
    assert "| `drafted` | receive, reply with the plan, answer, " in text
    assert ", merge" not in text


def test_the_command_writes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draw_states, "DOCS", tmp_path)
    said = io.StringIO()
    call_command("draw_states", stdout=said)
    assert said.getvalue() == "report-states.md\nslip-states.md\n"
    for name, life in NAMES.items():
        assert (tmp_path / name).read_text(encoding="utf-8") == states.document(life)
