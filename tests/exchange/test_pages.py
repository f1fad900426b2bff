"""The pages of an import from the file to the end: each works, hides from strangers, refuses readers, keeps nothing."""

import io
import re
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from projects.background import meters
from projects.background.models import Job, results
from projects.exchange.models import ImportBatch, LearnedHeading
from projects.exchange.views import deciding, found
from projects.progress.models import MonthlyReport
from projects.register.models import Project
from tests.cast import TODAY, WAN, Cast, project, signed_in
from tests.exchange.sheets import workbook
from tests.progress.month import opened, written

HEADING = ["序号", "项目代码", "项目名称", "本月完成（万元）", "形象进度", "街道意见"]
NEW = "/exchange/import/"
ROWS = [[1, "P-1", None, 100, "三层", None], [2, "P-2", None, "约五百", None, None]]


@pytest.fixture(autouse=True)
def month(cast: Cast, settings: Settings) -> None:
    settings.TODAY = TODAY
    for code in ("P-1", "P-2"):
        project(cast, code)
    opened()


@pytest.fixture
def reporter(cast: Cast) -> Client:
    return signed_in(cast.reporter)


def send(
    client: Client, rows: list[list[Any]], *, heading: list[str] = HEADING, name: str = "9月.xlsx", **more: Any
) -> Any:
    content = more.pop("content", None) or workbook(heading, rows)
    posted = {"file": SimpleUploadedFile(name, content), "month": "2023-09", "kind": "", **more}
    return client.post(NEW, posted)


def sent(client: Client, rows: list[list[Any]], **more: Any) -> ImportBatch:
    """An import whose columns are still to be checked."""
    assert send(client, rows, **more).status_code == 302
    batch: ImportBatch = ImportBatch.objects.get()
    return batch


def columns_of(batch: ImportBatch) -> dict[str, str]:
    return {column["letter"]: column["code"] for column in batch.columns["columns"]}


def checked(client: Client, rows: list[list[Any]], **more: Any) -> ImportBatch:
    """An import whose rows were tried out."""
    batch = sent(client, rows, **more)
    assert client.post(f"{NEW}{batch.pk}/", columns_of(batch)).status_code == 302
    batch.refresh_from_db()
    return batch


def text(response: Any) -> str:
    return str(response.content.decode())


def step(client: Client, batch: ImportBatch, name: str, **posted: Any) -> Any:
    return client.post(f"{NEW}{batch.pk}/{name}/", posted)


# ── the way of a sheet ──────────────────────────────────────────────────────────────────────────


def test_a_file_is_read_and_its_columns_are_shown(reporter: Client) -> None:
    batch = sent(reporter, ROWS)
    assert (batch.kind, batch.state, batch.sheet) == ("month", "uploaded", "月调度表")
    page = text(reporter.get(f"{NEW}{batch.pk}/"))
    assert "街道意见" in page
    assert "约五百" in page


def test_a_correction_is_learned_for_the_units_next_sheet(reporter: Client, cast: Cast) -> None:
    batch = sent(reporter, ROWS)
    step_columns = {**columns_of(batch), "F": "explanation"}
    reporter.post(f"{NEW}{batch.pk}/", step_columns)
    assert LearnedHeading.objects.get().code == "explanation"
    batch.refresh_from_db()
    assert columns_of(batch)["F"] == "explanation"
    ImportBatch.objects.all().delete()
    assert columns_of(sent(reporter, ROWS))["F"] == "explanation"
    ImportBatch.objects.all().delete()
    assert columns_of(sent(signed_in(cast.other_reporter), ROWS))["F"] == ""


def test_one_column_is_not_said_twice(reporter: Client) -> None:
    batch = sent(reporter, ROWS)
    refused = reporter.post(f"{NEW}{batch.pk}/", {**columns_of(batch), "F": "image"})
    assert refused.status_code == 422
    assert not LearnedHeading.objects.exists()


def test_rows_are_shown_by_what_becomes_of_them(reporter: Client) -> None:
    batch = checked(reporter, ROWS)
    assert (batch.counts["changed"], batch.counts["refused"]) == (1, 1)
    refused = text(reporter.get(f"{NEW}{batch.pk}/rows/"))
    assert "约五百" in refused
    changed = text(reporter.get(f"{NEW}{batch.pk}/rows/?outcome=changed"))
    assert "三层" in changed
    assert "100" in changed
    assert MonthlyReport.objects.filter(state="draft").count() == 0


