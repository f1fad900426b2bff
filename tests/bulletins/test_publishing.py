"""Publishing: what has to be done before, that it happens once and whole, and that nothing changes it afterwards."""

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError
from django.utils import translation

from projects.accounts.actions import change_unit
from projects.bulletins.actions import publishing, rerate_changed
from projects.bulletins.actions.deciding import decide_override, object_to, propose_override
from projects.bulletins.actions.publishing import (
    begin_bulletin,
    begin_correction,
    circulate,
    drop_draft,
    publish,
    word_bulletin,
)
from projects.bulletins.composing import Section
from projects.bulletins.models import Bulletin, BulletinLine, BulletinUnit, Line, PolicyEdition
from projects.bulletins.queries.drafting import content_of_draft
from projects.bulletins.queries.published import content_of, line_copies
from projects.bulletins.queries.verifying import digest_of, faults
from projects.core.month import Month
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.journal.models import Entry
from projects.progress.actions.entering import Figures, enter_figures
from projects.progress.models import MonthlyReport
from projects.rating.editions import palette_as_json, policy_as_json, unit_policy_as_json
from projects.rating.palettes import HONOURS
from projects.rating.policy import Band, Policy
from projects.rating.units import UnitPolicy
from projects.register.actions.listing import keep_list_entry
from projects.register.actions.planning import set_plan
from projects.register.actions.registering import edit_project
from projects.register.models import Project
from tests.bulletins.month import LATER, OBJECTIONS_UNTIL, begun, circulated, district_of_three, published
from tests.cast import AT, SEPTEMBER, TODAY, WAN, Cast, project

DAY = datetime.timedelta(days=1)


@pytest.fixture
def rows(cast: Cast) -> list[Project]:
    return district_of_three(cast)


def publish_it(draft: Bulletin, cast: Cast, **more: Any) -> Bulletin:
    given: dict[str, Any] = {"by": cast.office, "at": LATER, "through": SEPTEMBER, "seen": draft.version, **more}
    return publish(draft, **given)


