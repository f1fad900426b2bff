"""Sets `bulletin.typ` of a folder into `bulletin.pdf`, run as a program of its own: its memory ends with it."""

import sys
from pathlib import Path
from typing import Literal

import typst

STANDARD: Literal["a-2b"] = "a-2b"  # PDF/A-2b: what archives ask for


def main(folder: str, fonts: str) -> None:
    found: bytes = typst.compile(
        str(Path(folder, "bulletin.typ")),
        root=folder,
        format="pdf",
        font_paths=[fonts],
        ignore_system_fonts=True,
        pdf_standards=[STANDARD],
        pdf_tags=False,  # they make it four times as large; who is read to uses the page to print
    )
    Path(folder, "bulletin.pdf").write_bytes(found)


if __name__ == "__main__":
    main(*sys.argv[1:])
