"""Two months side by side, as pure rows: who stands otherwise, in which order, and which units are in both."""

from typing import Any

import pytest

from projects.bulletins.content import Content, LineCopy, Share, Sums, UnitCopy
from projects.core.month import Month
from projects.portfolio.comparing import SHOWS, Pair, UnitPair, pairs, unit_pairs

AUGUST, SEPTEMBER = Month(2023, 8), Month(2023, 9)


def line(project: int, level: int | None = 0, lead: int | None = 0, **more: Any) -> LineCopy:
    given: dict[str, Any] = {
        "number": project, "code": f"P-{project}", "name": "", "short_name": "", "unit": 1, "unit_name": "",
        "colour_word": "", "colour_hue": "", "colour_shape": "", "lead_tenths": lead,
        "standing": "" if level is not None else "not_rated",
    }  # fmt: skip
    return LineCopy(project=project, level=level, computed_level=level, **{**given, **more})


def compared(before: list[LineCopy], now: list[LineCopy]) -> list[Pair]:
    return pairs(Content(AUGUST, tuple(before), 3), Content(SEPTEMBER, tuple(now), 3))


def codes(found: list[Pair], show: str = "lead") -> list[int]:
    return [pair.now.project for pair in found if SHOWS[show](pair)]


class TestPairs:
    BEFORE = [
        line(1), line(2), line(3, 2), line(4, 1, -60), line(5, None), line(6, 0, 50), line(7, 0, 50), line(8), line(9),
        line(10, 1, None),
    ]  # fmt: skip
    NOW = [
        line(1, 1, -80), line(2, 2, -250), line(3, 0), line(4, 1, -40), line(5, 0), line(6, 0, 10), line(7, 0, 30),
        line(8), line(10, 1, -70), line(11, 2),
    ]  # fmt: skip

    def test_stand_worse_first_then_better_then_by_what_the_lead_lost(self) -> None:
        assert [pair.now.project for pair in compared(self.BEFORE, self.NOW)] == [2, 1, 3, 5, 6, 7, 10, 8, 4]

    @pytest.mark.parametrize(
        ("show", "expected"),
        [("colour", [2, 1, 3, 5]), ("worse", [2, 1]), ("better", [3]), ("lead", [2, 1, 3, 5, 6, 7, 4])],
    )
    def test_are_shown_by_what_moved(self, show: str, expected: list[int]) -> None:
        assert codes(compared(self.BEFORE, self.NOW), show) == expected

    def test_of_one_month_alone_are_none(self) -> None:
        assert codes(compared([line(1)], [line(2)])) == []
        assert compared([], []) == []

    def test_of_the_same_month_move_nothing(self) -> None:
        found = compared(self.NOW, self.NOW)
        assert [codes(found, show) for show in SHOWS] == [[], [], [], []]

    def test_of_two_standings_are_another_colour_but_neither_better_nor_worse(self) -> None:
        [pair] = compared([line(1, None)], [line(1, None, standing="exempt")])
        assert pair.is_other_colour
        assert pair.steps is None
        assert not pair.is_worse
        assert not pair.is_better

    @pytest.mark.parametrize(("before", "now", "change"), [(5, 8, 3), (8, 5, -3), (None, 5, None), (5, None, None)])
    def test_tell_how_the_lead_changed(self, before: int | None, now: int | None, change: int | None) -> None:
        assert compared([line(1, 0, before)], [line(1, 0, now)])[0].lead_change == change

    @pytest.mark.parametrize(("before", "now", "change"), [(100, 300, 200), (300, 100, -200), (None, 50, 50)])
    def test_tell_what_was_invested_between(self, before: int | None, now: int, change: int) -> None:
        [pair] = compared([line(1, invested_to_date=before)], [line(1, invested_to_date=now)])
        assert pair.invested_change == change


def unit(key: int, rank: int | None = None, kind: str = "unit") -> UnitCopy:
    return UnitCopy(kind=kind, name=f"U-{key}", key=key, sums=Sums(), rank=rank)


class TestUnits:
    def test_stand_as_they_are_ranked_now_with_those_gone_at_the_end(self) -> None:
        found = unit_pairs([unit(1, 1), unit(2, 2), unit(3, 3)], [unit(3, 1), unit(1, 2), unit(4, 3)])
        assert [pair.either.key for pair in found] == [3, 1, 4, 2]
        assert (found[2].before, found[3].now) == (None, None)

    def test_are_no_leaders_and_no_categories(self) -> None:
        assert unit_pairs([unit(1, kind="leader")], [unit(1, kind="category"), unit(2)]) == [UnitPair(None, unit(2))]

    def test_of_neither_month_is_none(self) -> None:
        with pytest.raises(ValueError, match="neither"):
            _ = UnitPair(None, None).either


class TestSums:
    """Sums of bulletins add up and are taken from each other."""

    ONE = Sums(projects=3, year_plan=100, started=Share(1, 2), levels=(1, 0, 2), exempt=1)
    OTHER = Sums(projects=2, year_plan=50, started=Share(0, 1), levels=(0, 2, 0), not_rated=1)

    def test_add_every_value(self) -> None:
        assert (
            Sums(projects=5, year_plan=150, started=Share(1, 3), levels=(1, 2, 2), exempt=1, not_rated=1)
            == self.ONE + self.OTHER
        )

    def test_are_taken_from_each_other(self) -> None:
        assert self.ONE + self.OTHER - self.OTHER == self.ONE

    def test_of_nothing_have_as_many_levels_as_the_others(self) -> None:
        assert sum([self.ONE], Sums()) == self.ONE
        assert (self.ONE - Sums()).levels == self.ONE.levels
