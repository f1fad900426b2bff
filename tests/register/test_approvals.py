"""The approvals: all of them, in their order, each before a stage."""

from django.utils import translation

from projects.register.approvals import PLACES, Approval, deciding, order_of
from projects.register.stages import Stage
from projects.register.wording import APPROVAL_NAMES

CHINESE = [
    "立项", "用地预审与选址", "土地出让或划拨", "建设用地规划许可证", "不动产权证", "节能审查", "环评", "水土保持",
    "安评", "建设工程规划许可证", "施工图审查", "消防", "招标与合同", "质量安全监督", "建筑工程施工许可证", "纳统",
    "联合验收", "排污许可", "环保验收",
]  # fmt: skip


def test_every_approval_has_its_place_and_name() -> None:
    assert list(PLACES) == list(Approval)
    assert list(APPROVAL_NAMES) == [approval.value for approval in Approval]
    with translation.override("zh-hans"):
        assert [str(name) for name in APPROVAL_NAMES.values()] == CHINESE


def test_the_order_follows_the_life_of_a_project() -> None:
    numbers = [place.before.number for place in PLACES.values()]
    assert numbers == sorted(numbers)
    assert [order_of(approval.value) for approval in Approval] == list(range(1, len(Approval) + 1))
    assert order_of("") == order_of("nonsense") == 0


def test_what_decides() -> None:
    found = {stage: deciding(stage) for stage in Stage if deciding(stage)}
    assert found == {
        Stage.STARTED: [Approval.CONSTRUCTION_PERMIT],
        Stage.COMPLETED: [Approval.ACCEPTANCE],
        Stage.OPERATING: [Approval.EMISSION_PERMIT, Approval.ENVIRONMENT_ACCEPTANCE],
    }


def test_names_fit_their_columns() -> None:
    assert max(len(approval.value) for approval in Approval) <= 30
