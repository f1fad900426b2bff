"""Sets `bulletin.typ` of a folder into `bulletin.pdf`, run as a program of its own: its memory ends with it.

Named `tagged` it is PDF/A-2a and PDF/UA-1: what archives ask for, and what can be read aloud in its order, with
headings and tables for what they are. Else it is PDF/A-2b, for documents so long that tags would outweigh them.
"""

import sys
from pathlib import Path
from typing import Any

import typst

STANDARDS: dict[str, Any] = {"tagged": ["a-2a", "ua-1"], "plain": ["a-2b"]}


def main(folder: str, fonts: str, kind: str) -> None:
    found: bytes = typst.compile(
        str(Path(folder, "bulletin.typ")),
        root=folder,
        format="pdf",
        font_paths=[fonts],
        ignore_system_fonts=True,
        pdf_standards=STANDARDS[kind],
        pdf_tags=kind == "tagged",
    )
    Path(folder, "bulletin.pdf").write_bytes(found)


if __name__ == "__main__":
    main(*sys.argv[1:])
