"""Our pages as a browser sees them: the form as it stands, a form sent back, and what a page says in words."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.test import Client

HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass
class FormReader(HTMLParser):
    """What the controls of a form would send; `inside` says whether the parser is in that form."""

    values: dict[str, Any] = field(default_factory=dict)
    inside: bool = False
    select: str = ""
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def enter(self, tag: str, given: dict[str, str | None]) -> None:
        """Set `inside` where the form begins."""
        raise NotImplementedError

    def leave(self) -> None:
        """A form has ended."""
        self.inside = False

    def input(self, name: str, given: dict[str, str | None]) -> None:
        raise NotImplementedError

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.enter(tag, given)
        name = given.get("name") or ""
        if not self.inside:
            return
        if tag == "input" and name:
            self.input(name, given)
        elif tag == "select":
            self.select = name
            self.values[name] = ""
        elif tag == "option" and self.select and "selected" in given:
            self.values[self.select] = given.get("value") or ""
        elif tag == "textarea" and name:
            self.text = name
            self.values[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.inside:
            self.leave()
        if tag == "select":
            self.select = ""
        if tag == "textarea":
            self.text = ""

    def handle_data(self, text: str) -> None:
        if self.text:
            self.values[self.text] += text.removeprefix("\n")


@dataclass
class _Form(FormReader):
    """What the first form of the page's own that is posted would send."""

    action: str = ""
    inside_main: bool = False
    done: bool = False

    def enter(self, tag: str, given: dict[str, str | None]) -> None:
        if tag == "main" or given.get("class") == "move-form":
            self.inside_main = True
        if tag == "form" and self.inside_main and not self.done and given.get("method") == "post":
            self.inside, self.action = True, given.get("action") or ""

    def leave(self) -> None:
        self.inside, self.done = False, True

    def input(self, name: str, given: dict[str, str | None]) -> None:
        value = given.get("value")
        if given.get("type") in {"checkbox", "radio"}:
            if "checked" in given:
                self.values.setdefault(name, []).append(value or "on")
        elif name in self.values:
            self.values[name] = [*_listed(self.values[name]), value or ""]
        else:
            self.values[name] = value or ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def fields(response: Any) -> dict[str, Any]:
    """The values that the page's form would send as it stands."""
    reader = _Form()
    reader.feed(response.content.decode())
    assert reader.done, f"no form on the page: {words(response)[:300]}"
    reader.values.pop("csrfmiddlewaretoken", None)
    return reader.values


def opened(client: Client, address: str) -> dict[str, Any]:
    """The form at `address` as it is first shown."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return fields(response)


def sent(client: Client, address: str, **typed: Any) -> Any:
    """The form at `address`, opened, changed as `typed` and sent."""
    return client.post(address, {**opened(client, address), **typed})


def words(response: Any) -> str:
    """What a page says, without its tags."""
    html = re.sub(r"<(script|style|svg|template|nav)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def complaints(response: Any) -> dict[str, list[str]]:
    """What the form of the page says is wrong, by field; "" for the whole."""
    form = response.context["form"]
    found = {name.replace("__all__", ""): [str(error) for error in errors] for name, errors in form.errors.items()}
    also = response.context.get("also")
    return {**found, **({name: [str(e) for e in errors] for name, errors in also.errors.items()} if also else {})}
