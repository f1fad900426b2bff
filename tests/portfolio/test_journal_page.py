"""The journal as a page: who may read it, what it tells, how it is narrowed and turned."""

import datetime
import re
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.journal.actions import record
from projects.journal.models import Entry
from projects.journal.wording import VERB_NAMES
from projects.register.models import Project
from tests.cast import AT, Cast, signed_in
from tests.pages import HAN, words
from tests.portfolio.reading import html_of, text_of

OWN = 40  # what it took to put the district's projects into the register


def read(cast: Cast, who: str = "auditor", **query: Any) -> Any:
    response = signed_in(cast.person(who)).get("/journal/", query)
    assert response.status_code == 200, query
    return response


def rows(response: Any) -> list[list[str]]:
    body = re.search(r"<tbody>.*?</tbody>", html_of(response), flags=re.DOTALL)
    assert body
    found = re.findall(r"<tr\b.*?</tr>", body[0], flags=re.DOTALL)
    return [[text_of(cell) for cell in re.findall(r"<td\b.*?</td>", row, flags=re.DOTALL)] for row in found]


class TestWhoReadsIt:
    @pytest.mark.parametrize("who", ["admin", "auditor"])
    def test_who_may(self, cast: Cast, district: dict[str, Project], who: str) -> None:
        assert len(rows(read(cast, who))) == OWN

    @pytest.mark.parametrize("who", ["office", "reporter", "leader"])
    def test_who_may_not_is_told_why(self, cast: Cast, district: dict[str, Project], who: str) -> None:
        response = signed_in(cast.person(who)).get("/journal/")
        assert response.status_code == 403
        assert "您的角色" in words(response)
        assert "泉为" not in words(response)

    def test_it_is_only_read(self, cast: Cast) -> None:
        auditor = signed_in(cast.auditor)
        for method in (auditor.post, auditor.put, auditor.delete):
            assert method("/journal/").status_code == 405


class TestWhatItTells:
    def test_who_did_what_to_what_from_where_with_both_values(self, cast: Cast, district: dict[str, Project]) -> None:
        office = signed_in(cast.office)
        office.post(
            "/projects/A-1/phases/1/move/",
            {
                "target": "completed",
                "happened_on": "2023-10-09",
                "version": "0",
                "note": "验收通过",
                "gate_reason": "手续补办",
            },
            REMOTE_ADDR="10.20.30.40",
        )
        _at, who, what, subject, changes, address = rows(read(cast))[0]
        assert (who, what, subject, address) == ("office", "阶段变更", "泉为 一期", "10.20.30.40")
        assert "在建 → 竣工" in changes
        assert "2022-03-01 → 2023-10-09" in changes
        assert "验收通过" in changes

    def test_every_verb_in_chinese(self, cast: Cast, district: dict[str, Project]) -> None:
        for verb in VERB_NAMES:
            found = rows(read(cast, "admin", verb=verb))
            assert all(HAN.search(row[2]) for row in found if len(row) > 1), verb

    def test_the_latest_first(self, cast: Cast, district: dict[str, Project]) -> None:
        signed_in(cast.office).post("/projects/A-1/figures/2023-09/", {"invested_this_month": "50"})
        assert rows(read(cast))[0][2] == "录入月度数据"

    def test_what_was_taken_along(self, cast: Cast, district: dict[str, Project]) -> None:
        signed_in(cast.office).get("/problems/export.csv", {"state": "unsolved"})
        changes = rows(read(cast, verb="export"))[0][4]
        assert "列表: — → 问题清单" in changes
        assert "筛选条件: — → state=unsolved" in changes
        assert "行数: — → 0" in changes

    def test_markup_in_what_was_typed_is_text(self, cast: Cast, district: dict[str, Project]) -> None:
        office = signed_in(cast.office)
        office.post("/projects/A-1/figures/2023-09/", {"invested_this_month": "-1", "reason": "<img src=x>"})
        assert "<img src=x>" not in html_of(read(cast))
        assert "<img src=x>" in rows(read(cast))[0][4]


class TestWhoWasNotLetIn:
    @pytest.fixture
    def knocked(self, cast: Cast) -> None:
        for name in ("office", "stranger", "谁也不是<b>"):
            Client().post("/accounts/login/", {"login": name, "password": "wrong-all-the-time"})

    @pytest.mark.parametrize("who", ["admin", "auditor"])
    def test_is_told_to_the_district_of_the_account_and_of_names_that_nobody_has_to_all(
        self, cast: Cast, knocked: None, who: str
    ) -> None:
        found = [(row[1], row[2], row[3], row[5]) for row in rows(read(cast, who, verb="fail_sign_in"))]
        assert found == [("—", "登录失败", name, "127.0.0.1") for name in ("谁也不是<b>", "office")]

    def test_in_the_administration_too(self, cast: Cast, knocked: None) -> None:
        page = words(signed_in(cast.admin).get("/admin/projects/entry/", {"verb": "fail_sign_in"}))
        assert "登录失败" in page
        assert "谁也不是" in page
        assert "stranger" not in page


