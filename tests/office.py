"""Another office program: LibreOffice, which opens what the program has written and writes it anew."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(
    OFFICE is None and not os.environ.get("CI"), reason="needs LibreOffice: apt-get install libreoffice"
)


def converted(folder: Path, to: str, *names: str) -> None:
    """Have it write the files `names` of `folder` anew beside them, as `to`; in CI no test is left out."""
    assert OFFICE, "CI leaves no test out: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    files = [str(folder / name) for name in names]
    subprocess.run(  # noqa: S603 -- a program of the system, files of our own
        [OFFICE, profile, "--headless", "--convert-to", to, "--outdir", str(folder), *files],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
