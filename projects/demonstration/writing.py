"""What the monthly reports of the demonstration say: amounts as their files give them, and words that fit the works."""

from dataclasses import dataclass, replace
from typing import Any

from projects.core.month import Month
from projects.core.yuan import WAN
from projects.demonstration.entries import NodeEntry, ProjectEntry
from projects.demonstration.facts import FIRST_MONTH, LAST_MONTH, words
from projects.progress.checking import Background, Written, variance
from projects.register.stages import Stage, is_completed, is_operating, is_preparing

EARLIEST = Month(2021, 6)  # no work of the examples stood still for longer
USUAL_LENGTH = 6  # months that a stage takes of which nobody knows the end
# How the amount foreseen for the next month compares with what it becomes, in percent; two of them stray far.
FORESIGHT = (95, 100, 105, 90, 110, 150, 100, 92, 108, 100, 98, 62, 103)


def written(entry: ProjectEntry, month: Month, background: Background) -> Written:
    """The complete report of a month, given what is known before it: unchanged words are ticked, odd sums explained."""
    amount = amount_in(entry, month)
    image, steps = _words(entry, month)
    said = Written(
        invested_this_month=amount,
        invested_statistics=_statistics(entry, month, amount),
        image=image,
        image_unchanged=image == background.last_image,
        next_month_amount=_foreseen(entry, month),
        next_steps=steps,
        next_steps_unchanged=steps == background.last_steps,
        reason=_reason(entry, month, amount),
    )
    return explained(said, entry, month, background)


def explained(said: Written, entry: ProjectEntry, month: Month, background: Background) -> Written:
    """The same with an explanation, if the amount strays far enough from its plan to ask for one."""
    strayed = variance(said.invested_this_month, background.planned)
    if strayed is None or abs(strayed) * 100 <= background.variance_percent:
        return said
    stage = entry.position_on(month.last_day).stage or ""
    when = "afterwards" if is_completed(stage) or stage == Stage.INSTALLING else "works"
    reasons = words("reports")["explanations"][when]["above" if strayed > 0 else "below"]
    return replace(said, explanation=reasons[(entry.number * 3 + month.number) % len(reasons)])


def amount_in(entry: ProjectEntry, month: Month) -> int:
    """What was invested in a month (yuan): nothing where the file has no figure."""
    return dict(entry.months()).get(month, 0)


def _statistics(entry: ProjectEntry, month: Month, amount: int) -> int | None:
    """What the statistics bureau counted: mostly the same, in some months 3 % less; none before entry."""
    entered = entry.entered_statistics_on
    if entered is None or entered > month.last_day:
        return None
    return amount * 97 // 100 // WAN * WAN if (entry.number + month.number) % 4 == 0 and amount > 0 else amount


def _reason(entry: ProjectEntry, month: Month, amount: int) -> str:
    if entry.corrected and entry.corrected.month == month:
        return entry.corrected.reason
    return entry.correction_reason if amount < 0 else ""


def _foreseen(entry: ProjectEntry, month: Month) -> int | None:
    """What is to be invested in the month that follows, to ten 万元; None before the start."""
    amounts = dict(entry.months())
    amount = amounts.get(month + 1, amounts.get(month))
    if amount is None:
        return None
    if amount < 0:  # nobody foresees a correction
        amount = amounts.get(month, 0)
    percent = FORESIGHT[(entry.number * 5 + month.number * 3) % len(FORESIGHT)]
    return amount * percent // 100 // (10 * WAN) * 10 * WAN


# ── the works in words ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Place:
    """How far a stage is at the end of a month: which of how many months it takes."""

    code: str
    stage: Stage | None
    turn: int
    length: int

    def percent(self, ahead: int = 0) -> int:
        """From 10 to 95 over the months of the stage, and 100 beyond."""
        turn = self.turn + ahead
        return 100 if turn > self.length else 10 + 85 * turn // self.length

    def choose(self, sentences: list[str]) -> str:
        """The sentence that is due: they stand in the order of the works."""
        return sentences[min(self.turn * len(sentences) // (self.length + 1), len(sentences) - 1)]


def _place(entry: ProjectEntry, month: Month) -> _Place:
    position = entry.position_on(month.last_day)
    first = last = month
    while first > EARLIEST and entry.position_on((first + -1).last_day) == position:
        first += -1
    while last < LAST_MONTH and entry.position_on((last + 1).last_day) == position:
        last += 1
    if last == LAST_MONTH:
        last = max(Month.of(entry.planned_finish) if entry.planned_finish else last, last + USUAL_LENGTH)
    return _Place(position.code, position.stage, month - first + 1, last - first + 1)


def _words(entry: ProjectEntry, month: Month) -> tuple[str, str]:
    """How far the works are, and what comes next."""
    place = _place(entry, month)
    if is_preparing(place.stage or ""):
        return _preparing(entry, month)
    of_kind = words("images")[entry.works]
    numbers = {"done": place.percent(), "next": place.percent(ahead=1)}
    return place.choose(_fitting(of_kind, place)) % numbers, place.choose(_fitting(of_kind["next"], place)) % numbers


def _fitting(sentences: dict[str, Any], place: _Place) -> list[str]:
    other = "operating" if is_operating(place.stage or "") else "building"
    fitting: list[str] = sentences.get(place.code) or sentences.get(place.stage or "") or sentences[other]
    return fitting


def _preparing(entry: ProjectEntry, month: Month) -> tuple[str, str]:
    """Before the start: which of its steps was done last, and which comes."""
    nodes = sorted(entry.nodes, key=lambda node: node.due)
    done = [node for node in nodes if node.done and node.done <= month.last_day]
    coming = [node for node in nodes if node not in done and _is_known(node, entry, month)]
    sort = {(True, True): "going_on", (False, True): "first", (True, False): "quiet", (False, False): "nothing"}
    kind = "ready" if done and not coming and _starts_soon(entry, month) else sort[bool(done), bool(coming)]
    names = {"done": done[-1].name if done else "", "next": coming[0].name if coming else ""}
    of_kind = words("images")["preparing"]
    turn = entry.number + (month - FIRST_MONTH)
    image, steps = of_kind[kind], of_kind["next"][kind]
    return image[turn % len(image)] % names, steps[turn % len(steps)] % names


def _is_known(node: NodeEntry, entry: ProjectEntry, month: Month) -> bool:
    return (node.entered or entry.registered) <= month.last_day


def _starts_soon(entry: ProjectEntry, month: Month) -> bool:
    return not is_preparing(entry.position_on((month + 2).last_day).stage or "")
