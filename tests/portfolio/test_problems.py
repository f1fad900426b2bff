"""The pages of problems: list, ranking, file, one problem and its steps; for every role."""

import datetime
import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from pytest_django import Settings

from projects.accounts.models import User
from projects.journal.models import Entry
from projects.portfolio.queries import who_holds_up
from projects.register.actions.solving import raise_problem, report_solved
from projects.register.models import Problem, Project
from tests.cast import AT, TODAY, Cast, project, signed_in

DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def standing_clock(settings: Settings) -> None:
    settings.TODAY = TODAY


def problem(of: Project, description: str = "用地指标未落实", **facts: Any) -> Problem:
    given = {"kind": "land", "raised_on": TODAY - 30 * DAY, "due_on": TODAY + DAY, **facts}
    return raise_problem(Problem(project=of, description=description, **given), by=None, at=AT)


def page(person: User, url: str) -> str:
    response = signed_in(person).get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("who", ["admin", "office", "reporter", "other_reporter", "leader", "auditor"])
def test_all_officials_of_the_district_read_the_list_and_each_problem(cast: Cast, who: str) -> None:
    row = problem(project(cast))
    assert "用地指标未落实" in page(cast.person(who), "/problems/")
    assert "用地指标未落实" in page(cast.person(who), f"/problems/{row.pk}/")


def test_another_districts_problems_are_not_there(cast: Cast) -> None:
    row = problem(project(cast))
    client = signed_in(cast.stranger)
    assert "用地指标未落实" not in client.get("/problems/?state=").content.decode()
    for url in (f"/problems/{row.pk}/", f"/problems/{row.pk}/edit/", f"/problems/{row.pk}/note/"):
        assert client.get(url).status_code == 404
    assert "用地指标未落实" not in client.get("/problems/export.csv").getvalue().decode()


def test_a_unit_asked_in_another_district_finds_it(cast: Cast) -> None:
    row = problem(project(cast), asked_of=cast.elsewhere)
    client = signed_in(cast.stranger)
    assert "用地指标未落实" in client.get("/problems/").content.decode()
    assert client.post(f"/problems/{row.pk}/note/", {"note": "已协调", "version": 0}).status_code == 302


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"一", "二", "三"}),
        ("?state=", {"一", "二", "三", "四"}),
        ("?state=closed", {"四"}),
        ("?state=solved", {"三"}),
        ("?kind=funding", {"二"}),
        ("?overdue=on", {"二"}),
        ("?q=%E4%BA%8C", {"二"}),
        ("?q=P-2", {"二"}),
        ("?q=%25", set()),
        ("?asked_of={town}", {"一"}),
        ("?unit={unit}", {"一", "二", "三"}),
        ("?state=nonsense", {"一", "二", "三", "四"}),
    ],
)
def test_filters(cast: Cast, query: str, shown: set[str]) -> None:
    first, second = project(cast, "P-1"), project(cast, "P-2")
    problem(first, "问题一", asked_of=cast.other_town)
    problem(second, "问题二", kind="funding", due_on=TODAY - DAY)
    done = problem(first, "问题三")
    report_solved(done, proof="x", solved_on=TODAY, by=None, at=AT, seen=0)
    gone = problem(first, "问题四")
    Problem.objects.filter(pk=gone.pk).update(state="closed", closed_at=AT, solved_on=TODAY, proof="x")
    html = page(cast.office, f"/problems/{query}".format(town=cast.other_town.pk, unit=cast.town.pk))
    rows = html.partition("<tbody>")[2] if "holders" not in html else html.rpartition("<tbody>")[2]
    assert {name for name in "一二三四" if f"问题{name}" in rows} == shown


def test_who_holds_up_how_many_projects(cast: Cast) -> None:
    first, second = project(cast, "P-1"), project(cast, "P-2")
    problem(first, "一", asked_of=cast.other_town)
    problem(first, "二", asked_of=cast.other_town, due_on=TODAY - DAY)
    problem(second, "三", asked_of=cast.other_town)
    problem(second, "四", asked_name="省自然资源厅")
    problem(second, "五")
    found = [(h.name, h.projects, h.problems, h.overdue) for h in who_holds_up(Problem.objects.all(), TODAY)]
    assert found == [("孟庄镇", 2, 3, 1), ("省自然资源厅", 1, 1, 0)]


