"""Checking reports: returning with comments, approving by another person, reopening, letting come in late."""

import datetime

import pytest
from django.utils import translation

from projects.core.refusals import NotAllowed, Refused, Stale
from projects.journal.models import Entry
from projects.progress.actions.reporting import save_draft, submit
from projects.progress.actions.reviewing import allow_late, approve, approve_several, reopen, reply, send_back
from projects.progress.checking import Written
from projects.progress.models import MonthlyReport, ReportComment
from projects.progress.queries import facts_for
from projects.register.models import Project
from tests.cast import SEPTEMBER, WAN, Cast, figures, project
from tests.progress.month import FULL, LOCK, approved, asked, at, in_state, opened, submitted, written

DAY = datetime.timedelta(days=1)


@pytest.fixture
def row(cast: Cast) -> Project:
    found = project(cast)
    opened()
    return found


def counted(row: Project) -> int | None:
    """What the rules take as invested in September."""
    return facts_for(Project.objects.filter(pk=row.pk), SEPTEMBER)[row.pk].facts.invested_to_date


class TestApproving:
    def test_makes_the_figures_count(self, cast: Cast, row: Project) -> None:
        report = submitted(row, by=cast.reporter)
        Project.objects.update(rerate_from=None)
        assert counted(row) is None
        approve(report, by=cast.office, at=at(), seen=report.version)
        stored = asked(row)
        assert (stored.state, stored.approved_by, stored.approved_at) == ("approved", cast.office, at())
        assert counted(row) == 100 * WAN
        assert Project.objects.get().rerate_from == SEPTEMBER
        assert Entry.objects.latest("seq").verb == "approve_report"

    @pytest.mark.parametrize("step", ["write", "submit"])
    def test_is_never_done_by_who_wrote_or_submitted_it(self, cast: Cast, row: Project, step: str) -> None:
        report = written(row, by=cast.office if step == "write" else cast.reporter)
        report = submit(report, by=cast.office if step == "submit" else cast.reporter, at=at(), seen=report.version)
        with translation.override("en"), pytest.raises(Refused, match="another person of the office approves it"):
            approve(report, by=cast.office, at=at(), seen=report.version)
        approve(report, by=cast.admin, at=at(), seen=report.version)

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor", "stranger"])
    def test_is_the_offices(self, cast: Cast, row: Project, who: str) -> None:
        report = submitted(row)
        with pytest.raises(NotAllowed):
            approve(report, by=cast.person(who), at=at(), seen=report.version)
        assert asked(row).state == "submitted"

    @pytest.mark.parametrize("state", ["due", "draft", "returned", "approved"])
    def test_in_the_wrong_state(self, cast: Cast, row: Project, state: str) -> None:
        report = in_state(state, row, cast)
        with pytest.raises(Refused):
            approve(report, by=cast.office, at=at(), seen=report.version)

    def test_two_reviewers_approve_once(self, cast: Cast, row: Project) -> None:
        report = submitted(row, by=cast.reporter)
        seen = report.version
        approve(report, by=cast.office, at=at(), seen=seen)
        with translation.override("en"), pytest.raises(Stale, match="office saved this meanwhile"):
            approve(report, by=cast.admin, at=at(), seen=seen)

    def test_several_are_all_or_none(self, cast: Cast) -> None:
        rows = [project(cast, f"P-{number}") for number in (1, 2)]
        opened()
        first = submitted(rows[0], by=cast.reporter)
        own = submitted(rows[1], by=cast.office)
        with pytest.raises(Refused, match="P-2"):
            approve_several([(first, first.version), (own, own.version)], by=cast.office, at=at())
        assert set(MonthlyReport.objects.values_list("state", flat=True)) == {"submitted"}
        assert approve_several([(first, first.version)], by=cast.office, at=at()) == 1


class TestReturning:
    def test_says_what_is_to_be_corrected_field_by_field(self, cast: Cast, row: Project) -> None:
        report = submitted(row, by=cast.reporter)
        send_back(
            report, {"invested_this_month": "与统计数不符", "": "请核实", "image": ""}, by=cast.office, at=at(), seen=2
        )
        assert asked(row).state == "returned"
        said = ReportComment.objects.values_list("kind", "field", "text", "by")
        assert list(said) == [
            ("return", "invested_this_month", "与统计数不符", cast.office.pk), ("return", "", "请核实", cast.office.pk),
        ]  # fmt: skip
        corrected = save_draft(
            report, Written(invested_this_month=90 * WAN, image="x", next_steps="y"), by=cast.reporter, at=at(), seen=3
        )
        assert corrected.state == "returned"
        assert submit(corrected, by=cast.reporter, at=at(), seen=4).state == "submitted"

    def test_without_a_word_is_refused(self, cast: Cast, row: Project) -> None:
        report = submitted(row, by=cast.reporter)
        with pytest.raises(Refused) as refusal:
            send_back(report, {"image": "", "": ""}, by=cast.office, at=at(), seen=report.version)
        assert refusal.value.field == "comment"
        with pytest.raises(Refused):
            send_back(report, {"state": "x"}, by=cast.office, at=at(), seen=report.version)
        assert asked(row).state == "submitted"
        assert not ReportComment.objects.exists()

    @pytest.mark.parametrize("state", ["due", "draft", "returned", "approved"])
    def test_in_the_wrong_state(self, cast: Cast, row: Project, state: str) -> None:
        report = in_state(state, row, cast)
        with pytest.raises(Refused):
            send_back(report, {"": "x"}, by=cast.office, at=at(), seen=report.version)


