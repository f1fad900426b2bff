"""The reporting year: January to August reported and locked, September open with reports in every state."""

import datetime
from collections import Counter

import pytest
from django.db.models import F, Q
from django.utils import timezone

from projects.accounts.models import User
from projects.bulletins.models import Line
from projects.core.month import Month
from projects.demonstration.actions import TODAY
from projects.demonstration.facts import words
from projects.journal.models import Entry
from projects.notices.models import Notice
from projects.progress.actions.reporting import written_in
from projects.progress.checking import Oddity, oddities
from projects.progress.models import MonthlyReport, Period, ReportComment
from projects.progress.queries.background import backgrounds
from projects.progress.queries.reports import projects_to_report, reports_to_review, reports_to_write
from projects.progress.workflow import State
from projects.register.models import Project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration_once")]

SEPTEMBER = Month(2023, 9)
MARK = "示例·"


def report(short_name: str, month: int = 9) -> MonthlyReport:
    found: MonthlyReport = MonthlyReport.objects.get(project__short_name=MARK + short_name, month=Month(2023, month))
    return found


def states(month: int) -> Counter[str]:
    return Counter(MonthlyReport.objects.filter(month=Month(2023, month)).values_list("state", flat=True))


# ── the months ──────────────────────────────────────────────────────────────────────────────────


def test_nine_months_are_opened_and_eight_are_locked() -> None:
    periods = Period.objects.order_by("month")
    assert [period.month.number for period in periods] == [*range(1, 10)]
    assert [period.lock_noted for period in periods] == [True] * 8 + [False]
    assert all(period.is_locked_on(TODAY) is period.lock_noted for period in periods)
    september = periods[8]
    assert (september.opens_on, september.due_on, september.locks_on) == (
        datetime.date(2023, 9, 25),
        datetime.date(2023, 10, 8),
        datetime.date(2023, 10, 15),
    )


def test_months_are_opened_at_their_time_by_the_office() -> None:
    entries = Entry.objects.filter(verb="open_period").order_by("seq")
    days = [timezone.localtime(entry.at).date() for entry in entries]
    assert [day.month for day in days] == [*range(1, 10)]
    assert all(25 <= day.day <= 28 for day in days)
    assert {entry.actor.username for entry in entries if entry.actor} == {"office"}


def test_whoever_must_report_is_asked_and_nobody_else() -> None:
    """Named projects have no figures: their class was told when September was open already."""
    for number in range(1, 10):
        asked = Project.objects.filter(reports__month=Month(2023, number))
        assert not asked.filter(is_example=False).exists()
        assert not asked.exclude(project_class__in=["implementation", "preparation"]).exists()
    unasked = Project.objects.filter(is_example=True).exclude(reports__month=SEPTEMBER)
    assert not projects_to_report(SEPTEMBER).filter(pk__in=unasked).exists()
    built = unasked.filter(project_class__in=["implementation", "preparation"])
    assert {row.short_name for row in built} == {
        MARK + name for name in ("5万吨宠物食品", "户外面料织染", "工业固废综合利用", "110千伏变电站")
    }  # halted, terminated, and two that are exempt


def test_january_to_august_are_approved() -> None:
    for number in range(1, 7):
        assert set(states(number)) == {"approved"}, number
    assert states(7)["due"] == 1
    assert (states(8)["due"], states(8)["returned"]) == (2, 1)
    assert set(states(7)) | set(states(8)) == {"approved", "due", "returned"}


def test_september_stands_in_every_state() -> None:
    assert states(9) == {"approved": 42, "submitted": 18, "returned": 5, "draft": 8, "due": 11}
    assert set(states(9)) == {state.value for state in State}


def test_one_unit_waits_for_leave_to_report_late() -> None:
    [report] = MonthlyReport.objects.filter(leave_asked_at__isnull=False)
    assert (report.state, str(report.month)) == ("due", "2023-08")
    comments = ReportComment.objects.filter(kind__in=["ask_leave", "leave"]).order_by("id")
    assert list(comments.values_list("kind", flat=True)) == ["ask_leave", "leave", "ask_leave"]


def test_the_files_name_projects_that_are_there() -> None:
    said = words("reports")
    september = said["september"]
    names = [
        *said["missed"],
        said["late"]["name"],
        said["asking"]["name"],
        said["reopened"]["name"],
        *september["submitted"],
        *september["due"],
    ]
    names += [*september["drafts"], *(each["name"] for each in september["returned"] + september["asked"])]
    known = set(Project.objects.filter(is_example=True).values_list("short_name", flat=True))
    assert [name for name in names if MARK + name not in known] == []


# ── who, and when ───────────────────────────────────────────────────────────────────────────────


def test_nobody_approved_what_they_wrote() -> None:
    approved = MonthlyReport.objects.filter(state="approved")
    assert not approved.filter(Q(approved_by=F("written_by")) | Q(approved_by=F("submitted_by"))).exists()
    assert {user.username for user in User.objects.filter(pk__in=approved.values("approved_by"))} == {
        "office",
        "office2",
    }


def test_units_write_their_own_reports() -> None:
    for row in MonthlyReport.objects.exclude(written_by=None).select_related("project", "written_by"):
        assert row.written_by
        assert row.written_by.role == "reporter"
        moved = row.project.short_name == MARK + "石榴精深加工产业园" and row.month < Month(2023, 5)
        assert moved or row.written_by.unit_id == row.project.unit_id


def test_reports_come_in_by_the_lock_and_are_approved_soon() -> None:
    for row in MonthlyReport.objects.exclude(first_submitted_at=None):
        period = Period.objects.get(month=row.month)
        day = timezone.localtime(row.first_submitted_at).date()
        assert period.opens_on < day
        assert period.is_locked_on(day) is row.is_late
        if row.approved_at and row.submitted_at:
            assert row.submitted_at < row.approved_at < row.submitted_at + datetime.timedelta(days=12)


