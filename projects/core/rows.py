"""Writing many rows in the database's own words: by way of models the same takes four times as long."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import islice
from operator import attrgetter
from typing import Any

from django.db import connection, models

BATCH = 2000  # rows at a time, so that memory stays flat
# What a database takes as it is; values of any other field are prepared for it.
PLAIN = (models.AutoField, models.BooleanField, models.CharField, models.IntegerField, models.TextField)


def write_rows(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]], *, unique: Sequence[str] = ()
) -> None:
    """Write each of `rows`, the values of the columns `names` in their order; a column left out needs a default in
    the database.

    Where a row with the same `unique` columns stands, it takes the values that differ. Nothing is checked but
    what the database checks.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    quote = connection.ops.quote_name
    columns = [quote(field.column) for field in fields]
    places = ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 -- names of ours
    if unique:
        keys = [columns[names.index(name)] for name in unique]
        sql += _on_conflict(quote(model._meta.db_table), keys, [each for each in columns if each not in keys])
    special = [(place, prepare) for place, field in enumerate(fields) if (prepare := _prepare(field)) is not None]

    def prepared(row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for place, prepare in special:
            if values[place] is not None:
                values[place] = prepare(values[place])
        return values

    left = iter(rows)
    with connection.cursor() as cursor:
        # In lists, since whatever makes the rows may read from the same connection.
        while batch := [prepared(row) for row in islice(left, BATCH)]:
            cursor.executemany(sql, batch)


def write_new(records: Sequence[models.Model]) -> None:
    """Insert records of one model that nobody needs afterwards: they are not told the numbers that they get."""
    if records:
        model = type(records[0])
        names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
        write_rows(model, names, map(attrgetter(*names), records))


def _on_conflict(table: str, keys: Sequence[str], columns: Sequence[str]) -> str:
    """A row that would stay the same is left alone: its indexes cost more than all else."""
    new = [f"EXCLUDED.{column}" for column in columns]
    assigned = ", ".join(f"{column} = {value}" for column, value in zip(columns, new, strict=True))
    old = ", ".join(f"{table}.{column}" for column in columns)
    differs = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    return f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {assigned} WHERE ({old}) {differs} ({', '.join(new)})"


def _prepare(field: Any) -> Callable[[Any], Any] | None:
    if isinstance(field, models.JSONField):
        return partial(connection.ops.adapt_json_value, encoder=field.encoder)
    plain = field.target_field if isinstance(field, models.ForeignKey) else field
    return None if isinstance(plain, PLAIN) else partial(field.get_db_prep_save, connection=connection)
