"""Reading the files that people send in."""
from typing import Any
from projects.core.month import Month
from projects.exchange.verdicts import SheetRow


def recognised(content: bytes, file_name: str, *, kind: str, month: Month, learned: dict[str, str], sheet: str = "") -> dict[str, Any]:
    raise NotImplementedError


def rows_of(content: bytes, file_name: str, *, columns: dict[str, Any], kind: str, month: Month) -> list[SheetRow]:
    raise NotImplementedError