class TestPublishing:
    def test_copies_values_names_words_and_reasons(self, cast: Cast, rows: list[Project]) -> None:
        bulletin = published(cast)
        assert (bulletin.state, bulletin.published_by, bulletin.published_at) == ("published", cast.office, LATER)
        worst, middle, best = line_copies(bulletin)
        assert [line.code for line in (worst, middle, best)] == ["P-3", "P-2", "P-1"]
        assert (worst.level, worst.colour_word, worst.colour_hue, worst.colour_shape) == (2, "红", "red", "square")
        assert (worst.unit_name, worst.leader_name, worst.year_plan, worst.invested_to_date) == (
            "税郭镇", "王区长", 100 * WAN, 40 * WAN,
        )  # fmt: skip
        assert worst.reasons == ("完成40.0%，序时75.0%，慢35.0个百分点（红：慢于20以上）",)
        assert (best.completion_tenths, best.schedule_tenths, best.lead_tenths) == (800, 750, 50)
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.after["digest"]) == ("publish", bulletin.digest)

    def test_the_tables_by_unit_leader_and_category_are_kept(self, cast: Cast, rows: list[Project]) -> None:
        units = content_of(published(cast)).units
        assert [(unit.kind, unit.name) for unit in units] == [
            ("unit", "税郭镇"), ("leader", "王区长"), ("category", "产业"),
        ]  # fmt: skip
        assert units[0].sums.levels == (1, 1, 1)
        assert units[0].level == 2  # behind, and a third of its projects red

    def test_needs_the_draft_to_have_been_circulated(self, cast: Cast, rows: list[Project]) -> None:
        with translation.override("en"), pytest.raises(Refused, match="Circulate it first"):
            publish_it(begun(cast), cast)

    @pytest.mark.parametrize(("days", "is_refused"), [(2, True), (3, False)])
    def test_waits_until_the_objections_are_over(
        self, cast: Cast, rows: list[Project], days: int, is_refused: bool
    ) -> None:
        draft, at = circulated(cast), AT + days * DAY
        if is_refused:
            with translation.override("en"), pytest.raises(Refused, match="may object until 2023-10-12"):
                publish_it(draft, cast, at=at)
        else:
            assert publish_it(draft, cast, at=at).state == "published"

    def test_is_refused_while_an_override_or_an_objection_waits(self, cast: Cast, rows: list[Project]) -> None:
        draft = circulated(cast)
        propose_override(rows[2], SEPTEMBER, reason="不可抗力", by=cast.admin, at=AT)
        object_to(rows[1], SEPTEMBER, text="数据有误", by=cast.reporter, at=AT)
        with translation.override("en"), pytest.raises(Refused, match="1 overrides and 1 objections"):
            publish_it(draft, cast)

    def test_is_not_done_by_who_proposed_an_override(self, cast: Cast, rows: list[Project]) -> None:
        draft = circulated(cast)
        override = propose_override(rows[2], SEPTEMBER, reason="不可抗力", by=cast.office, at=AT)
        decide_override(override, "approved", by=cast.admin, at=AT)
        with translation.override("en"), pytest.raises(Refused, match="another person of the office publishes it"):
            publish_it(draft, cast)
        line = next(iter(line_copies(publish_it(draft, cast, by=cast.admin))))
        assert (line.level, line.computed_level, line.is_overridden, line.override_reason) == (1, 2, True, "不可抗力")

    def test_warns_of_missing_reports_and_goes_on_when_told(self, cast: Cast, rows: list[Project]) -> None:
        MonthlyReport.objects.create(project=project(cast, "P-9"), month=SEPTEMBER)
        draft = circulated(cast)
        with pytest.raises(Refused) as refusal:
            publish_it(draft, cast)
        assert refusal.value.field == "despite_missing"
        assert publish_it(draft, cast, despite_missing=True).state == "published"

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor", "stranger"])
    def test_is_the_offices(self, cast: Cast, rows: list[Project], who: str) -> None:
        draft = circulated(cast)
        with pytest.raises(NotAllowed):
            publish_it(draft, cast, by=cast.person(who))
        with pytest.raises(NotAllowed):
            begin_bulletin(cast.district, Month(2023, 8), by=cast.person(who), at=AT)

    def test_twice_publishes_once(self, cast: Cast, rows: list[Project]) -> None:
        draft = circulated(cast)
        seen = draft.version
        publish_it(draft, cast, seen=seen)
        with (
            translation.override("en"),
            pytest.raises(Stale, match="office published this bulletin at"),
        ):
            publish_it(draft, cast, by=cast.admin, seen=seen)
        assert BulletinLine.objects.count() == 3
        assert Entry.objects.filter(verb="publish").count() == 1

    def test_that_breaks_off_leaves_nothing(
        self, cast: Cast, rows: list[Project], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        draft = circulated(cast)
        monkeypatch.setattr(publishing, "_seal", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            publish_it(draft, cast)
        assert Bulletin.objects.get().state == "circulated"
        assert not BulletinLine.objects.exists()
        assert not BulletinUnit.objects.exists()

    def test_reads_again_what_changed_meanwhile(
        self, cast: Cast, rows: list[Project], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        draft, real, calls = circulated(cast), content_of_draft, []

        def disturbed(*args: Any) -> Any:
            calls.append(1)
            if len(calls) == 1:
                Project.objects.filter(code="P-1").update(rerate_from=SEPTEMBER)
            return real(*args)

        monkeypatch.setattr(publishing, "content_of_draft", disturbed)
        assert publish_it(draft, cast).state == "published"
        assert len(calls) == 2


class TestWording:
    def test_keeps_the_marks_and_fills_them_when_published(self, cast: Cast, rows: list[Project]) -> None:
        draft = begun(cast)
        assert "{invested}" in draft.sections[0]["paragraphs"][0]
        text = [Section("一句话", ("累计完成{invested}亿元，{level_2}个红色项目。",))]
        worded = word_bulletin(draft, title="题", addressees="各单位：", sections=text, by=cast.office, at=AT, seen=0)
        assert worded.sections[0]["heading"] == "一句话"
        figures = published_figures(worded, cast)
        assert (figures["invested"], figures["level_2"], figures["lead"]) == ("0.02", "1", "15.0")

    def test_refuses_a_mark_that_stands_for_nothing(self, cast: Cast, rows: list[Project]) -> None:
        draft, wrong = begun(cast), [Section("一", ("{nonsense}",))]
        with translation.override("en"), pytest.raises(Refused, match=r"“\{nonsense\}” in “一” stands for no figure"):
            word_bulletin(draft, title="题", addressees="", sections=wrong, by=cast.office, at=AT, seen=0)
        assert Bulletin.objects.get().version == 0

    def test_two_people_at_once(self, cast: Cast, rows: list[Project]) -> None:
        draft = begun(cast)
        text = [Section("一", ("二",))]
        word_bulletin(draft, title="题", addressees="", sections=text, by=cast.office, at=AT, seen=0)
        with pytest.raises(Stale):
            word_bulletin(draft, title="另", addressees="", sections=text, by=cast.admin, at=AT, seen=0)

    def test_a_month_has_one_draft_and_a_draft_can_be_dropped(self, cast: Cast, rows: list[Project]) -> None:
        draft = begun(cast)
        with pytest.raises(Refused):
            begun(cast)
        drop_draft(draft, by=cast.office, at=AT, seen=0)
        assert begun(cast).edition == 1

    def test_the_day_for_objections_has_not_passed(self, cast: Cast, rows: list[Project]) -> None:
        draft = begun(cast)
        with pytest.raises(Refused) as refusal:
            circulate(draft, objections_until=TODAY - DAY, by=cast.office, at=AT, seen=0)
        assert refusal.value.field == "objections_until"
        circulate(draft, objections_until=TODAY, by=cast.office, at=AT, seen=0)

    def test_a_month_without_projects_has_no_bulletin(self, cast: Cast) -> None:
        with pytest.raises(Refused):
            begun(cast)


def published_figures(draft: Bulletin, cast: Cast) -> dict[str, str]:
    sent = circulate(draft, objections_until=OBJECTIONS_UNTIL, by=cast.office, at=AT, seen=draft.version)
    figures: dict[str, str] = publish_it(sent, cast).figures
    return figures


def change_everything(cast: Cast, row: Project) -> None:
    """Rename the project, its unit, leader and category, change plan, figures, rules and palette."""
    edited = Project.objects.get(pk=row.pk)
    edited.name, edited.short_name, edited.total_investment = "另一个名称", "另名", 9 * WAN
    edit_project(edited, labels=[], by=None, at=LATER, seen=edited.version, since=Month(2023, 1))
    cast.town.name = cast.town.short_name = "新镇名"
    change_unit(cast.town, by=None, at=LATER)
    cast.boss.name = "李区长"
    keep_list_entry(cast.boss, by=None, at=LATER, since=Month(2023, 1))
    cast.industry.name = "新类别"
    keep_list_entry(cast.industry, by=None, at=LATER, since=Month(2023, 1))
    set_plan(
        edited, 2023, amount=1 * WAN, effective_from=SEPTEMBER, reason="调整", by=None, at=LATER, open_month=SEPTEMBER
    )
    enter_figures(edited, SEPTEMBER, Figures(77 * WAN, reason="更正"), by=None, at=LATER, open_month=SEPTEMBER, seen=0)
    PolicyEdition.objects.create(
        number=1, name="新规则", holds_from=Month(2023, 1), policy=policy_as_json(Policy(investment_lag=Band((1, 2)))),
        palette=palette_as_json(HONOURS), unit_policy=unit_policy_as_json(UnitPolicy(top=1)), reason="…", at=LATER,
    )  # fmt: skip
    rerate_changed(through=SEPTEMBER)


class TestTheFreeze:
    def test_nothing_that_changes_later_changes_what_was_published(self, cast: Cast, rows: list[Project]) -> None:
        bulletin = published(cast)
        before = [line.as_json() for line in line_copies(bulletin)]
        header = Bulletin.objects.filter(pk=bulletin.pk).values().get()
        listed = list(Line.objects.of(SEPTEMBER).order_by("id").values())
        change_everything(cast, rows[0])
        assert [line.as_json() for line in line_copies(bulletin)] == before
        assert Bulletin.objects.filter(pk=bulletin.pk).values().get() == header
        assert list(Line.objects.of(SEPTEMBER).order_by("id").values()) == listed
        assert digest_of(Bulletin.objects.get(pk=bulletin.pk)) == bulletin.digest
        assert list(faults()) == []

    def test_a_month_that_is_not_published_follows(self, cast: Cast, rows: list[Project]) -> None:
        published(cast)
        change_everything(cast, rows[0])
        assert Line.objects.of(Month(2023, 8)).get(project=rows[0]).short_name == "另名"

    @pytest.mark.parametrize("model", [Bulletin, BulletinLine, BulletinUnit])
    @pytest.mark.parametrize("verb", ["update", "delete"])
    def test_the_database_refuses_change(self, cast: Cast, rows: list[Project], model: Any, verb: str) -> None:
        published(cast)
        found = model.objects.all()
        changes = {"title" if model is Bulletin else "name": "改"}
        act: Callable[[], object] = found.delete if verb == "delete" else partial(found.update, **changes)
        with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
            act()

    def test_the_database_refuses_a_further_line(self, cast: Cast, rows: list[Project]) -> None:
        bulletin = published(cast)
        line = BulletinLine.objects.latest("number")
        line.pk, line.number, line.project, line.bulletin = None, 99, 99, bulletin
        with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
            line.save(force_insert=True)

    def test_drafts_are_free(self, cast: Cast, rows: list[Project]) -> None:
        begun(cast)
        Bulletin.objects.update(title="改")
        Bulletin.objects.all().delete()


class TestCorrection:
    def test_is_a_further_edition_that_says_what_differs(self, cast: Cast, rows: list[Project]) -> None:
        first = published(cast)
        enter_figures(
            rows[2], SEPTEMBER, Figures(40 * WAN, reason="漏报"), by=None, at=LATER, open_month=SEPTEMBER, seen=0
        )
        draft = begin_correction(first, reason="9月漏报一笔", by=cast.office, at=LATER)
        assert (draft.edition, draft.state, draft.reason) == (2, "draft", "9月漏报一笔")
        assert Line.objects.get(project=rows[2], month=SEPTEMBER).level == 2
        second = publish_it(draft, cast, at=LATER + DAY)
        differs = {(each["code"], each["field"]): (each["old"], each["new"]) for each in second.differences}
        assert differs["P-3", "colour_word"] == ("红", "蓝")
        assert differs["P-3", "invested_to_date"] == (40 * WAN, 80 * WAN)
        assert {code for code, _field in differs} == {"P-3"}
        assert (second.previous_digest, Line.objects.get(project=rows[2], month=SEPTEMBER).level) == (first.digest, 0)
        assert [line.level for line in line_copies(first)] == [2, 1, 0]
        assert list(faults()) == []

    def test_needs_a_reason_and_something_published(self, cast: Cast, rows: list[Project]) -> None:
        with pytest.raises(Refused):
            begin_correction(begun(cast), reason="x", by=cast.office, at=AT)
        Bulletin.objects.all().delete()
        first = published(cast)
        with pytest.raises(Refused) as refusal:
            begin_correction(first, reason="", by=cast.office, at=LATER)
        assert refusal.value.field == "reason"
        begin_correction(first, reason="一", by=cast.office, at=LATER)
        with pytest.raises(Refused):
            begin_correction(first, reason="二", by=cast.office, at=LATER)

    def test_that_is_dropped_leaves_the_month_as_it_was(self, cast: Cast, rows: list[Project]) -> None:
        first = published(cast)
        draft = begin_correction(first, reason="一", by=cast.office, at=LATER)
        drop_draft(draft, by=cast.office, at=LATER, seen=0)
        assert Bulletin.objects.get().digest == first.digest
        change_everything(cast, rows[0])
        assert list(faults()) == []
