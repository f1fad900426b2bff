"""Writing, submitting and taking back: who may, in which state, until when; and nothing half-written."""

import datetime

import pytest
from django.utils import translation

from projects.core.month import Month
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.journal.models import Entry
from projects.progress.actions import reporting, reviewing
from projects.progress.actions.reporting import Incomplete, save_draft, submit, submit_all, withdraw
from projects.progress.checking import Written
from projects.progress.models import MonthlyReport
from projects.progress.queries.background import backgrounds
from projects.register.models import Project
from tests.cast import SEPTEMBER, WAN, Cast, plan, project
from tests.progress.month import FULL, LOCK, approved, asked, at, in_state, opened, returned, submitted, written

DAY = datetime.timedelta(days=1)


@pytest.fixture
def row(cast: Cast) -> Project:
    found = project(cast)
    opened()
    return found


class TestWriting:
    def test_a_first_word_makes_a_draft(self, cast: Cast, row: Project) -> None:
        report = save_draft(asked(row), Written(image="打桩"), by=cast.reporter, at=at(), seen=0)
        stored = asked(row)
        assert (stored.state, stored.image, stored.written_by, stored.version) == ("draft", "打桩", cast.reporter, 1)
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.before, entry.after) == ("write_report", {"image": ""}, {"image": "打桩"})
        save_draft(report, Written(image="打桩"), by=cast.reporter, at=at(), seen=1)
        assert asked(row).version == 1
        assert Entry.objects.filter(verb="write_report").count() == 1

    def test_a_project_that_came_later_is_written_all_the_same(self, cast: Cast, row: Project) -> None:
        late = project(cast, "P-2")
        save_draft(MonthlyReport(project=late, month=SEPTEMBER), FULL, by=cast.reporter, at=at(), seen=0)
        assert asked(late).state == "draft"

    @pytest.mark.parametrize("who", ["leader", "auditor", "other_reporter", "stranger"])
    def test_is_the_units_and_the_offices(self, cast: Cast, row: Project, who: str) -> None:
        with pytest.raises(NotAllowed):
            save_draft(asked(row), FULL, by=cast.person(who), at=at(), seen=0)
        assert asked(row).state == "due"

    @pytest.mark.parametrize("state", ["submitted", "approved"])
    def test_ends_when_the_report_is_handed_in(self, cast: Cast, row: Project, state: str) -> None:
        report = in_state(state, row, cast)
        with pytest.raises(Refused):
            save_draft(report, Written(image="别的"), by=cast.reporter, at=at(), seen=report.version)
        assert asked(row).image == FULL.image

    def test_what_the_page_saves_by_itself_is_noted_once_for_each_person(self, cast: Cast, row: Project) -> None:
        for version, words in enumerate(["打", "打桩", "打桩完成"]):
            save_draft(asked(row), Written(image=words), by=cast.reporter, at=at(), seen=version, unasked=True)
        assert (asked(row).image, asked(row).version) == ("打桩完成", 3)
        assert [entry.after for entry in Entry.objects.filter(verb="write_report")] == [{"image": "打"}]
        save_draft(asked(row), Written(image="打桩完成，验收"), by=cast.office, at=at(), seen=3, unasked=True)
        with translation.override("en"), pytest.raises(Stale, match="office saved this meanwhile"):
            save_draft(asked(row), Written(image="别的"), by=cast.reporter, at=at(), seen=3, unasked=True)
        save_draft(asked(row), Written(image="基础完成"), by=cast.office, at=at(), seen=4)
        assert [entry.actor for entry in Entry.objects.filter(verb="write_report").order_by("seq")] == [
            cast.reporter, cast.office, cast.office,
        ]  # fmt: skip

    def test_two_people_at_once(self, cast: Cast, row: Project) -> None:
        save_draft(asked(row), Written(image="一"), by=cast.office, at=at(), seen=0)
        with translation.override("en"), pytest.raises(Stale, match="office saved this meanwhile"):
            save_draft(asked(row), Written(image="二"), by=cast.reporter, at=at(), seen=0)
        assert asked(row).image == "一"

    def test_before_the_month_is_opened(self, cast: Cast, row: Project) -> None:
        with translation.override("en"), pytest.raises(Refused, match="2023-10 is not open for reports yet"):
            save_draft(MonthlyReport(project=row, month=Month(2023, 10)), FULL, by=cast.reporter, at=at(), seen=0)

    def test_before_the_project_was_listed(self, cast: Cast) -> None:
        late = project(cast, listed_from=Month(2023, 10))
        opened()
        with translation.override("en"), pytest.raises(Refused, match="in the register from 2023-10 on"):
            save_draft(MonthlyReport(project=late, month=SEPTEMBER), FULL, by=cast.reporter, at=at(), seen=0)


