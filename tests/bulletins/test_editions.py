"""Setting editions of the rules: from which month, by whom, what follows, and that what is published stays."""

import dataclasses
from unittest import mock

import pytest

from projects.bulletins.actions import rerate_changed
from projects.bulletins.actions.editions import FARTHEST
from projects.bulletins.actions.publishing import compose_again, publish
from projects.bulletins.actions.recolouring import recolour
from projects.bulletins.models import Line, PolicyEdition, Recolouring
from projects.bulletins.queries.drafting import content_of_draft
from projects.bulletins.queries.editions import (
    built_in,
    changes,
    earliest_to_set,
    edition_for,
    edition_of,
    editions_for,
    spans,
)
from projects.bulletins.queries.published import line_copies
from projects.core.month import Month
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.journal.models import Entry
from projects.rating.palettes import HONOURS, LADDER, ZAOZHUANG, Palette
from projects.rating.policy import POLICIES, Policy, Rule
from projects.rating.units import UnitPolicy
from projects.register.models import Project
from tests.bulletins.month import LATER, circulated, district_of_three, published
from tests.bulletins.rules import STRICT, edition, edition_set
from tests.cast import SEPTEMBER, WAN, Cast

AUGUST, OCTOBER = Month(2023, 8), Month(2023, 10)


@pytest.fixture
def rows(cast: Cast) -> list[Project]:
    return district_of_three(cast)


def levels(month: Month = SEPTEMBER) -> list[int | None]:
    return list(Line.objects.of(month).order_by("project").values_list("level", flat=True))


def test_an_edition_holds_from_its_month_on(cast: Cast) -> None:
    assert edition_for(SEPTEMBER) == built_in()
    given = edition(POLICIES["wuhan"], LADDER, UnitPolicy(top=1))
    row = edition_set(given, by=cast.office)
    assert (row.number, row.by, row.holds_from) == (1, cast.office, SEPTEMBER)
    held = edition_for(SEPTEMBER)
    assert (held.number, held.name, held.policy, held.palette, held.unit_policy) == (
        1, "试行规则", given.policy, LADDER, UnitPolicy(top=1),
    )  # fmt: skip
    assert edition_for(OCTOBER) == held
    assert edition_for(AUGUST) == built_in()
    found = editions_for([AUGUST, SEPTEMBER])
    assert {month: each.palette for month, each in found.items()} == {AUGUST: ZAOZHUANG, SEPTEMBER: LADDER}


def test_the_lines_from_then_on_follow(rows: list[Project]) -> None:
    before = levels(AUGUST)
    assert levels() == [0, 1, 2]
    edition_set(edition(STRICT))
    assert Recolouring.objects.get().since == SEPTEMBER
    recolour(through=SEPTEMBER)
    assert levels() == [0, 2, 2]
    assert levels(AUGUST) == before


def test_rules_for_later_touch_nothing_yet(rows: list[Project]) -> None:
    edition_set(edition(STRICT), OCTOBER)
    assert not Recolouring.objects.exists()


def test_a_published_month_cannot_be_changed(cast: Cast, rows: list[Project]) -> None:
    bulletin = published(cast)
    kept = [line.as_json() for line in line_copies(bulletin)]
    for month in (AUGUST, SEPTEMBER):
        with pytest.raises(Refused, match="2023年10月") as refusal:
            edition_set(edition(STRICT, HONOURS), month, open_month=SEPTEMBER)
        assert refusal.value.field == "holds_from"
    assert not PolicyEdition.objects.exists()
    edition_set(edition(STRICT, HONOURS), OCTOBER)
    rerate_changed(through=OCTOBER)
    assert levels() == [0, 1, 2]
    assert edition_for(SEPTEMBER).palette == ZAOZHUANG
    assert [line.as_json() for line in line_copies(bulletin)] == kept


@pytest.mark.parametrize(("month", "is_refused"), [(Month(2022, 12), True), (Month(2023, 1), False)])
def test_where_nothing_is_published_the_year_at_hand_is_open(cast: Cast, month: Month, is_refused: bool) -> None:
    assert earliest_to_set(SEPTEMBER) == Month(2023, 1)
    if is_refused:
        with pytest.raises(Refused):
            edition_set(edition(), month)
    else:
        assert edition_set(edition(), month).holds_from == month


def test_a_month_too_far_ahead_is_a_slip(cast: Cast) -> None:
    edition_set(edition(), SEPTEMBER + FARTHEST)
    with pytest.raises(Refused) as refusal:
        edition_set(edition(), SEPTEMBER + (FARTHEST + 1))
    assert refusal.value.field == "holds_from"