def test_the_file_is_the_list(cast: Cast) -> None:
    problem(project(cast), "=1+1", request="协调")
    client = signed_in(cast.leader)
    book = openpyxl.load_workbook(io.BytesIO(client.get("/problems/export.xlsx").getvalue()))
    sheet = book.active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][3:5] == ["=1+1", "协调"]
    assert sheet["D2"].data_type == "s"
    assert "'=1+1" in client.get("/problems/export.csv").getvalue().decode()
    assert Entry.objects.filter(verb="export").count() == 2
    assert client.get("/problems/export.pdf").status_code == 404


class TestSteps:
    def test_from_raising_to_closing(self, cast: Cast) -> None:
        row = project(cast)
        unit, office = signed_in(cast.reporter), signed_in(cast.office)
        typed = {"kind": "land", "description": "用地指标", "raised_on": "2023-10-01", "due_on": "2023-10-20"}
        assert unit.post(f"/projects/{row.code}/problems/new/", typed).status_code == 302
        url = f"/problems/{Problem.objects.get().pk}/"
        assert "报解决" in unit.get(url).content.decode()
        assert unit.post(f"{url}solve/", {"solved_on": "2023-10-09", "proof": "批复", "version": 0}).status_code == 302
        assert "核验销号" in office.get(url).content.decode()
        assert "核验销号</a>" not in unit.get(url).content.decode()
        assert office.post(f"{url}close/", {"note": "已核", "version": 1}).status_code == 302
        assert Problem.objects.get().state == "closed"

    def test_a_refusal_stands_beside_its_field_and_keeps_the_typing(self, cast: Cast) -> None:
        row = problem(project(cast))
        answer = signed_in(cast.reporter).post(
            f"/problems/{row.pk}/solve/", {"solved_on": "2023-10-09", "proof": "", "version": 0}
        )
        assert answer.status_code == 422
        assert "请写明问题已解决的依据" in answer.content.decode()
        assert 'value="2023-10-09"' in answer.content.decode()

    @pytest.mark.parametrize("who", ["leader", "auditor", "other_reporter"])
    def test_readers_are_told_who_may(self, cast: Cast, who: str) -> None:
        row = problem(project(cast))
        answer = signed_in(cast.person(who)).post(f"/problems/{row.pk}/note/", {"note": "x", "version": 0})
        assert answer.status_code == 403
        assert "重点项目办" in answer.content.decode()
        assert signed_in(cast.person(who)).get(f"/projects/{row.project.code}/problems/new/").status_code == 403

    def test_stale_keeps_the_typing(self, cast: Cast) -> None:
        row = problem(project(cast))
        client = signed_in(cast.reporter)
        client.post(f"/problems/{row.pk}/extend/", {"until": "2023-10-30", "reason": "等", "version": 0})
        late = client.post(f"/problems/{row.pk}/solve/", {"solved_on": "2023-10-09", "proof": "批复原件", "version": 0})
        assert late.status_code == 409
        assert "批复原件" in late.content.decode()

    @pytest.mark.parametrize("step", ["close", "reject", "reopen", "grant", "refuse"])
    def test_in_the_wrong_state(self, cast: Cast, step: str) -> None:
        row = problem(project(cast))
        answer = signed_in(cast.office).post(f"/problems/{row.pk}/{step}/", {"note": "x", "version": 0})
        assert answer.status_code == 422
        assert Problem.objects.get().state == "open"

    @pytest.mark.parametrize("path", ["999999/", "999999/note/", "1/nonsense/", "99999999999999999999/"])
    def test_what_is_not_there(self, cast: Cast, path: str) -> None:
        assert signed_in(cast.office).get(f"/problems/{path}").status_code == 404


def test_strangers_to_the_house_sign_in_first(client: Client) -> None:
    assert client.get("/problems/").headers["Location"].startswith("/accounts/login/")
