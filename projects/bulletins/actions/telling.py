"""What people are told of a bulletin, from within the actions: a draft, a publication, what is asked and decided."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from projects.accounts.models import Unit, User
from projects.accounts.queries import heads_of, offices_of, reporters_of
from projects.bulletins.models import Bulletin, Line, Objection, Override
from projects.notices.actions import notify
from projects.register.actions.telling import others

MOST_SIGNS = 200  # of what somebody wrote


def _page(bulletin: Bulletin) -> str:
    return f"/bulletins/{bulletin.pk}/"


def _in_short(text: str) -> str:
    return text if len(text) <= MOST_SIGNS else f"{text[: MOST_SIGNS - 1]}…"


def _concerned(bulletin: Bulletin) -> tuple[dict[int, Unit], dict[int, int]]:
    """The units with projects in the month, and how many of each are not at the best level."""
    lines = Line.objects.of(bulletin.month).filter(unit__in=Unit.objects.below(bulletin.district))
    behind: dict[int, int] = defaultdict(int)
    found: set[int] = set()
    for unit, level in lines.order_by().values_list("unit_id", "level"):
        found.add(unit)
        behind[unit] += bool(level)
    return Unit.objects.in_bulk(found), behind


def _of_units(units: Iterable[Unit]) -> dict[int, list[User]]:
    """Of each unit who reports for it and who heads it."""
    rows = list(units)
    reporters, heads = reporters_of(rows), heads_of(rows)
    return {unit.pk: [*reporters[unit.pk], *heads[unit.pk]] for unit in rows}


def tell_circulated(bulletin: Bulletin, *, by: User | None, at: datetime.datetime) -> None:
    """Tell each unit that it may object until when, and how many of its projects have something to object to."""
    units, behind = _concerned(bulletin)
    for pk, people in _of_units(units.values()).items():
        params = {
            "month": str(bulletin.month), "day": str(bulletin.objections_until), "unit": str(units[pk]),
            "count": behind[pk],
        }  # fmt: skip
        key = f"circulated:{bulletin.pk}:{pk}"
        notify(others(people, by), "draft_circulated", params, url=_page(bulletin), key=key, at=at)


def tell_published(bulletin: Bulletin, *, by: User | None, at: datetime.datetime) -> None:
    """Tell all units that the month is published, or why it is corrected."""
    units, _behind = _concerned(bulletin)
    people = [person for each in _of_units(units.values()).values() for person in each]
    params = {"month": str(bulletin.month), "issue": bulletin.issue, "edition": bulletin.edition}
    kind = "bulletin_published"
    if bulletin.edition > 1:
        kind, params["reason"] = "bulletin_corrected", _in_short(bulletin.reason)
    notify(others(people, by), kind, params, url=_page(bulletin), key=f"published:{bulletin.pk}", at=at)


def tell_office_of_objection(objection: Objection, *, by: User | None, at: datetime.datetime) -> None:
    unit = objection.project.unit
    params = {
        "unit": str(unit), "project": str(objection.project), "month": str(objection.month),
        "text": _in_short(objection.text),
    }  # fmt: skip
    url, key = f"/bulletins/objections/{objection.pk}/", f"objection:{objection.pk}"
    notify(others(offices_of([unit])[unit.pk], by), "objection_raised", params, url=url, key=key, at=at)


def tell_office_of_override(override: Override, *, by: User | None, at: datetime.datetime) -> None:
    """Tell the others of the office: one of them has to decide."""
    unit = override.project.unit
    params = {
        "person": str(by or ""), "project": str(override.project), "month": str(override.month),
        "reason": _in_short(override.reason),
    }  # fmt: skip
    url, key = f"/bulletins/overrides/{override.pk}/", f"override:{override.pk}"
    notify(others(offices_of([unit])[unit.pk], by), "override_proposed", params, url=url, key=key, at=at)


def tell_decided(row: Override | Objection, *, by: User | None, at: datetime.datetime) -> None:
    """Tell who asked what was decided, with the answer."""
    asked = "override" if isinstance(row, Override) else "objection"
    people = [row.by] if row.by else []
    params = {"project": str(row.project), "month": str(row.month), "answer": _in_short(row.note)}
    url, key = f"/bulletins/{asked}s/{row.pk}/", f"{asked}:{row.pk}:decided"
    notify(others(people, by), f"{asked}_{row.decision}", params, url=url, key=key, at=at)
