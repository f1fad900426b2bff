"""The constraints of a row in words: asked before it is written, or found by the database while it is."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from projects.core.refusals import Refused


def check_constraints(row: models.Model, *, field: str = "") -> None:
    """`Refused` with the sentence of the first constraint that `row` would break; `field` is the one to blame."""
    try:
        row.validate_constraints()
    except ValidationError as error:
        raise Refused(error.messages[0], field=field) from error


@contextmanager
def constraints_in_words(row: models.Model, *, field: str = "") -> Iterator[None]:
    """The same around the writing of `row`: nothing is asked as long as the database finds nothing broken.

    For rows that are written by the thousand: asking first costs more than writing.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        check_constraints(row, field=field)
        raise