class TestSubmitting:
    def test_hands_the_report_to_the_office(self, cast: Cast, row: Project) -> None:
        Project.objects.update(rerate_from=None)
        submitted(row, by=cast.reporter)
        report = asked(row)
        assert (report.state, report.submitted_by, report.is_late) == ("submitted", cast.reporter, False)
        assert report.first_submitted_at == report.submitted_at == at()
        assert Project.objects.get().rerate_from == SEPTEMBER
        assert Entry.objects.latest("seq").verb == "submit_report"

    def test_tells_what_is_missing_beside_each_field(self, cast: Cast, row: Project) -> None:
        report = save_draft(asked(row), Written(image="打桩"), by=cast.reporter, at=at(), seen=0)
        with pytest.raises(Incomplete) as refusal:
            submit(report, by=cast.reporter, at=at(), seen=1)
        assert [field for field, _sentence in refusal.value.remarks] == ["invested_this_month", "next_steps"]
        assert refusal.value.field == "invested_this_month"
        assert asked(row).state == "draft"

    def test_twice_hands_in_once(self, cast: Cast, row: Project) -> None:
        report = written(row, by=cast.reporter)
        seen = report.version
        submit(report, by=cast.reporter, at=at(), seen=seen)
        with pytest.raises(Stale):
            submit(report, by=cast.reporter, at=at(), seen=seen)
        assert Entry.objects.filter(verb="submit_report").count() == 1

    @pytest.mark.parametrize("state", ["due", "submitted", "approved"])
    def test_in_the_wrong_state(self, cast: Cast, row: Project, state: str) -> None:
        report = in_state(state, row, cast)
        with pytest.raises(Refused):
            submit(report, by=cast.reporter, at=at(), seen=report.version)

    def test_keeps_the_first_time_when_corrected(self, cast: Cast, row: Project) -> None:
        report = returned(row, by=cast.reporter)
        again = submit(report, by=cast.reporter, at=at(LOCK + DAY), seen=report.version)
        assert (again.state, again.is_late, again.returned_at) == ("submitted", False, None)
        assert (again.first_submitted_at, again.submitted_at) == (at(), at(LOCK + DAY))


class TestTheLock:
    @pytest.mark.parametrize(("moment", "is_refused"), [(at(LOCK, 23, 59, 59), False), (at(LOCK + DAY, 0, 0, 0), True)])
    def test_is_the_end_of_the_local_day(
        self, cast: Cast, row: Project, moment: datetime.datetime, is_refused: bool
    ) -> None:
        report = written(row, by=cast.reporter)
        if is_refused:
            with translation.override("en"), pytest.raises(Refused, match="locked after 2023-10-15"):
                submit(report, by=cast.reporter, at=moment, seen=1)
            with pytest.raises(Refused):
                save_draft(report, Written(image="别的"), by=cast.reporter, at=moment, seen=1)
            assert asked(row).state == "draft"
        else:
            assert not submit(report, by=cast.reporter, at=moment, seen=1).is_late

    def test_lets_the_office_report_for_a_unit_but_marks_it_late(self, cast: Cast, row: Project) -> None:
        report = written(row, by=cast.reporter)
        assert submit(report, by=cast.office, at=at(LOCK + DAY), seen=1).is_late

    def test_lets_in_who_has_leave_up_to_its_last_day(self, cast: Cast, row: Project) -> None:
        written(row, by=cast.reporter)
        report = reviewing.allow_late(
            asked(row), until=LOCK + 3 * DAY, reason="系统故障", by=cast.office, at=at(LOCK + DAY)
        )
        with pytest.raises(Refused):
            submit(report, by=cast.reporter, at=at(LOCK + 4 * DAY, 0, 0, 0), seen=report.version)
        late = submit(report, by=cast.reporter, at=at(LOCK + 3 * DAY, 23, 59, 59), seen=report.version)
        assert (late.state, late.is_late) == ("submitted", True)


