"""January to August are published and whole; September goes round, with something to decide in it."""

from collections import Counter

import pytest

from projects.bulletins.models import Bulletin, BulletinLine, Objection, Override
from projects.bulletins.queries.published import content_of
from projects.bulletins.queries.verifying import faults
from projects.core.month import Month
from projects.followups.models import Slip
from projects.register.models import Exemption

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration_once")]

SEPTEMBER = Month(2023, 9)


def test_eight_months_are_published_and_one_is_corrected() -> None:
    editions = [(int(row.month), row.edition) for row in Bulletin.objects.published().order_by("published_at")]
    assert editions == [
        (202301, 1), (202302, 1), (202303, 1), (202303, 2), (202304, 1), (202305, 1), (202306, 1), (202307, 1),
        (202308, 1),
    ]  # fmt: skip


def test_they_are_whole() -> None:
    assert list(faults()) == []


def test_the_correction_changes_the_one_project_that_it_is_about() -> None:
    corrected = Bulletin.objects.get(month=Month(2023, 3), edition=2)
    assert {each["name"] for each in corrected.differences} == {"示例·高性能纤维复合材料"}
    assert "colour_word" in {each["field"] for each in corrected.differences}


def test_an_override_counted_in_its_month_only() -> None:
    line = BulletinLine.objects.get(bulletin__month=Month(2023, 6), short_name="示例·公共停车及充电设施")
    assert (line.computed_level, line.level) == (2, 1)
    later = BulletinLine.objects.get(bulletin__month=Month(2023, 7), short_name="示例·公共停车及充电设施")
    assert later.computed_level == later.level


def test_each_bulletin_says_how_things_stood_on_its_last_day() -> None:
    first = content_of(Bulletin.objects.get(month=Month(2023, 1)))
    assert "示例·公共停车及充电设施" in {line.short_name for line in first.lines if not line.is_started}


def test_september_has_something_to_decide() -> None:
    draft = Bulletin.objects.get(month=SEPTEMBER)
    assert (draft.state, str(draft.objections_until)) == ("circulated", "2023-10-11")
    assert Override.objects.waiting().count() == 1
    assert Objection.objects.waiting().count() == 2
    assert Exemption.objects.filter(first_month__lte=SEPTEMBER, last_month__gte=SEPTEMBER).exists()


def test_whoever_proposed_decided_and_published_nothing_of_it() -> None:
    assert not [row for row in Override.objects.exclude(decision="") if row.by_id == row.decided_by_id]
    assert not Bulletin.objects.published().filter(published_by__username="office").exists()


def test_slips_follow_and_stand_in_every_state() -> None:
    states = Counter(Slip.objects.values_list("state", flat=True))
    assert set(states) == {
        "drafted", "issued", "received", "in_hand", "answered", "returned", "verified", "closed", "merged",
    }  # fmt: skip
    assert Slip.objects.filter(extension="asked").exists()
    assert not Slip.objects.exclude(project__is_example=True).exists()


def test_slips_of_earlier_bulletins_are_done_but_for_a_few() -> None:
    earlier = Slip.objects.filter(month__lt=Month(2023, 8))
    assert earlier.exclude(state__in=["closed", "merged"]).count() == 2
