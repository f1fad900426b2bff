"""The plan of a year and its revisions."""

from typing import Any

import pytest
from django.utils import translation

from projects.accounts.models import User
from projects.core.month import Month
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.journal.models import Entry
from projects.register.actions.planning import decide_plan, set_plan
from projects.register.models import AnnualPlan, Project
from projects.register.queries import plan_in_force, plans_in_force
from tests.cast import AT, SEPTEMBER, WAN, Cast, project


def put(row: Project, amount: int, start: Month = SEPTEMBER, *, year: int = 2023, **more: Any) -> AnnualPlan:
    return set_plan(row, year, amount=amount, effective_from=start, **{"by": None, **more}, at=AT, open_month=SEPTEMBER)


def decide(plan: AnnualPlan, decision: str = "approved", note: str = "", *, by: User | None = None) -> AnnualPlan:
    return decide_plan(plan, decision, note=note, by=by, at=AT, open_month=SEPTEMBER)


def test_the_original_holds_from_january_whatever_was_typed(cast: Cast) -> None:
    plan = put(project(cast), 12 * WAN, reason="不需要")
    assert (plan.number, plan.effective_from, plan.reason) == (1, Month(2023, 1), "")
    assert Entry.objects.latest("seq").verb == "set_plan"


def test_a_revision_is_a_version_of_its_own(cast: Cast) -> None:
    row = project(cast)
    put(row, 12 * WAN)
    decide(put(row, 9 * WAN, reason="资金调整", goal="主体封顶", by=cast.office), by=cast.admin)
    first, second = AnnualPlan.objects.order_by("number")
    assert (first.amount, second.amount, second.number) == (12 * WAN, 9 * WAN, 2)
    assert (second.reason, second.goal, second.by, second.at) == ("资金调整", "主体封顶", cast.office, AT)
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.actor, entry.project_id, entry.note) == ("revise_plan", cast.admin, row.pk, "资金调整")
    assert entry.before == {"year_plan": 12 * WAN, "effective_from": "2023-01", "goal": ""}
    assert entry.after == {"year_plan": 9 * WAN, "effective_from": "2023-09", "goal": "主体封顶"}


def test_another_year_begins_with_an_original_again(cast: Cast) -> None:
    row = project(cast)
    put(row, 12 * WAN)
    assert put(row, 5 * WAN, Month(2024, 1), year=2024).number == 1


@pytest.mark.parametrize(
    ("amount", "start", "more", "field"),
    [
        (9, SEPTEMBER, {}, "reason"),
        (9, Month(2023, 8), {"reason": "调整"}, "effective_from"),
        (9, Month(2024, 1), {"reason": "调整"}, "effective_from"),
        (9, Month(2022, 12), {"reason": "调整"}, "effective_from"),
        (12, SEPTEMBER, {"reason": "调整", "month_plan": [1] * 11 + [2]}, "month_plan"),
    ],
    ids=["no reason", "before the open month", "next year", "last year", "months do not add up"],
)
def test_a_revision_that_is_refused(cast: Cast, amount: int, start: Month, more: Any, field: str) -> None:
    row = project(cast)
    put(row, 12)
    with pytest.raises(Refused) as refusal:
        put(row, amount, start, **more)
    assert refusal.value.field == field
    assert AnnualPlan.objects.count() == 1


def test_a_revision_does_not_reach_back_before_the_last_one(cast: Cast) -> None:
    row = project(cast)
    put(row, 12)
    put(row, 9, Month(2023, 11), reason="一")
    with pytest.raises(Refused) as refusal:
        put(row, 8, Month(2023, 10), reason="二")
    assert refusal.value.field == "effective_from"
    assert put(row, 8, Month(2023, 11), reason="二").number == 3


def test_months_that_add_up_are_kept(cast: Cast) -> None:
    months = [0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2]
    assert put(project(cast), 12, month_plan=months).month_plan == months


def test_a_sum_that_is_off_by_one_yuan_is_refused(cast: Cast) -> None:
    with (
        translation.override("en"),
        pytest.raises(Refused, match="add up to 11 yuan, the year's plan is 12 yuan"),
    ):
        put(project(cast), 12, month_plan=[0] + [1] * 11)


def test_the_second_of_two_is_told_that_the_plan_was_set_meanwhile(cast: Cast) -> None:
    row = project(cast)
    put(row, 12, by=cast.office, seen=0)
    with translation.override("en"), pytest.raises(Stale, match="office"):
        put(row, 15, by=cast.admin, seen=0)
    assert AnnualPlan.objects.get().amount == 12


@pytest.mark.parametrize("who", ["reporter", "leader", "auditor", "stranger"])
def test_only_the_office_plans(cast: Cast, who: str) -> None:
    row = project(cast)
    with pytest.raises(NotAllowed):
        put(row, 12, by=cast.person(who))
    assert not AnnualPlan.objects.exists()


