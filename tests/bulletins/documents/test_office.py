"""Another office program opens the documents without repair and sets their text."""

import io
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from projects.bulletins.documents.writing import written
from tests.bulletins.documents.papers import paper

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.mark.skipif(
    OFFICE is None and not os.environ.get("CI"), reason="needs LibreOffice: apt-get install libreoffice"
)
def test_libreoffice_opens_them(tmp_path: Path) -> None:
    assert OFFICE, "CI leaves no test out: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui"
    held = paper()
    for kind in ("docx", "xlsx"):
        (tmp_path / f"{kind}.{kind}").write_bytes(written(held, kind))
    subprocess.run(  # noqa: S603 -- a program of the system, files of our own
        [OFFICE, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf", "--outdir",
         str(tmp_path), str(tmp_path / "docx.docx"), str(tmp_path / "xlsx.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    for kind, told in (("docx", "一、总体进展"), ("xlsx", "总体情况表")):
        found = PdfReader(io.BytesIO((tmp_path / f"{kind}.pdf").read_bytes()))
        text = "".join("".join(page.extract_text() for page in found.pages).split())
        assert len(found.pages) >= 10
        assert told in text
        assert "1,000" in text
