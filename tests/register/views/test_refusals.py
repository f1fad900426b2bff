"""What a page refuses in its state: the sentence stands beside its field, nothing is written, nothing typed is lost."""

import datetime
from dataclasses import dataclass
from typing import Any

import pytest

from projects.core.month import Month
from projects.journal.models import Entry
from projects.register.models import Exemption, LevelLabel, Project, Sector
from tests.cast import GRANTED, Cast, project, signed_in
from tests.pages import complaints, fields, opened, words
from tests.register.views.conftest import Whole

P = "/projects/P-1"
MARK = "占地百亩，分两期建设"
FUTURE, EARLIER = "晚于今天", "不能更早"


@dataclass(frozen=True)
class Refusal:
    """An address, what is typed there, and beside which field the sentence stands."""

    address: str
    typed: dict[str, Any]
    field: str
    says: str


REFUSALS = {
    "finish before start": Refusal(
        f"{P}/edit/", {"planned_start": "2023-05-01", "planned_finish": "2023-04-30", "content": MARK}, "", "早于"
    ),
    "half a place": Refusal(f"{P}/edit/", {"latitude": "34.5", "content": MARK}, "", "经度"),
    "a telephone in words": Refusal(
        f"{P}/edit/", {"contact_phone": "见通讯录", "content": MARK}, "contact_phone", "数字"
    ),
    "move into the future": Refusal(
        f"{P}/phases/1/move/", {"target": "started", "happened_on": "2023-10-11", "note": MARK}, "happened_on", FUTURE
    ),
    "move before the last one": Refusal(
        f"{P}/phases/1/move/", {"target": "started", "happened_on": "2023-04-30", "note": MARK}, "happened_on", EARLIER
    ),
    "move back without a reason": Refusal(
        f"{P}/phases/1/move/", {"target": "signed", "happened_on": "2023-10-01", "note": MARK}, "reason", "原因"
    ),
    "move to no stage": Refusal(
        f"{P}/phases/1/move/", {"target": "", "happened_on": "2023-10-01", "note": MARK}, "target", "必填"
    ),
    "a month plan that does not add up": Refusal(
        f"{P}/plan/2023/", {"amount": "900", "reason": MARK, "month_1": "100"}, "", "不相等|相等|合计"
    ),
    "a revision without a reason": Refusal(f"{P}/plan/2023/", {"amount": "900", "goal": MARK}, "reason", "原因"),
    "a revision of the past": Refusal(
        f"{P}/plan/2023/", {"amount": "900", "reason": MARK, "effective_from": "2023-08"}, "effective_from", "9月|2023"
    ),
    "a revision of another year": Refusal(
        f"{P}/plan/2023/", {"amount": "900", "reason": MARK, "effective_from": "2024-01"}, "effective_from", "2023"
    ),
    "a halt in the future": Refusal(
        f"{P}/halt/", {"kind": "suspended", "reason": "land", "since": "2023-10-11", "note": MARK}, "since", FUTURE
    ),
    "an exemption of four months": Refusal(
        f"{P}/exempt/", {"reason": "other", "first_month": "2023-09", "last_month": "2023-12", "note": MARK},
        "last_month", "三",
    ),
    "an exemption of the past": Refusal(
        f"{P}/exempt/", {"reason": "other", "first_month": "2023-08", "last_month": "2023-09", "note": MARK},
        "first_month", "2023",
    ),
    "an exemption that ends before it begins": Refusal(
        f"{P}/exempt/", {"reason": "other", "first_month": "2023-10", "last_month": "2023-09", "note": MARK}, "", "早于"
    ),
    "an incident in the future": Refusal(
        f"{P}/incidents/new/", {"kind": "false_data", "happened_on": "2023-10-11", "note": MARK}, "happened_on", FUTURE
    ),
    "an incident twice": Refusal(
        f"{P}/incidents/new/", {"kind": "false_data", "happened_on": "2023-09-01", "note": MARK}, "happened_on", "已"
    ),
    "a milestone done in the future": Refusal(
        f"{P}/milestones/new/", {"name": MARK, "planned_on": "2023-10-01", "done_on": "2023-10-11"}, "done_on", FUTURE
    ),
    "a milestone twice": Refusal(
        f"{P}/milestones/new/", {"name": "封顶", "planned_on": "2023-12-01", "done_on": "2023-10-01"}, "name", "已"
    ),
    "a capacity twice": Refusal(
        f"{P}/phases/1/capacity/", {"product": "组件", "planned": "3", "unit": "GW"}, "product", "已"
    ),
    "a capacity of nothing": Refusal(
        f"{P}/phases/1/capacity/", {"product": MARK, "planned": "0", "unit": "GW"}, "", "大于零"
    ),
    "a phase placed in another century": Refusal(
        f"{P}/phases/new/", {"name": MARK, "reached_on": "2101-01-01"}, "reached_on", "2100"
    ),
    "a component placed on no day": Refusal(
        f"{P}/phases/2/components/new/", {"name": MARK, "position": "building", "reached_on": "2023-02-30"},
        "reached_on", "日期",
    ),
}  # fmt: skip


@pytest.fixture(params=REFUSALS)
def refusal(request: pytest.FixtureRequest) -> Refusal:
    return REFUSALS[request.param]


