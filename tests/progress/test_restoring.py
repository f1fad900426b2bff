"""Putting a report back to what it said, and taking back that it was asked for."""

import json

import pytest

from projects.core.refusals import NotAllowed, Refused, Stale
from projects.progress.actions.reporting import written_in
from projects.progress.actions.restoring import Stood, ask_no_more, put_back
from projects.progress.checking import Written
from projects.progress.models import MonthlyReport
from tests.cast import Cast, project
from tests.progress.month import FULL, approved, at, in_state, opened, submitted, written


def test_a_draft_is_as_if_nobody_had_written(cast: Cast) -> None:
    of = project(cast)
    opened()
    report = written(of, by=cast.reporter)
    back = put_back(report, Written(), Stood(), by=cast.reporter, at=at(), seen=report.version)
    assert (back.state, written_in(back), back.written_at, back.written_by) == ("due", Written(), None, None)


def test_what_was_handed_in_is_as_if_it_had_not_been(cast: Cast) -> None:
    of = project(cast)
    opened()
    report = submitted(of, by=cast.reporter)
    back = put_back(report, Written(), Stood(), by=cast.reporter, at=at(), seen=report.version)
    assert (written_in(back), Stood.of(back)) == (Written(), Stood())
    of.refresh_from_db()
    assert of.rerate_from is not None


@pytest.mark.parametrize("state", ["due", "draft", "returned"])
def test_where_a_report_stood_comes_back_whole(cast: Cast, state: str) -> None:
    of = project(cast)
    opened()
    report = in_state(state, of, cast)
    said, stood = written_in(report), Stood.from_json(json.loads(json.dumps(Stood.of(report).as_json())))
    assert stood == Stood.of(report)
    changed = submitted(of, by=cast.reporter)
    back = put_back(changed, said, stood, by=cast.reporter, at=at(), seen=changed.version)
    assert (written_in(back), Stood.of(back)) == (said, stood)


def test_who_may_not_write_it_does_not_put_it_back(cast: Cast) -> None:
    of = project(cast)
    opened()
    report = written(of)
    with pytest.raises(NotAllowed):
        put_back(report, FULL, Stood("draft"), by=cast.other_reporter, at=at(), seen=report.version)
    with pytest.raises(Stale):
        put_back(report, FULL, Stood("draft"), by=cast.reporter, at=at(), seen=report.version + 1)


def test_an_approved_report_stays(cast: Cast) -> None:
    of = project(cast)
    opened()
    report = approved(of, by=cast.reporter)
    with pytest.raises(Refused):
        put_back(report, Written(), Stood(), by=cast.reporter, at=at(), seen=report.version)


def test_only_empty_reports_are_asked_for_no_more(cast: Cast) -> None:
    of, other = project(cast), project(cast, "P-2")
    opened()
    written(other)
    assert ask_no_more(of, by=cast.office, at=at()) == 1
    assert ask_no_more(other, by=cast.office, at=at()) == 0
    assert [report.project for report in MonthlyReport.objects.all()] == [other]
    with pytest.raises(NotAllowed):
        ask_no_more(other, by=cast.reporter, at=at())
