"""Tasks for the tests of the queue: one that takes long the first time, one that fails, one that notes it was done."""

import time
from pathlib import Path

from django_tasks import task

LONG = 60  # seconds


@task()
def write(path: str, text: str) -> str:
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(text)
    return text


@task()
def stay_the_first_time(path: str) -> str:
    """Says in `path` that it began; where it already did, it is done at once."""
    begun = Path(path)
    if not begun.exists():
        begun.touch()
        time.sleep(LONG)
    return "done"


@task()
def fail() -> None:
    raise ArithmeticError("on purpose")


@task()
def nothing(job: int) -> None:
    """What a long work does is the test's matter."""
