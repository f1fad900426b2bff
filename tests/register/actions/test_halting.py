"""Suspending, terminating, resuming, exempting, and what turns a project red at once."""

import datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from projects.core.month import Month
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.journal.models import Entry
from projects.register.actions.halting import (
    Halt,
    decide_exemption,
    exempt_project,
    halt_project,
    record_incident,
    resume_project,
)
from projects.register.models import Exemption, Incident, Project
from tests.cast import AT, SEPTEMBER, TODAY, Cast, project

AUGUST_15 = datetime.date(2023, 8, 15)
TOMORROW = TODAY + datetime.timedelta(days=1)


def halt(
    row: Project, since: datetime.date = AUGUST_15, *, kind: str = "suspended", seen: int = 0, by: Any = None
) -> Project:
    return halt_project(row, Halt(kind, since, "funding", "等贷款"), by=by, at=AT, today=TODAY, seen=seen)


class TestHalting:
    def test_keeps_kind_day_and_reason(self, cast: Cast) -> None:
        halt(project(cast), by=cast.office)
        row = Project.objects.get()
        assert (row.halted, row.halted_on, row.halt_reason, row.halt_note) == (
            "suspended",
            AUGUST_15,
            "funding",
            "等贷款",
        )
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.actor) == ("suspended", cast.office)
        assert entry.before == {"halted": "", "halted_on": None, "halt_reason": "", "halt_note": ""}
        assert entry.after["halted_on"] == "2023-08-15"

    def test_marks_the_months_from_that_day_on_as_due(self, cast: Cast) -> None:
        row = project(cast)
        Project.objects.update(rerate_from=None)
        halt(row)
        assert Project.objects.get().rerate_from == Month(2023, 8)

    def test_in_the_future_is_refused(self, cast: Cast) -> None:
        with pytest.raises(Refused) as refusal:
            halt(project(cast), TOMORROW)
        assert refusal.value.field == "since"
        assert Project.objects.get().halted == ""

    def test_and_resuming(self, cast: Cast) -> None:
        row = halt(project(cast))
        resume_project(row, note="资金到位", by=None, at=AT, seen=1)
        stored = Project.objects.get()
        assert (stored.halted, stored.halted_on, stored.halt_reason, stored.halt_note) == ("", None, "", "")
        assert (Entry.objects.latest("seq").verb, Entry.objects.latest("seq").note) == ("resume", "资金到位")

    def test_a_project_that_is_not_halted_cannot_resume(self, cast: Cast) -> None:
        with pytest.raises(Refused):
            resume_project(project(cast), note="?", by=None, at=AT, seen=0)

    def test_the_second_of_two_is_refused(self, cast: Cast) -> None:
        row = project(cast)
        halt(row, by=cast.office)
        with translation.override("en"), pytest.raises(Stale, match="office saved this meanwhile"):
            halt(row, kind="terminated", seen=0)

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor", "stranger"])
    def test_is_the_offices(self, cast: Cast, who: str) -> None:
        with pytest.raises(NotAllowed):
            halt(project(cast), by=cast.person(who))
        assert Project.objects.get().halted == ""


class TestExempting:
    def exempt(self, row: Project, first: Month, last: Month, by: Any = None) -> Exemption:
        exemption = Exemption(project=row, reason="force_majeure", first_month=first, last_month=last, note="暴雨")
        return exempt_project(exemption, by=by, at=AT, open_month=SEPTEMBER)

    @pytest.mark.parametrize("periods", [1, 2, 3])
    def test_for_up_to_three_periods(self, cast: Cast, periods: int) -> None:
        self.exempt(project(cast), SEPTEMBER, SEPTEMBER + (periods - 1), cast.office)
        assert Exemption.objects.get().last_month == SEPTEMBER + (periods - 1)
        assert Entry.objects.latest("seq").after == {
            "reason": "force_majeure",
            "first_month": "2023-09",
            "last_month": str(SEPTEMBER + (periods - 1)),
            "note": "暴雨",
        }

    def test_four_periods_are_refused_also_over_the_end_of_the_year(self, cast: Cast) -> None:
        row = project(cast)
        for first in (SEPTEMBER, Month(2023, 11)):
            with pytest.raises(Refused) as refusal:
                self.exempt(row, first, first + 3, cast.office)
            assert refusal.value.field == "last_month"

    def test_not_before_the_open_month(self, cast: Cast) -> None:
        with pytest.raises(Refused) as refusal:
            self.exempt(project(cast), Month(2023, 8), SEPTEMBER, cast.office)
        assert refusal.value.field == "first_month"

    @pytest.mark.parametrize("months", [(10, 10), (8, 10), (11, 12), (9, 11)])
    def test_not_twice_in_one_month(self, cast: Cast, months: tuple[int, int]) -> None:
        row = project(cast)
        self.exempt(row, Month(2023, 10), Month(2023, 11))
        with pytest.raises(Refused) as refusal:
            self.exempt(row, Month(2023, months[0]), Month(2023, months[1]))
        assert refusal.value.field == "first_month"

    @pytest.mark.parametrize("months", [(9, 9), (12, 12)])
    def test_right_before_and_right_after_another(self, cast: Cast, months: tuple[int, int]) -> None:
        row = project(cast)
        self.exempt(row, Month(2023, 10), Month(2023, 11))
        self.exempt(row, Month(2023, months[0]), Month(2023, months[1]))
        assert Exemption.objects.count() == 2

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor", "stranger"])
    def test_is_the_offices(self, cast: Cast, who: str) -> None:
        with pytest.raises(NotAllowed):
            self.exempt(project(cast), SEPTEMBER, SEPTEMBER, cast.person(who))
        proposed = self.exempt(project(cast, "P-2"), SEPTEMBER, SEPTEMBER, cast.office)
        with pytest.raises(NotAllowed):
            decide_exemption(proposed, "approved", by=cast.person(who), at=AT)

    def test_counts_once_another_has_approved_it(self, cast: Cast) -> None:
        proposed = self.exempt(project(cast), SEPTEMBER, SEPTEMBER, cast.office)
        assert not Exemption.objects.granted().exists()
        with pytest.raises(Refused):
            decide_exemption(proposed, "approved", by=cast.office, at=AT)
        decided = decide_exemption(proposed, "approved", by=cast.admin, at=AT)
        assert (decided.decision, decided.decided_by) == ("approved", cast.admin)
        assert Exemption.objects.granted().get() == proposed
        assert Entry.objects.latest("seq").verb == "decide_exemption"
        with pytest.raises(Stale):
            decide_exemption(proposed, "declined", note="…", by=cast.admin, at=AT)

    def test_is_declined_with_a_word_and_may_be_asked_for_again(self, cast: Cast) -> None:
        row = project(cast)
        proposed = self.exempt(row, SEPTEMBER, SEPTEMBER, cast.office)
        with pytest.raises(Refused) as refusal:
            decide_exemption(proposed, "declined", by=cast.admin, at=AT)
        assert refusal.value.field == "note"
        decide_exemption(proposed, "declined", note="理由不充分", by=cast.admin, at=AT)
        self.exempt(row, SEPTEMBER, SEPTEMBER, cast.office)
        assert Exemption.objects.count() == 2


