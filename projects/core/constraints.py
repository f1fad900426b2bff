"""The constraints of a row asked before it is written, so that a refusal comes in words."""

from django.core.exceptions import ValidationError
from django.db import models

from projects.core.refusals import Refused


def check_constraints(row: models.Model, *, field: str = "") -> None:
    """`Refused` with the sentence of the first constraint that `row` would break; `field` is the one to blame."""
    try:
        row.validate_constraints()
    except ValidationError as error:
        raise Refused(error.messages[0], field=field) from error
