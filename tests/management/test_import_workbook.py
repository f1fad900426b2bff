"""The import from the command line: JSON to the letter, an exit status, and everything or nothing."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from pytest_django import Settings

from projects.exchange.models import ImportBatch
from projects.progress.models import MonthlyReport
from projects.register.models import Project
from tests.cast import TODAY, WAN, Cast, plan, project
from tests.exchange.sheets import workbook
from tests.progress.month import in_state, opened, written

HEADING = ["序号", "项目代码", "项目名称", "责任单位", "本月完成（万元）", "形象进度", "下月计划"]


@pytest.fixture
def month(cast: Cast, settings: Settings) -> Cast:
    settings.TODAY = TODAY
    for code in ("P-1", "P-2", "P-3"):
        project(cast, code)
    opened()
    return cast


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "9月调度表.xlsx"


def run(path: Path, *options: str, who: str = "reporter", month: str = "2023-09") -> tuple[str, int]:
    """What it says, and its exit status."""
    said, status = io.StringIO(), 0
    try:
        call_command("import_workbook", str(path), *options, username=who, month=month, stdout=said)
    except SystemExit as ended:
        status = int(ended.code or 0)
    return said.getvalue(), status


def as_json(path: Path, *options: str, **more: Any) -> tuple[dict[str, Any], int]:
    said, status = run(path, "--json", *options, **more)
    return json.loads(said), status


def test_a_dry_run_says_each_cell_and_changes_nothing(month: Cast, sheet: Path) -> None:
    written(Project.objects.get(code="P-2"), image="主体施工")
    rows = [
        [1, "P-1", "年产示范产品项目 P-1", "税郭镇", "1.2亿", "三层", None],
        [2, "P-2", None, None, 100, "主体施工", "—"],
        [3, "P-3", None, None, "/", None, None],
    ]
    sheet.write_bytes(workbook(HEADING, rows))
    said, status = as_json(sheet, "--dry-run")
    assert said == {
        "new": 0,
        "changed": 1,
        "unchanged": 2,
        "refused": [],
        "cells": [
            {"code": "P-1", "field": "invested_this_month", "old": None, "new": 12_000 * WAN},
            {"code": "P-1", "field": "image", "old": None, "new": "三层"},
        ],
    }
    assert status == 0
    assert not MonthlyReport.objects.exclude(project__code="P-2").exclude(state="due").exists()
    assert not ImportBatch.objects.exists()


def test_refused_rows_say_where_and_why_and_nothing_is_imported(month: Cast, sheet: Path) -> None:
    in_state("approved", Project.objects.get(code="P-2"), month)
    rows = [
        [1, "P-1", None, None, 100, "三层", None],
        [2, "P-2", None, None, 200, None, None],
        [3, "P-3", None, None, "约五百", None, None],
    ]
    sheet.write_bytes(workbook(HEADING, rows, title="9月"))
    said, status = as_json(sheet)
    assert status == 1
    assert (said["new"], said["changed"], said["unchanged"]) == (0, 1, 0)
    places = [(each["sheet"], each["row"], each["column"], each["value"]) for each in said["refused"]]
    assert places == [("9月", 4, "E", "200"), ("9月", 5, "E", "约五百")]
    assert all(each["why"] for each in said["refused"])
    assert not MonthlyReport.objects.filter(state="draft").exists()


def test_without_dry_run_all_is_imported_and_can_be_taken_back(month: Cast, sheet: Path) -> None:
    sheet.write_bytes(
        workbook(HEADING, [[1, "P-1", None, None, 100, "三层", None], [2, "P-2", None, None, 5, None, "四层"]])
    )
    said, status = as_json(sheet)
    assert (said["changed"], status) == (2, 0)
    [batch] = ImportBatch.objects.all()
    assert (batch.state, batch.by, batch.counts["written"], batch.stored_as) == ("imported", month.reporter, 2, "")
    report = MonthlyReport.objects.get(project__code="P-2")
    assert (report.invested_this_month, report.next_steps, report.written_by) == (5 * WAN, "四层", month.reporter)
    again, status = as_json(sheet)
    assert (again["changed"], again["unchanged"], again["cells"], status) == (0, 2, [], 0)
    assert ImportBatch.objects.count() == 1


def test_complete_reports_are_handed_in_when_asked(month: Cast, sheet: Path) -> None:
    sheet.write_bytes(
        workbook(HEADING, [[1, "P-1", None, None, 100, "三层", "四层"], [2, "P-2", None, None, 5, None, None]])
    )
    run(sheet, "--submit")
    states = dict(MonthlyReport.objects.values_list("project__code", "state"))
    assert states == {"P-1": "submitted", "P-2": "draft", "P-3": "due"}


def test_plans_are_new_with_whole_yuan(month: Cast, sheet: Path) -> None:
    plan(Project.objects.get(code="P-1"), 500 * WAN)
    heading = ["项目代码", "项目名称", "年度", "年度计划投资（亿元）", "年度建设目标"]
    sheet.write_bytes(
        workbook(heading, [["P-1", "", 2023, 0.05, ""], ["P-2", "", 2023, 1.5, "封顶"]], title="年度计划")
    )
    said, status = as_json(sheet, "--dry-run", "--kind", "plans", who="office")
    assert (said["new"], said["unchanged"], status) == (1, 1, 0)
    assert said["cells"] == [
        {"code": "P-2", "field": "year_plan", "old": None, "new": 15_000 * WAN},
        {"code": "P-2", "field": "goal", "old": None, "new": "封顶"},
    ]


def test_in_words_it_reads_as_a_report(month: Cast, sheet: Path) -> None:
    sheet.write_bytes(
        workbook(HEADING, [[1, "P-1", None, None, 100, None, None], [2, "Z-1", None, None, 1, None, None]])
    )
    with translation.override("en"):
        said, status = run(sheet, "--dry-run")
    assert status == 1
    assert "row 4, column B" in said
    assert "invested_this_month None → 1000000" in said
    assert said.endswith("Nothing was changed.\n")


@pytest.mark.parametrize(
    ("options", "words"),
    [({"who": "nobody"}, "nobody"), ({"month": "202309"}, "202309"), ({"who": "leader"}, "角色")],
    ids=["account", "month", "role"],
)
def test_what_cannot_be_tried_is_said_in_a_sentence(
    month: Cast, sheet: Path, options: dict[str, str], words: str
) -> None:
    sheet.write_bytes(workbook(HEADING, [[1, "P-1", None, None, 100, None, None]]))
    with pytest.raises(CommandError, match=words) as error:
        run(sheet, **options)
    assert error.value.returncode == 2


@pytest.mark.parametrize(
    "content", [None, b"", b"MZ\x90", b"PK\x03\x04nothing"], ids=["none", "empty", "program", "broken"]
)
def test_a_file_that_is_none_is_refused_and_not_kept(month: Cast, sheet: Path, content: bytes | None) -> None:
    if content is not None:
        sheet.write_bytes(content)
    with pytest.raises(CommandError) as error:
        run(sheet)
    assert error.value.returncode == 2
    assert not ImportBatch.objects.exists()
