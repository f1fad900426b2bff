"""How far work is that writes all or nothing: told beside the database, which shows nothing before the end.

Each such work has a small file in `DATA_DIR`, so that SQLite, which lets one write at a time, needs no second
connection. Where the worker runs on another machine than the pages, and the folder is not shared, nothing is heard of
it: the page then says only that it is being worked on.
"""

from contextlib import suppress
from pathlib import Path

from django.conf import settings


def tell(pk: int, done: int, total: int) -> None:
    """Note how far the work of this number is. What cannot be noted stands in no work's way."""
    path = _path(pk)
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        half = path.with_suffix(".half")
        half.write_text(f"{done} {total}", encoding="ascii")
        half.replace(path)


def heard(pk: int) -> tuple[int, int] | None:
    """How much of it is done, of how much; None when nothing was told."""
    try:
        done, total = _path(pk).read_text(encoding="ascii").split()
        return int(done), int(total)
    except (OSError, ValueError):
        return None


def forget(pk: int) -> None:
    """What was told of it, by a try that was broken off or is over."""
    with suppress(OSError):
        _path(pk).unlink(missing_ok=True)


def _path(pk: int) -> Path:
    return Path(settings.DATA_DIR) / "progress" / str(pk)
