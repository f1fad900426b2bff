"""What is missing for a stage, asked of the rows."""

import datetime

from django.utils import translation

from projects.register.models import Milestone
from projects.register.queries import missing_for
from projects.register.stages import Stage
from tests.cast import Cast, phase, project

DAY = datetime.date(2023, 4, 3)


def test_in_words_one_query_and_for_a_phase_by_its_own_row(cast: Cast, django_assert_num_queries: object) -> None:
    of = phase(project(cast))
    row = of.project
    with translation.override("zh-hans"):
        with django_assert_num_queries(1):  # type: ignore[operator]
            assert missing_for(row, Stage.STARTED) == ["计划竣工", "建筑工程施工许可证"]
        permit = {"project": row, "kind": "approval", "code": "construction_permit", "name": "建筑工程施工许可证"}
        Milestone.objects.create(**permit, done_on=DAY)
        assert missing_for(row, Stage.STARTED) == ["计划竣工", "“建筑工程施工许可证”的文号或附件"]
        Milestone.objects.create(**permit, phase=of)
        assert missing_for(row, Stage.STARTED, of) == ["计划竣工", "建筑工程施工许可证"]
        row.planned_finish = DAY
        Milestone.objects.update(document_number="8号")
        assert missing_for(row, Stage.STARTED) == []
        assert missing_for(row, Stage.BUILDING) == []
