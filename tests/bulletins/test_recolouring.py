"""Colours that follow other rules as long work: batch by batch, gone on with, told of, and in nobody's way."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from projects.background.models import Job
from projects.bulletins.actions import publishing, recolouring
from projects.bulletins.actions.editions import set_edition
from projects.bulletins.actions.papers import document_of
from projects.bulletins.actions.recolouring import is_recoloured, recolour
from projects.bulletins.models import Line, Recolouring
from projects.bulletins.queries.published import line_copies
from projects.bulletins.tasks import go_on_recolouring
from projects.core.month import Month
from projects.core.refusals import Refused
from projects.register.models import Project
from tests.bulletins.month import LATER, OBJECTIONS_UNTIL, begun, circulated, district_of_three, published
from tests.bulletins.rules import STRICT, edition, edition_set
from tests.cast import AT, SEPTEMBER, TODAY, Cast, signed_in
from tests.pages import opened, words

AUGUST, OCTOBER = Month(2023, 8), Month(2023, 10)
TOLD = "正在重新评定"


@pytest.fixture
def rows(cast: Cast) -> list[Project]:
    return district_of_three(cast)


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recolouring, "BATCH", 1)


def levels(month: Month = SEPTEMBER) -> list[int | None]:
    return list(Line.objects.of(month).order_by("project").values_list("level", flat=True))


class TestTheWork:
    @pytest.mark.usefixtures("rows")
    def test_is_begun_for_who_set_the_rules_and_watches(self, cast: Cast) -> None:
        _row, job = set_edition(
            edition(STRICT), holds_from=SEPTEMBER, reason="…", by=cast.office, at=AT, open_month=SEPTEMBER, seen=0
        )
        assert job is not None
        assert (job.by, job.task, job.url) == (cast.office, recolouring.TASK, "/rules/")
        assert Recolouring.objects.get().since == SEPTEMBER

    def test_is_none_where_nothing_has_a_colour_yet(self, cast: Cast) -> None:
        edition_set(edition(STRICT), by=cast.office)
        assert not Recolouring.objects.exists()
        assert not Job.objects.exists()

    @pytest.mark.usefixtures("one_by_one")
    def test_goes_batch_by_batch_and_is_gone_on_with(self, rows: list[Project]) -> None:
        Project.objects.update(rerate_from=None)
        edition_set(edition(STRICT), AUGUST)
        assert [recolouring._next_batch(SEPTEMBER) for _batch in range(2)] == [1, 1]
        assert Recolouring.objects.get().reached == rows[1].pk  # here the worker is killed
        assert levels() == [0, 2, 2]
        told: list[tuple[int, int]] = []
        assert recolour(through=SEPTEMBER, progress=lambda *far: told.append(far)) == 1
        assert told == [(1, 3)]
        assert not Recolouring.objects.exists()
        assert recolour(through=SEPTEMBER) == 0

    @pytest.mark.usefixtures("rows", "one_by_one")
    def test_begins_again_when_rules_are_set_meanwhile_from_the_earlier_month(self) -> None:
        edition_set(edition(STRICT), SEPTEMBER)
        recolouring._next_batch(SEPTEMBER)
        edition_set(edition(), AUGUST)
        at_work = Recolouring.objects.get()
        assert (at_work.since, at_work.reached) == (AUGUST, 0)
        recolouring._next_batch(SEPTEMBER)
        edition_set(edition(), SEPTEMBER)
        at_work = Recolouring.objects.get()
        assert (at_work.since, at_work.reached) == (AUGUST, 0)

    @pytest.mark.usefixtures("rows")
    def test_what_was_left_is_found_by_the_timetable(self, settings: Settings) -> None:
        settings.TODAY = TODAY
        edition_set(edition(STRICT))
        go_on_recolouring.enqueue()
        assert levels() == [0, 2, 2]
        assert not Recolouring.objects.exists()

    def test_a_published_month_stays(self, cast: Cast, rows: list[Project]) -> None:
        bulletin = published(cast)
        kept = [line.as_json() for line in line_copies(bulletin)]
        Recolouring.objects.create(since=SEPTEMBER)
        assert recolour(through=OCTOBER) == len(rows)
        assert levels() == [0, 1, 2]
        assert [line.as_json() for line in line_copies(bulletin)] == kept


class TestMeanwhile:
    @pytest.mark.parametrize(("since", "is_held"), [(SEPTEMBER, True), (OCTOBER, False)])
    @pytest.mark.usefixtures("rows")
    def test_only_the_months_concerned_wait(self, cast: Cast, since: Month, is_held: bool) -> None:
        draft = circulated(cast)
        Recolouring.objects.create(since=since)
        assert is_recoloured(SEPTEMBER) is is_held
        given: dict[str, Any] = {"by": cast.office, "at": LATER, "seen": draft.version}
        if not is_held:
            publishing.publish(draft, through=SEPTEMBER, **given)
            return
        with pytest.raises(Refused, match=TOLD):
            publishing.publish(draft, through=SEPTEMBER, **given)
        with pytest.raises(Refused, match=TOLD):
            publishing.compose_again(draft, **given)
        with pytest.raises(Refused, match=TOLD):
            document_of(draft, "docx")
        Recolouring.objects.all().delete()
        publishing.publish(draft, through=SEPTEMBER, **given)

    @pytest.mark.usefixtures("rows")
    def test_a_draft_is_neither_begun_nor_shown_to_the_units(self, cast: Cast) -> None:
        draft = begun(cast)
        Recolouring.objects.create(since=AUGUST)
        with pytest.raises(Refused, match=TOLD):
            begun(cast, AUGUST)
        with pytest.raises(Refused, match=TOLD):
            publishing.circulate(
                draft, objections_until=OBJECTIONS_UNTIL, by=cast.office, at=AT, seen=draft.version
            )  # fmt: skip

    @pytest.mark.usefixtures("rows")
    @pytest.mark.parametrize("who", ["office", "reporter", "leader"])
    def test_every_page_says_so_until_it_is_done(self, cast: Cast, settings: Settings, who: str) -> None:
        settings.TODAY = TODAY
        client = signed_in(cast.person(who))
        assert TOLD not in words(client.get("/projects/"))
        edition_set(edition(STRICT))
        for url in ("/projects/", "/overview/", "/"):
            assert TOLD in words(client.get(url))
        recolour(through=SEPTEMBER)
        assert TOLD not in words(client.get("/projects/"))

    def test_the_page_of_a_draft_names_what_it_waits_for(self, cast: Cast, settings: Settings) -> None:
        settings.TODAY = TODAY
        district_of_three(cast)
        draft = begun(cast)
        client = signed_in(cast.office)
        sentence = "评定规则已调整，正在重新评定颜色，请待完成后再办理。"
        assert sentence not in words(client.get(f"/bulletins/{draft.pk}/"))
        Recolouring.objects.create(since=SEPTEMBER)
        assert sentence in client.get(f"/bulletins/{draft.pk}/edit/").content.decode()


def test_rules_for_later_lead_back_to_the_rules(cast: Cast, client: Client, settings: Settings) -> None:
    settings.TODAY = TODAY
    district_of_three(cast)
    client = signed_in(cast.office)
    typed = {**opened(client, "/rules/new/"), "name": "x", "reason": "x", "save": "1", "holds_from": "2023-10"}
    assert client.post("/rules/new/", typed).url == "/rules/"  # type: ignore[attr-defined]
    assert not Job.objects.exists()
