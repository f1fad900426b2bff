"""What follows from a bulletin: slips by the ladder, in the same transaction, once; corrections; what goes on."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from projects.bulletins.actions import following, publishing
from projects.bulletins.models import Bulletin, Line, Override
from projects.core.month import Month
from projects.core.refusals import Stale
from projects.followups.actions.issuing import withdraw
from projects.followups.actions.opening import open_slips
from projects.followups.models import Slip
from projects.followups.workflow import State
from projects.journal.models import Entry
from projects.notices.models import Notice
from projects.rating.palettes import FOUR_COLOURS
from tests.bulletins.month import LATER, circulated, district_of_three, published
from tests.cast import AT, SEPTEMBER, Cast, project
from tests.followups.slips import again, brought, bulletin, drafted, follow

AUGUST, OCTOBER = Month(2023, 8), Month(2023, 10)


class TestPublishing:
    def test_opens_a_slip_for_each_red_and_yellow_project(self, cast: Cast) -> None:
        blue, yellow, red = district_of_three(cast)
        of = published(cast)
        slips = {slip.project_id: slip for slip in Slip.objects.all()}
        assert set(slips) == {yellow.pk, red.pk}
        assert blue.pk not in slips
        slip = slips[red.pk]
        assert (slip.bulletin, slip.month, slip.unit, slip.district) == (of, SEPTEMBER, cast.town, cast.district)
        assert (slip.level, slip.colour_word, slip.colour_hue, slip.colour_shape) == (2, "红", "red", "square")
        assert (slip.periods, slip.rung, slip.kind, slip.state) == (2, "red_2", "talk", "drafted")
        assert (slip.leader, slip.leader_name) == (cast.boss, "王区长")
        assert (slip.serial, slip.reply_due, slip.finish_due) == (None, None, None)
        assert slip.issue_due == slip.due_on == datetime.date(2023, 10, 18)  # published on Friday the 13th
        assert (slips[yellow.pk].periods, slips[yellow.pk].rung) == (2, "yellow_2")

    def test_is_told_to_the_office_once_and_journalled_before_the_bulletin_is(self, cast: Cast) -> None:
        district_of_three(cast)
        published(cast)
        notice = Notice.objects.get(kind="slips_opened")
        assert (notice.recipient, notice.params["count"]) == (cast.office, 2)
        opened, publication = Entry.objects.filter(verb__in=["open_slips", "publish"]).order_by("seq")
        assert opened.after == {"opened": 2, "merged": 0, "withdrawn": 0}
        assert publication.verb == "publish"

    def test_opens_nothing_when_something_beside_it_fails(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails(bulletin: Bulletin, by: Any, at: datetime.datetime) -> None:
            assert Slip.objects.exists()
            raise RuntimeError

        monkeypatch.setattr(following, "_FOLLOWING", [*following._FOLLOWING, fails])
        district_of_three(cast)
        with pytest.raises(RuntimeError):
            published(cast)
        assert not Slip.objects.exists()
        assert Bulletin.objects.get().state == "circulated"

    def test_twice_is_refused_and_opens_nothing_more(self, cast: Cast) -> None:
        district_of_three(cast)
        draft = circulated(cast)
        given: dict[str, Any] = {"by": cast.office, "at": LATER, "through": SEPTEMBER}
        publishing.publish(draft, seen=draft.version, **given)
        with pytest.raises(Stale):
            publishing.publish(draft, seen=draft.version, **given)
        assert Slip.objects.count() == 2

    def test_a_correction_follows_the_corrected_colour(self, cast: Cast) -> None:
        _blue, yellow, red = district_of_three(cast)
        first = published(cast)
        correction = publishing.begin_correction(first, reason="数据有误", by=cast.office, at=LATER)
        Override.objects.create(
            project=yellow, month=SEPTEMBER, computed_level=1, level=0, reason="x", decision="approved",
            decided_at=LATER, by=cast.admin, at=LATER,
        )  # fmt: skip
        publishing.publish(correction, by=cast.office, at=LATER, through=SEPTEMBER, seen=correction.version)
        assert Line.objects.get(project=yellow, month=SEPTEMBER).level == 0
        states = dict(Slip.objects.values_list("project__code", "state"))
        assert states == {yellow.code: "withdrawn", red.code: "drafted"}
        assert "数据有误" in Slip.objects.get(project=yellow).withdrawal


class TestFollowing:
    def test_is_done_once(self, cast: Cast) -> None:
        of = bulletin(cast, [(project(cast), 2, 1)])
        assert len(follow(of)) == len(follow(of)) == 1
        assert Entry.objects.filter(verb="open_slips").count() == 1

    def test_nothing_follows_from_the_best_level_or_none(self, cast: Cast) -> None:
        lines = [(project(cast, "P-1"), 0, 3), (project(cast, "P-2"), None, 0)]
        assert follow(bulletin(cast, lines)) == []
        assert not Entry.objects.filter(verb="open_slips").exists()
        assert not Notice.objects.filter(kind="slips_opened").exists()

    def test_goes_by_the_palette_that_was_published(self, cast: Cast) -> None:
        lines = [(project(cast, f"P-{level}"), level, 1) for level in (1, 2, 3)]
        slips = follow(bulletin(cast, lines, palette=FOUR_COLOURS))
        assert [slip.rung for slip in slips] == ["yellow_1", "yellow_1", "red_1"]

    @pytest.mark.parametrize(
        ("rung", "asked"),
        [("yellow_1", "5个工作日"), ("yellow_2", "3个工作日"), ("red_1", "30"), ("red_2", "约谈"), ("red_3", "退出")],
    )
    def test_asks_in_the_language_of_the_office(self, cast: Cast, rung: str, asked: str) -> None:
        colour, periods = rung.split("_")
        with translation.override("en"):
            slip = drafted(cast, level=2 if colour == "red" else 1, periods=int(periods))
        assert slip.rung == rung
        assert asked in slip.request

    def test_costs_no_query_more_for_more_projects(self, cast: Cast) -> None:
        def queries(month: Month, first: int, count: int) -> int:
            rows = [project(cast, f"P-{number}") for number in range(first, first + count)]
            of = bulletin(cast, [(row, 2, 1) for row in rows], month)
            with CaptureQueriesContext(connection) as counted:
                open_slips(of, None, AT)
            return len(counted)

        assert queries(AUGUST, 1, 1) == queries(SEPTEMBER, 2, 3)


class TestGoingOn:
    @pytest.mark.parametrize(
        "state", [State.DRAFTED, State.ISSUED, State.RECEIVED, State.IN_HAND, State.ANSWERED, State.RETURNED,
                  State.VERIFIED]
    )  # fmt: skip
    def test_what_is_open_goes_on_in_the_later_slip(self, cast: Cast, state: State) -> None:
        row = project(cast)
        [first] = follow(bulletin(cast, [(row, 2, 1)], AUGUST))
        brought(first, cast, state)
        [second] = follow(bulletin(cast, [(row, 2, 2)]))
        merged = again(first)
        assert (merged.state, merged.state_before, merged.merged_at) == ("merged", state.value, AT)
        assert (second.continues_id, second.rung) == (first.pk, "red_2")

    @pytest.mark.parametrize("state", [State.CLOSED, State.WITHDRAWN])
    def test_what_is_done_does_not(self, cast: Cast, state: State) -> None:
        row = project(cast)
        [first] = follow(bulletin(cast, [(row, 2, 1)], AUGUST))
        brought(first, cast, state)
        [second] = follow(bulletin(cast, [(row, 2, 2)]))
        assert again(first).state == state.value
        assert second.continues is None

    def test_stays_open_while_the_project_is_good_again(self, cast: Cast) -> None:
        row = project(cast)
        [first] = follow(bulletin(cast, [(row, 2, 1)], AUGUST))
        assert follow(bulletin(cast, [(row, 0, 1)])) == []
        assert again(first).state == "drafted"

    def test_goes_back_when_the_later_slip_is_withdrawn(self, cast: Cast) -> None:
        row = project(cast)
        [first] = follow(bulletin(cast, [(row, 2, 1)], AUGUST))
        brought(first, cast, State.RECEIVED)
        [second] = follow(bulletin(cast, [(row, 2, 2)]))
        withdraw(second, reason="误评", by=cast.office, at=AT, seen=None)
        assert (again(first).state, again(first).state_before, again(first).merged_at) == ("received", "", None)
        assert again(second).continues is None
        [third] = follow(bulletin(cast, [(row, 2, 3)], OCTOBER))
        assert third.continues_id == first.pk


class TestCorrecting:
    """A further edition of September, after slips of the first."""

    def first(self, cast: Cast, level: int) -> Slip:
        return follow(bulletin(cast, [(project(cast), level, 1)]))[0]

    def corrected(self, cast: Cast, slip: Slip, level: int | None) -> list[Slip]:
        return follow(bulletin(cast, [(slip.project, level, 1)], edition=2))

    def test_a_project_that_is_newly_red_gets_a_slip(self, cast: Cast) -> None:
        row = project(cast)
        assert follow(bulletin(cast, [(row, 0, 1)])) == []
        assert [slip.rung for slip in follow(bulletin(cast, [(row, 2, 1)], edition=2))] == ["red_1"]

    def test_the_same_colour_leaves_the_slip_alone(self, cast: Cast) -> None:
        slip = self.first(cast, 2)
        assert self.corrected(cast, slip, 2) == []
        assert again(slip).state == "drafted"

    @pytest.mark.parametrize(("level", "rung"), [(1, "yellow_1"), (2, "red_1")])
    def test_another_colour_replaces_what_nobody_issued(self, cast: Cast, level: int, rung: str) -> None:
        slip = self.first(cast, 3 - level)
        [other] = self.corrected(cast, slip, level)
        assert (again(slip).state, other.rung, other.continues) == ("withdrawn", rung, None)

    @pytest.mark.parametrize("level", [0, None])
    def test_a_colour_that_is_gone_withdraws_it_and_what_it_went_on_with_goes_on(
        self, cast: Cast, level: int | None
    ) -> None:
        row = project(cast)
        [august] = follow(bulletin(cast, [(row, 2, 1)], AUGUST))
        [slip] = follow(bulletin(cast, [(row, 2, 2)]))
        assert self.corrected(cast, slip, level) == []
        assert (again(slip).state, again(august).state) == ("withdrawn", "drafted")

    @pytest.mark.parametrize(("level", "opened", "state"), [(0, 0, "issued"), (1, 0, "issued")])
    def test_what_was_issued_stays_when_the_colour_is_better(
        self, cast: Cast, level: int, opened: int, state: str
    ) -> None:
        slip = brought(self.first(cast, 2), cast, State.ISSUED)
        assert len(self.corrected(cast, slip, level)) == opened
        assert again(slip).state == state

    def test_what_was_issued_goes_on_when_the_colour_is_worse(self, cast: Cast) -> None:
        slip = brought(self.first(cast, 1), cast, State.ISSUED)
        [worse] = self.corrected(cast, slip, 2)
        assert (again(slip).state, worse.continues_id, worse.rung) == ("merged", slip.pk, "red_1")

    def test_a_month_before_asks_nothing_that_a_later_one_asks(self, cast: Cast) -> None:
        row = project(cast)
        follow(bulletin(cast, [(row, 0, 1)], AUGUST))
        [slip] = follow(bulletin(cast, [(row, 2, 1)]))
        assert follow(bulletin(cast, [(row, 2, 1)], AUGUST, edition=2)) == []
        assert again(slip).state == "drafted"