@pytest.mark.parametrize("who", ["reporter", "leader", "auditor"])
def test_the_office_sets_rules(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        edition_set(edition(), by=cast.person(who))
    assert not PolicyEdition.objects.exists()


def test_a_name_and_a_reason_are_asked(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        edition_set(edition(), reason="")
    assert refusal.value.field == "reason"
    with pytest.raises(Refused) as refusal:
        edition_set(dataclasses.replace(edition(), name=""))
    assert refusal.value.field == "name"
    assert not PolicyEdition.objects.exists()


def test_the_second_of_two_is_told_what_the_first_did(cast: Cast) -> None:
    edition_set(edition(), by=cast.office)
    with pytest.raises(Stale, match=r"office.*第1版规则“试行规则”") as refusal:
        edition_set(edition(), seen=0, by=cast.admin)
    assert refusal.value.version == 1


def test_two_at_the_same_moment_leave_one_edition(cast: Cast) -> None:
    edition_set(edition())
    before = mock.Mock()
    before.return_value.order_by.return_value.first.return_value = None  # as the other one had not committed yet
    late = mock.patch("projects.bulletins.actions.editions.PolicyEdition.objects.select_related", before)
    with late, pytest.raises(Stale):
        edition_set(edition(), seen=0)
    assert PolicyEdition.objects.count() == 1


def test_the_journal_says_in_words_what_changed(cast: Cast) -> None:
    row = edition_set(edition(STRICT, LADDER), by=cast.office)
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.subject_id, entry.note, entry.actor) == (
        "keep_rules",
        row.pk,
        "按区委要求调整",
        cast.office,
    )
    assert set(entry.after) == {"name", "holds_from", "P1", "palette"}
    assert "慢于1至10为蓝" in entry.after["P1"]
    assert "慢于5至20为蓝" in entry.before["P1"]


def test_what_differs_is_told_rule_by_rule() -> None:
    before = edition()
    after = edition(Policy(rules=frozenset(Rule) - {Rule.P9}, statistics_floor=1_000 * WAN), HONOURS, UnitPolicy(top=2))
    found = {change.what: (change.before, change.after) for change in changes(before, after)}
    assert [what[:2] for what in found] == ["P3", "P9", "色标", "单位"]
    assert found["P9 连续提醒未改善"][1] == ""
    assert "总投资1,000万元及以上" in found["P3 开工未纳统"][1]
    assert changes(before, before) == []


def test_when_each_edition_counts(cast: Cast) -> None:
    for month in (SEPTEMBER, Month(2024, 1), Month(2024, 1), Month(2023, 11)):
        edition_set(edition(), month)
    found = [
        (str(s.since), str(s.until or ""), s.is_replaced) for s in spans(list(PolicyEdition.objects.order_by("number")))
    ]
    assert found == [
        ("2023-09", "2023-10", False),
        ("2024-01", "", True),
        ("2024-01", "", False),
        ("2023-11", "2023-12", False),
    ]
    assert edition_for(Month(2024, 2)).number == 3
    assert edition_of(None).number == 0


def test_the_draft_counts_who_owes_statistics_by_the_same_number(cast: Cast, rows: list[Project]) -> None:
    Project.objects.filter(pk=rows[0].pk).update(total_investment=500 * WAN)

    def owing() -> list[bool]:
        lines = content_of_draft(cast.district, SEPTEMBER).lines
        return [line.is_due_for_statistics for line in sorted(lines, key=lambda line: line.code)]

    assert owing() == [True, True, True]
    edition_set(edition(Policy(statistics_floor=500 * WAN + 1)))
    assert owing() == [False, True, True]


def test_last_months_colour_keeps_its_word(cast: Cast, rows: list[Project]) -> None:
    edition_set(edition(palette=HONOURS))
    first = content_of_draft(cast.district, SEPTEMBER).lines[0]
    assert (first.level, first.colour_word, first.previous_word) == (2, "蓝", "红")


def test_a_text_that_tells_of_a_level_no_more_there_is_not_published(cast: Cast, rows: list[Project]) -> None:
    draft = circulated(cast)
    edition_set(edition(palette=Palette("own", "二色", ZAOZHUANG.shades[:2])))
    recolour(through=SEPTEMBER)
    with pytest.raises(Refused, match="2级项目数"):
        publish(draft, by=cast.office, at=LATER, through=SEPTEMBER, seen=draft.version, despite_missing=True)
    again = compose_again(draft, by=cast.office, at=LATER, seen=draft.version)
    assert publish(again, by=cast.office, at=LATER, through=SEPTEMBER, seen=again.version).state == "published"