def test_one_report_came_late_with_leave() -> None:
    late = MonthlyReport.objects.get(is_late=True)
    assert late == report("雨污分流管网改造二期", 7)
    assert late.state == "approved"
    assert [comment.kind for comment in late.comments.all()] == ["leave"]


def test_one_report_was_opened_again_and_is_not_corrected_yet() -> None:
    reopened = report("再生涤纶纱线", 8)
    assert (reopened.state, reopened.approved_at) == ("returned", None)
    assert [comment.kind for comment in reopened.comments.all()] == ["reopen", "reply"]
    line = Line.objects.get(project=reopened.project, month=SEPTEMBER)
    others = MonthlyReport.objects.filter(project=reopened.project, state="approved")
    assert line.invested_to_date == sum(row.invested_this_month for row in others)


# ── what they say ───────────────────────────────────────────────────────────────────────────────


def test_words_change_from_month_to_month() -> None:
    """What reads as last month is ticked; few are."""
    said = MonthlyReport.objects.exclude(image="").order_by("project", "month")
    ticked = said.filter(image_unchanged=True)
    assert 3 <= ticked.values("project").distinct().count() <= 6
    assert ticked.count() < said.count() / 20
    before: dict[int, str] = {}
    for row in said:
        assert (row.image == before.get(row.project_id)) is row.image_unchanged, row
        before[row.project_id] = row.image


def test_whatever_was_handed_in_is_complete() -> None:
    handed_in = MonthlyReport.objects.handed_in()
    assert not handed_in.filter(Q(image="") | Q(next_steps="") | Q(invested_this_month=None)).exists()
    plans = MonthlyReport.objects.filter(project__project_class="implementation", state="approved")
    assert plans.exclude(next_month_amount=None).count() > plans.count() * 3 / 4


def test_what_strays_far_is_explained() -> None:
    explained = MonthlyReport.objects.exclude(explanation="").count()
    assert 20 < explained < MonthlyReport.objects.count() / 5
    known = backgrounds(Project.objects.filter(reports__month=SEPTEMBER), SEPTEMBER)
    for row in MonthlyReport.objects.handed_in().filter(month=SEPTEMBER):
        planned, amount = known[row.project_id].planned, row.invested_this_month
        if planned and amount is not None:
            assert (abs(amount - planned) * 10 > planned * 3) is bool(row.explanation), row


def test_before_the_start_approvals_are_told_and_nothing_is_invested() -> None:
    rows = MonthlyReport.objects.filter(project__project_class="preparation").exclude(image="")
    assert set(rows.exclude(invested_this_month=None).values_list("invested_this_month", flat=True)) == {0}
    for row in rows.select_related("project"):
        steps = row.project.milestones.values_list("name", flat=True)
        assert any(name in row.image for name in steps) or row.image in words("images")["preparing"]["nothing"], row


def test_drafts_are_complete_half_or_taken_back() -> None:
    drafts = MonthlyReport.objects.filter(state="draft")
    complete = drafts.exclude(Q(image="") | Q(next_steps="") | Q(invested_this_month=None))
    assert {row.project.short_name for row in complete} == {MARK + "设施蔬菜智慧大棚", MARK + "智慧仓储分拨中心"}
    assert drafts.exclude(first_submitted_at=None).get() == report("智慧仓储分拨中心")


def test_returned_ones_say_why_by_field_and_some_are_answered() -> None:
    for row in MonthlyReport.objects.filter(month=SEPTEMBER, state="returned"):
        assert row.comments.filter(kind="return").exists(), row
    comments = ReportComment.objects.filter(report__month=SEPTEMBER)
    assert len(set(comments.filter(kind="return").values_list("field", flat=True))) >= 5
    answered = report("预制菜中央厨房").comments.filter(kind="reply")
    assert [comment.by.role for comment in answered if comment.by] == ["reporter", "office"]
    assert [comment.kind for comment in report("冷链物流园").comments.all()] == ["reply", "reply"]
    earlier = ReportComment.objects.filter(report__month__lt=SEPTEMBER, kind="return")
    assert earlier.count() > 10
    assert not earlier.exclude(report__state="approved").exists()


# ── what people find ────────────────────────────────────────────────────────────────────────────


def test_the_reporter_finds_one_of_each_state() -> None:
    reporter = User.objects.get(username="reporter")
    own = MonthlyReport.objects.filter(month=SEPTEMBER).editable_by(reporter)
    assert Counter(row.state for row in own) == {"approved": 3, "submitted": 1, "returned": 1, "draft": 2, "due": 1}
    assert Counter(row.state for row in reports_to_write(reporter)) == {"returned": 1, "draft": 2, "due": 1}


def test_the_office_finds_what_waits() -> None:
    """Some of it odd enough for a second look."""
    known = backgrounds(Project.objects.filter(reports__month=SEPTEMBER), SEPTEMBER)
    waiting = MonthlyReport.objects.filter(state="submitted")
    odd = {remark.code for row in waiting for remark in oddities(written_in(row), known[row.project_id])}
    assert Oddity.STATISTICS_ABOVE in odd
    assert reports_to_review(User.objects.get(username="office")).count() == 18
    assert reports_to_review(User.objects.get(username="office2")).count() == 18


def test_most_notices_are_read_and_the_last_ones_are_not() -> None:
    reporter, office = User.objects.get(username="reporter"), User.objects.get(username="office")
    told = {notice.kind for notice in Notice.objects.of(reporter).unread()}
    assert told == {"report_returned", "report_approved", "draft_circulated"}
    assert 5 <= Notice.objects.of(office).unread().count() < 50
    assert Notice.objects.of(office).count() > 300
