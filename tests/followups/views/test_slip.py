"""The page of a slip, its steps through the pages, the Word file; and where else slips are shown."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from pytest_django import Settings

from projects.core.month import Month
from projects.followups.models import Slip
from projects.followups.workflow import State
from projects.journal.models import Entry
from tests.cast import TODAY, Cast, project, signed_in
from tests.followups.slips import DAY, again, brought, bulletin, colleague, drafted, follow
from tests.pages import complaints, opened, sent, words

PAPER = b"%PDF-1.7\n%%EOF\n"
READERS = ("leader", "auditor")


@pytest.fixture(autouse=True)
def _standing_clock(settings: Settings, tmp_path: Path) -> None:
    settings.TODAY = TODAY
    storages = dict(settings.STORAGES)
    storages["attachments"] = {**storages["attachments"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = storages


def test_from_the_draft_to_the_closing(cast: Cast) -> None:
    slip = drafted(cast)
    url = f"/followups/{slip.pk}/"
    office, unit, second = signed_in(cast.office), signed_in(cast.reporter), signed_in(colleague(cast))
    assert "拟办" in words(office.get(url))
    assert unit.get(url).status_code == 404  # not before it is issued
    sent(office, f"{url}edit/", request="限期整改", finish_due="2023-11-30")
    sent(office, f"{url}issue/")
    assert again(slip).state == "issued"
    assert "限期整改" in words(unit.get(url))
    sent(unit, f"{url}receive/")
    assert again(slip).state == "received"
    sent(unit, f"{url}reply/", plan="增派人员")
    file = SimpleUploadedFile("现场.pdf", PAPER)
    sent(unit, f"{url}answer/", text="已整改", file=file)
    assert again(slip).evidence is not None
    sent(office, f"{url}verify/", finding="现场已看")
    refused = sent(office, f"{url}close/", note="")
    assert refused.status_code == 422
    assert "须由另一人销号" in words(refused)
    done = second.post(f"{url}close/", opened(second, f"{url}close/"), follow=True)
    assert "已销号" in words(done)
    page = words(unit.get(url))
    for part in ("增派人员", "现场.pdf", "现场已看", "签发督办件", "督办件销号", "理由1"):
        assert part in page


def test_what_was_returned_is_said_and_answered_again(cast: Cast) -> None:
    slip = brought(drafted(cast), cast, State.ANSWERED)
    url = f"/followups/{slip.pk}/"
    sent(signed_in(cast.office), f"{url}send_back/", reason="缺照片")
    unit = signed_in(cast.reporter)
    assert "缺照片" in words(unit.get(url))
    form = opened(unit, f"{url}answer/")
    assert (form["text"], form["reference"]) == ("已整改", "枣发改〔2023〕8号")
    sent(unit, f"{url}answer/", text="已补充")
    assert (again(slip).state, again(slip).answer) == ("answered", "已补充")


@pytest.mark.parametrize(("grant", "state"), [("yes", "granted"), ("no", "refused")])
def test_more_time(cast: Cast, grant: str, state: str) -> None:
    slip = brought(drafted(cast), cast, State.IN_HAND)
    url = f"/followups/{slip.pk}/"
    sent(signed_in(cast.reporter), f"{url}extend/", until="2023-12-01", reason="汛期")
    office = signed_in(cast.office)
    assert "审批延期" in words(office.get(url))
    sent(office, f"{url}decide/", grant=grant, note="抓紧")
    assert again(slip).extension == state


@pytest.mark.parametrize("who", ["other_reporter", "stranger"])
def test_another_unit_finds_nothing(cast: Cast, who: str) -> None:
    slip, client = brought(drafted(cast), cast, State.ISSUED), signed_in(cast.person(who))
    for path in ("", "receive/", "word/", "nonsense/"):
        assert client.get(f"/followups/{slip.pk}/{path}").status_code == 404
    assert client.post(f"/followups/{slip.pk}/receive/", {"version": slip.version}).status_code == 404


@pytest.mark.parametrize("who", READERS)
def test_readers_read_and_are_told_who_may(cast: Cast, who: str) -> None:
    slip, client = brought(drafted(cast), cast, State.ISSUED), signed_in(cast.person(who))
    page = client.get(f"/followups/{slip.pk}/")
    assert "由责任单位办理" in words(page)
    assert b"<form method" not in page.content.split(b"<main", 1)[1].split(b"</main>", 1)[0]
    answer = client.post(f"/followups/{slip.pk}/receive/", {"version": slip.version})
    assert answer.status_code == 403
    assert "重点项目办" in words(answer)


@pytest.mark.parametrize("step", ["issue", "edit", "verify", "close", "send_back", "withdraw", "decide"])
def test_the_unit_is_told_what_the_office_does(cast: Cast, step: str) -> None:
    slip = brought(drafted(cast), cast, State.ANSWERED)
    assert signed_in(cast.reporter).post(f"/followups/{slip.pk}/{step}/", {}).status_code == 403


@pytest.mark.parametrize("step", ["issue", "verify", "close", "send_back", "edit"])
def test_in_the_wrong_state(cast: Cast, step: str) -> None:
    slip = brought(drafted(cast), cast, State.ISSUED)
    typed = {"version": slip.version, "finding": "x", "reason": "x", "request": "x"}
    answer = signed_in(cast.office).post(f"/followups/{slip.pk}/{step}/", typed)
    assert answer.status_code == 422
    assert again(slip).version == slip.version


@pytest.mark.parametrize("path", ["999999/", "99999999999999999999/", "1/nonsense/", "1/merge/"])
def test_what_is_not_there(cast: Cast, path: str) -> None:
    assert signed_in(cast.office).get(f"/followups/{path}").status_code == 404


@pytest.mark.parametrize(
    ("step", "typed", "field"),
    [
        ("answer", {"text": "", "reference": "8号"}, "text"),
        ("answer", {"text": "已整改"}, "reference"),
        ("answer", {"text": "已整改", "file": SimpleUploadedFile("病毒.exe", b"MZ")}, "file"),
        ("answer", {"text": "已整改", "evidence": "999"}, "evidence"),
        ("extend", {"until": "2023-10-11", "reason": "汛期"}, "until"),
        ("extend", {"until": "明天", "reason": "汛期"}, "until"),
        ("answer", {"version": ""}, "version"),
    ],
)
def test_a_refusal_stands_beside_its_field(cast: Cast, step: str, typed: dict[str, Any], field: str) -> None:
    slip = brought(drafted(cast), cast, State.IN_HAND)
    answer = signed_in(cast.reporter).post(f"/followups/{slip.pk}/{step}/", {"version": slip.version, **typed})
    assert answer.status_code == 422
    assert field in complaints(answer)
    assert again(slip).state == "in_hand"


def test_stale_keeps_the_typing(cast: Cast) -> None:
    slip = brought(drafted(cast), cast, State.IN_HAND)
    client = signed_in(cast.reporter)
    sent(client, f"/followups/{slip.pk}/extend/", until="2023-12-01", reason="汛期")
    late = client.post(
        f"/followups/{slip.pk}/answer/", {"text": "全部整改", "reference": "8号", "version": slip.version}
    )
    assert late.status_code == 409
    assert "全部整改" in late.content.decode()


def test_a_disabled_button_says_why(cast: Cast) -> None:
    slip = brought(drafted(cast), cast, State.VERIFIED)
    page = signed_in(cast.office).get(f"/followups/{slip.pk}/")
    assert "须由另一人销号" in words(page)
    assert "disabled" in page.content.decode()


def test_overdue_is_said_with_whom_it_was_raised_to(cast: Cast, settings: Settings) -> None:
    slip = brought(drafted(cast), cast, State.RECEIVED)
    settings.TODAY = TODAY + 30 * DAY
    Slip.objects.filter(pk=slip.pk).update(raised_at=slip.received_at)
    page = words(signed_in(cast.leader).get(f"/followups/{slip.pk}/"))
    assert "已上报：分管区领导" in page
    assert "逾期 23 天" in page


def test_earlier_and_later_slips_lead_to_each_other(cast: Cast) -> None:
    row = project(cast)
    [first] = follow(bulletin(cast, [(row, 2, 1)], Month(2023, 8)))
    [second] = follow(bulletin(cast, [(row, 2, 2)]))
    client = signed_in(cast.office)
    assert f'href="/followups/{second.pk}/"' in client.get(f"/followups/{first.pk}/").content.decode()
    assert f'href="/followups/{first.pk}/"' in client.get(f"/followups/{second.pk}/").content.decode()


@pytest.mark.parametrize("who", ["office", "reporter", "auditor", "leader"])
def test_the_evidence_is_opened_from_the_slip(cast: Cast, who: str) -> None:
    slip = brought(drafted(cast), cast, State.IN_HAND)
    sent(
        signed_in(cast.reporter),
        f"/followups/{slip.pk}/answer/",
        text="已整改",
        file=SimpleUploadedFile("现场.pdf", PAPER),
    )
    html = signed_in(cast.person(who)).get(f"/followups/{slip.pk}/").content.decode()
    assert f"/projects/{slip.project.code}/files/" in html
    assert "现场.pdf" in html


@pytest.mark.parametrize("state", [State.DRAFTED, State.ISSUED])
def test_the_word_file(cast: Cast, state: State) -> None:
    slip = brought(drafted(cast), cast, state)
    answer = signed_in(cast.leader).get(f"/followups/{slip.pk}/word/")
    assert answer.headers["Content-Type"].endswith("wordprocessingml.document")
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.actor) == ("export", cast.leader)
    assert entry.after == {"list": "slip", "kind": "docx", "slip": str(slip)}
    assert "attachment" in answer.headers["Content-Disposition"]
    text = "".join(paragraph.text for paragraph in Document(io.BytesIO(answer.getvalue())).paragraphs)
    assert slip.kind_name in text


class TestElsewhere:
    def test_the_projects_page_shows_its_slips_to_who_sees_them(self, cast: Cast) -> None:
        slip = brought(drafted(cast), cast, State.ISSUED)
        url = f"/projects/{slip.project.code}/"
        assert "督办〔2023〕1号" in words(signed_in(cast.reporter).get(url))
        assert "督办〔2023〕1号" in words(signed_in(cast.leader).get(url))
        assert "督办〔2023〕1号" not in words(signed_in(cast.other_reporter).get(url)).split("变更记录")[0]

    @pytest.mark.parametrize(
        ("who", "state", "shown"),
        [
            ("office", State.DRAFTED, True),
            ("reporter", State.DRAFTED, False),
            ("reporter", State.ISSUED, True),
            ("office", State.ISSUED, False),
            ("other_reporter", State.ISSUED, False),
            ("leader", State.ISSUED, False),
        ],
    )
    def test_the_first_page_shows_what_waits(self, cast: Cast, who: str, state: State, shown: bool) -> None:
        brought(drafted(cast), cast, state)
        assert ("待我办理的督办件" in words(signed_in(cast.person(who)).get("/"))) == shown
