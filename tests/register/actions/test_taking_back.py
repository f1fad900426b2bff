"""Taking back what was entered by mistake: by whom, at which version, and never from under something else."""

import pytest

from projects.core.refusals import NotAllowed, Refused, Stale
from projects.journal.models import Entry
from projects.register.actions import taking_back
from projects.register.actions.scheduling import set_milestone
from projects.register.actions.solving import note_progress, raise_problem
from projects.register.models import AnnualPlan, Milestone, Problem, Project
from projects.register.stages import Stage
from tests.cast import AT, TODAY, WAN, Cast, component, phase, plan, project


def test_a_project_with_an_empty_phase_goes(cast: Cast) -> None:
    of = project(cast)
    phase(of)
    taking_back.unregister_project(of, by=cast.office, at=AT, seen=0)
    assert not Project.objects.exists()
    entry = Entry.objects.order_by("-seq")[0]
    assert (entry.verb, entry.before["code"]) == ("unregister", "P-1")


@pytest.mark.parametrize("attached", ["plan", "stage", "component"])
def test_a_project_stays_with_what_was_entered_of_it(cast: Cast, attached: str) -> None:
    of = project(cast)
    if attached == "plan":
        plan(of, WAN)
    else:
        row = phase(of, stage=Stage.BUILDING if attached == "stage" else None, since=TODAY)
        if attached == "component":
            component(row)
    with pytest.raises(Refused):
        taking_back.unregister_project(of, by=cast.office, at=AT, seen=0)
    assert Project.objects.exists()


def test_a_project_is_taken_back_by_the_office_at_the_version_seen(cast: Cast) -> None:
    of = project(cast)
    for who in ("reporter", "leader", "stranger"):
        with pytest.raises(NotAllowed):
            taking_back.unregister_project(of, by=cast.person(who), at=AT, seen=0)
    with pytest.raises(Stale):
        taking_back.unregister_project(of, by=cast.office, at=AT, seen=1)


def test_the_original_plan_goes_as_long_as_it_is_the_only_one(cast: Cast) -> None:
    of = project(cast)
    plan(of, WAN)
    original = of.plans.get()
    later = AnnualPlan.objects.create(
        project=of, year=2023, number=2, effective_from=original.effective_from, amount=2 * WAN, reason="调整", at=AT,
        decision="approved", decided_at=AT,
    )  # fmt: skip
    for row in (original, later):  # one was revised, the other approved
        with pytest.raises(Refused):
            taking_back.take_back_plan(row, by=cast.office, at=AT)
    later.delete()
    with pytest.raises(NotAllowed):
        taking_back.take_back_plan(original, by=cast.reporter, at=AT)
    taking_back.take_back_plan(original, by=cast.office, at=AT)
    assert not of.plans.exists()


def test_a_milestone_is_taken_back_at_the_version_seen(cast: Cast) -> None:
    node = Milestone(project=project(cast), name="主体封顶", planned_on=TODAY)
    set_milestone(node, by=cast.office, at=AT, today=TODAY)
    with pytest.raises(Stale):
        taking_back.take_back_milestone(node, by=cast.office, at=AT, today=TODAY, seen=5)
    with pytest.raises(NotAllowed):
        taking_back.take_back_milestone(node, by=cast.reporter, at=AT, today=TODAY, seen=0)
    taking_back.take_back_milestone(node, by=cast.office, at=AT, today=TODAY, seen=0)
    assert not Milestone.objects.exists()


def test_a_problem_is_taken_back_until_work_on_it_was_noted(cast: Cast) -> None:
    of = project(cast)
    facts = {"project": of, "kind": "land", "raised_on": TODAY, "due_on": TODAY}
    first, second = (Problem(description=text, **facts) for text in ("土地", "资金"))
    for each in (first, second):
        raise_problem(each, by=cast.reporter, at=AT)
    note_progress(second, "已上报", by=cast.reporter, at=AT)
    with pytest.raises(Stale):
        taking_back.take_back_problem(first, by=cast.reporter, at=AT, seen=5)
    with pytest.raises(NotAllowed):
        taking_back.take_back_problem(first, by=cast.other_reporter, at=AT, seen=0)
    taking_back.take_back_problem(first, by=cast.reporter, at=AT, seen=0)
    with pytest.raises(Refused):
        taking_back.take_back_problem(second, by=cast.reporter, at=AT, seen=second.version)
    assert [each.description for each in Problem.objects.all()] == ["资金"]
