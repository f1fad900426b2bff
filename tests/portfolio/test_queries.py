"""Lines are cut into pages without a gap or a double, in each order, and summed by class and colour."""

import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.bulletins.actions import open_month
from projects.bulletins.models import Line
from projects.bulletins.queries import palette_in_force
from projects.portfolio.queries import (
    ORDERS,
    OVER_100_MILLION,
    added_up,
    overview_of,
    reading_along_pays,
    signed_leads,
    slice_ids,
    sums_by_class_and_colour,
    sums_by_colour,
)
from projects.register.stages import Stage
from tests.cast import SEPTEMBER, TODAY, WAN, Cast, figures, phase, plan, project

COUNT = 11
PAGE = 3


@pytest.fixture
def lines(cast: Cast) -> list[Line]:
    """Eleven lines; some have no leader, phase, plan or figures to sort by."""
    for number in range(COUNT):
        row = project(
            cast,
            f"P-{number:02d}",
            short_name=f"项目{number * 7 % COUNT}",
            unit=cast.town if number % 2 else cast.other_town,
            leader=cast.boss if number % 3 else None,
            project_class="implementation" if number % 4 else "lead",
            total_investment=(number % 5 + 1) * WAN if number % 6 else None,
        )
        if number % 2:
            phase(row, 1, list(Stage)[number], TODAY)
        if number % 3:
            plan(row, 100 * WAN)
            figures(row, SEPTEMBER, number * 9 * WAN)
    open_month(SEPTEMBER, through=SEPTEMBER)
    return list(Line.objects.order_by("id"))


@pytest.mark.parametrize("name", ORDERS)
def test_pages_hold_each_line_once_in_order_and_the_blank_ones_last(lines: list[Line], name: str) -> None:
    order, rows = ORDERS[name], Line.objects.of(SEPTEMBER)
    blank = list(rows.filter(order.blank).order_by("id").values_list("id", flat=True)) if order.blank else []
    for descending in (False, True):
        pages = []
        for start in range(0, COUNT, PAGE):
            with CaptureQueriesContext(connection) as counted:
                pages.append(slice_ids(rows, order, descending=descending, start=start, stop=start + PAGE, count=COUNT))
            assert len(counted) <= (1 if order.blank is None else 2)
        valued = order.sorted(rows.exclude(pk__in=blank), descending=descending)
        whole = list(valued.values_list("id", flat=True)) + blank
        assert list(itertools.chain(*pages)) == whole
        assert [len(page) for page in pages] == [3, 3, 3, 2]
        assert sorted(whole) == [line.pk for line in lines]


def test_sums_by_colour_are_those_by_class_added_up(lines: list[Line]) -> None:
    rows, palette = Line.objects.of(SEPTEMBER), palette_in_force(SEPTEMBER)
    both = sums_by_class_and_colour(rows, palette)
    by_colour = sums_by_colour(rows, palette)
    assert {name for name, _code in both} == {"implementation", "lead"}
    assert added_up(both.values()) == added_up(by_colour.values())
    assert added_up(by_colour.values()).count == COUNT
    assert added_up(by_colour.values()).total_investment == sum(line.total_investment or 0 for line in lines)


def test_the_overview_counts_what_the_lines_say(lines: list[Line]) -> None:
    palette = palette_in_force(SEPTEMBER)
    with CaptureQueriesContext(connection) as counted:
        found = overview_of(Line.objects.of(SEPTEMBER), palette)
    assert len(counted) == 6
    implementation = [line for line in lines if line.project_class == "implementation"]
    assert found.implementation.count == len(implementation) == added_up(found.by_colour.values()).count
    assert found.started == sum(line.stage_order >= Stage.STARTED.number for line in implementation)
    assert added_up(found.by_class.values()).count == COUNT
    assert sum(sums.count for _pk, _name, sums in found.units) == sum(bool(line.year_plan) for line in implementation)
    assert [name for _pk, name, _sums in found.units] == ["孟庄镇", "税郭镇"]


def test_signed_leads_count_those_of_which_only_a_lower_bound_is_known(cast: Cast) -> None:
    for number, given in enumerate(
        [
            {"total_investment": OVER_100_MILLION},
            {"total_investment": OVER_100_MILLION - 1},
            {"total_at_least": OVER_100_MILLION},
            {"total_at_least": OVER_100_MILLION - 1},
            {"total_investment": 2 * OVER_100_MILLION, "total_at_least": OVER_100_MILLION},
            {},
        ]
    ):
        phase(project(cast, f"L-{number}", project_class="lead", **given), 1, Stage.SIGNED, TODAY)
    phase(project(cast, "L-6", project_class="lead", total_investment=OVER_100_MILLION), 1, Stage.IN_TALKS, TODAY)
    open_month(SEPTEMBER, through=SEPTEMBER)
    found = signed_leads(Line.objects.of(SEPTEMBER))
    assert (found.count, found.total_investment) == (3, 3 * OVER_100_MILLION)


@pytest.mark.parametrize(
    ("hits", "stop", "pays"),
    [
        (0, 50, False),
        (2236, 50, False),
        (2237, 50, True),
        (5000, 200, True),
        (5000, 250, False),
        (100_000, 99_999, True),
    ],
)
def test_many_hits_are_read_along_the_order(hits: int, stop: int, pays: bool) -> None:
    assert reading_along_pays(hits, stop) is pays


def test_the_largest_amounts_add_up_in_the_database(lines: list[Line]) -> None:
    """Nine times 10^18 is the most that 64 bits hold; the sums of a province come near it and no further."""
    Line.objects.filter(pk=lines[0].pk).update(total_investment=9 * 10**18)
    sums = added_up(
        sums_by_colour(Line.objects.filter(pk__in=[lines[0].pk, lines[1].pk]), palette_in_force(SEPTEMBER)).values()
    )
    assert sums.total_investment == 9 * 10**18 + (lines[1].total_investment or 0)
