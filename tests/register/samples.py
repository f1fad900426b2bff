"""Files as officials send them, and as they should not: each a name's worth of honest or dishonest bytes."""

import io
import zipfile

from PIL import Image


def picture(form: str = "JPEG", size: tuple[int, int] = (640, 480), mode: str = "RGB") -> bytes:
    """A real picture of one colour."""
    written = io.BytesIO()
    Image.new(mode, size, 120).save(written, form)
    return written.getvalue()


def package(*parts: str) -> bytes:
    """An archive with these parts in it."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for part in parts:
            archive.writestr(part, "<xml/>")
    return written.getvalue()


JPG, PNG = picture(), picture("PNG", mode="P")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
DOCX = package("[Content_Types].xml", "word/document.xml")
XLSX = package("[Content_Types].xml", "xl/workbook.xml")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
PROGRAM = b"MZ\x90\x00" + bytes(200)