class TestReopening:
    def test_takes_the_figures_out_until_they_are_approved_again(self, cast: Cast, row: Project) -> None:
        report = approved(row, by=cast.reporter)
        reopen(report, reason="数据有误", by=cast.office, at=at(), seen=report.version)
        assert (asked(row).state, asked(row).approved_at, counted(row)) == ("returned", None, None)
        assert ReportComment.objects.get().kind == "reopen"
        assert Entry.objects.latest("seq").note == "数据有误"

    def test_of_figures_entered_at_once_lets_them_be_submitted_after_the_lock(self, cast: Cast) -> None:
        row = project(cast)
        figures(row, SEPTEMBER, WAN)
        opened()
        report = asked(row)
        reopened = reopen(report, reason="数据有误", by=cast.office, at=at(LOCK + DAY), seen=report.version)
        again = save_draft(reopened, FULL, by=cast.reporter, at=at(LOCK + DAY), seen=reopened.version)
        assert not submit(again, by=cast.reporter, at=at(LOCK + DAY), seen=again.version).is_late

    def test_needs_a_reason(self, cast: Cast, row: Project) -> None:
        report = approved(row, by=cast.reporter)
        with pytest.raises(Refused) as refusal:
            reopen(report, reason="", by=cast.office, at=at(), seen=report.version)
        assert refusal.value.field == "reason"
        assert counted(row) == 100 * WAN

    @pytest.mark.parametrize("state", ["due", "draft", "submitted", "returned"])
    def test_in_the_wrong_state(self, cast: Cast, row: Project, state: str) -> None:
        report = in_state(state, row, cast)
        with pytest.raises(Refused):
            reopen(report, reason="x", by=cast.office, at=at(), seen=report.version)


class TestLeaveToBeLate:
    def test_is_for_months_that_are_locked(self, cast: Cast, row: Project) -> None:
        with translation.override("en"), pytest.raises(Refused, match="not locked"):
            allow_late(asked(row), until=LOCK + DAY, reason="x", by=cast.office, at=at(LOCK, 23, 59))
        allow_late(asked(row), until=LOCK + DAY, reason="x", by=cast.office, at=at(LOCK + DAY, 0))
        assert asked(row).late_until == LOCK + DAY

    @pytest.mark.parametrize(
        ("until", "reason", "field"), [(LOCK, "x", "until"), (LOCK + DAY, "", "reason")], ids=["past", "no reason"]
    )
    def test_what_is_refused(self, cast: Cast, row: Project, until: datetime.date, reason: str, field: str) -> None:
        with pytest.raises(Refused) as refusal:
            allow_late(asked(row), until=until, reason=reason, by=cast.office, at=at(LOCK + DAY))
        assert refusal.value.field == field
        assert asked(row).late_until is None

    def test_is_not_for_what_was_handed_in(self, cast: Cast, row: Project) -> None:
        submitted(row, by=cast.reporter)
        with pytest.raises(Refused):
            allow_late(asked(row), until=LOCK + DAY, reason="x", by=cast.office, at=at(LOCK + DAY))


class TestReplying:
    @pytest.mark.parametrize("who", ["reporter", "office"])
    def test_both_sides_speak(self, cast: Cast, row: Project, who: str) -> None:
        report = submitted(row, by=cast.reporter)
        reply(report, "已核实", by=cast.person(who), at=at())
        assert ReportComment.objects.get().by == cast.person(who)

    @pytest.mark.parametrize("who", ["other_reporter", "leader", "auditor"])
    def test_others_do_not(self, cast: Cast, row: Project, who: str) -> None:
        report = submitted(row, by=cast.reporter)
        with pytest.raises(NotAllowed):
            reply(report, "x", by=cast.person(who), at=at())

    def test_of_nothing_or_with_nothing_is_refused(self, cast: Cast, row: Project) -> None:
        with pytest.raises(Refused):
            reply(asked(row), "x", by=cast.office, at=at())
        report = submitted(row, by=cast.reporter)
        with pytest.raises(Refused):
            reply(report, "", by=cast.office, at=at())
