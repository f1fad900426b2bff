"""Model fields for the values of the core: a month is stored as 202309, money as whole yuan."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.core.forms import AmountField, MonthInputField
from projects.core.month import Month
from projects.core.yuan import LARGEST


class MonthField(models.Field):  # type: ignore[type-arg]
    """A `Month`, kept as an integer such as 202309 so that it sorts and compares in the database."""

    description = "Month"

    def get_internal_type(self) -> str:
        return "IntegerField"

    def from_db_value(self, value: int | None, *_: object) -> Month | None:
        return None if value is None else Month.from_int(value)

    def to_python(self, value: Any) -> Month | None:
        if value is None or value == "":
            return None
        if isinstance(value, Month):
            return value
        try:
            return Month.from_int(value) if isinstance(value, int) else Month.parse(str(value))
        except ValueError as error:
            raise ValidationError(_("Enter a month such as 2023-09.")) from error

    def get_prep_value(self, value: Any) -> int | None:
        month = self.to_python(super().get_prep_value(value))
        return None if month is None else int(month)

    def value_to_string(self, obj: models.Model) -> str:
        month = self.value_from_object(obj)
        return "" if month is None else str(month)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": MonthInputField, **kwargs})


class YuanField(models.BigIntegerField):  # type: ignore[type-arg]
    """Whole yuan, exact in every sum; people read and type it in 万元."""

    description = "Yuan"

    def formfield(self, **kwargs: Any) -> Any:
        return models.Field.formfield(self, **{"form_class": AmountField, **kwargs})


def month_range(field: str) -> models.Q:
    """Holds for months of the years 2000 to 2100; for a check constraint."""
    return models.Q(**{f"{field}__gte": 200001, f"{field}__lte": 210012})


def amount_range(field: str, *, at_least: int = 0) -> models.Q:
    """Holds for amounts from `at_least` to the largest that is read (yuan), or none."""
    inside = models.Q(**{f"{field}__gte": at_least, f"{field}__lte": LARGEST})
    return models.Q(**{f"{field}__isnull": True}) | inside
