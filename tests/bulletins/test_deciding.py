"""Overrides and objections: by whom, when, one level better at most, for one month only."""

import datetime

import pytest
from django.utils import translation

from projects.bulletins.actions import rate_month, rerate_changed
from projects.bulletins.actions.deciding import decide_objection, decide_override, object_to, propose_override
from projects.bulletins.models import Line, Objection, Override
from projects.core.month import Month
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.register.models import Project
from tests.bulletins.month import circulated, district_of_three, published
from tests.cast import AT, SEPTEMBER, Cast

DAY = datetime.timedelta(days=1)


@pytest.fixture
def red(cast: Cast) -> Project:
    return district_of_three(cast)[2]


def line(row: Project, month: Month = SEPTEMBER) -> Line:
    found: Line = Line.objects.get(project=row, month=month)
    return found


def proposed(cast: Cast, row: Project) -> Override:
    return propose_override(row, SEPTEMBER, reason="洪涝停工", by=cast.office, at=AT)


class TestOverride:
    def test_counts_once_another_has_approved_it(self, cast: Cast, red: Project) -> None:
        override = proposed(cast, red)
        rerate_changed(through=SEPTEMBER)
        assert line(red).level == 2
        with pytest.raises(Refused):
            decide_override(override, "approved", by=cast.office, at=AT)
        decide_override(override, "approved", by=cast.admin, at=AT)
        rerate_changed(through=SEPTEMBER)
        assert (line(red).level, line(red).computed_level, line(red).severity) == (1, 2, 1)

    def test_does_not_carry_over(self, cast: Cast, red: Project) -> None:
        decide_override(proposed(cast, red), "approved", by=cast.admin, at=AT)
        rate_month(Month(2023, 10), current=True)
        assert line(red, Month(2023, 10)).level == line(red, Month(2023, 10)).computed_level == 2

    def test_does_nothing_once_the_rules_say_the_same(self, cast: Cast, red: Project) -> None:
        decide_override(proposed(cast, red), "approved", by=cast.admin, at=AT)
        Override.objects.update(computed_level=1, level=0)
        rate_month(SEPTEMBER, current=True)
        assert (line(red).level, line(red).computed_level) == (1, 2)  # one better than the rules, never two

    def test_is_declined_with_a_word(self, cast: Cast, red: Project) -> None:
        override = proposed(cast, red)
        with pytest.raises(Refused) as refusal:
            decide_override(override, "declined", by=cast.admin, at=AT)
        assert refusal.value.field == "note"
        decide_override(override, "declined", note="依据不足", by=cast.admin, at=AT)
        with translation.override("en"), pytest.raises(Stale, match="admin has already decided this"):
            decide_override(override, "approved", by=cast.admin, at=AT)
        assert proposed(cast, red).decision == ""

    def test_needs_a_reason_and_a_colour_that_could_be_better(self, cast: Cast, red: Project) -> None:
        with pytest.raises(Refused) as refusal:
            propose_override(red, SEPTEMBER, reason="", by=cast.office, at=AT)
        assert refusal.value.field == "reason"
        blue = Project.objects.get(code="P-1")
        with pytest.raises(Refused):
            propose_override(blue, SEPTEMBER, reason="x", by=cast.office, at=AT)
        with pytest.raises(Refused):
            propose_override(red, Month(2023, 10), reason="x", by=cast.office, at=AT)

    def test_there_is_one_a_month(self, cast: Cast, red: Project) -> None:
        proposed(cast, red)
        with pytest.raises(Refused):
            proposed(cast, red)

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor", "stranger"])
    def test_is_the_offices(self, cast: Cast, red: Project, who: str) -> None:
        with pytest.raises(NotAllowed):
            propose_override(red, SEPTEMBER, reason="x", by=cast.person(who), at=AT)
        with pytest.raises(NotAllowed):
            decide_override(proposed(cast, red), "approved", by=cast.person(who), at=AT)

    def test_ends_with_publication(self, cast: Cast, red: Project) -> None:
        published(cast)
        with translation.override("en"), pytest.raises(Refused, match="is published"):
            proposed(cast, red)


class TestObjection:
    @pytest.mark.parametrize(("days", "is_taken"), [(2, True), (3, False)])
    def test_is_taken_up_to_the_end_of_the_day(self, cast: Cast, red: Project, days: int, is_taken: bool) -> None:
        circulated(cast)
        at = (AT + days * DAY).astimezone(datetime.timezone(datetime.timedelta(hours=8))).replace(hour=23, minute=59)
        if is_taken:
            assert object_to(red, SEPTEMBER, text="数据有误", by=cast.reporter, at=at).decision == ""
        else:
            with pytest.raises(Refused):
                object_to(red, SEPTEMBER, text="数据有误", by=cast.reporter, at=at)

    def test_is_not_taken_before_the_draft_is_circulated(self, cast: Cast, red: Project) -> None:
        with pytest.raises(Refused):
            object_to(red, SEPTEMBER, text="数据有误", by=cast.reporter, at=AT)

    @pytest.mark.parametrize("who", ["other_reporter", "leader", "auditor", "stranger"])
    def test_is_the_units_own(self, cast: Cast, red: Project, who: str) -> None:
        circulated(cast)
        with pytest.raises(NotAllowed):
            object_to(red, SEPTEMBER, text="x", by=cast.person(who), at=AT)

    def test_is_answered_by_the_office(self, cast: Cast, red: Project) -> None:
        circulated(cast)
        objection = object_to(red, SEPTEMBER, text="数据有误", by=cast.reporter, at=AT)
        with pytest.raises(NotAllowed):
            decide_objection(objection, "approved", note="x", by=cast.reporter, at=AT)
        with pytest.raises(Refused) as refusal:
            decide_objection(objection, "approved", note="", by=cast.office, at=AT)
        assert refusal.value.field == "note"
        decide_objection(objection, "declined", note="经核实无误", by=cast.office, at=AT)
        assert Objection.objects.get().decision == "declined"
        with pytest.raises(Stale):
            decide_objection(objection, "approved", note="x", by=cast.admin, at=AT)
