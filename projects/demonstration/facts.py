"""The demonstration's files, read: what a public report says of the district, and what was added to it."""

import csv
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from projects.core.month import Month

FOLDER = Path(__file__).parent
FIRST_MONTH = Month(2023, 1)
LAST_MONTH = Month(2023, 9)  # the month in which the report's figures end


@cache
def published() -> dict[str, Any]:
    """What the report says; null where it does not say."""
    found: dict[str, Any] = json.loads((FOLDER / "facts.json").read_text(encoding="utf-8"))
    return found


@cache
def words(name: str) -> dict[str, Any]:
    """One of the files of added words, as `people` or `images`."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def plain(short_name: str) -> str:
    """The short name of an example without its mark, as the files name it."""
    mark: str = words("people")["examples"]["mark"]
    return short_name.removeprefix(mark)


def lead_rows() -> list[dict[str, str]]:
    """The examples of investment leads, a row each."""
    with (FOLDER / "leads.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
