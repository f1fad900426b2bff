"""Bad rows of slips."""

from django.db.models import F

from projects.core.month import Month
from projects.followups.models import LadderEdition, LadderStep, Slip
from projects.followups.workflow import State
from tests.cast import AT, SEPTEMBER, TODAY, Cast, project
from tests.constraints.rows import AFTER_2100, BEFORE_2000, EARLIER, TAKEN_BACK_HALF, TWICE, Bad, Row
from tests.followups.slips import brought, bulletin, drafted, follow


def good_slip(cast: Cast) -> Row:
    return drafted(cast)


def good_issued(cast: Cast) -> Row:
    return brought(drafted(cast), cast, State.ISSUED)


def good_received(cast: Cast) -> Row:
    return brought(drafted(cast), cast, State.RECEIVED)


def good_in_hand(cast: Cast) -> Row:
    return brought(drafted(cast), cast, State.IN_HAND)


def good_answered(cast: Cast) -> Row:
    return brought(drafted(cast), cast, State.ANSWERED)


def good_returned(cast: Cast) -> Row:
    return brought(drafted(cast), cast, State.RETURNED)


def good_verified(cast: Cast) -> Row:
    return brought(drafted(cast), cast, State.VERIFIED)


def good_closed(cast: Cast) -> Row:
    return brought(drafted(cast), cast, State.CLOSED)


def good_withdrawn(cast: Cast) -> Row:
    """With a number, for it was issued before."""
    return brought(brought(drafted(cast), cast, State.ISSUED), cast, State.WITHDRAWN)


def good_merged(cast: Cast) -> Row:
    """Beside the one of the next month that goes on with it."""
    of = project(cast)
    earlier = follow(bulletin(cast, [(of, 2, 1)], Month(2023, 8)))[0]
    follow(bulletin(cast, [(of, 2, 2)], SEPTEMBER))
    return Slip.objects.get(pk=earlier.pk)


def good_ladder(cast: Cast) -> Row:
    return LadderEdition.objects.create(number=1, holds_from=SEPTEMBER, reason="…", at=AT)


def good_step(cast: Cast) -> Row:
    edition = LadderEdition.objects.create(number=1, holds_from=SEPTEMBER, reason="…", at=AT)
    return LadderStep.objects.create(
        edition=edition, code="red_1", kind="supervision", issue_in=3, reply_in=5, finish_in=30, raised_to="head"
    )


BAD: Bad = {
    "ladderedition.number": (good_ladder, [TWICE]),
    "ladder_holds_from_is_month": (good_ladder, [{"holds_from": BEFORE_2000}, {"holds_from": AFTER_2100}]),
    "ladder_has_reason": (good_ladder, [{"reason": ""}]),
    "ladder_taken_back_has_reason": (good_ladder, TAKEN_BACK_HALF),
    "step_once_an_edition": (good_step, [TWICE]),
    "step_known": (good_step, [{"code": "nonsense"}]),
    "step_kind_known": (good_step, [{"kind": "nonsense"}]),
    "step_raised_to_known": (good_step, [{"raised_to": "nonsense"}]),
    "step_issued_in_reason": (good_step, [{"issue_in": 0}, {"issue_in": 31}]),
    "step_reply_in_reason": (good_step, [{"reply_in": 0}, {"reply_in": 61, "finish_in": 90}]),
    "step_finish_in_reason": (good_step, [{"reply_in": None, "finish_in": 0}, {"finish_in": 366}]),
    "step_finished_after_the_reply": (good_step, [{"reply_in": 31}]),
    "step_only_a_talk_decides": (
        good_step,
        [{"decides": True, "finish_in": None}, {"decides": True, "kind": "talk"}],
    ),
    "slip_raised_to_known": (good_slip, [{"raised_to": "nonsense"}]),
    "slip_once_a_bulletin": (good_closed, [{**TWICE, "serial": 99}]),
    "slip_one_open": (good_merged, [{"state": "drafted", "merged_at": None, "state_before": ""}]),
    "slip_number_once": (good_withdrawn, [TWICE]),
    "slip_month_is_month": (good_slip, [{"month": BEFORE_2000}, {"month": AFTER_2100}]),
    "slip_state_known": (good_received, [{"state": "nonsense"}]),
    "slip_kind_known": (good_slip, [{"kind": "nonsense"}]),
    "slip_rung_known": (good_slip, [{"rung": "nonsense"}]),
    "slip_of_a_lagging_project": (good_slip, [{"level": 0}, {"periods": 0}]),
    "slip_asks_something": (good_slip, [{"request": ""}]),
    "slip_numbered_when_issued": (good_withdrawn, [{"serial": None}, {"year": None}, {"issued_at": None}]),
    "slip_issued_has_time": (
        good_issued,
        [{"issued_at": None, "year": None, "serial": None}, {"state": "drafted"}],
    ),
    "slip_received_has_time": (good_received, [{"received_at": None}, {"state": "issued"}]),
    "slip_replied_has_plan": (good_answered, [{"plan": ""}, {"replied_at": None}]),
    "slip_in_hand_has_plan": (good_in_hand, [{"replied_at": None, "plan": ""}]),
    "slip_answered_has_time": (good_answered, [{"answered_at": None}]),
    "slip_answered_with_evidence": (good_answered, [{"answer": ""}, {"reference": ""}]),
    "slip_returned_has_reason": (good_returned, [{"returned_at": None}, {"return_reason": ""}]),
    "slip_verified_has_time": (good_verified, [{"verified_at": None}, {"finding": ""}, {"state": "answered"}]),
    "slip_closed_has_time": (good_closed, [{"closed_at": None}, {"state": "verified"}]),
    "slip_merged_has_time": (good_merged, [{"merged_at": None}, {"state_before": ""}, {"state": "drafted"}]),
    "slip_withdrawn_has_reason": (good_withdrawn, [{"withdrawn_at": None}, {"withdrawal": ""}, {"state": "issued"}]),
    "slip_verified_by_another": (good_verified, [{"verified_by": F("answered_by")}]),
    "slip_closed_by_a_second_person": (good_closed, [{"closed_by": F("verified_by")}]),
    "slip_closed_by_another_than_answered": (good_closed, [{"closed_by": F("answered_by")}]),
    "slip_extension_has_day_and_reason": (
        good_received,
        [
            {"extension": "asked"},
            {"extension_until": TODAY},
            {"extension_at": AT},
            {"extension": "asked", "extension_until": TODAY, "extension_at": AT},
            {"extension": "asked", "extension_until": TODAY, "extension_reason": "…"},
            {"extension": "asked", "extension_at": AT, "extension_reason": "…"},
            {"extension": "nonsense", "extension_until": TODAY, "extension_at": AT, "extension_reason": "…"},
        ],
    ),
    "slip_finished_after_the_reply": (good_slip, [{"reply_due": TODAY, "finish_due": EARLIER}]),
    "slip_outcome_known": (good_slip, [{"outcome": "nonsense"}]),
}
