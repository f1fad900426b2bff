"""The month's own address: what counts now, for whom."""

import pytest
from django.test import Client

from projects.bulletins.actions import publishing
from projects.bulletins.models import Bulletin
from projects.register.models import Project
from tests.bulletins.month import LATER, begun, circulated, published
from tests.cast import SEPTEMBER, Cast, signed_in

PAGE = "/bulletins/2023-09/"
KINDS = ("docx", "xlsx", "pdf")


def seen(client: Client) -> int:
    pk: int = client.get(PAGE).context["bulletin"].pk
    return pk


class TestThePage:
    def test_is_of_the_edition_in_force(self, cast: Cast, rows: list[Project]) -> None:
        first, office, leader = published(cast), signed_in(cast.office), signed_in(cast.leader)
        assert seen(leader) == first.pk
        second = publishing.begin_correction(first, reason="金额有误", by=cast.office, at=LATER)
        assert seen(office) == seen(leader) == first.pk, "a draft counts while nothing is published, and not after"
        publishing.publish(second, by=cast.office, at=LATER, through=SEPTEMBER, seen=second.version)
        assert seen(office) == seen(leader) == second.pk

    @pytest.mark.parametrize(("who", "status"), [("office", 200), ("leader", 200), ("reporter", 404)])
    def test_is_of_the_draft_for_who_reads_it(self, cast: Cast, rows: list[Project], who: str, status: int) -> None:
        begun(cast)
        assert signed_in(cast.person(who)).get(PAGE).status_code == status

    def test_of_a_circulated_draft_is_for_the_units(self, cast: Cast, rows: list[Project]) -> None:
        number = circulated(cast).pk
        assert seen(signed_in(cast.reporter)) == number

    def test_of_another_district_is_none(self, cast: Cast, rows: list[Project]) -> None:
        published(cast)
        for path in ("", "list/", "print/", *(f"bulletin.{kind}" for kind in KINDS)):
            assert signed_in(cast.stranger).get(f"{PAGE}{path}").status_code == 404, path

    @pytest.mark.parametrize("month", ["2023-08", "2023-13", "2023-00", "0000-01"])
    def test_of_a_month_without_one_is_none(self, cast: Cast, rows: list[Project], month: str) -> None:
        published(cast)
        assert signed_in(cast.office).get(f"/bulletins/{month}/").status_code == 404

    def test_only_reads(self, cast: Cast, rows: list[Project]) -> None:
        published(cast)
        for path in ("", "list/", "print/", "bulletin.pdf"):
            assert signed_in(cast.office).post(f"{PAGE}{path}").status_code == 405, path
        assert Bulletin.objects.count() == 1


class TestWhatGoesWithIt:
    def test_the_files_are_those_of_the_edition(self, cast: Cast, rows: list[Project]) -> None:
        number, client = published(cast).pk, signed_in(cast.leader)
        for kind in KINDS:
            answer = client.get(f"{PAGE}bulletin.{kind}")
            assert answer.status_code == 200
            assert answer.content == client.get(f"/bulletins/{number}/documents/{kind}/").content

    def test_another_kind_is_none(self, cast: Cast, rows: list[Project]) -> None:
        published(cast)
        for kind in ("exe", "doc", "PDF"):
            assert signed_in(cast.leader).get(f"{PAGE}bulletin.{kind}").status_code == 404

    def test_the_list_and_the_print(self, cast: Cast, rows: list[Project]) -> None:
        number, client = published(cast).pk, signed_in(cast.leader)
        for path in ("list/", "print/"):
            assert client.get(f"{PAGE}{path}").context["bulletin"].pk == number
