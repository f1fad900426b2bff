"""The states outside the ordinal scale of levels, where 0 is best."""

from enum import StrEnum


class Standing(StrEnum):
    """Why a project has no level this month."""

    EXEMPT = "exempt"
    NOT_RATED = "not_rated"
    NOT_REPORTED = "not_reported"