def test_a_refusal(cast: Cast, whole: Whole, refusal: Refusal) -> None:
    office, before = signed_in(cast.office), Entry.objects.count()
    answer = office.post(refusal.address, {**opened(office, refusal.address), **refusal.typed})
    assert answer.status_code == 422
    said = complaints(answer)
    assert refusal.field in said, said
    assert any(word in text for word in refusal.says.split("|") for text in said[refusal.field]), said
    assert said[refusal.field][0] in words(answer), "the sentence is on the page"
    still_there = fields(answer)
    assert {name: still_there.get(name) for name in refusal.typed} == refusal.typed
    assert Entry.objects.count() == before


class TestInItsState:
    def halted(self, kind: str) -> None:
        Project.objects.update(halted=kind, halted_on=datetime.date(2023, 9, 1), halt_reason="land")

    @pytest.mark.parametrize(("kind", "status"), [("terminated", 422), ("suspended", 302)])
    def test_a_terminated_project_moves_no_more(self, cast: Cast, whole: Whole, kind: str, status: int) -> None:
        self.halted(kind)
        office = signed_in(cast.office)
        address = f"{P}/phases/1/move/"
        typed = {"target": "started", "happened_on": "2023-10-01", "gate_reason": MARK}
        answer = office.post(address, {**opened(office, address), **typed})
        assert answer.status_code == status
        if status == 422:
            assert "终止" in " ".join(complaints(answer)[""])

    def test_a_halted_project_goes_on_with_a_reason(self, cast: Cast, whole: Whole) -> None:
        self.halted("suspended")
        office = signed_in(cast.office)
        form = opened(office, f"{P}/halt/")
        assert "kind" not in form
        assert office.post(f"{P}/halt/", {**form, "note": ""}).status_code == 422
        assert office.post(f"{P}/halt/", {**form, "note": "复工"}).status_code == 302
        assert Project.objects.get().halted == ""

    def test_an_exempt_project_is_not_exempt_twice(self, cast: Cast, whole: Whole) -> None:
        Exemption.objects.create(
            project=whole.project, first_month=Month(2023, 9), last_month=Month(2023, 9), **GRANTED
        )
        office = signed_in(cast.office)
        answer = office.post(f"{P}/exempt/", {**opened(office, f"{P}/exempt/"), "reason": "other", "note": MARK})
        assert answer.status_code == 422
        assert "first_month" in complaints(answer)
        assert MARK in words(answer)

    def test_a_phase_with_components_names_them_instead_of_a_form(self, cast: Cast, whole: Whole) -> None:
        page = signed_in(cast.office).get(f"{P}/phases/2/move/")
        assert page.status_code == 200
        assert f'href="{P}/phases/2/1/move/?next=' in page.content.decode()
        assert "1号线" in words(page)

    def test_and_is_not_moved_by_who_had_the_form_open(self, cast: Cast, whole: Whole) -> None:
        answer = signed_in(cast.office).post(
            f"{P}/phases/2/move/", {"target": "completed", "happened_on": "2023-10-01", "version": "0"}
        )
        assert answer.status_code == 422
        assert "1号线" in words(answer)
        whole.composed.refresh_from_db()
        assert whole.composed.stage == "building"

    def test_a_move_to_where_it_stands(self, cast: Cast, whole: Whole) -> None:
        answer = signed_in(cast.office).post(
            f"{P}/phases/1/move/", {"target": "preparing", "happened_on": "2023-10-01", "note": MARK}
        )
        assert answer.status_code == 422
        assert "无需变更" in complaints(answer)["target"][0]
        assert fields(answer)["note"] == MARK

    @pytest.mark.parametrize("target", ["nowhere", "building.nowhere", "completed.roof", ".", "\x00"])
    def test_a_stage_that_is_none(self, cast: Cast, whole: Whole, target: str) -> None:
        answer = signed_in(cast.office).post(
            f"{P}/phases/1/move/", {"target": target, "happened_on": "2023-10-01", "note": MARK}
        )
        assert answer.status_code == 422
        assert list(complaints(answer)) == ["target"]
        assert MARK in answer.content.decode()


class TestTheFactsOfAProject:
    def test_keep_what_is_out_of_use(self, cast: Cast) -> None:
        sector = Sector.objects.create(name="旧行业", is_active=False)
        label = LevelLabel.objects.create(name="旧级别")
        row = project(cast, sector=sector, leader=cast.boss, labels=[label])
        cast.boss.is_active = label.is_active = False
        cast.boss.save()
        label.save()
        office = signed_in(cast.office)
        form = opened(office, f"{P}/edit/")
        assert office.post(f"{P}/edit/", {**form, "short_name": "新名"}).status_code == 302
        row.refresh_from_db()
        assert (row.short_name, row.sector, row.leader) == ("新名", sector, cast.boss)
        assert list(row.labels.all()) == [label]

    def test_saved_as_they_were_opened_change_nothing(self, cast: Cast, whole: Whole) -> None:
        office = signed_in(cast.office)
        assert office.post(f"{P}/edit/", opened(office, f"{P}/edit/")).status_code == 302
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.before, entry.after) == ("edit", {}, {})

    def test_cannot_be_given_to_another_district(self, cast: Cast, whole: Whole) -> None:
        office = signed_in(cast.office)
        answer = office.post(f"{P}/edit/", {**opened(office, f"{P}/edit/"), "unit": cast.elsewhere.pk})
        assert answer.status_code == 422
        assert list(complaints(answer)) == ["unit"]
