"""Form fields that read what officials type: text, amounts in 万元, months, dates; and a form base that uses them."""

import datetime
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from projects.core.month import FIRST_YEAR, LAST_YEAR, Month
from projects.core.text import has_control, tidy
from projects.core.yuan import WAN, exactly, parse_amount

SELECTED = SafeString(" selected")
AMOUNT_REFUSALS = {
    "not a number": _("“%(value)s” is not an amount. Enter a number in 10,000 yuan, for example 1,200.5."),
    "a fraction of a yuan": _("“%(value)s” is more exact than one yuan. Use at most four decimals."),
    "too large": _("“%(value)s” is too large. Check the unit: the number counts in 10,000 yuan."),
    "negative": _("“%(value)s” is below zero, which is not possible here."),
}


class PlainTextField(forms.CharField):
    """One or more lines of text, tidied; refuses control characters."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if has_control(text):
            raise ValidationError(
                _("The text holds invisible control characters. Type it again or paste it as plain text.")
            )
        return tidy(text)


class AmountField(forms.Field):
    """An amount typed in 万元, as whole yuan; `signed` allows a correction below zero."""

    unit = _("10,000 yuan")
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "amount"})

    def __init__(self, *, signed: bool = False, **kwargs: Any) -> None:
        for foreign in ("min_value", "max_value"):
            kwargs.pop(foreign, None)
        super().__init__(**kwargs)
        self.signed = signed

    def prepare_value(self, value: Any) -> Any:
        return exactly(value, WAN) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        if value is None or isinstance(value, int):
            return value
        if not value.strip():
            return None
        try:
            yuan = parse_amount(value)
        except ValueError as error:
            raise self._refusal(str(error), value) from error
        if yuan < 0 and not self.signed:
            raise self._refusal("negative", value)
        return yuan

    def _refusal(self, why: str, value: str) -> ValidationError:
        return ValidationError(AMOUNT_REFUSALS[why], code="amount", params={"value": value[:40]})

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class MonthInputField(forms.Field):
    """A month picked or typed as 2023-09."""

    widget = forms.TextInput(attrs={"type": "month"})

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, Month) else value

    def to_python(self, value: Any) -> Month | None:
        if value is None or isinstance(value, Month):
            return value
        if not str(value).strip():
            return None
        try:
            return Month.parse(str(value).strip())
        except ValueError as error:
            raise ValidationError(_("Enter a month such as 2023-09.")) from error


class DayField(forms.DateField):
    """A day of the years 2000 to 2100, in the browser's own date picker.

    The widget writes ISO dates whatever the language, or the browser would show an empty box and
    the next save would erase the date.
    """

    input_formats = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> datetime.date | None:
        if isinstance(value, str) and len(value) > 20:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        day = super().to_python(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(_("Enter a date between 2000 and 2100."))
        return day


class VersionField(forms.IntegerField):
    """The version of the object that the form was opened at, carried along hidden."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=2**31 - 1, **kwargs)


@lru_cache(maxsize=512)
def options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    """The options of a drop-down, each ended by the next; those of a filter are the same on every page."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}',
        ((key, SELECTED if key == chosen else "", label) for key, label in choices),
    )


class PlainSelect(forms.Select):
    """A drop-down written in one go: a filter with a hundred choices should not cost a hundred templates."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        choices = tuple((str(key), str(label)) for key, label in self.choices)
        built = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html(
            "<select{}>{}</select>", flatatt(built), options(choices, "" if value is None else str(value))
        )


class PlainSearch(forms.TextInput):
    """A box to search by, written in one go too."""

    input_type = "search"

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        given = {**(attrs or {}), "type": self.input_type, "name": name, "value": self.format_value(value)}
        return format_html("<input{}>", flatatt(self.build_attrs(self.attrs, given)))
