"""A list that its address narrows: the address with other values, and what narrows it now."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest


def address_with(request: HttpRequest, base: str, **changes: str | None) -> str:
    """The address `base` with the query as it is and other values (None lifts one); back on the first page."""
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"{base}?{query.urlencode()}"


def active_chips(request: HttpRequest, base: str, form: BaseForm, chosen: dict[str, str]) -> list[dict[str, Any]]:
    """What narrows the list, as the fields of `form` call it, each with the address that lifts it."""
    return [
        {
            "label": form.fields[name].label,
            "value": dict(getattr(form.fields[name], "choices", ())).get(value, value),
            "url": address_with(request, base, **{name: None}),
        }
        for name, value in chosen.items()
    ]