def test_marks_the_months_from_the_revision_on_as_due(cast: Cast) -> None:
    row = project(cast)
    put(row, 12)
    Project.objects.update(rerate_from=None)
    put(row, 9, reason="调整")
    assert Project.objects.get().rerate_from == SEPTEMBER


@pytest.mark.parametrize(
    ("month", "amount"),
    [
        (Month(2022, 12), None),
        (Month(2023, 1), 12),
        (Month(2023, 8), 12),
        (SEPTEMBER, 9),
        (Month(2023, 12), 9),
        (Month(2024, 1), None),
    ],
    ids=str,
)
def test_the_plan_in_force_in_a_month(cast: Cast, month: Month, amount: int | None) -> None:
    row = project(cast)
    put(row, 12)
    put(row, 9, reason="调整")
    found = plans_in_force(Project.objects.all(), month).get(row.pk)
    assert (found.amount if found else None) == amount
    alone = plan_in_force(row.plans.all(), month)
    assert (alone.amount if alone else None) == amount


class TestARevisionOfAPerson:
    @pytest.fixture
    def row(self, cast: Cast) -> Project:
        row = project(cast)
        put(row, 12 * WAN)
        Project.objects.update(rerate_from=None)
        return row

    def in_force(self, row: Project) -> int:
        return plans_in_force(Project.objects.all(), SEPTEMBER)[row.pk].amount

    @pytest.mark.parametrize("who", ["reporter", "office"])
    def test_waits_and_changes_nothing_yet(self, cast: Cast, row: Project, who: str) -> None:
        plan = put(row, 9 * WAN, reason="资金调整", by=cast.person(who))
        assert (plan.decision, plan.decided_at) == ("", None)
        assert self.in_force(row) == 12 * WAN
        alone = plan_in_force(row.plans.all(), SEPTEMBER)
        assert alone is not None
        assert alone.amount == 12 * WAN
        assert Project.objects.get().rerate_from is None
        assert Entry.objects.latest("seq").verb == "propose_plan"

    def test_holds_once_another_approves_it(self, cast: Cast, row: Project) -> None:
        plan = decide(put(row, 9 * WAN, reason="资金调整", by=cast.reporter), by=cast.office)
        assert (plan.decision, plan.decided_by, plan.decided_at) == ("approved", cast.office, AT)
        assert self.in_force(row) == 9 * WAN
        assert Project.objects.get().rerate_from == SEPTEMBER

    def test_is_not_approved_by_who_proposed_it(self, cast: Cast, row: Project) -> None:
        plan = put(row, 9 * WAN, reason="资金调整", by=cast.office)
        with translation.override("en"), pytest.raises(Refused, match="another person of the office"):
            decide(plan, by=cast.office)
        assert self.in_force(row) == 12 * WAN

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor", "stranger"])
    def test_is_decided_by_the_office(self, cast: Cast, row: Project, who: str) -> None:
        plan = put(row, 9 * WAN, reason="资金调整", by=cast.office)
        with pytest.raises(NotAllowed):
            decide(plan, by=cast.person(who))
        assert self.in_force(row) == 12 * WAN

    def test_is_declined_with_a_word(self, cast: Cast, row: Project) -> None:
        plan = put(row, 9 * WAN, reason="资金调整", by=cast.reporter)
        with pytest.raises(Refused) as refusal:
            decide(plan, "declined", by=cast.office)
        assert refusal.value.field == "note"
        decide(plan, "declined", "理由不充分", by=cast.office)
        assert self.in_force(row) == 12 * WAN
        assert Entry.objects.latest("seq").verb == "decline_plan"
        assert put(row, 8 * WAN, reason="再次申请", by=cast.reporter).number == 3

    def test_is_decided_once(self, cast: Cast, row: Project) -> None:
        plan = put(row, 9 * WAN, reason="资金调整", by=cast.reporter)
        decide(plan, by=cast.office)
        with translation.override("en"), pytest.raises(Stale, match="office has already decided"):
            decide(plan, "declined", "晚了", by=cast.admin)

    def test_meets_no_other_that_waits(self, cast: Cast, row: Project) -> None:
        put(row, 9 * WAN, reason="一", by=cast.reporter)
        with pytest.raises(Refused):
            put(row, 8 * WAN, reason="二", by=cast.office)
        assert AnnualPlan.objects.count() == 2

    def test_that_waited_too_long_holds_from_the_month_then_open(self, cast: Cast, row: Project) -> None:
        plan = put(row, 9 * WAN, reason="资金调整", by=cast.reporter)
        late = decide_plan(plan, "approved", by=cast.office, at=AT, open_month=Month(2023, 11))
        assert late.effective_from == Month(2023, 11)
