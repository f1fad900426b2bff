"""Another office program opens the documents without repair and sets their text."""

import io
from pathlib import Path

from pypdf import PdfReader

from projects.bulletins.documents.writing import written
from tests.bulletins.documents.papers import paper
from tests.office import converted, needs_office


@needs_office
def test_libreoffice_opens_them(tmp_path: Path) -> None:
    held = paper()
    for kind in ("docx", "xlsx"):
        (tmp_path / f"{kind}.{kind}").write_bytes(written(held, kind))
    converted(tmp_path, "pdf", "docx.docx", "xlsx.xlsx")
    for kind, told in (("docx", "一、总体进展"), ("xlsx", "总体情况表")):
        found = PdfReader(io.BytesIO((tmp_path / f"{kind}.pdf").read_bytes()))
        text = "".join("".join(page.extract_text() for page in found.pages).split())
        assert len(found.pages) >= 10
        assert told in text
        assert "1,000" in text
