"""The board of slips: tabs, filters, who is late, issuing several, the file; for every role."""

import io
import re
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from projects.followups.models import Slip
from projects.followups.workflow import State
from projects.journal.models import Entry
from projects.register.models import Project
from tests.cast import AT, TODAY, Cast, project, signed_in
from tests.followups.slips import DAY, brought, bulletin, colleague, drafted, follow
from tests.pages import words

STATES = (State.DRAFTED, State.ISSUED, State.IN_HAND, State.ANSWERED, State.VERIFIED, State.CLOSED)


@pytest.fixture(autouse=True)
def _standing_clock(settings: Settings) -> None:
    settings.TODAY = TODAY


@pytest.fixture
def slips(cast: Cast) -> list[Slip]:
    """One in each state, of P-0 to P-5, the first of another town; the first two are yellow."""
    colleague(cast)
    rows = [project(cast, f"P-{number}", unit=cast.town if number else cast.other_town) for number in range(6)]
    lines = [(row, 1 if number < 2 else 2, 1) for number, row in enumerate(rows)]
    return [brought(slip, cast, state) for slip, state in zip(follow(bulletin(cast, lines)), STATES, strict=True)]


def shown(response: Any) -> set[str]:
    """The codes of the projects in the table of slips."""
    assert response.status_code == 200
    table = re.search(r'<table class="table table-dense slips".*?</table>', response.content.decode(), re.DOTALL)
    return set(re.findall(r"项目(P-\d)</a>", table[0])) if table else set()


@pytest.mark.parametrize(
    ("who", "tab", "codes"),
    [
        ("office", "", {"P-0", "P-3"}),  # it verified P-4 itself
        ("office2", "", {"P-0", "P-3", "P-4"}),
        ("admin", "turn", {"P-0", "P-3", "P-4"}),
        ("reporter", "", {"P-1", "P-2"}),
        ("other_reporter", "", set()),  # nothing was issued to it yet
        ("leader", "", {"P-0", "P-1", "P-2", "P-3", "P-4"}),
        ("leader", "turn", {"P-0", "P-1", "P-2", "P-3", "P-4"}),
        ("auditor", "done", {"P-5"}),
        ("office", "done", {"P-5"}),
        ("office", "overdue", set()),
        ("office", "nonsense", {"P-0", "P-3"}),
        ("stranger", "open", set()),
    ],
)
def test_tabs(cast: Cast, slips: list[Slip], who: str, tab: str, codes: set[str]) -> None:
    person = colleague(cast) if who == "office2" else cast.person(who)
    assert shown(signed_in(person).get("/followups/", {"tab": tab} if tab else {})) == codes


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("colour=yellow", {"P-0", "P-1"}),
        ("kind=reminder", {"P-0", "P-1"}),
        ("kind=talk", {"P-0", "P-1", "P-2", "P-3", "P-4"}),  # no choice here: said, and nothing narrowed
        ("month=2023-09", {"P-0", "P-1", "P-2", "P-3", "P-4"}),
        ("month=2023-08", {"P-0", "P-1", "P-2", "P-3", "P-4"}),
        ("q=P-3", {"P-3"}),
        ("q=%25", set()),
        ("q=30", {"P-2", "P-3", "P-4"}),  # the thirty days that are asked
    ],
)
def test_filters(cast: Cast, slips: list[Slip], query: str, codes: set[str]) -> None:
    if query == "kind=talk":
        codes = set()
    assert shown(signed_in(cast.office).get(f"/followups/?tab=open&{query}")) == codes


def test_filter_by_unit_and_a_number(cast: Cast, slips: list[Slip]) -> None:
    client = signed_in(cast.office)
    assert shown(client.get(f"/followups/?tab=open&unit={cast.other_town.pk}")) == {"P-0"}
    [row] = Slip.objects.filter(kind="supervision", serial=2)
    assert row.project.code in shown(client.get("/followups/?tab=open&q=2"))


def test_who_is_late(cast: Cast, slips: list[Slip], settings: Settings) -> None:
    settings.TODAY = TODAY + 40 * DAY
    client = signed_in(cast.leader)
    page = words(client.get("/followups/?tab=overdue"))
    assert "逾期单位" in page
    assert "税郭镇 2 4 2023-10-17" in page
    assert shown(client.get("/followups/?tab=overdue")) == {"P-0", "P-1", "P-2"}
    assert "逾期单位" not in words(signed_in(cast.reporter).get("/followups/?tab=overdue"))


@pytest.mark.parametrize(("who", "count"), [("office", "2"), ("reporter", "2"), ("other_reporter", ""), ("leader", "")])
def test_the_navigation_counts_what_waits(cast: Cast, slips: list[Slip], who: str, count: str) -> None:
    html = signed_in(cast.person(who)).get("/followups/").content.decode()
    entry = re.search(r'<a href="/followups/"[^>]*>.*?</a>', html, re.DOTALL)
    assert entry
    assert re.sub(r"\D", "", re.sub(r"<svg.*?</svg>|<[^>]+>", "", entry[0])) == count


