"""The command that proves the journal: what it prints, and what it notices."""

import pytest
from django.core.management import CommandError, call_command

from projects.journal.models import Entry
from projects.journal.protection import unprotected
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    call_command("verify_journal", *arguments)
    return capsys.readouterr().out.splitlines()


def test_a_whole_journal_prints_its_last_entry(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    last = Entry.objects.order_by("-seq").first()
    assert last is not None
    assert printed(capsys)[-1] == f"{last.seq}:{last.digest}"


def test_an_empty_journal_is_whole(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(printed(capsys)) == 1


def test_a_changed_entry_is_named(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    with unprotected():
        Entry.objects.filter(seq=2).update(note="never said")
    with pytest.raises(CommandError):
        call_command("verify_journal")
    assert capsys.readouterr().out.startswith("2: ")


def test_a_cut_tail_shows_by_its_anchor_alone(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    kept = printed(capsys)[-1]
    with unprotected():
        Entry.objects.filter(seq=int(kept.partition(":")[0])).delete()
    assert printed(capsys)  # the chain alone does not notice
    with pytest.raises(CommandError):
        call_command("verify_journal", "--anchor", kept)


def test_an_older_copy_with_other_entries_shows_by_its_anchor(cast: Cast) -> None:
    with pytest.raises(CommandError):
        call_command("verify_journal", "--anchor", f"1:{'0' * 64}")


@pytest.mark.parametrize("text", ["", "1", "x:" + "0" * 64, "1:short", "１:" + "0" * 64])
def test_an_anchor_that_is_none_is_refused(cast: Cast, text: str) -> None:
    with pytest.raises(CommandError):
        call_command("verify_journal", "--anchor", text)
