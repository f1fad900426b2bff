"""A process that is killed while it publishes leaves the draft as it was, and the next one publishes it whole."""

import signal
from pathlib import Path

import pytest

from projects.bulletins.actions.publishing import publish
from projects.bulletins.models import Bulletin, BulletinLine, BulletinUnit
from projects.bulletins.queries.verifying import faults
from projects.journal.models import Entry
from tests.bulletins.month import LATER, circulated, district_of_three
from tests.cast import SEPTEMBER, Cast
from tests.processes import start

PATIENCE = 60  # seconds


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["_copy_units", "tell_followers"])
def test_whole_or_not_at_all(cast: Cast, tmp_path: Path, step: str) -> None:
    district_of_three(cast)
    draft = circulated(cast)
    process = start("-m", "tests.bulletins.killed", str(draft.pk), step, folder=tmp_path)
    assert process.wait(PATIENCE) == -signal.SIGKILL
    assert Bulletin.objects.get(pk=draft.pk).state == "circulated"
    assert not BulletinLine.objects.exists()
    assert not BulletinUnit.objects.exists()
    assert not Entry.objects.filter(verb="publish").exists()
    bulletin = publish(draft, by=cast.office, at=LATER, through=SEPTEMBER, seen=draft.version)
    assert (bulletin.state, bulletin.lines.count()) == ("published", 3)
    assert list(faults()) == []
