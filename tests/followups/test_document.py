"""The Word file of a slip: what stands in it, before and after its issue, in both languages."""

import io

import pytest
from django.utils import translation
from docx import Document

from projects.core.month import Month
from projects.followups.documents import slip_as_word
from projects.followups.models import Slip
from projects.followups.queries import line_of
from projects.followups.workflow import State
from projects.register.models import Project
from tests.bulletins.month import district_of_three, published
from tests.cast import WAN, Cast, project
from tests.followups.slips import again, brought, bulletin, drafted, follow


def text_of(slip: Slip) -> str:
    """Every paragraph and every cell of the file, read back."""
    document = Document(io.BytesIO(slip_as_word(slip, line_of(slip)).getvalue()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_it_says_what_was_published(cast: Cast) -> None:
    _blue, _yellow, red = district_of_three(cast)
    published(cast)
    slip = brought(Slip.objects.select_related("project", "unit").get(project=red), cast, State.ISSUED)
    Project.objects.filter(pk=red.pk).update(name="改名之后")
    text = text_of(again(slip))
    for part in (
        "市中区重点项目办公室", "约谈通知书", "约谈〔2023〕1号", "税郭镇", red.name, red.code, "■", "连续2期",
        "完成40.0%，序时75.0%，慢35.0个百分点", "年度计划投资100万元，累计完成40万元", "区政府常务会议", "2023-10-10",
        "办结：2023-11-09前", "签发人", "单位回复",
    ):  # fmt: skip
        assert part in text, part
    assert "改名之后" not in text


@pytest.mark.parametrize(
    ("level", "periods", "title"),
    [(1, 1, "提示函"), (1, 2, "提示函"), (2, 1, "督办单"), (2, 2, "约谈通知书"), (2, 3, "约谈通知书")],
)
def test_each_step_of_the_ladder_as_a_draft(cast: Cast, level: int, periods: int, title: str) -> None:
    text = text_of(drafted(cast, level=level, periods=periods))
    assert title in text
    assert "未编号" in text
    assert "（未签发）" in text
    assert ("王区长" in text) == ((level, periods) == (1, 2))


def test_it_has_the_plan_and_what_it_goes_on_with(cast: Cast) -> None:
    row = project(cast)
    [first] = follow(bulletin(cast, [(row, 2, 1)], Month(2023, 8)))
    brought(first, cast, State.ISSUED)
    [second] = follow(bulletin(cast, [(row, 2, 1)]))
    text = text_of(brought(second, cast, State.IN_HAND))
    assert "增派人员" in text
    assert "接续督办〔2023〕1号" in text


def test_in_english_too(cast: Cast) -> None:
    slip = drafted(cast, total_investment=WAN)
    with translation.override("en"):
        assert "Supervision slip" in text_of(slip)


def test_a_slip_whose_line_is_gone_still_prints(cast: Cast) -> None:
    slip = drafted(cast)
    file = slip_as_word(slip, None)
    assert slip.project.name in "".join(
        cell.text for table in Document(file).tables for row in table.rows for cell in row.cells
    )
