"""Which files are taken in, told by ending and content; and what becomes of their names and pictures."""

import io

import pytest
from PIL import Image

from projects.register import file_types
from projects.register.file_types import FILE_TYPES, clean_name, ending_of, is_disguised, preview_of
from tests.register.samples import (
    DOCX,
    HTML,
    JPG,
    OLD_OFFICE,
    PDF,
    PNG,
    PROGRAM,
    SVG,
    XLSX,
    package,
    picture,
)  # fmt: skip

HONEST = {
    "jpg": JPG, "jpeg": JPG, "png": PNG, "pdf": PDF, "docx": DOCX, "xlsx": XLSX, "doc": OLD_OFFICE,
    "xls": OLD_OFFICE, "wps": OLD_OFFICE, "et": OLD_OFFICE,
}  # fmt: skip


def test_every_ending_is_tried() -> None:
    assert set(HONEST) == set(FILE_TYPES)
    assert not set(FILE_TYPES) & {"zip", "html", "svg", "exe", "docm", "xlsm"}


@pytest.mark.parametrize("ending", HONEST)
def test_an_honest_file_fits_its_ending(ending: str) -> None:
    assert FILE_TYPES[ending].fits(HONEST[ending])


@pytest.mark.parametrize("ending", HONEST)
@pytest.mark.parametrize("content", [HTML, SVG, PROGRAM, b"", b"\x00", b"PK\x03\x04", package("a.txt")])
def test_another_content_does_not(ending: str, content: bytes) -> None:
    assert not FILE_TYPES[ending].fits(content)


@pytest.mark.parametrize("ending", HONEST)
def test_nor_does_that_of_another_kind(ending: str) -> None:
    own = HONEST[ending]
    assert not any(FILE_TYPES[ending].fits(content) for content in HONEST.values() if content is not own)


@pytest.mark.parametrize("cut", [30, 60, len(DOCX) - 30, len(DOCX) - 1])
def test_a_package_that_is_cut_off_does_not_fit(cut: int) -> None:
    assert not FILE_TYPES["docx"].fits(DOCX[:cut])


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("立项批复.pdf", "立项批复.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\王\\照片.JPG", "照片.JPG"),
        ("..", ""),
        ("", ""),
        ("/", ""),
        (".pdf", "pdf"),
        ("a.pdf.", "a.pdf"),
        ("a\x00.pdf", "a.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("line\nbreak.pdf", "linebreak.pdf"),
        (" 空格 .pdf ", "空格 .pdf"),
    ],
)
def test_a_name_loses_path_and_invisible_signs(sent: str, kept: str) -> None:
    assert clean_name(sent) == kept


@pytest.mark.parametrize(
    ("length", "kept"), [(116, 116), (117, 116), (300, 116)], ids=["as long as it may be", "one more", "300"]
)
def test_a_long_name_is_cut_and_keeps_its_ending(length: int, kept: int) -> None:
    assert clean_name("长" * length + ".pdf") == "长" * kept + ".pdf"


def test_a_name_that_is_all_ending_is_cut_too() -> None:
    assert len(clean_name("a." + "x" * 300)) == file_types.LONGEST_NAME


@pytest.mark.parametrize(
    ("name", "ending"), [("a.PDF", "pdf"), ("a.pdf.html", "html"), ("a", ""), ("v1.2.docx", "docx"), ("a.", "")]
)
def test_the_last_ending_counts(name: str, ending: str) -> None:
    assert ending_of(name) == ending


@pytest.mark.parametrize("name", ["a.exe.pdf", "a.HTML.jpg", "a.php.x.png", "a.svg .pdf"])
def test_two_endings_are_a_disguise(name: str) -> None:
    assert is_disguised(name)


@pytest.mark.parametrize("name", ["v1.2.docx", "2023.09.30 报告.pdf", "exe.pdf", "立项.批复.pdf", "pdf"])
def test_points_in_a_name_are_not(name: str) -> None:
    assert not is_disguised(name)


@pytest.mark.parametrize(
    "content",
    [
        JPG, PNG, picture("PNG", mode="L"), picture("PNG", mode="1"), picture("PNG", mode="LA"), picture(mode="CMYK"),
        picture(size=(3000, 20)),
    ],
)  # fmt: skip
def test_a_preview_is_a_small_jpeg(content: bytes) -> None:
    with Image.open(io.BytesIO(preview_of(content))) as small:
        assert (small.format, small.mode) == ("JPEG", "RGB")
        assert max(small.size) == file_types.PREVIEW_SIDE


def test_a_transparent_picture_lies_on_white() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(written, "PNG")
    with Image.open(io.BytesIO(preview_of(written.getvalue()))) as small:
        assert small.getpixel((5, 5)) == (255, 255, 255)


def test_a_preview_stands_upright_and_tells_no_place() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif.get_ifd(0x8825)[1] = "N"  # where it was taken
    written = io.BytesIO()
    Image.new("RGB", (400, 200)).save(written, "JPEG", exif=exif)
    with Image.open(io.BytesIO(preview_of(written.getvalue()))) as small:
        assert small.size == (200, 400)
        assert not small.getexif()


@pytest.mark.parametrize(
    "content", [b"\xff\xd8\xff" + HTML, JPG[:-200], JPG[:100], PNG[:50], SVG, picture("GIF"), picture("BMP")]
)
def test_what_cannot_be_opened_has_none(content: bytes) -> None:
    with pytest.raises(ValueError, match="picture"):
        preview_of(content)


def test_what_would_unfold_too_far_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_types, "MOST_PIXELS", 640 * 480)
    assert preview_of(JPG)
    monkeypatch.setattr(file_types, "MOST_PIXELS", 640 * 480 - 1)
    with pytest.raises(ValueError, match="pixels"):
        preview_of(JPG)
