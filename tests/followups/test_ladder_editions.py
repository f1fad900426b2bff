"""Editing the ladder: from which month on, by whom, within which days, and that what was opened keeps its own."""

import dataclasses
import datetime
from importlib import import_module
from typing import Any
from unittest import mock

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.accounts.models import User
from projects.bulletins.actions import publishing
from projects.core.month import Month
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.followups.actions.issuing import issue
from projects.followups.actions.ladder import set_ladder, take_back_ladder
from projects.followups.actions.reminding import remind_of_slips
from projects.followups.ladder import LADDER, RUNGS, Kind, Rank, Rung
from projects.followups.models import LadderEdition, LadderStep, Slip
from projects.followups.queries import first_month_followed, ladder_for
from projects.journal.models import Entry
from projects.notices.models import Notice
from projects.portfolio.history import events
from tests.bulletins.month import LATER, circulated, district_of_three, published
from tests.cast import AT, SEPTEMBER, Cast, project
from tests.followups.slips import DAY, again, bulletin, drafted, follow

AUGUST, OCTOBER = Month(2023, 8), Month(2023, 10)


def with_step(code: str, **values: Any) -> tuple[Rung, ...]:
    """The usual ladder with one step otherwise."""
    return tuple(dataclasses.replace(rung, **values) if rung.code == code else rung for rung in LADDER)


def ladder_set(
    ladder: tuple[Rung, ...] = LADDER, holds_from: Month = SEPTEMBER, *, by: User | None = None, **more: Any
) -> LadderEdition:
    values: dict[str, Any] = {
        "reason": "按督查室要求", "at": AT, "open_month": SEPTEMBER, "seen": LadderEdition.objects.count(), **more
    }  # fmt: skip
    return set_ladder(ladder, holds_from=holds_from, by=by, **values)


class TestSetting:
    def test_counts_from_its_month_on(self, cast: Cast) -> None:
        assert ladder_for(SEPTEMBER) == LADDER
        given = with_step(
            "red_1", kind=Kind.TALK, issue_in=1, reply_in=2, finish_in=20, raised_to=Rank.COMMITTEE, copies_leader=True
        )
        row = ladder_set(given, by=cast.office)
        assert (row.number, row.by, row.holds_from) == (1, cast.office, SEPTEMBER)
        assert ladder_for(SEPTEMBER) == ladder_for(OCTOBER) == given
        assert ladder_for(AUGUST) == LADDER
        ladder_set(with_step("red_3", used=False), OCTOBER)
        assert ladder_for(SEPTEMBER) == given

    @pytest.mark.parametrize(
        ("values", "is_refused"),
        [
            ({"issue_in": 0}, True), ({"issue_in": 1}, False), ({"issue_in": 30}, False), ({"issue_in": 31}, True),
            ({"reply_in": 0}, True), ({"reply_in": 1}, False), ({"reply_in": None}, False),
            ({"reply_in": 60, "finish_in": 60}, False), ({"reply_in": 61, "finish_in": 90}, True),
            ({"reply_in": 31, "finish_in": 30}, True), ({"reply_in": 30, "finish_in": 30}, False),
            ({"reply_in": None, "finish_in": 0}, True), ({"reply_in": None, "finish_in": 1}, False),
            ({"finish_in": 365}, False), ({"finish_in": 366}, True), ({"finish_in": None}, False),
            ({"decides": True, "finish_in": None}, True),
            ({"decides": True, "finish_in": None, "kind": Kind.TALK}, False),
            ({"decides": True, "kind": Kind.TALK}, True),
        ],
    )  # fmt: skip
    def test_days_out_of_reason_are_refused(self, cast: Cast, values: dict[str, Any], is_refused: bool) -> None:
        if is_refused:
            with pytest.raises(Refused) as refusal:
                ladder_set(with_step("red_1", **values))
            assert refusal.value.field == "red_1_finish_in"
            assert not LadderEdition.objects.exists()
            assert not LadderStep.objects.exists()
        else:
            ladder_set(with_step("red_1", **values))
            assert ladder_for(SEPTEMBER) == with_step("red_1", **values)

    def test_a_published_month_cannot_be_changed(self, cast: Cast) -> None:
        district_of_three(cast)
        published(cast)
        with pytest.raises(Refused, match="2023年10月") as refusal:
            ladder_set()
        assert refusal.value.field == "holds_from"
        assert ladder_set(holds_from=OCTOBER).number == 1

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor"])
    def test_the_office_sets_it(self, cast: Cast, who: str) -> None:
        with pytest.raises(NotAllowed):
            ladder_set(by=cast.person(who))
        assert not LadderEdition.objects.exists()

    def test_a_reason_is_asked(self, cast: Cast) -> None:
        with pytest.raises(Refused) as refusal:
            ladder_set(reason="")
        assert refusal.value.field == "reason"

    def test_the_second_of_two_is_told_what_the_first_did(self, cast: Cast) -> None:
        ladder_set(by=cast.office)
        with pytest.raises(Stale, match=r"office.*第1版督办阶梯") as refusal:
            ladder_set(seen=0, by=cast.admin)
        assert refusal.value.version == 1

    def test_two_at_the_same_moment_leave_one_edition(self, cast: Cast) -> None:
        ladder_set()
        with mock.patch("projects.followups.actions.ladder._last", return_value=None), pytest.raises(Stale):
            ladder_set(seen=0)
        assert LadderEdition.objects.count() == 1

    def test_the_journal_tells_each_step_that_changes(self, cast: Cast) -> None:
        ladder_set(with_step("red_1", reply_in=2), by=cast.office)
        entry = Entry.objects.get(verb="keep_slip_ladder")
        assert set(entry.after) == {"red_1", "holds_from"}
        assert "5个工作日内报送整改方案" in entry.before["red_1"]
        assert "2个工作日内报送整改方案" in entry.after["red_1"]
        told = events([entry])[0]
        assert "督办阶梯调整" in told.title
        assert [change.label for change in told.changes if change.before != "—"] == ["首次警告"]


