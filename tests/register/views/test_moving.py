"""The pages that move phases tell what the stage chosen asks for, before anything is sent, and ask for a reason."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.register.models import Phase, StageChange
from projects.register.stages import Stage
from tests.cast import Cast, phase, project, signed_in

pytestmark = pytest.mark.usefixtures("standing_clock")

ONE = "/projects/P-1/phases/1/move/"
MANY = "/projects/move/"
PERMIT, ACCEPTANCE = "建筑工程施工许可证", "联合验收"
HTMX = {"HTTP_HX_REQUEST": "true"}


def move(target: str, **more: Any) -> dict[str, Any]:
    return {"target": target, "happened_on": "2023-10-09", "note": "我的说明", "version": 0, **more}


@pytest.fixture
def part(cast: Cast) -> Phase:
    return phase(project(cast), stage=Stage.PREPARING)


def shown(response: Any, status: int = 200) -> str:
    assert response.status_code == status
    text: str = response.content.decode()
    assert len(re.findall('class="gate(?: is-lacking)?"', text)) == 1
    return text


class TestOne:
    def test_opens_with_what_the_next_stage_lacks(self, cast: Cast, part: Phase) -> None:
        text = shown(signed_in(cast.reporter).get(ONE))
        assert PERMIT in text
        assert 'class="gate is-lacking"' in text
        assert 'hx-trigger="change"' in text

    @pytest.mark.parametrize("headers", [{}, HTMX], ids=["without a script", "in place"])
    def test_looking_at_another_stage_saves_nothing_and_loses_nothing(
        self, cast: Cast, part: Phase, headers: dict[str, str]
    ) -> None:
        client = signed_in(cast.reporter)
        text = shown(client.post(ONE, move("completed", look="1", version=7), **headers))  # type: ignore[arg-type]
        assert PERMIT in text
        assert ACCEPTANCE in text
        assert "我的说明" in text
        assert 'name="version" value="7"' in text
        assert 'value="completed" selected' in text
        assert "has-error" not in text
        assert ("<html" in text) == (not headers)
        assert Phase.objects.get().stage == "preparing"

    def test_looking_at_nonsense(self, cast: Cast, part: Phase) -> None:
        for target in ("nonsense", "", "building.roof"):
            assert PERMIT not in shown(signed_in(cast.reporter).post(ONE, move(target, look="1")))

    def test_a_stage_that_asks_for_nothing_says_so(self, cast: Cast) -> None:
        phase(project(cast), stage=Stage.STARTED)
        text = shown(signed_in(cast.reporter).get(ONE))
        assert "没有缺项" in text
        assert "is-lacking" not in text

    @pytest.mark.parametrize("headers", [{}, HTMX], ids=["without a script", "in place"])
    def test_without_a_reason_it_is_refused_beside_the_field(
        self, cast: Cast, part: Phase, headers: dict[str, str]
    ) -> None:
        response = signed_in(cast.reporter).post(ONE, move("started"), **headers)  # type: ignore[arg-type]
        text = shown(response, 422)
        assert PERMIT in text
        assert "我的说明" in text
        assert "id_gate_reason_error" in text
        assert Phase.objects.get().stage == "preparing"

    def test_with_a_reason_it_is_moved_and_told_on_the_page(self, cast: Cast, part: Phase) -> None:
        client = signed_in(cast.reporter)
        assert client.post(ONE, move("started", gate_reason="先行开工")).status_code == 302
        assert StageChange.objects.latest("id").skip_reason == "先行开工"
        page = client.get("/projects/P-1/").content.decode()
        assert f"当时缺：计划竣工、{PERMIT}（先行开工）" in page
        assert "approval:" not in page

    def test_a_stranger_and_a_reader_learn_nothing(self, cast: Cast, part: Phase) -> None:
        assert signed_in(cast.stranger).post(ONE, move("started", look="1")).status_code == 404
        response = signed_in(cast.leader).post(ONE, move("started", look="1"))
        assert response.status_code == 403
        assert PERMIT not in response.content.decode()


class TestMany:
    def typed(self, target: str, **more: Any) -> dict[str, Any]:
        keys = [f"phase-{pk}" for pk in Phase.objects.order_by("pk").values_list("pk", flat=True)]
        codes = list(Phase.objects.order_by("pk").values_list("project__code", flat=True))
        return {**move(target), "chosen": codes, "part": keys, **{f"seen-{key}": 0 for key in keys}, **more}

    def test_looking_names_each_part_and_saves_nothing(self, cast: Cast, part: Phase) -> None:
        phase(project(cast, "P-2", short_name="已备齐的", planned_finish="2024-01-01"), stage=Stage.STARTED)
        text = shown(signed_in(cast.reporter).post(MANY, self.typed("building", look="1")))
        gate = text.partition('class="gate is-lacking"')[2].partition("</form>")[0]
        assert f"项目P-1 一期: 计划竣工、{PERMIT}" in gate
        assert "已备齐的" not in gate
        assert "我的说明" in text
        assert set(Phase.objects.values_list("stage", flat=True)) == {"preparing", "started"}

    def test_only_ticked_ones_count(self, cast: Cast, part: Phase) -> None:
        other = phase(project(cast, "P-2"), stage=Stage.STARTED)
        typed = self.typed("building", look="1", part=[f"phase-{other.pk}"])
        assert PERMIT not in shown(signed_in(cast.reporter).post(MANY, typed))

    def test_a_long_list_is_cut(self, cast: Cast, part: Phase) -> None:
        for number in range(2, 12):
            phase(project(cast, f"P-{number}"), stage=Stage.PREPARING)
        text = shown(signed_in(cast.reporter).post(MANY, self.typed("started", look="1")))
        assert "另有 3 个" in text

    def test_without_a_reason_none_is_moved_with_one_all_are(self, cast: Cast, part: Phase) -> None:
        phase(project(cast, "P-2"), stage=Stage.PREPARING)
        client = signed_in(cast.reporter)
        text = shown(client.post(MANY, self.typed("started")), 422)
        assert "id_gate_reason_error" in text
        assert client.post(MANY, self.typed("started", gate_reason="先行开工")).status_code == 302
        assert set(Phase.objects.values_list("stage", flat=True)) == {"started"}

    def test_many_parts_cost_no_more_queries_than_one(self, cast: Cast, part: Phase) -> None:
        client = signed_in(cast.reporter)

        def queries(client: Client) -> int:
            typed = self.typed("started", look="1")
            client.post(MANY, typed)  # rates the new projects
            with CaptureQueriesContext(connection) as counted:
                shown(client.post(MANY, typed))
            return len(counted)

        at_one = queries(client)
        for number in (2, 3):
            phase(project(cast, f"P-{number}"), stage=Stage.PREPARING)
        assert queries(client) == at_one