def test_no_form_stands_in_another_which_would_end_it(reporter: Client) -> None:
    batch = checked(reporter, ROWS)
    for outcome in ("changed", "refused"):
        page = text(reporter.get(f"{NEW}{batch.pk}/rows/?outcome={outcome}"))
        depth = 0
        for tag in re.findall(r"</?form\b", page):
            depth += 1 if tag == "<form" else -1
            assert depth in {0, 1}
        assert page.count('form="import-form"') >= 3


def test_confirmed_it_is_imported_and_the_file_is_gone(
    reporter: Client, django_capture_on_commit_callbacks: Any
) -> None:
    batch = checked(reporter, ROWS)
    assert results().exists(batch.stored_as)
    assert step(reporter, batch, "confirm").status_code == 422  # a row is refused
    with django_capture_on_commit_callbacks(execute=True):
        assert step(reporter, batch, "confirm", leave_refused="1").status_code == 302
    assert not results().exists(batch.stored_as)
    batch.refresh_from_db()
    assert (batch.state, batch.stored_as) == ("imported", "")
    assert MonthlyReport.objects.get(project__code="P-1").invested_this_month == 100 * WAN
    assert "1" in text(reporter.get(f"{NEW}{batch.pk}/rows/"))


def test_taken_back_on_the_page_everything_is_as_before(reporter: Client) -> None:
    batch = checked(reporter, ROWS[:1])
    step(reporter, batch, "confirm")
    assert step(reporter, batch, "undo").status_code == 302
    batch.refresh_from_db()
    assert batch.state == "undone"
    assert MonthlyReport.objects.get(project__code="P-1").state == "due"


def test_what_changed_meanwhile_is_told_on_the_page(reporter: Client) -> None:
    batch = checked(reporter, ROWS[:1])
    written(Project.objects.get(code="P-1"), image="别人写的")
    answer = step(reporter, batch, "confirm")
    assert answer.status_code in {409, 422}
    assert MonthlyReport.objects.get(project__code="P-1").image == "别人写的"
    step(reporter, batch, "rows/check")
    batch.refresh_from_db()
    assert batch.counts["changed"] == 1
    step(reporter, batch, "confirm")
    assert MonthlyReport.objects.get(project__code="P-1").image == "三层"


def test_a_row_that_is_unticked_is_left_out(reporter: Client) -> None:
    batch = checked(reporter, [[1, "P-1", None, 1, "一", None], [2, "P-2", None, 2, "二", None]])
    step(reporter, batch, "confirm", row=["3", "4"], keep=["4"])
    assert [each.image for each in MonthlyReport.objects.order_by("project__code")] == ["", "二"]


def test_a_choice_is_checked_before_it_is_imported(reporter: Client) -> None:
    batch = checked(reporter, [[1, None, "年产示范产品项目P-11", 1, "一", None]])
    [row] = batch.rows.all()
    assert row.alikes
    step(reporter, batch, "confirm", row="3", keep="3", **{"project-3": "P-1"})
    batch.refresh_from_db()
    assert (batch.state, batch.counts["changed"]) == ("planned", 1)
    step(reporter, batch, "confirm", row="3", keep="3")
    assert MonthlyReport.objects.get(project__code="P-1").image == "一"


def test_given_up_nothing_is_kept(reporter: Client, django_capture_on_commit_callbacks: Any) -> None:
    batch = checked(reporter, ROWS)
    with django_capture_on_commit_callbacks(execute=True):
        assert step(reporter, batch, "drop").status_code == 302
    assert not results().exists(batch.stored_as)
    batch.refresh_from_db()
    assert (batch.state, batch.rows.count()) == ("dropped", 0)
    assert reporter.get(f"{NEW}{batch.pk}/rows/").status_code == 200


def test_refused_rows_come_as_a_file(reporter: Client) -> None:
    batch = checked(reporter, ROWS)
    answer: Any = reporter.get(f"{NEW}{batch.pk}/rows/refused.xlsx")
    sheet: Any = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    heading, row = list(sheet.iter_rows(values_only=True))[:2]
    assert len(heading) == len(row)
    assert row[:3] == ("月调度表", 4, "D")
    assert row[4] == "约五百"


