"""One month from the draft to its correction, through the pages alone, by those who do it."""

import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from projects.accounts.models import User
from projects.bulletins.models import Bulletin, Objection, Override
from projects.notices.models import Notice
from tests.bulletins.month import district_of_three
from tests.cast import TODAY, Cast, signed_in

DAY = datetime.timedelta(days=1)


def version() -> int:
    found: int = Bulletin.objects.exclude(state="published").get().version
    return found


def told(person: User) -> set[str]:
    return set(Notice.objects.of(person).values_list("kind", flat=True))


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, f"{address} answers {response.status_code}"
    return response.content.decode()


def sent(client: Client, address: str, **values: Any) -> str:
    """The page that the form leads to."""
    response = client.post(address, values, follow=True)
    assert response.status_code == 200, response.content.decode()[:2000]
    return response.content.decode()


def test_a_month_is_drafted_circulated_decided_published_and_corrected(cast: Cast, settings: Settings) -> None:
    settings.TODAY = TODAY
    _blue, yellow, red = district_of_three(cast)
    colleague = User.objects.create(
        username="office2", name="office2", role="office", unit=cast.district, must_change_password=False
    )
    people = (cast.office, colleague, cast.reporter, cast.leader)
    office, second, reporter, leader = (signed_in(each) for each in people)

    sent(office, "/bulletins/begin/", month="2023-09")
    draft = Bulletin.objects.get()
    at = f"/bulletins/{draft.pk}/"
    assert reporter.get(at).status_code == 404  # not circulated yet
    saved = sent(
        office, f"{at}edit/", version=version(), title="九月通报", addressees="各镇街：", heading_1="总体进展",
        text_1="共有项目{projects}个。\n红色{level_2}个。",
    )  # fmt: skip
    assert "九月通报" in saved
    assert "红色1个。" in page(office, at)

    sent(office, f"{at}circulate/", version=version(), objections_until="2023-10-12")
    assert "draft_circulated" in told(cast.reporter)
    assert red.short_name in page(reporter, at)
    proof = SimpleUploadedFile("证明.pdf", b"%PDF-1.7 1")
    sent(reporter, f"{at}objections/{yellow.code}/", text="统计口径有误", file=proof)
    assert "objection_raised" in told(cast.office)
    sent(office, f"/bulletins/overrides/2023-09/{red.code}/", reason="洪涝灾害停工")
    assert "override_proposed" in told(colleague)

    settings.TODAY = TODAY + 3 * DAY
    refused = office.post(f"{at}publish/", {"version": version()})
    assert (refused.status_code, Bulletin.objects.get().state) == (422, "circulated")
    sent(second, f"/bulletins/objections/{Objection.objects.get().pk}/", decision="declined", note="以统计数为准")
    sent(second, f"/bulletins/overrides/{Override.objects.get().pk}/", decision="approved", note="")
    assert "objection_declined" in told(cast.reporter)
    assert "以统计数为准" in page(reporter, at)

    published = sent(second, f"{at}publish/", version=version())
    assert "红色0个。" in published
    assert "洪涝灾害停工" in published
    assert "bulletin_published" in told(cast.reporter)
    assert red.short_name in page(leader, f"{at}list/?colour=yellow")

    sent(office, f"{at}correct/", reason="标题写错")
    further = Bulletin.objects.exclude(state="published").get()
    sent(
        second, f"/bulletins/{further.pk}/edit/", version=version(), title="九月通报（更正）", heading_1="总体进展",
        text_1="共有项目{projects}个。",
    )  # fmt: skip
    corrected = sent(second, f"/bulletins/{further.pk}/publish/", version=version())
    assert "标题写错" in corrected
    assert f'href="/bulletins/{further.pk}/"' in page(leader, at)  # the first edition leads to the one that counts
    assert "bulletin_corrected" in told(cast.reporter)
