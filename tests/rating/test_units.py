"""The colour of a unit, at both sides of each bound."""

from fractions import Fraction

import pytest

from projects.rating.units import UnitFacts, UnitPolicy, UnitRating, rate_units

SCHEDULE = Fraction(3, 4)


def unit(number: int, percent: int, *, rated: int = 10, red: int = 0, group: str = "town") -> UnitFacts:
    return UnitFacts(number, group, 100, percent, rated, red)


def rated(*units: UnitFacts, policy: UnitPolicy = UnitPolicy()) -> dict[int, UnitRating]:  # noqa: B008 - frozen
    return {rating.unit: rating for rating in rate_units(units, SCHEDULE, policy)}


def levels(*units: UnitFacts) -> list[int | None]:
    found = rated(*units)
    return [found[each.unit].level for each in units]


def test_the_best_three_of_a_group_that_are_not_behind_are_commended() -> None:
    five = [unit(number, percent) for number, percent in enumerate((99, 90, 80, 76, 75), 1)]
    assert levels(*five) == [0, 0, 0, None, None]


def test_exactly_on_schedule_is_not_behind_and_a_hundredth_less_is() -> None:
    on_time = UnitFacts(1, "town", 10_000, 7_500, 1, 0)
    late = UnitFacts(1, "town", 10_000, 7_499, 1, 0)
    assert levels(on_time) == [0]
    assert levels(late) == [1]


def test_the_last_two_are_warned_only_when_they_are_behind() -> None:
    assert levels(*[unit(n, p) for n, p in enumerate((99, 90, 80, 74, 73), 1)]) == [0, 0, 0, 2, 2]
    assert levels(*[unit(n, p) for n, p in enumerate((99, 90, 74, 74, 76), 1)]) == [0, 0, 2, 2, 0]
    assert levels(*[unit(n, p) for n, p in enumerate((99, 98, 97, 96, 95), 1)])[3:] == [None, None]


@pytest.mark.parametrize(("red", "level"), [(2, 1), (3, 2)])
def test_thirty_percent_of_red_projects_warn_who_is_behind(red: int, level: int) -> None:
    five = [unit(1, 74, red=red), *[unit(n, p) for n, p in enumerate((60, 50, 40, 30), 2)]]
    assert levels(*five)[0] == level


def test_a_red_project_keeps_from_being_commended_and_never_warns_alone() -> None:
    assert levels(unit(1, 99, rated=1, red=1)) == [1]


def test_equal_rates_share_a_rank() -> None:
    found = rated(*[unit(n, p) for n, p in enumerate((90, 90, 80, 70, 70), 1)])
    assert [found[n].rank for n in range(1, 6)] == [1, 1, 3, 4, 4]
    assert [found[n].level for n in (4, 5)] == [2, 2]


def test_in_a_group_of_fewer_than_five_rank_does_not_count() -> None:
    assert levels(*[unit(n, p) for n, p in enumerate((99, 98, 97, 70), 1)]) == [0, 0, 0, 1]
    assert levels(unit(1, 70)) == [1]


def test_groups_are_ranked_apart() -> None:
    found = rated(unit(1, 90), unit(2, 95, group="department"))
    assert (found[1].rank, found[2].rank) == (1, 1)


def test_without_a_plan_there_is_no_rank_and_no_praise() -> None:
    empty = UnitFacts(1, "town", 0, 0, 3, 0)
    assert (rated(empty)[1].level, rated(empty)[1].rank, rated(empty)[1].completion_rate) == (None, None, None)
    assert levels(UnitFacts(1, "town", 0, 0, 3, 1)) == [1]


def test_reasons_name_what_counted() -> None:
    five = [unit(1, 60, red=4), *[unit(n, p) for n, p in enumerate((90, 89, 88, 87), 2)]]
    found = rated(*five)
    assert found[1].reasons == ("behind", "last", "many_red", "red")
    assert found[2].reasons == ("best",)


@pytest.mark.parametrize("change", [{"top": -1}, {"red_share": 0}, {"red_share": 101}, {"smallest_group": -1}])
def test_limits_that_make_no_sense(change: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="percent"):
        UnitPolicy(**change)
