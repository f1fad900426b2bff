"""The ladder of reminders in the administration, and the accounts of leaders; both by their actions."""

from typing import Any

import pytest

from projects.accounts.models import User
from projects.core.month import Month
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.journal.models import Entry
from projects.progress.actions.ladder import found_ladder, keep_step
from projects.progress.forms import ReminderStepForm
from projects.progress.models import ReminderStep
from projects.register.actions.listing import keep_list_entry
from projects.register.models import Leader
from tests.admin.conftest import Enter
from tests.admin.pages import adding, errors, listed, page, sent
from tests.cast import AT, Cast


def step(days: int = -3, anchor: str = "due", audience: str = "reporters", **more: Any) -> ReminderStep:
    return ReminderStep(anchor=anchor, days=days, audience=audience, **more)


class TestLadder:
    def test_it_is_founded_once_and_left_as_the_office_keeps_it(self, cast: Cast) -> None:
        assert found_ladder(by=None, at=AT) == 6
        ReminderStep.objects.exclude(days=0).delete()
        assert found_ladder(by=None, at=AT) == 0
        assert [str(row) for row in ReminderStep.objects.all()] == ["开启日当天：单位填报人", "应报日当天：单位填报人"]

    def test_the_office_sees_it_in_words(self, enter: Enter, cast: Cast) -> None:
        found_ladder(by=None, at=AT)
        html = enter("office").get(listed(ReminderStep)).content.decode()
        assert "应报日前3天：单位填报人" in html
        assert "应报日后5天：项目包保领导" in html

    def test_a_step_is_added_and_moved(self, enter: Enter, cast: Cast) -> None:
        client = enter("office")
        typed = {"anchor": "locks", "days": "1", "audience": "office"}
        assert sent(client, adding(ReminderStep), **typed).status_code == 302
        row = ReminderStep.objects.get()
        assert sent(client, page(row), days="2").status_code == 302
        row.refresh_from_db()
        assert (row.days, row.version) == (2, 1)
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.before, entry.after) == ("keep_ladder", {"days": 1}, {"days": 2})
        html = client.get(page(row, "history")).content.decode()
        assert "调整提醒阶梯 · 锁定日后2天：重点项目办" in html

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"days": "-3", "anchor": "due", "audience": "reporters"}, "days"),  # there already
            ({"days": "-1", "anchor": "opened", "audience": "reporters"}, "days"),
            ({"days": "61", "anchor": "due", "audience": "head"}, "days"),
            ({"days": "1", "anchor": "due", "audience": ""}, "audience"),
        ],
    )
    def test_what_is_refused(self, enter: Enter, cast: Cast, typed: dict[str, str], field: str) -> None:
        keep_step(step(), by=None, at=AT, seen=None)
        response = sent(enter("office"), adding(ReminderStep), **typed)
        assert response.status_code == 422
        assert field in errors(response) or "__all__" in errors(response)
        assert ReminderStep.objects.count() == 1

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor"])
    def test_it_is_the_offices(self, cast: Cast, who: str) -> None:
        with pytest.raises(NotAllowed):
            keep_step(step(), by=cast.person(who), at=AT, seen=None)
        assert not ReminderStep.objects.exists()

    def test_two_people_at_once(self, cast: Cast) -> None:
        row = keep_step(step(), by=cast.office, at=AT, seen=None)
        keep_step(row, by=cast.office, at=AT, seen=0)
        with pytest.raises(Stale, match="office"):
            keep_step(row, by=cast.admin, at=AT, seen=0)

    def test_its_form_takes_what_the_action_takes(self, cast: Cast) -> None:
        form = ReminderStepForm({"anchor": "due", "days": "-5", "audience": "head", "position": "1", "version": ""})
        assert form.is_valid(), form.errors
        assert str(keep_step(form.save(commit=False), by=cast.office, at=AT, seen=None)) == "应报日前5天：单位负责人"


class TestAccountOfALeader:
    def test_is_chosen_and_journalled(self, enter: Enter, cast: Cast) -> None:
        client = enter("office")
        assert sent(client, page(cast.boss), account=str(cast.leader.pk)).status_code == 302
        assert Leader.objects.get().account == cast.leader
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.after) == ("keep_list", {"account": "leader"})

    def test_is_of_the_same_district(self, enter: Enter, cast: Cast) -> None:
        response = sent(enter("office"), page(cast.boss), account=str(cast.stranger.pk))
        assert response.status_code == 422
        assert "account" in errors(response)
        cast.boss.account = cast.stranger
        with pytest.raises(Refused, match="请选择市中区的账号") as refusal:
            keep_list_entry(cast.boss, by=cast.office, at=AT, since=Month(2023, 9))
        assert refusal.value.field == "account"
        assert Leader.objects.get().account is None

    def test_is_one_leaders_only(self, enter: Enter, cast: Cast) -> None:
        Leader.objects.update(account=cast.leader)
        second = Leader.objects.create(name="李区长", unit=cast.district)
        response = sent(enter("office"), page(second), account=str(cast.leader.pk))
        assert errors(response)["account"] == ["该账号已属于另一位包保领导。"]

    def test_that_was_closed_does_not_keep_the_leader_from_being_edited(self, enter: Enter, cast: Cast) -> None:
        Leader.objects.update(account=cast.leader)
        User.objects.filter(pk=cast.leader.pk).update(is_active=False)
        assert sent(enter("office"), page(cast.boss), office="副区长").status_code == 302
        assert Leader.objects.get().office == "副区长"
