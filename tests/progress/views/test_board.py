"""The board: its numbers against the rows, who sees it, what narrows it, and the list as a file."""

import csv
import datetime
import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from projects.background import downloads
from projects.background.models import Job
from projects.core.month import Month
from projects.journal.models import Entry
from projects.notices.models import Notice
from projects.progress.actions.reporting import save_draft, submit
from projects.progress.actions.reviewing import allow_late
from projects.progress.models import MonthlyReport, Period
from projects.progress.queries.board import Counts, board_of
from projects.register.actions.halting import Halt, halt_project
from projects.register.models import Exemption, Project
from tests.cast import GRANTED, SEPTEMBER, TODAY, WAN, Cast, figures, project, signed_in
from tests.progress.month import FULL, asked, at, in_state, opened, submitted
from tests.progress.views.counting import at_one_and_three

AUGUST = Month(2023, 8)
SUSPENDED = datetime.date(2023, 10, 1)


@pytest.fixture
def year(cast: Cast) -> None:
    """September with a report in every state, one late, one excused; August with one missing, of two towns."""
    rows = {state: project(cast, f"P-{state}") for state in ("due", "draft", "submitted", "returned", "approved")}
    other = project(cast, "P-other", unit=cast.other_town)
    halted, exempt = project(cast, "P-halted"), project(cast, "P-exempt", unit=cast.other_town)
    for row in [*rows.values(), halted, exempt]:
        figures(row, AUGUST, 100 * WAN)
    opened(AUGUST)
    opened()
    for state, row in rows.items():
        in_state(state, row, cast)
    late = asked(other)
    Period.objects.filter(month=SEPTEMBER).update(due_on=TODAY.replace(day=2), locks_on=TODAY.replace(day=5))
    allow_late(late, until=TODAY, reason="x", by=None, at=at())
    written = save_draft(late, FULL, by=cast.other_reporter, at=at(), seen=None)
    submit(written, by=cast.other_reporter, at=at(), seen=written.version)
    halt_project(halted, Halt("suspended", SUSPENDED, "land"), by=None, at=at(), today=TODAY, seen=0)
    Exemption.objects.create(project=exempt, first_month=SEPTEMBER, last_month=SEPTEMBER, **GRANTED)


def cells(client: Client, address: str = "/reports/board/") -> dict[str, list[Counts]]:
    response = client.get(address)
    assert response.status_code == 200
    return {row.unit.name: [cell.counts for cell in drawn] for row, drawn in response.context["rows"]}


@pytest.mark.usefixtures("year")
class TestNumbers:
    def test_of_each_unit_and_month(self, cast: Cast) -> None:
        assert cells(signed_in(cast.office)) == {
            "税郭镇": [
                Counts(approved=6),
                Counts(due=1, draft=1, submitted=1, returned=1, approved=1, excused=1),
            ],
            "孟庄镇": [Counts(due=1, approved=1), Counts(submitted=1, late=1, excused=1)],
        }

    def test_add_up_to_all_rows(self, cast: Cast) -> None:
        board = board_of(MonthlyReport.objects.all(), 2023)
        assert board.total.asked + board.total.excused == MonthlyReport.objects.count()
        assert [counts.asked + counts.excused for counts in board.totals] == [8, 8]
        assert board.total.late == MonthlyReport.objects.filter(is_late=True).count() == 1
        for state in ("submitted", "returned", "approved"):
            assert getattr(board.total, state) == MonthlyReport.objects.filter(state=state).count()

    def test_lead_to_the_reports_behind_them(self, cast: Cast) -> None:
        client = signed_in(cast.office)
        response = client.get("/reports/board/")
        for _row, drawn in response.context["rows"]:
            for cell in drawn:
                kinds = ("missing", "returned", "submitted", "approved")
                most = next(kind for kind in kinds if getattr(cell.counts, kind))
                found = client.get(cell.url)
                assert found.context["kind"] == most
                assert len(found.context["rows"]) == getattr(cell.counts, most)

    def test_that_are_late_are_marked(self, cast: Cast) -> None:
        response = signed_in(cast.office).get("/reports/board/")
        marks = {row.unit.name: [cell.is_late for cell in drawn] for row, drawn in response.context["rows"]}
        assert marks == {"税郭镇": [False, True], "孟庄镇": [True, True]}


@pytest.mark.usefixtures("year")
class TestLooking:
    @pytest.mark.parametrize("who", ["admin", "office", "leader", "auditor"])
    def test_the_district_sees_all_units(self, cast: Cast, who: str) -> None:
        assert set(cells(signed_in(cast.person(who)))) == {"税郭镇", "孟庄镇"}

    def test_a_unit_sees_itself(self, cast: Cast) -> None:
        client = signed_in(cast.other_reporter)
        assert set(cells(client)) == {"孟庄镇"}
        [(_row, drawn)] = client.get("/reports/board/").context["rows"]
        assert client.get(drawn[0].url).status_code == 200

    def test_strangers_see_nothing(self, cast: Cast) -> None:
        assert cells(signed_in(cast.stranger)) == {}

    @pytest.mark.parametrize(
        ("query", "units"),
        [
            ("year=2023", {"税郭镇", "孟庄镇"}),
            ("group=town", {"税郭镇", "孟庄镇"}),
            ("group=department", set()),
            ("late=on", {"税郭镇", "孟庄镇"}),
            ("year=1999", {"税郭镇", "孟庄镇"}),
            ("group=nonsense", {"税郭镇", "孟庄镇"}),
        ],
    )
    def test_what_narrows_it(self, cast: Cast, query: str, units: set[str]) -> None:
        assert set(cells(signed_in(cast.office), f"/reports/board/?{query}")) == units

    def test_who_is_in_time_is_left_out_of_the_late(self, cast: Cast) -> None:
        for code in ("P-due", "P-draft"):
            submitted(Project.objects.get(code=code))
        assert set(cells(signed_in(cast.office), "/reports/board/?late=on")) == {"税郭镇", "孟庄镇"}
        MonthlyReport.objects.filter(project__unit=cast.town).update(is_late=False)
        assert set(cells(signed_in(cast.office), "/reports/board/?late=on")) == {"孟庄镇"}


