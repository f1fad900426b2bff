"""The document of the states of a report: as the workflow has them."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from projects.management import states
from projects.management.commands import draw_states
from projects.progress.workflow import MOVES, State


def test_the_document_is_not_stale() -> None:
    assert draw_states.PATH.read_text(encoding="utf-8") == states.document(), "run manage.py draw_states"


def test_it_has_every_state_and_move() -> None:
    text = states.document()
    assert all(f"| `{state}` |" in text for state in State)
    assert all(f"    {before} --> {after}: " in text for (before, _step), after in MOVES.items())


def test_another_workflow_is_another_document(monkeypatch: pytest.MonkeyPatch) -> None:
    before = states.document()
    monkeypatch.setattr(states, "MOVES", dict(list(MOVES.items())[1:]))
    assert states.document() != before


def test_the_command_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draw_states, "PATH", tmp_path / "states.md")
    said = io.StringIO()
    call_command("draw_states", stdout=said)
    assert said.getvalue() == "states.md\n"
    assert (tmp_path / "states.md").read_text(encoding="utf-8") == states.document()
