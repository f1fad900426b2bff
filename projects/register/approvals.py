"""The approvals (手续) that a project passes: in their usual order, each with the stage before which it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from projects.register.stages import Stage


class Approval(StrEnum):
    """In the usual order; each may be of no concern to a project. The value is stored."""

    INITIATION = "initiation"  # 立项：备案、核准或可研批复，产生国家项目代码
    SITE = "site"  # 用地预审与选址
    LAND_GRANT = "land_grant"  # 土地出让或划拨
    LAND_PERMIT = "land_permit"  # 建设用地规划许可证
    TITLE = "title"  # 不动产权证
    ENERGY = "energy"  # 节能审查
    ENVIRONMENT = "environment"  # 环评
    SOIL = "soil"  # 水土保持
    SAFETY = "safety"  # 安评
    PLANNING_PERMIT = "planning_permit"  # 建设工程规划许可证
    DRAWINGS = "drawings"  # 施工图审查
    FIRE = "fire"  # 消防
    TENDER = "tender"  # 招标与合同
    SUPERVISION = "supervision"  # 质量安全监督
    CONSTRUCTION_PERMIT = "construction_permit"  # 建筑工程施工许可证
    STATISTICS = "statistics"  # 纳统
    ACCEPTANCE = "acceptance"  # 联合验收
    EMISSION_PERMIT = "emission_permit"  # 排污许可
    ENVIRONMENT_ACCEPTANCE = "environment_acceptance"  # 环保验收


@dataclass(frozen=True)
class Place:
    """The stage before which an approval stands; `decides` when that stage is not reached without it.

    The others before a stage are presupposed by the one that decides: nobody is given a construction permit
    without the land, so that asking for both would ask twice.
    """

    before: Stage
    decides: bool = False


PLACES: Mapping[Approval, Place] = MappingProxyType(
    {
        Approval.INITIATION: Place(Stage.PREPARING),
        Approval.SITE: Place(Stage.STARTED),
        Approval.LAND_GRANT: Place(Stage.STARTED),
        Approval.LAND_PERMIT: Place(Stage.STARTED),
        Approval.TITLE: Place(Stage.STARTED),
        Approval.ENERGY: Place(Stage.STARTED),
        Approval.ENVIRONMENT: Place(Stage.STARTED),
        Approval.SOIL: Place(Stage.STARTED),
        Approval.SAFETY: Place(Stage.STARTED),
        Approval.PLANNING_PERMIT: Place(Stage.STARTED),
        Approval.DRAWINGS: Place(Stage.STARTED),
        Approval.FIRE: Place(Stage.STARTED),
        Approval.TENDER: Place(Stage.STARTED),
        Approval.SUPERVISION: Place(Stage.STARTED),
        Approval.CONSTRUCTION_PERMIT: Place(Stage.STARTED, decides=True),
        Approval.STATISTICS: Place(Stage.COMPLETED),
        Approval.ACCEPTANCE: Place(Stage.COMPLETED, decides=True),
        Approval.EMISSION_PERMIT: Place(Stage.OPERATING, decides=True),
        Approval.ENVIRONMENT_ACCEPTANCE: Place(Stage.OPERATING, decides=True),
    }
)

_NUMBERS = {approval.value: number for number, approval in enumerate(Approval, start=1)}


def order_of(code: str) -> int:
    """Where an approval stands in the usual order, from 1; 0 for what is none."""
    return _NUMBERS.get(code, 0)


def deciding(stage: Stage) -> list[Approval]:
    """The approvals without which `stage` is not reached, in their order."""
    return [approval for approval, place in PLACES.items() if place.before is stage and place.decides]
