"""Every rule, level and standing can be seen in the demonstration, and most projects are as they should."""

from collections import Counter
from fractions import Fraction

import pytest

from projects.bulletins.models import Line, LineStamp
from projects.core.month import Month
from projects.progress.models import MonthlyReport
from projects.rating.policy import Rule
from projects.register.models import Project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration_once")]

SEPTEMBER = Month(2023, 9)


def line(short_name: str, month: int = 9) -> Line:
    found: Line = Line.objects.get(short_name=f"示例·{short_name}", month=Month(2023, month))
    return found


def levels(short_name: str) -> list[int | None]:
    rows = Line.objects.filter(short_name=f"示例·{short_name}").order_by("month")
    return list(rows.values_list("level", flat=True))


def findings(found: Line) -> list[tuple[str, int]]:
    return [(hit["rule"], hit["level"]) for hit in found.hits]


def test_every_rule_at_every_level_is_there() -> None:
    seen = {
        (found["rule"], found["level"])
        for hits, checks in Line.objects.values_list("hits", "checks")
        for found in hits + checks
    }
    possible = {(rule.value, level) for rule in Rule for level in (0, 1, 2)}
    impossible = {("P5", 2), ("P8", 0), ("P8", 1), ("P9", 0), ("P9", 1)}
    assert seen == possible - impossible


@pytest.mark.parametrize("rule", ["P1", "P3", "P4", "P6", "P7", "P8", "P9"])
def test_red_by_each_rule_in_september(rule: str) -> None:
    assert Line.objects.filter(month=SEPTEMBER, level=2, worst_rule=rule).exists()


@pytest.mark.parametrize("rule", ["P1", "P3", "P4", "P5", "P6", "P7"])
def test_yellow_by_each_rule_in_september(rule: str) -> None:
    assert Line.objects.filter(month=SEPTEMBER, level=1, worst_rule=rule).exists()


def test_most_are_blue_some_yellow_few_red() -> None:
    rows = Line.objects.filter(month=SEPTEMBER, project_class="implementation", is_example=True)
    counts = Counter(row.standing or row.level for row in rows)
    assert counts == {0: 38, 1: 10, 2: 10, "exempt": 2, "not_reported": 2, "not_rated": 1}


@pytest.mark.parametrize(("project_class", "yellow", "red"), [("preparation", 3, 3), ("reserve", 1, 1), ("lead", 6, 5)])
def test_before_the_start_nearly_all_move(project_class: str, yellow: int, red: int) -> None:
    for number in range(1, 10):
        rows = Line.objects.filter(month=Month(2023, number), project_class=project_class, is_example=True)
        counts = Counter(rows.exclude(level=None).values_list("level", flat=True))
        assert counts[1] <= yellow, number
        assert counts[2] <= red, number
    assert (counts[1], counts[2]) == (yellow, red)


def test_the_town_of_the_reporter_has_a_bit_of_everything() -> None:
    rows = Line.objects.filter(month=SEPTEMBER, unit_name="税郭镇")
    counts = Counter(rows.values_list("level", flat=True))
    assert (counts[1], counts[2]) == (4, 2)
    assert set(rows.filter(level__gt=0).values_list("worst_rule", flat=True)) == {"P1", "P5", "P7", "P9"}


def test_who_does_not_mend_climbs() -> None:
    assert levels("高空作业平台总装") == [0, 0, 0, 0, 0, 1, 1, 2, 2]
    assert findings(line("高空作业平台总装")) == [("P9", 2), ("P1", 1)]
    assert levels("社区商业综合体") == [0, 0, 0, 0, 0, 0, 1, 1, 2]
    assert findings(line("内环路快速化改造")) == [("P9", 2), ("P5", 1)]
    assert levels("新建九年一贯制学校")[3:] == [1, 2, 2, 2, 1, 1]  # red by itself before: counted anew


def test_what_does_not_move_is_proposed_to_leave() -> None:
    assert levels("税郭特种陶瓷") == [0, 0, 0, 0, 0, 1, 2, 2, 2]
    assert [hit["figures"].get("exit") for hit in line("西王庄水性树脂").hits] == [6]
    assert [hit["figures"].get("exit") for hit in line("税郭特种陶瓷").hits] == [None]


def test_nearly_all_planned_projects_have_figures_each_month() -> None:
    for number in range(1, 10):
        rows = Line.objects.filter(month=Month(2023, number), project_class="implementation", year_plan__gt=0)
        due = rows.filter(schedule_tenths__gt=0, halted="")
        assert due.filter(reported_month=None).count() <= 3, number