class TestIssuing:
    def chosen(self, *slips: Slip, **more: Any) -> dict[str, Any]:
        seen = {f"seen-{slip.pk}": slip.version for slip in slips}
        return {"chosen": [slip.pk for slip in slips], **seen, **more}

    def drafts(self, cast: Cast) -> list[Slip]:
        return follow(bulletin(cast, [(project(cast, f"P-{number}"), 2, 1) for number in (1, 2)]))

    def test_several_at_once(self, cast: Cast) -> None:
        client, drafts = signed_in(cast.office), self.drafts(cast)
        assert client.get("/followups/").content.decode().count('name="chosen"') == 2
        answer = client.post("/followups/issue/", self.chosen(*drafts), follow=True)
        assert "已签发2件" in words(answer)
        assert set(Slip.objects.values_list("state", flat=True)) == {"issued"}

    def test_none_where_one_is_stale_and_the_ticks_stay(self, cast: Cast) -> None:
        client, drafts = signed_in(cast.office), self.drafts(cast)
        stale = self.chosen(*drafts, **{f"seen-{drafts[1].pk}": 7})
        answer = client.post("/followups/issue/", stale)
        assert answer.status_code == 409
        assert answer.content.decode().count(" checked") == 2
        assert set(Slip.objects.values_list("state", flat=True)) == {"drafted"}

    @pytest.mark.parametrize("chosen", [[], ["999999"], ["x"], ["9" * 30]])
    def test_nothing_ticked(self, cast: Cast, chosen: list[str]) -> None:
        answer = signed_in(cast.office).post("/followups/issue/", {"chosen": chosen})
        assert answer.status_code == 422
        assert "请至少勾选一件" in words(answer)

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor"])
    def test_is_the_offices(self, cast: Cast, who: str) -> None:
        drafts = self.drafts(cast)
        answer = signed_in(cast.person(who)).post("/followups/issue/", self.chosen(*drafts))
        assert answer.status_code == 403
        assert "重点项目办" in words(answer)
        assert set(Slip.objects.values_list("state", flat=True)) == {"drafted"}

    def test_not_by_another_district(self, cast: Cast) -> None:
        answer = signed_in(cast.stranger).post("/followups/issue/", self.chosen(*self.drafts(cast)))
        assert answer.status_code == 422

    def test_opened_by_hand_it_leads_to_the_board(self, cast: Cast) -> None:
        assert signed_in(cast.office).get("/followups/issue/").headers["Location"] == "/followups/"


class TestFile:
    def test_is_the_tab_as_narrowed(self, cast: Cast, slips: list[Slip]) -> None:
        client = signed_in(cast.office)
        Project.objects.filter(code="P-2").update(name="=1+1")
        book = openpyxl.load_workbook(io.BytesIO(client.get("/followups/export.xlsx?tab=open&colour=red").getvalue()))
        sheet = book.active
        assert sheet is not None
        rows = list(sheet.iter_rows(values_only=True))
        assert [row[2] for row in rows[1:]] == ["P-2", "P-3", "P-4"] or {row[2] for row in rows[1:]} == {
            "P-2", "P-3", "P-4",
        }  # fmt: skip
        assert "=1+1" in {row[1] for row in rows}
        assert "'=1+1" in client.get("/followups/export.csv?tab=open").getvalue().decode()
        entry = Entry.objects.filter(verb="export").earliest("seq")
        assert (entry.after["list"], entry.after["rows"]) == ("slips", 3)

    def test_holds_what_the_person_sees(self, cast: Cast, slips: list[Slip]) -> None:
        text = signed_in(cast.other_reporter).get("/followups/export.csv?tab=open").getvalue().decode()
        assert "P-" not in text
        assert signed_in(cast.office).get("/followups/export.pdf").status_code == 404


def test_rows_cost_no_queries(cast: Cast) -> None:
    client = signed_in(cast.office)

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert client.get("/followups/?tab=open").status_code == 200
        return len(counted)

    brought(drafted(cast), cast, State.ISSUED)
    queries()
    one = queries()
    rows = [project(cast, f"P-{number}") for number in (2, 3)]
    of = Slip.objects.get().bulletin
    Slip.objects.bulk_create(
        Slip(
            bulletin=of, project=row, district=cast.district, unit=cast.other_town, month=of.month, level=2,
            colour_word="红", colour_hue="red", colour_shape="square", periods=1, rung="red_1", kind="supervision",
            request="整改", issue_due=TODAY, due_on=TODAY - DAY, opened_at=AT, raised_to="in_charge",
        )
        for row in rows
    )  # fmt: skip
    assert queries() == one
    assert shown(client.get("/followups/?tab=open")) == {"P-1", "P-2", "P-3"}


def test_an_empty_board_says_what_comes_next(cast: Cast) -> None:
    for tab, said in (
        ("turn", "没有待您办理"),
        ("overdue", "没有逾期"),
        ("open", "暂无督办件"),
        ("done", "暂无督办件"),
    ):
        assert said in words(signed_in(cast.office).get(f"/followups/?tab={tab}"))


def test_strangers_to_the_house_sign_in_first(client: Client) -> None:
    assert client.get("/followups/").headers["Location"].startswith("/accounts/login/")