class TestWhatFollows:
    def test_a_bulletin_is_followed_up_by_the_ladder_of_its_month(self, cast: Cast) -> None:
        ladder_set(with_step("red_1", issue_in=1, reply_in=2, raised_to=Rank.HEAD, copies_leader=True))
        red, other = project(cast, "P-1"), project(cast, "P-2")
        september = follow(bulletin(cast, [(red, 2, 1)]))[0]
        august = follow(bulletin(cast, [(other, 2, 1)], AUGUST))[0]
        given = [(slip.reply_in, slip.finish_in, slip.raised_to, slip.copies_leader) for slip in (september, august)]
        assert given == [(2, 30, "head", True), (5, 30, "in_charge", False)]
        assert september.issue_due == datetime.date(2023, 10, 11)
        assert "2个工作日" in september.request

    def test_what_was_opened_keeps_what_it_was_given(self, cast: Cast) -> None:
        slip = drafted(cast)
        with mock.patch("projects.followups.actions.ladder.check_month"):  # which would refuse it
            ladder_set(with_step("red_1", reply_in=1, finish_in=2, raised_to=Rank.COMMITTEE), AUGUST)
        assert ladder_for(SEPTEMBER) != LADDER
        assert again(slip).step == RUNGS["red_1"]
        issued = issue(again(slip), by=cast.office, at=AT, seen=None)
        assert issued.reply_due == datetime.date(2023, 10, 17)
        remind_of_slips(today=datetime.date(2023, 10, 18), at=AT + 8 * DAY)
        assert Notice.objects.filter(kind="slips_to_raise_in_charge").exists()

    def test_is_raised_to_whom_its_ladder_named(self, cast: Cast) -> None:
        ladder_set(with_step("red_1", raised_to=Rank.COMMITTEE))
        issue(drafted(cast), by=cast.office, at=AT, seen=None)
        remind_of_slips(today=datetime.date(2023, 10, 18), at=AT + 8 * DAY)
        assert Notice.objects.filter(kind="slips_to_raise_committee").exists()
        assert Entry.objects.get(verb="raise_slip").note == "区委"

    @pytest.mark.parametrize(
        ("unused", "periods", "rung"),
        [("red_2", 2, "red_1"), ("red_3", 3, "red_2"), ("red_1", 1, None), ("red_1", 2, "red_2")],
    )
    def test_a_step_that_is_not_used_is_passed_over(
        self, cast: Cast, unused: str, periods: int, rung: str | None
    ) -> None:
        ladder_set(with_step(unused, used=False))
        slips = follow(bulletin(cast, [(project(cast), 2, periods)]))
        assert [slip.rung for slip in slips] == ([rung] if rung else [])

    def test_publishing_goes_by_it(self, cast: Cast) -> None:
        district_of_three(cast)
        draft = circulated(cast)
        ladder_set(with_step("red_2", kind=Kind.SUPERVISION, issue_in=1))
        publishing.publish(draft, by=cast.office, at=LATER, through=SEPTEMBER, seen=draft.version)
        slip = Slip.objects.get(rung="red_2")
        assert (slip.kind, slip.issue_due) == ("supervision", datetime.date(2023, 10, 16))

    def test_takes_the_same_queries_for_any_number(self, cast: Cast) -> None:
        for number in (1, 3):
            while LadderEdition.objects.count() < number:
                ladder_set()
            with CaptureQueriesContext(connection) as queries:
                ladder_for(SEPTEMBER)
            assert len(queries) == 2