def test_an_exact_limit_is_not_crossed() -> None:
    five, twenty = line("开发区标准厂房（南区）"), line("装配式建筑构件")
    assert (five.lead_tenths, five.level) == (-50, 0)
    assert Fraction(five.invested_to_date, five.year_plan) == Fraction(70, 100)
    assert (twenty.lead_tenths, twenty.level) == (-200, 1)
    assert line("低辐射镀膜玻璃").level == 1
    assert line("低辐射镀膜玻璃").lead_tenths == -51


def test_the_month_plan_answers_otherwise_than_a_straight_line() -> None:
    slow_start, fast_start = line("整区屋顶光伏开发"), line("农产品批发市场搬迁")
    assert (slow_start.completion_tenths, slow_start.schedule_tenths, slow_start.level) == (600, 580, 0)
    assert (fast_start.completion_tenths, fast_start.schedule_tenths, fast_start.level) == (720, 950, 2)


def test_a_new_project_is_no_worse_than_yellow() -> None:
    new = line("服务机器人产业园")
    assert (new.lead_tenths, new.level) == (-280, 1)
    assert new.hits[0]["figures"]["capped"] == 2


def test_an_overdue_start_was_yellow_then_red() -> None:
    name = "新建九年一贯制学校"
    by_month = {number: dict(findings(line(name, number))).get("P2") for number in (2, 3, 4, 5, 6, 7)}
    assert by_month == {2: None, 3: None, 4: 1, 5: 1, 6: 2, 7: None}
    assert line(name, 7).worst_rule == "P1"


def test_who_does_not_report_is_reminded_then_warned() -> None:
    assert levels("养老服务综合体") == [0, 0, 0, 0, 0, 0, 0, 1, 1]
    assert findings(line("养老服务综合体")) == [("P6", 1)]
    assert levels("历史街区保护更新") == [0, 0, 0, 0, 0, 0, 1, 2, 2]
    assert findings(line("历史街区保护更新")) == [("P6", 2)]
    assert [hit["figures"]["periods"] for hit in line("历史街区保护更新").hits] == [2]


def test_who_reports_late_with_leave_is_not_missing() -> None:
    assert findings(line("雨污分流管网改造二期", 7)) == []
    assert levels("雨污分流管网改造二期") == [0] * 9


def test_a_red_project_recovered() -> None:
    assert levels("工程机械油缸绿色工厂") == [1, 1, 2, 2, 2, 1, 0, 0, 0]
    assert ("P8", 2) in findings(line("工程机械油缸绿色工厂", 5))
    assert ("P8", 2) not in findings(line("工程机械油缸绿色工厂", 6))


def test_a_revised_plan_is_in_force_from_its_month() -> None:
    before, after = line("2000台数控机床", 6), line("2000台数控机床", 7)
    assert (before.year_plan, before.level) == (800_000_000, 1)
    assert (after.year_plan, after.level) == (600_000_000, 0)


def test_more_than_the_plan_and_finished_in_may() -> None:
    assert line("预制菜中央厨房").completion_tenths == 1180
    finished = line("供热管网互联互通", 5)
    assert (finished.schedule_tenths, finished.completion_tenths, finished.stage) == (1000, 1010, "completed")


def test_a_negative_month_and_a_correction_carry_their_reasons() -> None:
    negative = MonthlyReport.objects.get(invested_this_month__lt=0)
    corrected = MonthlyReport.objects.get(comments__kind="reopen", state="approved")
    assert negative.month == Month(2023, 6)
    assert negative.reason
    assert negative.explanation
    assert corrected.month == Month(2023, 3)
    assert corrected.reason
    assert corrected.invested_this_month == 68_660_000


def test_statistics_differ_in_some_months() -> None:
    rows = MonthlyReport.objects.exclude(invested_statistics=None)
    differing = [row for row in rows if row.invested_statistics != row.invested_this_month]
    assert 0 < len(differing) < rows.count() / 2


def test_standings_outside_the_scale() -> None:
    assert line("工业固废综合利用").exempt_reason == "environmental_halt"
    assert line("工业固废综合利用", 7).exempt_reason == ""
    assert line("110千伏变电站").exempt_reason == "approval_pending"
    assert line("食用菌工厂化栽培").standing == "not_reported"
    assert (line("5万吨宠物食品").standing, line("5万吨宠物食品").halted) == ("not_rated", "suspended")
    assert line("5万吨宠物食品", 5).halted == ""


def test_nothing_is_waiting_to_be_rated() -> None:
    assert not Project.objects.exclude(rerate_from=None).exists()
    assert [stamp.month for stamp in LineStamp.objects.order_by("month")] == [
        Month(2023, number) for number in range(1, 10)
    ]