class TestIncidents:
    def incident(self, row: Project, **more: Any) -> Incident:
        return Incident(
            **{
                "project": row,
                "kind": "unapproved_stop",
                "happened_on": AUGUST_15,
                "note": "擅自停工",
                **more,
            }
        )

    def note(self, incident: Incident, by: Any = None, seen: int | None = None) -> Incident:
        return record_incident(incident, by=by, at=AT, today=TODAY, seen=seen)

    def test_are_noted_and_make_the_months_since_due(self, cast: Cast) -> None:
        row = project(cast)
        Project.objects.update(rerate_from=None)
        self.note(self.incident(row), cast.office)
        assert Project.objects.get().rerate_from == Month(2023, 8)
        assert Entry.objects.latest("seq").after["happened_on"] == "2023-08-15"

    def test_are_cleared_later(self, cast: Cast) -> None:
        row = self.note(self.incident(project(cast)))
        row.cleared_on = TODAY
        self.note(row, seen=0)
        assert (Incident.objects.get().cleared_on, Incident.objects.get().version) == (TODAY, 1)
        assert Entry.objects.latest("seq").after == {"cleared_on": "2023-10-10"}

    def test_moved_to_a_later_day_make_the_months_since_the_earlier_day_due(self, cast: Cast) -> None:
        row = self.note(self.incident(project(cast)))
        Project.objects.update(rerate_from=None)
        row.happened_on = datetime.date(2023, 9, 20)
        self.note(row, seen=0)
        assert Project.objects.get().rerate_from == Month(2023, 8)

    @pytest.mark.parametrize("field", ["happened_on", "cleared_on"])
    def test_in_the_future_are_refused(self, cast: Cast, field: str) -> None:
        with pytest.raises(Refused) as refusal:
            self.note(self.incident(project(cast), **{field: TOMORROW}))
        assert refusal.value.field == field
        assert not Incident.objects.exists()

    def test_of_one_kind_and_day_are_noted_once(self, cast: Cast) -> None:
        row = project(cast)
        self.note(self.incident(row))
        with pytest.raises(Refused), transaction.atomic():
            self.note(self.incident(row))
        self.note(self.incident(row, kind="serious_accident"))
        assert Incident.objects.count() == 2

    def test_the_second_of_two_who_correct_one_is_refused(self, cast: Cast) -> None:
        row = self.note(self.incident(project(cast)))
        self.note(row, cast.office, seen=0)
        with translation.override("en"), pytest.raises(Stale, match="office saved this meanwhile"):
            self.note(Incident.objects.get(), cast.admin, seen=0)

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor", "stranger"])
    def test_are_the_offices(self, cast: Cast, who: str) -> None:
        with pytest.raises(NotAllowed):
            self.note(self.incident(project(cast)), cast.person(who))


class TestExpectedEnd:
    @pytest.mark.parametrize(
        ("kind", "until", "is_refused"),
        [
            ("suspended", AUGUST_15, False),
            ("suspended", AUGUST_15 - datetime.timedelta(days=1), True),
            ("terminated", TODAY, True),
        ],
    )
    def test_of_a_suspension_lies_after_its_beginning(
        self, cast: Cast, kind: str, until: datetime.date, is_refused: bool
    ) -> None:
        row = project(cast)
        asked = Halt(kind, AUGUST_15, "funding", "等贷款", until)
        if is_refused:
            with pytest.raises(Refused) as refusal:
                halt_project(row, asked, by=cast.office, at=AT, today=TODAY, seen=0)
            assert refusal.value.field == "until"
        else:
            halted = halt_project(row, asked, by=cast.office, at=AT, today=TODAY, seen=0)
            assert halted.halted_until == until
            resumed = resume_project(halted, note="复工", by=cast.office, at=AT, seen=1)
            assert resumed.halted_until is None