def test_slips_from_before_the_editions_get_the_terms_of_their_steps(cast: Cast) -> None:
    lines = [(project(cast, f"P-{code}"), 1 + rung.worst, rung.periods) for code, rung in RUNGS.items()]
    of = bulletin(cast, lines)
    follow(of)
    Slip.objects.update(reply_in=None, finish_in=None, raised_to="head", copies_leader=False, decides=False)
    migration = import_module("projects.migrations.0026_the_ladder_of_slips_has_editions")
    migration.give_slips_what_the_ladder_gave_them(apps, None)
    assert {slip.rung: slip.step for slip in Slip.objects.all()} == RUNGS


class TestTakingBack:
    def test_the_one_before_counts_again_and_the_row_stays(self, cast: Cast) -> None:
        ladder_set(with_step("red_1", reply_in=2), OCTOBER)
        row = ladder_set(LADDER, OCTOBER)
        taken = take_back_ladder(row, reason="暂缓", by=cast.office, at=AT)
        assert (taken.taken_back_by, taken.taken_back_because) == (cast.office, "暂缓")
        assert ladder_for(OCTOBER) == with_step("red_1", reply_in=2)
        assert ladder_set().number == 3
        entry = Entry.objects.get(verb="take_back_slip_ladder")
        assert (set(entry.after), entry.note) == ({"red_1"}, "暂缓")

    def test_what_was_followed_up_by_it_stays(self, cast: Cast) -> None:
        district_of_three(cast)
        used, replaced, later = ladder_set(), ladder_set(holds_from=AUGUST), ladder_set(holds_from=OCTOBER)
        published(cast)
        assert first_month_followed(list(LadderEdition.objects.all())) == {used.pk: SEPTEMBER}
        with pytest.raises(Refused, match="2023年9月"):
            take_back_ladder(used, reason="暂缓", by=cast.office, at=AT)
        for row in (replaced, later):
            take_back_ladder(row, reason="暂缓", by=cast.office, at=AT)
        assert list(LadderEdition.objects.standing()) == [used]

    def test_it_is_taken_back_once_by_the_office_with_a_reason(self, cast: Cast) -> None:
        row = ladder_set()
        with pytest.raises(NotAllowed):
            take_back_ladder(row, reason="暂缓", by=cast.leader, at=AT)
        with pytest.raises(Refused) as refusal:
            take_back_ladder(row, reason="", by=cast.office, at=AT)
        assert refusal.value.field == "reason"
        take_back_ladder(row, reason="暂缓", by=cast.office, at=AT)
        with pytest.raises(Stale, match="office"):
            take_back_ladder(row, reason="暂缓", by=cast.admin, at=AT)
