"""What the database itself refuses, whoever writes to it: a bad row for every constraint of every slice."""

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from tests.cast import Cast
from tests.constraints import accounts, background, bulletins, exchange, followups, notices, progress, register
from tests.constraints.rows import Bad, Good, Row

SLICES = (accounts, background, notices, register, progress, bulletins, followups, exchange)
BAD: Bad = {name: rows for of in SLICES for name, rows in of.BAD.items()}

CASES = [(name, good, change) for name, (good, changes) in BAD.items() for change in changes]


def break_rule(row: Row, change: dict[str, Any]) -> None:
    """Write the bad row past every form and action."""
    if "pk" not in change:
        type(row)._base_manager.filter(pk=row.pk).update(**change)
        return
    for name, value in change.items():
        setattr(row, name, value)
    row._state.adding = True
    row.save(force_insert=True)


@pytest.mark.parametrize(
    ("name", "good", "change"),
    CASES,
    ids=[f"{name} {' '.join(map(str, change))}" for name, _good, change in CASES],
)
def test_a_bad_row_is_refused(cast: Cast, name: str, good: Good, change: dict[str, Any]) -> None:
    row = good(cast)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        break_rule(row, change)
    assert any(sign in str(refusal.value) for sign in signs_of(name, type(row))), refusal.value


def signs_of(name: str, model: type[Row]) -> list[str]:
    """How the databases say which constraint it was: by its name, or of a unique one by its columns."""
    table = model._meta.db_table
    constraint = next((each for each in model._meta.constraints if each.name == name), None)
    if constraint is None:
        column = name.split(".")[1]
        return [f"UNIQUE constraint failed: {table}.{column}", f"{table}_{column}"]
    if isinstance(constraint, models.UniqueConstraint):
        columns = [f"{table}.{model._meta.get_field(field).column}" for field in constraint.fields]  # type: ignore[union-attr]
        return [name, f"UNIQUE constraint failed: {', '.join(columns)}"]
    return [name]


def test_every_constraint_has_its_bad_row() -> None:
    named = {
        str(constraint.name)
        for model in apps.get_app_config("projects").get_models()
        for constraint in model._meta.constraints
    }
    assert named == {name for name in BAD if "." not in name}
    assert all(changes for _good, changes in BAD.values())
