"""Replying, answering with evidence, asking for more time; verifying, returning and closing by a second person."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from pytest_django import Settings

from projects.bulletins.models import Line
from projects.core.refusals import Refused
from projects.followups.actions.answering import answer, ask_extension, reply_with_plan
from projects.followups.actions.verifying import close, decide_extension, send_back, verify
from projects.followups.models import Slip
from projects.followups.workflow import State
from projects.notices.models import Notice
from projects.register.actions.filing import Upload, keep_file, remove_file
from projects.register.models import Attachment
from tests.cast import AT, Cast, project
from tests.followups.slips import DAY, again, brought, colleague, drafted

PAPER = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture(autouse=True)
def _own_store(settings: Settings, tmp_path: Path) -> None:
    storages = dict(settings.STORAGES)
    storages["attachments"] = {**storages["attachments"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = storages


def at_end_of(day: datetime.date | None, seconds: int = 0) -> datetime.datetime:
    """The last second of a local day, and so many seconds later."""
    assert day is not None
    last = datetime.datetime.combine(day, datetime.time(15, 59, 59), tzinfo=datetime.UTC)
    return last + datetime.timedelta(seconds=seconds)


def people_told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=kind).values_list("recipient__username", flat=True))


class TestReplying:
    def test_keeps_the_plan_and_the_day_to_finish_runs(self, cast: Cast) -> None:
        slip = brought(drafted(cast), cast, State.IN_HAND)
        assert (slip.plan, slip.replied_by, slip.due_on) == ("增派人员", cast.reporter, slip.finish_due)
        assert people_told("slip_replied") == {"office"}

    def test_says_something(self, cast: Cast) -> None:
        slip = brought(drafted(cast), cast, State.RECEIVED)
        with pytest.raises(Refused) as refusal:
            reply_with_plan(slip, plan="", by=cast.reporter, at=AT, seen=None)
        assert refusal.value.field == "plan"

    def test_a_talk_asks_for_no_plan(self, cast: Cast) -> None:
        slip = brought(drafted(cast, periods=2), cast, State.RECEIVED)
        with translation.override("en"), pytest.raises(Refused, match="asks for no plan"):
            reply_with_plan(slip, plan="x", by=cast.reporter, at=AT, seen=None)


class TestAnswering:
    def answered(self, cast: Cast, slip: Slip | None = None, **given: Any) -> Slip:
        slip = slip or brought(drafted(cast), cast, State.IN_HAND)
        whole = {"text": "已整改", "by": cast.reporter, "at": AT, "seen": None, **given}
        return again(answer(slip, **whole))

    def test_by_a_number(self, cast: Cast) -> None:
        slip = self.answered(cast, reference="2023年9月月报")
        assert (slip.state, slip.reference, slip.evidence, slip.due_on) == ("answered", "2023年9月月报", None, None)
        assert people_told("slip_answered") == {"office"}

    def test_by_a_file_that_is_sent_along(self, cast: Cast) -> None:
        slip = self.answered(cast, upload=Upload("现场.pdf", PAPER))
        assert slip.evidence is not None
        assert (slip.evidence.project, slip.evidence.title) == (slip.project, "现场.pdf")

    def test_by_a_file_of_the_project(self, cast: Cast) -> None:
        row = project(cast)
        kept = keep_file(row, "许可证.pdf", PAPER, by=cast.reporter, at=AT)
        assert self.answered(cast, evidence=kept).evidence == kept
        with pytest.raises(Refused):  # what proves something is not removed
            remove_file(kept, reason="误传", by=cast.reporter, at=AT)

    def test_not_by_a_file_of_another_project_or_a_removed_one(self, cast: Cast) -> None:
        foreign = keep_file(project(cast, "P-9"), "许可证.pdf", PAPER, by=cast.reporter, at=AT)
        slip = brought(drafted(cast), cast, State.IN_HAND)
        gone = keep_file(slip.project, "旧.pdf", PAPER, by=cast.reporter, at=AT)
        remove_file(gone, reason="误传", by=cast.reporter, at=AT)
        for kept in (foreign, gone):
            with pytest.raises(Refused) as refusal:
                self.answered(cast, slip, evidence=kept)
            assert refusal.value.field == "evidence"

    @pytest.mark.parametrize(("text", "field"), [("", "text"), ("已整改", "reference")])
    def test_not_without_words_or_evidence(self, cast: Cast, text: str, field: str) -> None:
        with pytest.raises(Refused) as refusal:
            self.answered(cast, text=text)
        assert refusal.value.field == field

    def test_the_database_refuses_an_answer_without_evidence(self, cast: Cast) -> None:
        slip = self.answered(cast, reference="8号")
        with pytest.raises(IntegrityError), transaction.atomic():
            Slip.objects.filter(pk=slip.pk).update(reference="")

    def test_no_file_is_kept_for_an_answer_that_comes_too_early(self, cast: Cast) -> None:
        slip = brought(drafted(cast), cast, State.RECEIVED)
        with translation.override("en"), pytest.raises(Refused, match="Reply with the plan first"):
            self.answered(cast, slip, upload=Upload("现场.pdf", PAPER))
        assert not Attachment.objects.exists()


class TestMoreTime:
    UNTIL = datetime.date(2023, 12, 1)

    def in_hand(self, cast: Cast) -> Slip:
        return brought(drafted(cast), cast, State.IN_HAND)

    @pytest.mark.parametrize(("seconds", "is_taken"), [(0, True), (1, False)])
    def test_is_asked_for_up_to_the_last_second_of_the_day(self, cast: Cast, seconds: int, is_taken: bool) -> None:
        slip = self.in_hand(cast)
        given: dict[str, Any] = {"until": self.UNTIL, "reason": "汛期", "by": cast.reporter, "seen": None}
        at = at_end_of(slip.finish_due, seconds)
        if is_taken:
            assert ask_extension(slip, at=at, **given).extension == "asked"
            assert people_told("slip_extension_asked") == {"office"}
        else:
            with translation.override("en"), pytest.raises(Refused, match="The day has passed"):
                ask_extension(slip, at=at, **given)

    @pytest.mark.parametrize("grant", [True, False])
    def test_is_asked_for_once(self, cast: Cast, grant: bool) -> None:
        slip = self.in_hand(cast)
        first = slip.finish_due
        asked = ask_extension(slip, until=self.UNTIL, reason="汛期", by=cast.reporter, at=AT, seen=None)
        with pytest.raises(Refused):
            ask_extension(asked, until=self.UNTIL + DAY, reason="汛期", by=cast.reporter, at=AT, seen=None)
        decide_extension(asked, grant=grant, note="抓紧", by=cast.office, at=AT, seen=None)
        slip = again(slip)
        assert slip.finish_due == slip.due_on == (self.UNTIL if grant else first)
        assert people_told(f"slip_extension_{slip.extension}") == {"reporter"}
        with translation.override("en"), pytest.raises(Refused, match="only one"):
            ask_extension(slip, until=self.UNTIL + DAY, reason="汛期", by=cast.reporter, at=AT, seen=None)

    def test_is_later_and_has_a_reason(self, cast: Cast) -> None:
        slip = self.in_hand(cast)
        for until, reason, field in ((slip.finish_due, "汛期", "until"), (self.UNTIL, "", "reason")):
            with pytest.raises(Refused) as refusal:
                ask_extension(slip, until=until, reason=reason, by=cast.reporter, at=AT, seen=None)  # type: ignore[arg-type]
            assert refusal.value.field == field

    def test_is_decided_by_another_and_refused_with_a_word(self, cast: Cast) -> None:
        slip = self.in_hand(cast)
        with translation.override("en"), pytest.raises(Refused, match="No extension waits"):
            decide_extension(slip, grant=True, by=cast.office, at=AT, seen=None)
        asked = ask_extension(slip, until=self.UNTIL, reason="汛期", by=cast.office, at=AT, seen=None)
        with translation.override("en"), pytest.raises(Refused, match="You asked for it yourself"):
            decide_extension(asked, grant=True, by=cast.office, at=AT, seen=None)
        with pytest.raises(Refused) as refusal:
            decide_extension(asked, grant=False, by=cast.admin, at=AT, seen=None)
        assert refusal.value.field == "note"

    def test_granted_the_day_is_no_longer_missed(self, cast: Cast) -> None:
        slip = self.in_hand(cast)
        ask_extension(slip, until=self.UNTIL, reason="汛期", by=cast.reporter, at=AT, seen=None)
        Slip.objects.filter(pk=slip.pk).update(raised_at=AT)
        decide_extension(again(slip), grant=True, by=cast.office, at=AT, seen=None)
        assert again(slip).raised_at is None


class TestVerifying:
    def test_says_what_was_found(self, cast: Cast) -> None:
        slip = brought(drafted(cast), cast, State.ANSWERED)
        with pytest.raises(Refused) as refusal:
            verify(slip, finding="", by=cast.office, at=AT, seen=None)
        assert refusal.value.field == "finding"

    def test_tells_the_others_of_the_office(self, cast: Cast) -> None:
        colleague(cast)
        brought(drafted(cast), cast, State.VERIFIED)
        assert people_told("slip_verified") == {"office2"}

    def test_a_third_talk_says_what_becomes_of_the_project(self, cast: Cast) -> None:
        slip = drafted(cast, periods=3)
        Slip.objects.filter(pk=slip.pk).update(finish_due=datetime.date(2023, 12, 1))
        slip = brought(again(slip), cast, State.ANSWERED)
        with pytest.raises(Refused) as refusal:
            verify(slip, finding="已约谈", by=cast.office, at=AT, seen=None)
        assert refusal.value.field == "outcome"
        verify(slip, finding="已约谈", outcome="demote", by=cast.office, at=AT, seen=None)
        assert again(slip).outcome == "demote"

    def test_is_not_done_by_who_answered(self, cast: Cast) -> None:
        slip = brought(drafted(cast), cast, State.IN_HAND)
        answer(slip, text="已整改", reference="8号", by=cast.office, at=AT, seen=None)
        with translation.override("en"), pytest.raises(Refused, match="You answered this slip yourself"):
            verify(slip, finding="x", by=cast.office, at=AT, seen=None)

    @pytest.mark.parametrize("state", [State.ANSWERED, State.VERIFIED])
    def test_sends_back_what_is_missing(self, cast: Cast, state: State) -> None:
        slip = brought(drafted(cast), cast, state)
        with pytest.raises(Refused) as refusal:
            send_back(slip, reason="", by=cast.office, at=AT, seen=None)
        assert refusal.value.field == "reason"
        send_back(slip, reason="缺照片", by=cast.office, at=AT, seen=None)
        slip = again(slip)
        assert (slip.state, slip.return_reason, slip.verified_at, slip.due_on) == (
            "returned", "缺照片", None, slip.finish_due,
        )  # fmt: skip
        assert people_told("slip_returned") == {"reporter"}


class TestClosing:
    def test_is_the_second_persons_and_leaves_the_colour(self, cast: Cast) -> None:
        before = list(Line.objects.values())
        slip = brought(drafted(cast), cast, State.CLOSED)
        assert (slip.verified_by, slip.closed_by, slip.due_on) == (cast.office, colleague(cast), None)
        assert people_told("slip_closed") == {"reporter"}
        assert list(Line.objects.values()) == before

    def test_not_by_who_verified(self, cast: Cast) -> None:
        slip = brought(drafted(cast), cast, State.VERIFIED)
        with translation.override("en"), pytest.raises(Refused, match="a second person closes it"):
            close(slip, by=cast.office, at=AT, seen=None)
        with pytest.raises(IntegrityError), transaction.atomic():
            Slip.objects.filter(pk=slip.pk).update(state="closed", closed_at=AT, closed_by=cast.office)

    def test_not_by_who_answered(self, cast: Cast) -> None:
        slip = brought(drafted(cast), cast, State.IN_HAND)
        other = colleague(cast)
        answer(slip, text="已整改", reference="8号", by=other, at=AT, seen=None)
        verify(slip, finding="x", by=cast.office, at=AT, seen=None)
        with translation.override("en"), pytest.raises(Refused, match="You answered this slip yourself"):
            close(slip, by=other, at=AT, seen=None)

    @pytest.mark.parametrize("missing", ["verified_at", "answered_at", "issued_at", "received_at"])
    def test_the_database_keeps_state_and_times_together(self, cast: Cast, missing: str) -> None:
        slip = brought(drafted(cast), cast, State.CLOSED)
        with pytest.raises(IntegrityError), transaction.atomic():
            Slip.objects.filter(pk=slip.pk).update(**{missing: None})
