"""Bad rows of the rules of the colour, the coloured list, and bulletins."""

from projects.bulletins.models import (
    Bulletin,
    BulletinFile,
    BulletinLine,
    BulletinUnit,
    Line,
    Objection,
    Override,
    PolicyEdition,
    Recolouring,
)
from tests.cast import AT, SEPTEMBER, TODAY, Cast, project
from tests.constraints.rows import AFTER_2100, BEFORE_2000, TAKEN_BACK_HALF, TWICE, Bad, Row


def good_edition(cast: Cast) -> Row:
    return PolicyEdition.objects.create(
        number=1, name="…", holds_from=SEPTEMBER, policy={}, palette={}, unit_policy={}, reason="…", at=AT
    )


def good_recolouring(cast: Cast) -> Row:
    return Recolouring.objects.create(since=SEPTEMBER)


def good_override(cast: Cast) -> Row:
    return Override.objects.create(project=project(cast), month=SEPTEMBER, computed_level=2, level=1, reason="…", at=AT)


def good_objection(cast: Cast) -> Row:
    return Objection.objects.create(project=project(cast), month=SEPTEMBER, text="…", at=AT)


def good_bulletin(cast: Cast) -> Row:
    return Bulletin.objects.create(district=cast.district, month=SEPTEMBER, issue=9, title="…")


def good_published(cast: Cast) -> Row:
    return Bulletin.objects.create(
        district=cast.district, month=SEPTEMBER, issue=9, title="…", state="published", circulated_at=AT,
        objections_until=TODAY, published_at=AT, digest="…",
    )  # fmt: skip


def good_published_line(cast: Cast) -> Row:
    bulletin = good_bulletin(cast)
    return BulletinLine.objects.create(bulletin=bulletin, number=1, project=1, unit=1, more={})  # type: ignore[misc]


def good_published_unit(cast: Cast) -> Row:
    return BulletinUnit.objects.create(bulletin=good_bulletin(cast), number=1, kind="unit", more={})  # type: ignore[misc]


def good_bulletin_file(cast: Cast) -> Row:
    return BulletinFile.objects.create(
        bulletin=good_bulletin(cast), kind="pdf", name="…", content=b"PDF", size=3, sha256="…", made_at=AT
    )


def good_line(cast: Cast) -> Row:
    of = project(cast)
    return Line.objects.create(
        project=of, month=SEPTEMBER, level=0, severity=0, unit=of.unit, category=of.category, changed_at=AT
    )


BAD: Bad = {
    "policyedition.number": (good_edition, [TWICE]),
    "edition_holds_from_is_month": (good_edition, [{"holds_from": BEFORE_2000}, {"holds_from": AFTER_2100}]),
    "edition_has_reason": (good_edition, [{"reason": ""}]),
    "edition_taken_back_has_reason": (good_edition, TAKEN_BACK_HALF),
    "recolouring_is_one": (good_recolouring, [{"pk": 2}]),
    "recolouring_since_is_month": (good_recolouring, [{"since": BEFORE_2000}, {"since": AFTER_2100}]),
    "override_decision_known": (good_override, [{"decision": "nonsense", "decided_at": AT}]),
    "override_decision_has_time": (good_override, [{"decided_at": AT}, {"decision": "approved"}]),
    "override_month_is_month": (good_override, [{"month": BEFORE_2000}, {"month": AFTER_2100}]),
    "override_has_reason": (good_override, [{"reason": ""}]),
    "override_one_level_better": (good_override, [{"level": 0}, {"level": 2}, {"computed_level": 5, "level": 4}]),
    "override_once_a_month": (good_override, [TWICE]),
    "objection_decision_known": (good_objection, [{"decision": "nonsense", "decided_at": AT, "note": "…"}]),
    "objection_decision_has_time": (good_objection, [{"decided_at": AT}, {"decision": "approved", "note": "…"}]),
    "objection_month_is_month": (good_objection, [{"month": BEFORE_2000}, {"month": AFTER_2100}]),
    "objection_says_something": (good_objection, [{"text": ""}]),
    "objection_is_answered_in_words": (good_objection, [{"decision": "approved", "decided_at": AT}]),
    "bulletin_edition_once_a_month": (good_published, [TWICE]),
    "bulletin_one_draft_a_month": (good_bulletin, [{**TWICE, "edition": 2, "reason": "…"}]),
    "bulletin_state_known": (good_bulletin, [{"state": "nonsense", "circulated_at": AT, "objections_until": TODAY}]),
    "bulletin_month_is_month": (good_bulletin, [{"month": BEFORE_2000}, {"month": AFTER_2100}]),
    "bulletin_correction_has_reason": (good_bulletin, [{"edition": 2}]),
    "bulletin_published_has_time_and_digest": (
        good_bulletin,
        [{"published_at": AT}, {"digest": "…"}],
    ),
    "bulletin_circulated_has_time": (good_bulletin, [{"circulated_at": AT}, {"objections_until": TODAY}]),
    "published_line_number_once": (good_published_line, [{**TWICE, "project": 2}]),
    "published_line_once_a_project": (good_published_line, [{**TWICE, "number": 2}]),
    "published_unit_number_once": (good_published_unit, [TWICE]),
    "bulletin_file_once": (good_bulletin_file, [TWICE]),
    "bulletin_file_kind_known": (good_bulletin_file, [{**TWICE, "kind": "odt"}]),
    "bulletin_file_has_content": (
        good_bulletin_file,
        [{**TWICE, "kind": "docx", "sha256": ""}, {**TWICE, "kind": "docx", "size": 0}],
    ),
    "line_once_a_month": (good_line, [TWICE]),
    "line_level_or_standing": (
        good_line,
        [{"level": None}, {"standing": "exempt"}, {"level": None, "standing": "nonsense"}, {"level": 5}],
    ),
}
