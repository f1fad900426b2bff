"""Tampering behind the application's back is found, and the line that it touched is named."""

from collections.abc import Callable

import pytest
from django.db import connection

from projects.bulletins.models import Bulletin, BulletinLine, BulletinUnit
from projects.bulletins.queries.verifying import faults
from projects.core.append_only import lifted
from projects.core.month import Month
from projects.journal.models import Entry
from tests.bulletins.month import district_of_three, published
from tests.cast import SEPTEMBER, WAN, Cast
from tests.conftest import PROTECTED

Tamper = Callable[[], object]


def line(**values: object) -> Tamper:
    return lambda: BulletinLine.objects.filter(code="P-3").update(**values)


CASES: dict[str, tuple[Tamper, str]] = {
    "a figure": (line(invested_to_date=99 * WAN), "the line of P-3 was changed"),
    "a colour": (line(level=0), "the line of P-3 was changed"),
    "a name": (line(short_name="别名"), "the line of P-3 was changed"),
    "a reason": (line(more={}), "the line of P-3 was changed"),
    "a line gone": (lambda: BulletinLine.objects.filter(code="P-3").delete(), "the line of P-3 is gone"),
    "the title": (lambda: Bulletin.objects.update(title="改"), "its title, text, figures"),
    "the figures": (lambda: Bulletin.objects.update(figures={}), "its title, text, figures"),
    "the time": (lambda: Bulletin.objects.update(published_by=None), "its title, text, figures"),
    "a rank": (lambda: BulletinUnit.objects.update(rank=9), "its title, text, figures"),
    "the digest": (lambda: Bulletin.objects.update(digest="0" * 64), "is not the bulletin that the journal saw"),
    "the bulletin before": (lambda: Bulletin.objects.update(previous_digest="1" * 64), "does not follow"),
    "the journal": (lambda: Entry.objects.filter(verb="publish").delete(), "the journal does not know of it"),
}


@pytest.mark.parametrize("case", list(CASES))
def test_tampering_is_found(cast: Cast, case: str) -> None:
    district_of_three(cast)
    published(cast)
    assert list(faults()) == []
    tamper, says = CASES[case]
    with lifted(*PROTECTED):
        tamper()
    assert any(says in fault for fault in faults()), list(faults())


def test_a_bulletin_that_is_gone_is_missed(cast: Cast) -> None:
    district_of_three(cast)
    published(cast)
    with lifted(*PROTECTED), connection.cursor() as cursor:
        for table in ("projects_slip", "projects_bulletinline", "projects_bulletinunit", "projects_bulletin"):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608
    assert "is gone" in next(iter(faults()))


def test_bulletins_follow_each_other(cast: Cast) -> None:
    district_of_three(cast)
    first = published(cast, Month(2023, 8))
    second = published(cast, SEPTEMBER, at=first.published_at)
    assert second.previous_digest == first.digest
    assert list(faults()) == []
