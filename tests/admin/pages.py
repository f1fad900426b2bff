"""The administration as a browser sees it: addresses, the fields of a form as they stand, and a form sent back."""

from typing import Any

from django.db.models import Model
from django.test import Client
from django.urls import reverse

from tests.pages import FormReader

PATTERN = "__prefix__"


def listed(model: type[Model]) -> str:
    return reverse(f"admin:projects_{model._meta.model_name}_changelist")


def adding(model: type[Model]) -> str:
    return reverse(f"admin:projects_{model._meta.model_name}_add")


def page(row: Model, kind: str = "change") -> str:
    return reverse(f"admin:projects_{row._meta.model_name}_{kind}", args=[row.pk])


class _Fields(FormReader):
    """All fields of the form of a page, with those of the patterns for new rows."""

    def enter(self, tag: str, given: dict[str, str | None]) -> None:
        if tag == "form" and (given.get("id") or "").endswith("_form"):
            self.inside = True

    def input(self, name: str, given: dict[str, str | None]) -> None:
        if given.get("type") == "checkbox":
            if "checked" in given:
                self.values.setdefault(name, []).append(given.get("value") or "on")
        elif given.get("type") != "submit":
            self.values[name] = given.get("value") or ""


def _read(response: Any) -> dict[str, Any]:
    reader = _Fields()
    reader.feed(response.content.decode())
    reader.values.pop("csrfmiddlewaretoken", None)
    return reader.values


def fields(response: Any) -> dict[str, Any]:
    """What the form of the page would send as it stands; rows that are only a pattern are no part of it."""
    return {name: value for name, value in _read(response).items() if PATTERN not in name}


def opened(client: Client, url: str) -> dict[str, Any]:
    """The form at `url` as it is first shown."""
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    return fields(response)


def sent(client: Client, url: str, **typed: Any) -> Any:
    """The form at `url`, opened, changed as `typed` and sent."""
    return client.post(url, {**opened(client, url), **typed})


def with_row(client: Client, url: str, prefix: str, *rows: dict[str, Any]) -> dict[str, Any]:
    """The form at `url` with `rows` more in the formset `prefix`."""
    return grown(client.get(url), prefix, *rows)


def grown(response: Any, prefix: str, *rows: dict[str, Any]) -> dict[str, Any]:
    """The form of the page with `rows` more in the formset `prefix`, made from its pattern as the button does."""
    typed, read = fields(response), _read(response)
    pattern = {
        name.rpartition("-")[2]: value for name, value in read.items() if name.startswith(f"{prefix}-{PATTERN}-")
    }
    there = int(typed[f"{prefix}-TOTAL_FORMS"])
    for number, row in enumerate(rows, start=there):
        typed |= {f"{prefix}-{number}-{name}": value for name, value in {**pattern, **row}.items()}
    return {**typed, f"{prefix}-TOTAL_FORMS": str(there + len(rows))}


def errors(response: Any) -> dict[str, list[str]]:
    """What the main form of the page says is wrong, by field."""
    return dict(response.context["adminform"].form.errors)


def row_errors(response: Any) -> list[dict[str, list[str]]]:
    """What the rows below say is wrong, those without a fault left out."""
    formsets = (each.formset for each in response.context["inline_admin_formsets"])
    return [dict(errors) for formset in formsets for errors in formset.errors if errors]