@pytest.mark.usefixtures("year")
class TestTheFile:
    def lines(self, client: Client, address: str = "/reports/board/export.csv") -> list[list[str]]:
        response = client.get(address)
        assert response.status_code == 200
        text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        return list(csv.reader(io.StringIO(text)))

    def test_has_a_line_for_each_report(self, cast: Cast) -> None:
        heading, *lines = self.lines(signed_in(cast.office))
        assert heading[:6] == ["月份", "责任单位", "项目编号", "项目", "是否上报", "状态"]
        assert len(lines) == MonthlyReport.objects.count()
        told = {(line[0], line[2]): (line[4], line[6]) for line in lines}
        assert told["2023年9月", "P-due"] == ("未报", "")
        assert told["2023年9月", "P-returned"] == ("已报", "")
        assert told["2023年9月", "P-other"] == ("已报", "是")
        assert told["2023年9月", "P-halted"] == ("免报", "")
        assert told["2023年8月", "P-other"] == ("未报", "")
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.after["rows"], entry.after["kind"]) == ("export_reports", len(lines), "csv")

    def test_follows_the_filter_and_the_person(self, cast: Cast) -> None:
        assert len(self.lines(signed_in(cast.office), "/reports/board/export.csv?group=department")) == 1
        units = {line[1] for line in self.lines(signed_in(cast.other_reporter))[1:]}
        assert units == {"孟庄镇"}

    def test_comes_as_a_workbook(self, cast: Cast) -> None:
        response = signed_in(cast.leader).get("/reports/board/export.xlsx")
        book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))  # type: ignore[attr-defined]
        assert book.active is not None
        assert book.active.max_row == MonthlyReport.objects.count() + 1

    @pytest.mark.django_db(transaction=True)
    def test_of_many_lines_is_written_in_the_background(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        client = signed_in(cast.office)
        monkeypatch.setattr(downloads, "AT_ONCE", 1)
        address = client.get("/reports/board/export.xlsx").headers["Location"]
        assert Job.objects.get().state == "done"
        result = client.get(f"{address}result/")
        book = load_workbook(io.BytesIO(b"".join(result.streaming_content)))  # type: ignore[attr-defined]
        assert book.active is not None
        assert book.active.max_row == MonthlyReport.objects.count() + 1

    def test_of_another_kind_is_not_found(self, cast: Cast) -> None:
        assert signed_in(cast.office).get("/reports/board/export.pdf").status_code == 404


def test_rows_cost_no_queries(cast: Cast) -> None:
    def add(number: int) -> None:
        project(cast, f"P-{number}", unit=[cast.town, cast.other_town, cast.district][number - 1])
        opened(AUGUST)
        opened()

    at_one, at_three = at_one_and_three(signed_in(cast.office), "/reports/board/", add)
    assert at_one == at_three


def test_an_empty_year_says_so(cast: Cast) -> None:
    assert "没有月报" in signed_in(cast.office).get("/reports/board/").content.decode()


class TestReminding:
    def buttons(self, client: Client) -> list[tuple[str, str]]:
        """The units and months beside which the board offers to remind."""
        response = client.get("/reports/board/")
        found = [(row.unit.name, cell.nudge) for row, drawn in response.context["rows"] for cell in drawn]
        assert response.content.decode().count('action="/reports/board/nudge/"') == sum(bool(m) for _u, m in found)
        return [(unit, str(month)) for unit, month in found if month]

    @pytest.mark.usefixtures("year")
    def test_the_office_is_offered_it_where_something_is_missing(self, cast: Cast) -> None:
        assert self.buttons(signed_in(cast.office)) == [("税郭镇", "2023-09"), ("孟庄镇", "2023-08")]

    @pytest.mark.usefixtures("year")
    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor"])
    def test_others_are_not(self, cast: Cast, who: str) -> None:
        assert self.buttons(signed_in(cast.person(who))) == []

    @pytest.mark.usefixtures("year")
    def test_the_button_tells_the_unit_and_comes_back(self, cast: Cast) -> None:
        page = "/reports/board/?late=on"
        asked = {"unit": cast.town.pk, "month": "2023-09", "next": page}
        response = signed_in(cast.office).post("/reports/board/nudge/", asked)
        assert response.headers["Location"] == page
        assert Notice.objects.filter(recipient=cast.reporter, kind="nudge").count() == 1
