"""What each stage asks for, told from what is known; without a database."""

import pytest

from projects.register.approvals import Approval
from projects.register.gates import (
    GATES,
    Fact,
    Known,
    Missing,
    codes_of,
    missing_at,
    missing_between,
    stages_entered,
)
from projects.register.models import Project
from projects.register.stages import Position, Stage, Step
from projects.register.wording import FACT_NAMES, missing_name

ALL = Known(facts=frozenset(Fact), settled=frozenset(Approval))


def codes(stage: Stage, known: Known = Known()) -> list[str]:  # noqa: B008 - frozen
    return codes_of(missing_at(stage, known))


@pytest.mark.parametrize(
    ("stage", "asked"),
    [
        (Stage.SIGNED, ["fact:total_investment"]),
        (Stage.STARTED, ["fact:planned_finish", "approval:construction_permit"]),
        (Stage.COMPLETED, ["approval:acceptance"]),
        (Stage.OPERATING, ["approval:emission_permit", "approval:environment_acceptance"]),
    ],
)
def test_what_a_stage_asks_for(stage: Stage, asked: list[str]) -> None:
    assert codes(stage) == asked
    assert codes(stage, ALL) == []


def test_other_stages_ask_for_nothing() -> None:
    assert [stage for stage in Stage if stage not in GATES and codes(stage)] == []
    assert len(GATES) == 4


def test_each_thing_alone_is_missed() -> None:
    for stage in GATES:
        for asked in missing_at(stage, Known()):
            without = Known(
                facts=ALL.facts - {Fact(asked.of)} if asked.kind == "fact" else ALL.facts,
                settled=ALL.settled - {Approval(asked.of)} if asked.kind == "approval" else ALL.settled,
            )
            assert missing_at(stage, without) == [asked]


def test_a_document_is_asked_only_for_what_is_done() -> None:
    permit = Approval.CONSTRUCTION_PERMIT
    known = Known(facts=ALL.facts, settled=ALL.settled, undocumented=frozenset({permit, Approval.SITE}))
    assert codes(Stage.STARTED, known) == ["document:construction_permit"]


@pytest.mark.parametrize(
    ("current", "target", "entered"),
    [
        (Position(), Position(Stage.IN_TALKS), ["conceived", "in_talks"]),
        (Position(Stage.PREPARING), Position(Stage.STARTED), ["started"]),
        (Position(Stage.PREPARING), Position(Stage.BUILDING, Step.STRUCTURE), ["started", "building"]),
        (Position(Stage.BUILDING), Position(Stage.BUILDING, Step.STRUCTURE), []),
        (Position(Stage.STARTED), Position(Stage.STARTED), []),
        (Position(Stage.STARTED), Position(Stage.PREPARING), []),
        (Position(Stage.STARTED), Position(), []),
    ],
)
def test_which_stages_a_move_enters(current: Position, target: Position, entered: list[str]) -> None:
    assert [stage.value for stage in stages_entered(current, target)] == entered


def test_skipped_stages_ask_in_the_order_of_life() -> None:
    found = missing_between(Position(Stage.IN_TALKS), Position(Stage.FULL_CAPACITY), Known())
    assert codes_of(found) == [code for stage in GATES for code in codes(stage)]


def test_a_code_reads_back() -> None:
    for stage in GATES:
        for missing in missing_at(stage, Known()):
            assert Missing.read(missing.code) == missing


def test_facts_are_fields_of_the_project_and_have_names() -> None:
    for fact in Fact:
        assert Project._meta.get_field(fact.value)
        assert FACT_NAMES[fact.value]
    assert missing_name(Missing("document", "acceptance")) != missing_name(Missing("approval", "acceptance"))
    assert missing_name(Missing("approval", "of an older version")) == "of an older version"