class TestNarrowing:
    def test_by_person_or_project(self, cast: Cast, district: dict[str, Project]) -> None:
        signed_in(cast.office).post("/projects/A-1/figures/2023-09/", {"invested_this_month": "50"})
        assert {row[1] for row in rows(read(cast, q="office"))} == {"office"}
        assert all("锦绣花园" in row[3] for row in rows(read(cast, q="锦绣花园")))
        assert "没有" in words(read(cast, q="不存在的"))

    @pytest.mark.parametrize("text", ["%", "_", "\\", "'"])
    def test_by_signs_that_databases_read_otherwise(self, cast: Cast, district: dict[str, Project], text: str) -> None:
        assert [row for row in rows(read(cast, q=text)) if len(row) > 1] == []

    def test_by_what_was_done(self, cast: Cast, district: dict[str, Project]) -> None:
        assert len({row[2] for row in rows(read(cast, verb="set_plan"))}) == 1

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ({"since": "2023-10-10"}, OWN), ({"since": "2023-10-11"}, 0), ({"until": "2023-10-09"}, 0),
            ({"until": "2023-10-10"}, OWN), ({"since": "2023-10-10", "until": "2023-10-10"}, OWN),
            ({"since": "2023-10-11", "until": "2023-10-09"}, 0),
        ],
    )  # fmt: skip
    def test_by_the_local_day(
        self, cast: Cast, district: dict[str, Project], query: dict[str, str], count: int
    ) -> None:
        assert len([row for row in rows(read(cast, **query)) if len(row) > 1]) == count

    def test_by_a_day_that_begins_at_midnight_in_shanghai(self, cast: Cast) -> None:
        for at in ("2023-10-09T15:59:59", "2023-10-09T16:00:00"):
            moment = datetime.datetime.fromisoformat(at).replace(tzinfo=datetime.UTC)
            with transaction.atomic():
                record(by=cast.office, at=moment, verb="export", subject=cast.office)
        assert len(rows(read(cast, verb="export", since="2023-10-10"))) == 1
        assert len(rows(read(cast, verb="export", until="2023-10-09"))) == 1

    @pytest.mark.parametrize(
        "query",
        [
            {"verb": "nothing"}, {"verb": "<b>"}, {"since": "2023-02-30"}, {"since": "昨天"}, {"until": "2023-13-01"},
            {"q": "泉" * 61}, {"since": "9" * 400}, {"verb": "x" * 5000},
        ],
    )  # fmt: skip
    def test_by_what_is_none_is_ignored_in_words(
        self, cast: Cast, district: dict[str, Project], query: dict[str, str]
    ) -> None:
        response = read(cast, **query)
        assert "该筛选条件未生效" in words(response)
        assert len(rows(response)) == OWN

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    def test_by_the_ends_of_the_calendar(self, cast: Cast, district: dict[str, Project], day: str) -> None:
        read(cast, since=day)
        read(cast, until=day)


class TestPagesAndOrder:
    @pytest.fixture
    def many(self, cast: Cast) -> int:
        """More entries than the longest page holds."""
        with transaction.atomic():
            for _number in range(205):
                record(by=cast.office, at=AT, verb="export", subject=cast.office)
        return Entry.objects.filter(actor=cast.office).count()

    def test_together_show_every_entry_once(self, cast: Cast, many: int) -> None:
        auditor: Any = signed_in(cast.auditor)
        shown = [auditor.get("/journal/", {"page": number, "verb": "export"}) for number in range(1, 6)]
        assert [len(rows(each)) for each in shown] == [50, 50, 50, 50, many - 200]
        seen = [row.record.seq for each in shown for row in each.context["table"].page.object_list]
        assert seen == sorted(seen, reverse=True)
        assert len(set(seen)) == many

    def test_are_as_long_as_chosen_and_no_longer(self, cast: Cast, many: int) -> None:
        auditor = signed_in(cast.auditor)
        for size, shown in (("20", 20), ("200", 200), ("1000000", 50), ("0", 50), ("-1", 50), ("7", 50), ("二", 50)):
            assert len(rows(auditor.get("/journal/", {"per_page": size, "verb": "export"}))) == shown, size

    def test_of_odd_numbers_are_no_accident(self, cast: Cast, many: int) -> None:
        auditor = signed_in(cast.auditor)
        for page in ("", "0", "-1", "99", "二", "1.5", "９", "9" * 30, "9" * 5000):
            assert rows(auditor.get("/journal/", {"page": page})), page

    @pytest.mark.parametrize("sort", ["verb", "actor_name", "subject_name"])
    def test_keep_the_latest_first_among_equals(self, cast: Cast, many: int, sort: str) -> None:
        page = signed_in(cast.auditor).get("/journal/", {"sort": sort, "per_page": "200"})
        seen = [(getattr(row.record, sort), -row.record.seq) for row in page.context["table"].page.object_list]
        assert seen == sorted(seen)

    @pytest.mark.parametrize(
        "sort", ["at", "-at", "actor_name", "-verb", "subject_name", "nothing", "changes", "--at", "seq"]
    )
    def test_can_be_turned_round(self, cast: Cast, district: dict[str, Project], sort: str) -> None:
        assert rows(read(cast, sort=sort))


def test_another_districts_entries_are_not_there(cast: Cast, district: dict[str, Project]) -> None:
    signed_in(cast.stranger).get("/projects/export.csv")
    for query in ({}, {"q": "薛城"}, {"q": "stranger"}, {"verb": "export"}):
        said = words(read(cast, per_page="200", **query))
        assert "薛城泉为" not in said, query
        assert "stranger" not in said.replace("查找", ""), query


def test_fifty_entries_cost_as_many_queries_as_one(cast: Cast, district: dict[str, Project]) -> None:
    auditor, found = signed_in(cast.auditor), []
    queries: list[dict[str, str]] = [{"q": "储备道路", "verb": "register"}, {}]
    for query in queries:
        auditor.get("/journal/", query)
        with CaptureQueriesContext(connection) as counted:
            auditor.get("/journal/", query)
        found.append(len(counted))
    assert found[0] == found[1]
