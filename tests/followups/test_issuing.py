"""Issuing: numbers, days, who is told; several at once; wording and withdrawing."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from projects.accounts.models import User
from projects.core.month import Month
from projects.core.refusals import Refused
from projects.followups.actions.issuing import edit_slip, issue, issue_several, withdraw
from projects.followups.models import Slip
from projects.followups.workflow import State
from projects.notices.models import Notice
from tests.cast import AT, Cast, project
from tests.followups.slips import DAY, again, brought, bulletin, drafted, follow

LAST_SECOND = datetime.datetime(2023, 10, 10, 15, 59, 59, tzinfo=datetime.UTC)  # 23:59:59 in Shanghai
FIRST_SECOND = LAST_SECOND + datetime.timedelta(seconds=1)


def issued(slip: Slip, at: datetime.datetime = AT, by: User | None = None) -> Slip:
    return issue(slip, by=by, at=at, seen=None)


def told(kind: str) -> dict[str, dict[str, object]]:
    """Who was told something of this kind, and with which words."""
    rows = Notice.objects.filter(kind=kind).select_related("recipient")
    return {notice.recipient.username: notice.params for notice in rows}


class TestNumbers:
    def test_run_by_kind_and_year(self, cast: Cast) -> None:
        lines = [(project(cast, f"P-{number}"), level, 1) for number, level in enumerate((2, 1, 2))]
        slips = [issued(slip) for slip in follow(bulletin(cast, lines))]
        assert [slip.number for slip in slips] == ["督办〔2023〕1号", "提示〔2023〕1号", "督办〔2023〕2号"]
        [later] = follow(bulletin(cast, [(project(cast, "P-9"), 2, 1)], Month(2023, 10)))
        assert issued(later, AT + 200 * DAY).number == "督办〔2024〕1号"

    def test_a_draft_has_none(self, cast: Cast) -> None:
        slip = drafted(cast)
        assert (slip.number, str(slip)) == ("未编号", "督办单 项目P-1")
        assert str(issued(slip)) == "督办〔2023〕1号 项目P-1"

    def test_are_given_once_in_the_database_too(self, cast: Cast) -> None:
        lines = [(project(cast, f"P-{number}"), 2, 1) for number in (1, 2)]
        first, second = [issued(slip) for slip in follow(bulletin(cast, lines))]
        with pytest.raises(IntegrityError), transaction.atomic():
            Slip.objects.filter(pk=second.pk).update(serial=first.serial)


class TestDays:
    @pytest.mark.parametrize(
        ("at", "reply", "finish"),
        [(LAST_SECOND, "2023-10-17", "2023-11-09"), (FIRST_SECOND, "2023-10-18", "2023-11-10")],
    )
    def test_count_from_the_local_day_of_issue(
        self, cast: Cast, at: datetime.datetime, reply: str, finish: str
    ) -> None:
        slip = issued(drafted(cast), at)
        assert (str(slip.reply_due), str(slip.finish_due), str(slip.due_on)) == (reply, finish, reply)

    def test_the_day_that_the_office_set_holds(self, cast: Cast) -> None:
        slip = drafted(cast)
        edit_slip(slip, request="一周内整改", finish_due=datetime.date(2023, 10, 31), by=cast.office, at=AT, seen=0)
        slip = issued(again(slip))
        assert (slip.request, str(slip.finish_due)) == ("一周内整改", "2023-10-31")

    def test_it_cannot_lie_before_the_reply(self, cast: Cast) -> None:
        slip = drafted(cast)
        edit_slip(slip, request="整改", finish_due=datetime.date(2023, 10, 11), by=cast.office, at=AT, seen=0)
        with pytest.raises(Refused) as refusal:
            issued(again(slip))
        assert refusal.value.field == "finish_due"

    def test_a_third_talk_has_to_say_by_when(self, cast: Cast) -> None:
        slip = drafted(cast, periods=3)
        with pytest.raises(Refused) as refusal:
            issued(slip)
        assert refusal.value.field == "finish_due"
        edit_slip(slip, request="约谈", finish_due=datetime.date(2023, 12, 1), by=cast.office, at=AT, seen=0)
        slip = issued(again(slip))
        assert (slip.reply_due, str(slip.finish_due)) == (None, "2023-12-01")


class TestEditing:
    def test_asks_something_and_no_day_that_has_passed(self, cast: Cast) -> None:
        slip = drafted(cast)
        for given, field in (
            ({"request": "", "finish_due": None}, "request"),
            ({"request": "整改", "finish_due": datetime.date(2023, 10, 9)}, "finish_due"),
        ):
            with pytest.raises(Refused) as refusal:
                edit_slip(slip, by=cast.office, at=AT, seen=0, **given)
            assert refusal.value.field == field


class TestTelling:
    def test_reporters_and_heads_are_told_in_one_notice_a_unit(self, cast: Cast) -> None:
        head = User.objects.create(username="head", name="head", role="leader", unit=cast.town, is_head=True)
        lines = [(project(cast, f"P-{number}"), 2, 1) for number in (1, 2)]
        lines.append((project(cast, "P-3", unit=cast.other_town), 2, 1))
        issue_several([(slip, 0) for slip in follow(bulletin(cast, lines))], by=cast.office, at=AT)
        found = told("slips_issued")
        assert set(found) == {"reporter", "head", "other_reporter"}
        assert (found["head"]["count"], found["other_reporter"]["count"]) == (2, 1)
        assert found["reporter"]["day"] == "2023-10-17"
        assert Notice.objects.filter(recipient=head).count() == 1

    def test_the_second_yellow_is_copied_to_the_leader(self, cast: Cast) -> None:
        slip = drafted(cast, level=1, periods=2)
        cast.boss.account = cast.leader
        cast.boss.save()
        issued(slip)
        assert set(told("slip_copied")) == {"leader"}
        assert not told("slip_copy_by_hand")

    def test_through_the_office_where_he_has_no_account(self, cast: Cast) -> None:
        issued(drafted(cast, level=1, periods=2))
        assert told("slip_copy_by_hand")["office"]["leaders"] == ["王区长"]

    @pytest.mark.parametrize(("level", "periods"), [(1, 1), (2, 1)])
    def test_no_other_slip_is_copied(self, cast: Cast, level: int, periods: int) -> None:
        issued(drafted(cast, level=level, periods=periods))
        assert not told("slip_copied") | told("slip_copy_by_hand")


class TestSeveral:
    def test_are_issued_all_or_none(self, cast: Cast) -> None:
        lines = [(project(cast, "P-1"), 2, 1), (project(cast, "P-2"), 2, 3)]
        slips = follow(bulletin(cast, lines))
        with translation.override("en"), pytest.raises(Refused, match=r"^项目P-2: The day by which"):
            issue_several([(slip, 0) for slip in slips], by=cast.office, at=AT)
        assert set(Slip.objects.values_list("state", flat=True)) == {"drafted"}


class TestWithdrawing:
    def test_asks_for_the_reason(self, cast: Cast) -> None:
        with pytest.raises(Refused) as refusal:
            withdraw(drafted(cast), reason="", by=cast.office, at=AT, seen=None)
        assert refusal.value.field == "reason"

    @pytest.mark.parametrize(("state", "people"), [(State.DRAFTED, set()), (State.ISSUED, {"reporter"})])
    def test_tells_the_unit_what_it_had(self, cast: Cast, state: State, people: set[str]) -> None:
        withdraw(brought(drafted(cast), cast, state), reason="误评", by=cast.office, at=AT, seen=None)
        assert set(told("slip_withdrawn")) == people
