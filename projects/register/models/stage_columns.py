"""What every row with a stage of its own is held to."""

from django.db import models
from django.db.models import Q

from projects.register.stages import Stage, Step

STAGES = [stage.value for stage in Stage]
STEPS = [step.value for step in Step]
BUILDING = Stage.BUILDING.value


def stage_fields(prefix: str) -> list[models.BaseConstraint]:
    """Stage and step are known codes, and only building has steps."""
    return [
        models.CheckConstraint(condition=Q(stage__in=["", *STAGES]), name=f"{prefix}_stage_known"),
        models.CheckConstraint(
            condition=Q(step="") | Q(stage=BUILDING, step__in=STEPS),
            name=f"{prefix}_step_only_while_building",
        ),
    ]
