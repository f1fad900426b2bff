"""The pages of the rules: read by all, set by the office, filled from presets, tried before they hold."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.background.models import Job
from projects.bulletins.models import Line, PolicyEdition
from projects.bulletins.queries.editions import edition_for
from projects.core.month import Month
from projects.rating.explaining import rule_sentence, unit_sentences
from projects.rating.palettes import FOUR_COLOURS, HONOURS, LADDER, PALETTES, ZAOZHUANG
from projects.rating.policy import DEFAULT_POLICY, POLICIES, Band, Basis, Measure, Policy, Rule
from projects.rating.units import DEFAULT_UNIT_POLICY, UnitPolicy
from projects.register.models import Project
from tests.bulletins.month import begun, district_of_three, published
from tests.bulletins.rules import STRICT, edition, edition_set
from tests.cast import SEPTEMBER, TODAY, Cast, signed_in
from tests.pages import complaints, fields, opened, sent, words

NEW = "/rules/new/"
NAMED = {"name": "试行规则", "reason": "按区委要求调整"}


@pytest.fixture(autouse=True)
def _in_october(settings: Any) -> None:
    settings.TODAY = TODAY


@pytest.fixture
def office(cast: Cast) -> Client:
    return signed_in(cast.office)


class TestReading:
    @pytest.mark.parametrize("who", ["admin", "office", "reporter", "leader", "auditor"])
    def test_everybody_reads_every_rule_in_a_sentence(self, cast: Cast, who: str) -> None:
        page = words(signed_in(cast.person(who)).get("/rules/"))
        for rule in Rule:
            assert rule_sentence(rule, DEFAULT_POLICY, ZAOZHUANG) in page
        for sentence in unit_sentences(DEFAULT_UNIT_POLICY, ZAOZHUANG):
            assert sentence in page
        assert "2023年9月 · 执行默认规则" in page
        assert ("调整评定规则" in page) == (who in ("admin", "office"))

    def test_nobody_else_does(self, cast: Cast) -> None:
        assert Client().get("/rules/").status_code == 302

    def test_each_month_has_its_own(self, cast: Cast) -> None:
        edition_set(edition(STRICT, LADDER, UnitPolicy(top=1)), by=cast.office)
        client = signed_in(cast.leader)
        page = words(client.get("/rules/?month=2023-09"))
        assert "执行第1版“试行规则”" in page
        assert "慢于1至10为蓝" in page
        assert "居本组前1名" in page
        assert "色标有4级，而规则只评出3级" in page
        assert "与上一版相比有3处不同" in page
        assert "执行默认规则" in words(client.get("/rules/?month=2023-08"))

    def test_a_rule_that_is_off_says_so(self, cast: Cast) -> None:
        edition_set(edition(Policy(rules=frozenset(Rule) - {Rule.P7})))
        assert "P7 前期工作无进展 未启用。" in words(signed_in(cast.leader).get("/rules/"))

    def test_an_edition_can_be_read_before_it_holds_and_after(self, cast: Cast) -> None:
        edition_set(edition(STRICT), Month(2024, 1))
        edition_set(edition(), Month(2024, 1))
        client = signed_in(cast.leader)
        assert "慢于1至10为黄" in words(client.get("/rules/1/"))
        assert "系统自带" in words(client.get("/rules/0/"))
        assert "已被替换，未执行" in words(client.get("/rules/"))
        assert client.get("/rules/3/").status_code == 404

    def test_costs_the_same_for_any_number(self, cast: Cast) -> None:
        client, counted = signed_in(cast.leader), []
        for number in (1, 3):
            while PolicyEdition.objects.count() < number:
                edition_set(edition(), by=cast.office)
            client.get("/rules/")
            with CaptureQueriesContext(connection) as queries:
                client.get("/rules/")
            counted.append(len(queries))
        assert counted[0] == counted[1]


class TestSetting:
    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor"])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_readers_are_told_who_may(self, cast: Cast, who: str, method: str) -> None:
        response = getattr(signed_in(cast.person(who)), method)(NEW)
        assert response.status_code == 403
        assert "评定规则" in words(response)

    def test_saved_as_it_opens_it_says_the_same(self, office: Client) -> None:
        response = sent(office, NEW, save="1", **NAMED)
        assert response.status_code == 302
        held = edition_for(SEPTEMBER)
        assert (held.number, held.policy, held.unit_policy) == (1, DEFAULT_POLICY, DEFAULT_UNIT_POLICY)
        assert held.palette == ZAOZHUANG
        assert "内容与上一版相同" in words(office.get("/rules/"))

    @pytest.mark.parametrize("policy", POLICIES)
    def test_every_preset_is_saved_as_it_is(self, office: Client, policy: str) -> None:
        typed = opened(office, f"{NEW}?policy={policy}&palette=four_colours")
        office.post(NEW, {**typed, **NAMED, "save": "1"})
        held = edition_for(SEPTEMBER)
        assert (held.policy, held.palette) == (POLICIES[policy], FOUR_COLOURS)

    @pytest.mark.parametrize("palette", PALETTES)
    def test_every_palette_is_saved_as_it_is(self, office: Client, palette: str) -> None:
        typed = opened(office, f"{NEW}?palette={palette}")
        office.post(NEW, {**typed, **NAMED, "save": "1"})
        assert edition_for(SEPTEMBER).palette == PALETTES[palette]

    @pytest.mark.parametrize("query", ["?policy=nowhere", "?palette=nothing"])
    def test_an_unknown_preset_is_no_page(self, office: Client, query: str) -> None:
        assert office.get(NEW + query).status_code == 404

    def test_all_that_is_typed_is_kept(self, office: Client) -> None:
        typed = {
            **opened(office, NEW), **NAMED, "save": "1", "holds_from": "2023-11", "basis": "quarterly",
            "quarter_1": "15", "quarter_2": "45", "quarter_3": "80", "measure": "shortfall",
            "investment_lag_1": "10", "investment_lag_1_included": "on", "investment_lag_2": "20",
            "investment_lag_3": "60", "new_project_months": "3", "new_project_cap": "0", "statistics_floor": "1,000",
            "exit_months": "9", "one_vote_level": "3", "ladder_level": "2", "ladder_periods": "4",
            "word_0": "优", "meaning_0": "达标", "hue_0": "green", "word_3": "黑", "meaning_3": "约谈",
            "hue_3": "orange", "shape_3": "diamond", "top": "5", "bottom": "1", "red_share": "40",
            "smallest_group": "8",
        }  # fmt: skip
        del typed["use_P5"]
        assert office.post(NEW, typed).status_code == 302
        held = edition_for(Month(2023, 11))
        assert held.policy == Policy(
            investment_lag=Band((10, 20, 60), (True, False, False)), measure=Measure.SHORTFALL, new_project_months=3,
            new_project_cap=0, statistics_floor=10_000_000, exit_months=9, one_vote_level=3, ladder_level=2,
            ladder_periods=4, basis=Basis.QUARTERLY, quarters=(15, 45, 80, 100), rules=frozenset(Rule) - {Rule.P5},
        )  # fmt: skip
        assert [(shade.word, shade.meaning, shade.hue) for shade in held.palette.shades] == [
            ("优", "达标", "green"),
            ("yellow", "reminder", "yellow"),
            ("red", "warning", "red"),
            ("黑", "summons", "orange"),
        ]  # fmt: skip
        assert held.palette.name == "试行规则"
        assert held.unit_policy == UnitPolicy(5, 1, 40, 8)
        assert edition_for(SEPTEMBER).number == 0

    @pytest.mark.parametrize(
        ("typed", "field", "says"),
        [
            ({"investment_lag_2": "5"}, "investment_lag_2", "须大于上一级的起点5"),
            ({"investment_lag_1": ""}, "investment_lag_1", "按顺序填写"),
            ({"investment_lag_1": "", "investment_lag_2": ""}, "investment_lag_1", "停用本条规则"),
            ({"node_days_1": "-1"}, "node_days_1", ""),
            ({"key_node_days_1": "x"}, "key_node_days_1", ""),
            ({"quarter_2": "80"}, "quarter_3", "逐季递增"),
            ({"word_1": "红"}, "word_2", "与第1级的名称重复"),
            ({"hue_2": "blue"}, "hue_2", "与第0级的颜色重复"),
            ({"shape_1": "square"}, "shape_2", "与第1级的图形重复"),
            ({"meaning_1": ""}, "meaning_1", "均须填写"),
            ({"hue_0": ""}, "hue_0", "均须填写"),
            ({"word_1": "", "meaning_1": "", "word_2": "", "meaning_2": ""}, "word_1", "至少须有两级"),
            ({"hue_0": "pink"}, "hue_0", ""),
            ({"red_share": "0"}, "red_share", ""),
            ({"ladder_periods": "1"}, "ladder_periods", ""),
            ({"one_vote_level": "0"}, "one_vote_level", ""),
            ({"reason": ""}, "reason", "调整规则的原因"),
            ({"name": ""}, "name", "版本名称"),
            ({"holds_from": "2022-12"}, "holds_from", "2023年1月"),
            ({"holds_from": "soon"}, "holds_from", ""),
            ({"policy_preset": "wuhan"}, "policy_preset", "请点“填入”"),
            ({"palette_preset": "ladder"}, "palette_preset", "请点“填入”"),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_said_beside_its_box(
        self, office: Client, typed: dict[str, str], field: str, says: str
    ) -> None:
        response = sent(office, NEW, **{**NAMED, "save": "1", **typed})
        assert response.status_code == 422
        found = complaints(response)
        assert list(found) == [field]
        assert says in found[field][0]
        kept = fields(response)
        kept_ones = [name for name in typed if field not in ("hue_0", "one_vote_level")]  # no choice cannot be shown
        assert {name: kept[name] for name in kept_ones} == {name: typed[name] for name in kept_ones}
        assert not PolicyEdition.objects.exists()

    def test_a_rule_that_is_off_needs_no_bounds(self, office: Client) -> None:
        typed = {**opened(office, NEW), **NAMED, "save": "1", "node_days_1": ""}
        del typed["use_P5"]
        assert office.post(NEW, typed).status_code == 302
        assert edition_for(SEPTEMBER).policy == Policy(rules=frozenset(Rule) - {Rule.P5})

    def test_who_comes_second_is_told_and_may_save_again(self, cast: Cast, office: Client) -> None:
        typed = opened(office, NEW)
        edition_set(edition(STRICT), by=cast.admin)
        response = office.post(NEW, {**typed, **NAMED, "save": "1", "top": "7"})
        assert response.status_code == 409
        assert "admin已于" in words(response)
        assert fields(response)["top"] == "7"
        assert office.post(NEW, {**fields(response), "save": "1"}).status_code == 302
        assert edition_for(SEPTEMBER).number == 2

    def test_a_published_month_is_refused(self, cast: Cast, office: Client) -> None:
        district_of_three(cast)
        published(cast)
        assert opened(office, NEW)["holds_from"] == "2023-10"
        response = sent(office, NEW, save="1", holds_from="2023-09", **NAMED)
        assert response.status_code == 422
        assert "2023年10月" in complaints(response)["holds_from"][0]

    def test_a_draft_that_is_begun_is_recalled(self, cast: Cast, office: Client) -> None:
        district_of_three(cast)
        assert "重新生成" not in words(office.get(NEW))
        begun(cast)
        assert "2023年9月的通报已起草" in words(office.get(NEW))

    def test_leads_to_the_work_and_then_the_list_shows_the_new_colours(
        self, cast: Cast, office: Client, django_capture_on_commit_callbacks: Any
    ) -> None:
        district_of_three(cast)
        assert "黄" in words(office.get("/projects/?colour=yellow"))
        typed = opened(office, f"{NEW}?palette=honours")
        typed |= {**NAMED, "save": "1", "investment_lag_1": "1", "investment_lag_2": "10"}
        with django_capture_on_commit_callbacks(execute=True):
            answer = office.post(NEW, typed)
        job = Job.objects.get()
        assert answer.url == f"/jobs/{job.pk}/"  # type: ignore[attr-defined]
        assert "已按现行规则重新评定完毕" in words(office.get(answer.url))  # type: ignore[attr-defined]
        assert (job.state, job.url, job.done, job.total) == ("done", "/rules/", 3, 3)
        page = office.get("/projects/?colour=blue")
        assert "项目P-3" in words(page)
        assert "项目P-2" in words(page)
        assert "项目P-1" not in words(page)
        assert '<span class="badge badge-red"' in office.get("/projects/?colour=red").content.decode()
        assert "红榜" not in words(office.get("/projects/?month=2023-08"))
        strip = office.get("/projects/P-3/?month=2023-09").content.decode()
        assert re.findall(r"strip-cell strip-(\w+)", strip) == ["red", "blue"]


class TestFilling:
    def test_a_preset_replaces_its_part_and_leaves_the_rest(self, office: Client) -> None:
        page = sent(office, NEW, fill="1", policy_preset="handan", palette_preset="", top="9", word_0="优", **NAMED)
        kept = fields(page)
        assert page.status_code == 200
        assert (kept["name"], kept["top"], kept["word_0"]) == ("试行规则", "9", "优")
        assert "use_P1" not in kept
        assert kept["use_P2"] == ["on"]
        page = office.post(NEW, {**kept, "fill": "1", "policy_preset": "wuhan", "palette_preset": "ladder"})
        kept = fields(page)
        assert (kept["investment_lag_1"], kept["measure"], kept["word_0"], kept["word_3"]) == (
            "20", "shortfall", "无色", "红",
        )  # fmt: skip
        assert "investment_lag_3" in kept  # a fourth level can be given now
        assert not PolicyEdition.objects.exists()

    def test_even_half_a_form_can_be_filled(self, office: Client) -> None:
        page = office.post(NEW, {"fill": "1", "policy_preset": "yinchuan", "palette_preset": "zaozhuang"})
        assert fields(page)["investment_lag_2"] == "30"

    def test_a_preset_that_is_none_fills_nothing(self, office: Client) -> None:
        assert office.post(NEW, {"fill": "1", "policy_preset": "x", "palette_preset": "y"}).status_code == 200


class TestTrying:
    def test_shows_who_would_change_and_stores_nothing(self, cast: Cast, office: Client) -> None:
        district_of_three(cast)
        before = list(Line.objects.order_by("id").values())
        page = sent(office, NEW, **{"try": "1", "investment_lag_1": "1", "investment_lag_2": "10"})  # no name yet
        assert page.status_code == 200
        said = words(page)
        assert "2023年9月试算结果" in said
        assert "1个项目将变色；未保存任何内容" in said
        assert "项目P-2" in said
        assert "慢15.0个百分点（红：慢于10以上）" in said
        assert fields(page)["investment_lag_2"] == "10"
        assert not PolicyEdition.objects.exists()
        assert list(Line.objects.order_by("id").values()) == before
        assert not Project.objects.filter(rerate_from__isnull=False).exists()

    def test_of_an_earlier_month_that_is_published(self, cast: Cast, office: Client) -> None:
        district_of_three(cast)
        published(cast)
        page = sent(office, NEW, **{**NAMED, "try": "1", "try_month": "2023-09"})
        assert "本月通报已发布，结果保持不变" in words(page)
        assert "没有项目变色" in words(page)
        page = sent(office, NEW, **{**NAMED, "try": "1", "try_month": "2023-08"})
        assert "2023年8月试算结果" in words(page)
        assert "本月通报已发布" not in words(page)

    def test_what_is_wrong_is_said_instead(self, cast: Cast, office: Client) -> None:
        district_of_three(cast)
        page = sent(office, NEW, **{**NAMED, "try": "1", "investment_lag_2": "1"})
        assert page.status_code == 422
        assert "试算结果" not in words(page)

    def test_before_there_is_any_month(self, office: Client) -> None:
        page = sent(office, NEW, **{**NAMED, "try": "1"})
        assert "尚无已评定的月份" in words(page)

    def test_units_and_palettes_are_compared_too(self, cast: Cast, office: Client) -> None:
        district_of_three(cast)
        typed = opened(office, f"{NEW}?palette=honours")
        page = office.post(NEW, {**typed, **NAMED, "try": "1", "red_share": "34"})
        assert "没有项目变色" in words(page)
        assert "税郭镇" in words(page)
        assert HONOURS.name not in words(page)