def test_large_sheets_are_worked_on_in_the_background(
    reporter: Client, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    for module in (found, deciding):
        monkeypatch.setattr(module, "DIRECTLY", 0)
    told: list[tuple[int, ...]] = []
    monkeypatch.setattr(meters, "tell", lambda *said: told.append(said))
    batch = sent(reporter, ROWS[:1])
    for name, state in (("", "planned"), ("confirm/", "imported"), ("undo/", "undone")):
        with django_capture_on_commit_callbacks(execute=True):
            answer = reporter.post(f"{NEW}{batch.pk}/{name}", columns_of(batch) if not name else {})
        job = Job.objects.latest("pk")
        assert answer["Location"] == f"/jobs/{job.pk}/"
        assert (job.state, job.url) == ("done", f"{NEW}{batch.pk}/rows/")
        batch.refresh_from_db()
        assert batch.state == state
        assert told == ([] if state == "planned" else [(job.pk, 1, 1)])
        told.clear()


# ── what is refused ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.xlsx", b"not a workbook"), ("a.exe", b"MZ\x90"), ("a.xlsx", b" "), ("a.docx", b"PK\x03\x04")],
)
def test_a_file_of_another_kind_is_refused_and_not_kept(reporter: Client, name: str, content: bytes) -> None:
    before = set(results().listdir("")[1]) if results().exists("") else set()
    assert send(reporter, [], name=name, content=content).status_code == 422
    assert not ImportBatch.objects.exists()
    assert (set(results().listdir("")[1]) if results().exists("") else set()) == before


def test_a_unit_may_not_send_the_register(reporter: Client) -> None:
    register = workbook(["项目代码", "项目名称", "责任单位", "类别", "总投资"], [["N-1", "全新", "税郭镇", "产业", 5]])
    assert send(reporter, [], content=register).status_code == 403
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("who", ["leader", "auditor"])
def test_readers_send_nothing_in(cast: Cast, who: str) -> None:
    client = signed_in(cast.person(who))
    assert client.get("/exchange/").status_code == 200
    assert client.get(NEW).status_code == 403
    assert send(client, ROWS).status_code == 403


@pytest.mark.parametrize("who", ["other_reporter", "leader", "stranger"])
def test_an_import_of_somebody_else_is_not_there(cast: Cast, reporter: Client, who: str) -> None:
    batch = checked(reporter, ROWS)
    client = signed_in(cast.person(who))
    for address in ("", "rows/", "rows/refused.xlsx"):
        assert client.get(f"{NEW}{batch.pk}/{address}").status_code == 404
    for name in ("look", "rows/check", "confirm", "drop", "undo"):
        assert step(client, batch, name).status_code == 404


def test_the_office_looks_at_a_units_import_and_does_not_go_on_with_it(cast: Cast, reporter: Client) -> None:
    batch = checked(reporter, ROWS[:1])
    office = signed_in(cast.office)
    assert office.get(f"{NEW}{batch.pk}/rows/").status_code == 200
    for name in ("rows/check", "confirm", "drop"):
        assert step(office, batch, name).status_code == 403
    batch.refresh_from_db()
    assert batch.state == "planned"


def test_steps_out_of_order_are_refused(reporter: Client) -> None:
    batch = sent(reporter, ROWS)
    assert reporter.get(f"{NEW}{batch.pk}/rows/")["Location"] == f"{NEW}{batch.pk}/"
    assert step(reporter, batch, "confirm").status_code == 409
    assert step(reporter, batch, "undo").status_code == 409


@pytest.mark.parametrize(
    "posted", [{"row": "x", "keep": "y"}, {"row": "99999999999999999999"}, {"row": "3", "project-3": "no"}]
)
def test_nonsense_does_no_harm(reporter: Client, posted: dict[str, str]) -> None:
    batch = checked(reporter, ROWS[:1])
    assert step(reporter, batch, "rows/check", **posted).status_code in {302, 422}
    assert reporter.get(f"{NEW}{batch.pk}/rows/?outcome=nonsense&page=x").status_code == 200
    assert reporter.get(f"{NEW}999999/rows/").status_code == 404


@pytest.mark.parametrize("path", ["/exchange/", "rows/?outcome=changed"])
def test_rows_cost_no_queries(cast: Cast, reporter: Client, path: str) -> None:
    counted = []
    for count in (1, 3):
        ImportBatch.objects.all().delete()
        rows = [[n, f"P-{n}", None, 1, "一", None] for n in range(1, count + 1)]
        if count == 3:
            project(cast, "P-3")
            opened_again = MonthlyReport.objects.filter(project__code="P-3").exists()
            assert not opened_again
        batch = checked(reporter, rows)
        address = path if path.startswith("/") else f"{NEW}{batch.pk}/{path}"
        if path == "/exchange/" and count == 3:
            for copy in range(2):
                ImportBatch.objects.create(by=cast.reporter, at=batch.at, month=batch.month, file_name=f"{copy}.xlsx")
        reporter.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert reporter.get(address).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]
