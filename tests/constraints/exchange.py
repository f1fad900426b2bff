"""Bad rows of imports, their rows, and the headings learned from them."""

from typing import Any

from projects.exchange.models import ImportBatch, ImportRow, LearnedHeading
from tests.cast import AT, SEPTEMBER, Cast
from tests.constraints.rows import AFTER_2100, BEFORE_2000, TWICE, Bad, Row


def batch(cast: Cast, **facts: Any) -> ImportBatch:
    return ImportBatch.objects.create(by=cast.reporter, at=AT, month=SEPTEMBER, file_name="月报.xlsx", **facts)


def good_import(cast: Cast) -> Row:
    return batch(cast)


def good_import_with_its_file(cast: Cast) -> Row:
    return batch(cast, stored_as="ab/1")


def good_carried_out(cast: Cast) -> Row:
    return batch(cast, state="imported", imported_at=AT)


def good_taken_back(cast: Cast) -> Row:
    return batch(cast, state="undone", imported_at=AT, undone_at=AT)


def good_import_row(cast: Cast) -> Row:
    return ImportRow.objects.create(batch=batch(cast), number=1, outcome="new")


def good_heading(cast: Cast) -> Row:
    return LearnedHeading.objects.create(unit=cast.town, kind="month", heading="本月完成", code="invested")


BAD: Bad = {
    "import_state_known": (good_import, [{"state": "nonsense"}]),
    "import_kind_known": (good_import, [{"kind": "nonsense"}]),
    "import_month_is_month": (good_import, [{"month": BEFORE_2000}, {"month": AFTER_2100}]),
    "import_done_has_time": (good_carried_out, [{"imported_at": None}, {"state": "planned"}]),
    "import_undone_has_time": (good_taken_back, [{"undone_at": None}, {"state": "imported"}]),
    "import_keeps_no_file_once_over": (
        good_import_with_its_file,
        [{"state": "dropped"}, {"state": "imported", "imported_at": AT}],
    ),
    "import_row_once": (good_import_row, [TWICE]),
    "import_row_outcome_known": (good_import_row, [{"outcome": "nonsense"}]),
    "learned_heading_once": (good_heading, [TWICE]),
    "learned_heading_kind_known": (good_heading, [{"kind": "nonsense"}, {"kind": ""}]),
}
