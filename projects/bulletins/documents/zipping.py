"""Office files are ZIP archives: the same parts give the same bytes, whatever the clock says."""

import io
import zipfile
from collections.abc import Mapping

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that the format knows


def repacked(content: bytes, instead: Mapping[str, bytes] | None = None) -> bytes:
    """The archive with its parts in their order, no times, and some of them replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for entry in old.infolist():
            part = zipfile.ZipInfo(entry.filename, EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 0
            new.writestr(part, (instead or {}).get(entry.filename) or old.read(entry), compresslevel=6)
    return file.getvalue()
