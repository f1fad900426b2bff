"""An import whose process is killed in the middle leaves nothing behind, and can be carried out again."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from projects.exchange.actions.importing import import_batch
from projects.journal.models import Entry
from projects.progress.models import MonthlyReport
from tests.background.test_worker import ROOT, database_url, waited_for
from tests.cast import Cast, project
from tests.exchange.batch import checked
from tests.exchange.sheets import asked, row
from tests.progress.month import opened

pytestmark = pytest.mark.django_db(transaction=True)


def test_killed_in_the_middle_nothing_is_half_imported(cast: Cast, tmp_path: Path) -> None:
    codes = [f"P-{number}" for number in range(1, 5)]
    for code in codes:
        project(cast, code)
    opened()
    rows = [row(number, code=code, image="三层") for number, code in enumerate(codes, start=3)]
    batch, entries, begun = checked(asked(cast.reporter), *rows), Entry.objects.count(), tmp_path / "begun"
    connection.close()
    environment = os.environ | {
        "DATABASE_URL": database_url(), "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tracker.settings",
    }  # fmt: skip
    command = [sys.executable, "-m", "tests.exchange.dying", str(batch.pk), str(begun)]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as importing:  # noqa: S603 # our own program
        try:
            assert waited_for(lambda: begun.exists() or importing.poll() is not None)
            assert importing.poll() is None, "it ended before it could be killed"
        finally:
            importing.kill()
    batch.refresh_from_db()
    assert batch.state == "planned"
    assert Entry.objects.count() == entries
    assert not MonthlyReport.objects.exclude(state="due").exists()
    assert import_batch(batch, asked(cast.reporter)).counts["written"] == len(codes)
    assert MonthlyReport.objects.filter(state="draft", image="三层").count() == len(codes)
