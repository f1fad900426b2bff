"""What changed from one month to the next, in colours, projects and money."""

from typing import Any

from projects.bulletins.changes import Move, Revision, changes_between
from projects.bulletins.content import Content, LineCopy
from projects.core.month import Month

WORDS = {None: "未评", 0: "蓝", 1: "黄", 2: "红", 3: "红"}
AUGUST, SEPTEMBER = Month(2023, 8), Month(2023, 9)


def line(project: int, level: int | None = 0, **more: Any) -> LineCopy:
    given: dict[str, Any] = {
        "number": project, "code": f"P-{project}", "name": "", "short_name": "", "unit": 1, "unit_name": "",
        "colour_word": WORDS[level], "colour_hue": "", "colour_shape": "",
    }  # fmt: skip
    return LineCopy(project=project, level=level, computed_level=level, **{**given, **more})


def content(month: Month, *lines: LineCopy) -> Content:
    return Content(month, lines, 3)


def numbers(found: tuple[Move, ...] | tuple[LineCopy, ...] | None) -> list[int]:
    assert found is not None
    return [each.line.project if isinstance(each, Move) else each.project for each in found]


class TestColours:
    BEFORE = (line(1, 0), line(2, 1), line(3, 2), line(4, 2), line(5, 1), line(6, None), line(7, 0))
    NOW = (line(1, 2), line(2, 2), line(3, 2), line(4, 1), line(5, 0), line(6, 1), line(7, 1), line(8, 2))

    def test_worse_and_better(self) -> None:
        found = changes_between(content(SEPTEMBER, *self.NOW), content(AUGUST, *self.BEFORE))
        assert numbers(found.new_worst) == [1, 2, 8]
        assert numbers(found.fallen) == [2]
        assert numbers(found.new_between) == [6, 7]
        assert numbers(found.eased) == [4]
        assert numbers(found.better) == [4, 5]
        assert found.better[0].before_word == "红"

    def test_without_a_month_before_goes_by_what_the_lines_remember(self) -> None:
        lines = (line(1, 2, previous_level=1, previous_word="黄"), line(2, 0, previous_level=2), line(3, 2))
        found = changes_between(content(SEPTEMBER, *lines), None)
        assert found.fallen == (Move(lines[0], 1, "黄"),)
        assert numbers(found.better) == [2]
        assert numbers(found.new_worst) == [1, 3]
        assert not found.is_known
        assert (found.added, found.removed, found.revised, found.invested) == (None, None, None, None)

    def test_a_level_beyond_the_palette_is_the_worst(self) -> None:
        found = changes_between(content(SEPTEMBER, line(1, 2)), content(AUGUST, line(1, 3)))
        assert (found.new_worst, found.better) == ((), ())

    def test_runs_are_named_from_the_second_period_on(self) -> None:
        lines = (line(1, 2, streak=1), line(2, 1, streak=2), line(3, 2, streak=4), line(4, 0, streak=0))
        assert numbers(changes_between(content(SEPTEMBER, *lines), None).running) == [3, 2]


class TestList:
    def test_names_who_came_and_who_went(self) -> None:
        found = changes_between(content(SEPTEMBER, line(2), line(3)), content(AUGUST, line(1), line(2)))
        assert (numbers(found.added), numbers(found.removed)) == ([3], [1])
        assert found.is_known


class TestMoney:
    def test_tells_what_was_revised(self) -> None:
        now = line(1, year_plan=80, total_investment=900)
        found = changes_between(content(SEPTEMBER, now), content(AUGUST, line(1, year_plan=100, total_investment=900)))
        assert found.revised == (Revision(now, "year_plan", 100, 80),)
        assert found.revised[0].change == -20

    def test_a_new_year_has_a_new_plan(self) -> None:
        now, before = line(1, year_plan=80, total_investment=7), line(1, year_plan=100, total_investment=5)
        found = changes_between(content(Month(2024, 1), now), content(Month(2023, 12), before))
        assert found.revised == (Revision(now, "total_investment", 5, 7),)

    def test_a_sum_that_the_month_does_not_account_for_was_corrected(self) -> None:
        before = content(AUGUST, line(1, invested_to_date=10), line(2, invested_to_date=10))
        kept, corrected = (line(n, invested_this_month=5, invested_to_date=to) for n, to in ((1, 15), (2, 14)))
        found = changes_between(content(SEPTEMBER, kept, corrected), before)
        assert found.revised == (Revision(corrected, "invested_to_date", 15, 14),)
        assert found.invested == 9

    def test_invested_begins_anew_with_the_year(self) -> None:
        now = content(Month(2024, 1), line(1, invested_to_date=3))
        assert changes_between(now, content(Month(2023, 12), line(1, invested_to_date=100))).invested == 3
