"""The command says whether published bulletins are whole, and which line is not."""

import io

import pytest
from django.core.management import CommandError, call_command

from projects.bulletins.models import BulletinLine
from projects.core.append_only import lifted
from tests.bulletins.month import district_of_three, published
from tests.cast import Cast
from tests.conftest import PROTECTED


def said() -> str:
    out = io.StringIO()
    call_command("verify_bulletins", stdout=out)
    return out.getvalue()


def test_all_is_well(cast: Cast) -> None:
    district_of_three(cast)
    published(cast)
    assert "1" in said()


def test_a_changed_line_is_named(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    district_of_three(cast)
    published(cast)
    with lifted(*PROTECTED):
        BulletinLine.objects.filter(code="P-2").update(level=0)
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("verify_bulletins", stdout=out)
    assert "P-2" in out.getvalue()
