"""What a new installation still needs before its first month."""

from dataclasses import dataclass
from enum import StrEnum

from projects.accounts.models import Unit, User
from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.progress.models import Period
from projects.register.models import Project


class Step(StrEnum):
    """What comes first, in its order."""

    UNITS = "units"
    ACCOUNTS = "accounts"
    PROJECTS = "projects"
    MONTH = "month"


@dataclass(frozen=True)
class Beginning:
    step: Step
    done: bool
    allowed: bool  # whether this person may do it


def is_empty(user: User) -> bool:
    """Whether the register holds no project at all that `user` may see."""
    return not Project.objects.visible_to(user).exists()


def first_steps(user: User) -> list[Beginning]:
    """The steps that lead to the first month, for who may do one of them; none once there is a project."""
    if not may(user, Verb.EDIT_PROJECT) or not is_empty(user):
        return []
    keeps_accounts = may(user, Verb.KEEP_ACCOUNTS)
    return [
        Beginning(Step.UNITS, Unit.objects.exclude(pk=user.unit_id).exists(), keeps_accounts),
        Beginning(Step.ACCOUNTS, User.objects.exclude(pk=user.pk).exists(), keeps_accounts),
        Beginning(Step.PROJECTS, False, True),
        Beginning(Step.MONTH, Period.objects.exists(), may(user, Verb.KEEP_PERIODS)),
    ]
