"""The office looks slips up: what each asked, when each step was taken and by whom; and changes none of them here."""

import pytest
from django.test import Client

from projects.followups.models import Slip
from projects.followups.workflow import State
from tests.admin.conftest import Enter
from tests.admin.pages import adding, listed, page
from tests.cast import AT, Cast, project
from tests.followups.slips import brought, bulletin, drafted, follow
from tests.pages import words


@pytest.fixture
def office(enter: Enter) -> Client:
    return enter("office")


def test_a_closed_slip_tells_every_step_and_who_took_it(cast: Cast, office: Client) -> None:
    slip = brought(drafted(cast), cast, State.CLOSED)
    told = words(office.get(page(slip)))
    for part in ("督办〔2023〕1号", "增派人员", "已整改", "枣发改〔2023〕8号", "现场已看", "分管区领导"):
        assert part in told, part
    for person in ("office", "reporter", "office2"):
        assert f"2023-10-10 09:30 · {person}" in told, person
    history = words(office.get(page(slip, "history")))
    for verb in ("签发", "签收", "核验", "销号"):
        assert verb in history, verb


def test_nothing_is_changed_here(cast: Cast, office: Client) -> None:
    slip = drafted(cast)
    assert office.get(adding(Slip)).status_code == 403
    assert office.post(page(slip), {"request": "x", "version": "0"}).status_code == 403
    assert 'name="request"' not in office.get(page(slip)).content.decode()
    assert f'href="/followups/{slip.pk}/"' in office.get(page(slip)).content.decode()


def test_slips_are_found_by_project_state_and_kind(cast: Cast, office: Client) -> None:
    lines = [(project(cast, "P-1"), 2, 1), (project(cast, "P-2"), 1, 1), (project(cast, "P-3"), 2, 2)]
    slips = follow(bulletin(cast, lines))
    brought(slips[0], cast, State.ISSUED)
    for query, found in (
        ({}, {"P-1", "P-2", "P-3"}), ({"q": "P-2"}, {"P-2"}), ({"state__exact": "issued"}, {"P-1"}),
        ({"kind__exact": "talk"}, {"P-3"}), ({"month": "2023-08"}, set()),
    ):  # fmt: skip
        rows = office.get(listed(Slip), query).context["cl"].queryset
        assert {slip.project.code for slip in rows} == found, query


def test_a_draft_has_no_number_and_no_steps_yet(cast: Cast, office: Client) -> None:
    told = words(office.get(page(drafted(cast))))
    assert "未编号" in told
    assert AT.strftime("%Y-%m-%d") in told
