"""What moves a project of the demonstration before its start: one step planned after the other, few left open."""

import datetime
import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from projects.demonstration.entries import NodeEntry, ProjectEntry
from projects.demonstration.facts import LAST_MONTH, plain, words
from projects.register.stages import Stage, has_started, is_preparing


def prepared(entry: ProjectEntry) -> ProjectEntry:
    """The same with the steps of its preparation as ordinary nodes, from its registration to its start."""
    return replace(entry, nodes=(*entry.nodes, *steps(entry)))


def steps(entry: ProjectEntry) -> Iterator[NodeEntry]:
    """About every seven weeks a step, done some days early or late.

    The next one is planned when one is done; what is agreed with an investor is entered when it was done. The file
    names the projects in which nothing happens after a day (`quiet`), and those in which the first step due
    from a day on stays open while others go on (`open`).
    """
    quiet, open_from = _said("quiet", entry, datetime.date.max), _said("open", entry, datetime.date.max)
    taken: Counter[str] = Counter()
    before, due = entry.registered, entry.registered + _days(18 + entry.number * 7 % 15)
    for turn in itertools.count():
        stage = entry.position_on(due).stage
        halted = entry.halt is not None and entry.halt.since <= due
        if stage is None or not is_preparing(stage) or halted or due > quiet:
            return
        names = _names(entry, stage)
        name, done = names[taken[stage] % len(names)], due + _days((entry.number * 5 + turn * 3) % 12 - 5)
        taken[stage] += 1
        if due >= open_from:
            yield NodeEntry(name, due, is_key=False, entered=before)
            before, open_from = due, datetime.date.max
        else:
            agreed = entry.project_class == "lead" and due <= LAST_MONTH.last_day
            yield NodeEntry(name, due, done, is_key=False, entered=done if agreed else before)
            before = done
        if due > LAST_MONTH.last_day:
            return
        due += _days(46 + (entry.number * 11 + turn * 13) % 12)


def _said(what: str, entry: ProjectEntry, otherwise: datetime.date) -> datetime.date:
    day: datetime.date = words("preparing")[what].get(plain(entry.short_name), otherwise)
    return day


def _names(entry: ProjectEntry, stage: Stage) -> list[str]:
    """What is done at a stage; of a project that starts this year its last steps before."""
    starts = has_started(entry.position_on(LAST_MONTH.last_day).stage or "")
    names: list[str] = words("preparing")["steps"]["starting" if starts else stage.value]
    return names


def _days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)