class TestTakingBack:
    def test_makes_a_draft_again(self, cast: Cast, row: Project) -> None:
        report = submitted(row, by=cast.reporter)
        withdraw(report, by=cast.reporter, at=at(), seen=report.version)
        assert asked(row).state == "draft"
        assert asked(row).first_submitted_at == at()

    def test_ends_with_the_lock(self, cast: Cast, row: Project) -> None:
        report = submitted(row, by=cast.reporter)
        with pytest.raises(Refused):
            withdraw(report, by=cast.reporter, at=at(LOCK + DAY, 0), seen=report.version)
        withdraw(report, by=cast.reporter, at=at(LOCK, 23, 59), seen=report.version)

    @pytest.mark.parametrize("state", ["due", "draft", "returned", "approved"])
    def test_is_for_submitted_ones(self, cast: Cast, row: Project, state: str) -> None:
        report = in_state(state, row, cast)
        with pytest.raises(Refused):
            withdraw(report, by=cast.reporter, at=at(), seen=report.version)


def test_all_finished_ones_are_submitted_at_once_and_the_others_stay(cast: Cast) -> None:
    done, back, half, nothing, handed_in = (project(cast, f"P-{number}") for number in range(1, 6))
    opened()
    written(done, by=cast.reporter)
    returned(back, by=cast.reporter)
    save_draft(asked(half), Written(image="打桩"), by=cast.reporter, at=at(), seen=0)
    submitted(handed_in, by=cast.reporter)
    rows = Project.objects.all()
    reports = MonthlyReport.objects.select_related("project")
    assert submit_all(reports, by=cast.reporter, at=at(), backgrounds=backgrounds(rows, SEPTEMBER)) == (2, 2)
    states = dict(MonthlyReport.objects.values_list("project_id", "state"))
    assert states == {
        done.pk: "submitted", back.pk: "submitted", half.pk: "draft", nothing.pk: "due", handed_in.pk: "submitted",
    }  # fmt: skip


class TestBackground:
    def test_knows_last_month_the_plan_and_the_sums(self, cast: Cast) -> None:
        row = project(cast, total_investment=9000 * WAN)
        plan(row, 1200 * WAN, months=[100 * WAN] * 12)
        for number in (7, 8):
            opened(Month(2023, number))
            approved(row, Month(2023, number), image=f"{number}月进度", next_steps=f"{number + 1}月施工")
        opened()
        known = backgrounds(Project.objects.all(), SEPTEMBER)[row.pk]
        assert (known.planned, known.year_plan, known.total_investment) == (100 * WAN, 1200 * WAN, 9000 * WAN)
        assert (known.to_date, known.since_start) == (200 * WAN, 200 * WAN)
        assert (known.last_image, known.before) == ("8月进度", (100 * WAN, 100 * WAN))

    def test_prefers_what_the_unit_announced(self, cast: Cast) -> None:
        row = project(cast)
        plan(row, 1200 * WAN, months=[100 * WAN] * 12)
        opened(Month(2023, 8))
        approved(row, Month(2023, 8), next_month_amount=70 * WAN, invested_statistics=90 * WAN)
        known = backgrounds(Project.objects.all(), SEPTEMBER)[row.pk]
        assert (known.planned, known.last_statistics, known.following) == (70 * WAN, 90 * WAN, 100 * WAN)
        assert backgrounds(Project.objects.all(), Month(2023, 12))[row.pk].following is None

    def test_drafts_of_last_month_are_not_quoted(self, cast: Cast) -> None:
        row = project(cast)
        opened(Month(2023, 8))
        written(row, Month(2023, 8), image="草稿")
        known = backgrounds(Project.objects.all(), SEPTEMBER)[row.pk]
        assert (known.last_image, known.to_date) == ("", 0)

    def test_costs_the_same_for_one_project_and_for_many(self, cast: Cast, django_assert_num_queries: object) -> None:
        for number in range(1, 4):
            project(cast, f"P-{number}")
        with django_assert_num_queries(6):  # type: ignore[operator]
            backgrounds(Project.objects.all(), SEPTEMBER)


def test_written_words_are_those_of_the_report() -> None:
    assert set(reporting.WRITTEN) <= {field.name for field in MonthlyReport._meta.get_fields()}
