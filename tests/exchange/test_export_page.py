"""Fetching files: the page that offers them, who may fetch what, the journal, and long work for large ones."""

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from pytest_django import Settings

from projects.background import downloads
from projects.background.models import Job
from projects.journal.models import Entry
from tests import cast as actors
from tests.cast import TODAY, Cast, signed_in
from tests.exchange.fetching import csv_rows, fetched
from tests.progress.month import opened

PAGE = "/exchange/export/"
KINDS = ["month", "everything", "register", "phases", "plans", "milestones"]


@pytest.fixture(autouse=True)
def _on_the_day_of_the_cast(settings: Settings) -> None:
    settings.TODAY = TODAY


def text(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


class TestThePage:
    @pytest.mark.parametrize("who", ["admin", "office", "reporter", "leader", "auditor", "stranger"])
    def test_opens_for_everybody(self, cast: Cast, who: str) -> None:
        actors.project(cast)
        page = text(signed_in(cast.person(who)))
        assert all(f"/exchange/export/{kind}.xlsx?" in page for kind in KINDS)

    def test_offers_to_send_back_what_is_to_be_filled_in(self, cast: Cast) -> None:
        actors.project(cast)
        assert "/exchange/import/" in text(signed_in(cast.reporter))
        assert "/exchange/import/" not in text(signed_in(cast.leader))

    def test_keeps_unit_and_month(self, cast: Cast) -> None:
        actors.project(cast)
        page = text(signed_in(cast.office), f"{PAGE}?month=2023-08&unit={cast.town.pk}")
        assert f"month.xlsx?month=2023-08&amp;unit={cast.town.pk}" in page
        assert "税郭镇 · 2023年8月" in page

    def test_of_a_month_to_come_is_refused_in_words(self, cast: Cast) -> None:
        response = signed_in(cast.office).get(f"{PAGE}?month=2031-01")
        assert response.status_code == 400
        assert "2031-01" in response.content.decode()

    def test_is_only_looked_at(self, cast: Cast) -> None:
        client = signed_in(cast.office)
        assert client.post(PAGE).status_code == 405
        assert client.post("/exchange/export/register.xlsx").status_code == 405

    def test_leads_to_it_from_the_reports_of_a_unit(self, cast: Cast) -> None:
        actors.project(cast)
        opened()
        page = text(signed_in(cast.reporter), "/reports/?month=2023-09")
        assert "/exchange/export/month.xlsx?month=2023-09" in page


class TestWho:
    def test_a_reporter_fetches_of_no_other_unit(self, cast: Cast) -> None:
        client = signed_in(cast.reporter)
        for unit in (cast.other_town, cast.district, cast.elsewhere):
            assert client.get(f"{PAGE}?unit={unit.pk}").status_code == 404
            assert client.get(f"/exchange/export/month.xlsx?month=2023-09&unit={unit.pk}").status_code == 404

    def test_nobody_fetches_of_another_district(self, cast: Cast) -> None:
        actors.project(cast, "E-1", unit=cast.elsewhere)
        actors.project(cast, "T-1")
        for who in ("office", "leader", "auditor"):
            client = signed_in(cast.person(who))
            assert client.get(f"/exchange/export/register.csv?unit={cast.elsewhere.pk}").status_code == 404
            assert [row[1] for row in csv_rows(client, "register")[1:]] == ["T-1"]

    @pytest.mark.parametrize("unit", ["0", "x", "-1", "99999999999999999999"])
    def test_of_a_unit_that_is_none_there_is_nothing(self, cast: Cast, unit: str) -> None:
        assert signed_in(cast.office).get(f"/exchange/export/register.csv?unit={unit}").status_code == 404

    @pytest.mark.parametrize("address", ["month.csv", "everything.csv", "register.pdf", "nothing.xlsx", "register.CSV"])
    def test_what_is_not_offered_is_not_there(self, cast: Cast, address: str) -> None:
        assert signed_in(cast.office).get(f"/exchange/export/{address}").status_code == 404

    def test_the_journal_knows(self, cast: Cast) -> None:
        actors.project(cast)
        fetched(signed_in(cast.leader), "register", "csv", unit=cast.town.pk)
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.actor) == ("export", cast.leader)
        assert entry.after == {"list": "register", "kind": "csv", "unit": "税郭镇", "month": "2023-09", "rows": 1}

    def test_a_file_is_named_after_what_it_holds(self, cast: Cast) -> None:
        response: Any = signed_in(cast.reporter).get("/exchange/export/month.xlsx?month=2023-09")
        assert "2023-09" in response["Content-Disposition"]
        assert response["Content-Disposition"].endswith(".xlsx")
        response.close()


class TestLargeFiles:
    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("kind", ["month", "everything", "register"])
    def test_are_written_in_the_background(self, cast: Cast, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
        opened()
        for number in range(3):
            actors.project(cast, f"P-{number}")
        client = signed_in(cast.office)
        monkeypatch.setattr(downloads, "AT_ONCE", 2)
        response = client.get(f"/exchange/export/{kind}.xlsx?month=2023-09")
        job = Job.objects.get()
        assert response.headers["Location"] == f"/jobs/{job.pk}/"
        assert (job.state, job.sentence) == ("done", "共 3 行。")
        result: Any = client.get(f"/jobs/{job.pk}/result/")
        sheet = openpyxl.load_workbook(io.BytesIO(b"".join(result.streaming_content))).worksheets[0]
        told = {row[1] for row in sheet.iter_rows(values_only=True)}
        assert {"P-0", "P-1", "P-2"} <= told
        assert f"/jobs/{job.pk}/result/" in text(client)

    def test_up_to_the_limit_are_handed_out(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        for number in range(2):
            actors.project(cast, f"P-{number}")
        monkeypatch.setattr(downloads, "AT_ONCE", 2)
        fetched(signed_in(cast.office), "register")
        assert not Job.objects.exists()

    def test_as_csv_are_sent_as_they_are_read(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        for number in range(3):
            actors.project(cast, f"P-{number}")
        monkeypatch.setattr(downloads, "AT_ONCE", 2)
        assert len(csv_rows(signed_in(cast.office), "register")) == 4
