"""What was published: which months are closed for which districts, and the content of a bulletin from its copies."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from projects.accounts.models import User
from projects.accounts.queries import district_of
from projects.bulletins.composing import Section
from projects.bulletins.content import Content, LineCopy, Share, Sums, UnitCopy
from projects.bulletins.models import Bulletin, BulletinLine, BulletinUnit
from projects.bulletins.models.bulletins import PUBLISHED
from projects.core.month import Month
from projects.rating.editions import palette_from_json

LINE_COLUMNS = [field.name for field in BulletinLine._meta.fields if field.name not in {"id", "bulletin", "more"}]
UNIT_COLUMNS = ["kind", "group", "name", "key", "rank", "previous_rank", "level"]


def closed_districts(month: Month) -> list[str]:
    """The paths of the districts whose bulletin of `month` is published: its lines stay until it is corrected."""
    closed = Bulletin.objects.published().filter(month=month)
    return list(closed.order_by("district__path").values_list("district__path", flat=True).distinct())


def latest_published(district_id: int, month: Month) -> Bulletin | None:
    """The edition that counts: the last one published for the month."""
    rows: QuerySet[Bulletin] = Bulletin.objects.published().filter(district=district_id, month=month)
    return rows.order_by("-edition").first()


def bulletin_of(user: User, month: Month) -> Bulletin | None:
    """What `user` reads of `month`: the edition that counts, of the own district first; the draft while none is
    published and they may read it."""
    rows = Bulletin.objects.visible_to(user).filter(month=month).select_related("district")
    own = district_of(user.unit).pk
    found: list[Bulletin] = sorted(
        rows, key=lambda row: (row.district_id != own, row.district.path, row.state != PUBLISHED, -row.edition)
    )
    return found[0] if found else None


def edition_before(bulletin: Bulletin) -> Bulletin | None:
    """The edition of the month before that counted when `bulletin` was published; for a draft, that counts now."""
    rows: QuerySet[Bulletin] = Bulletin.objects.published().filter(
        district=bulletin.district_id, month=bulletin.month.earlier(1)
    )
    if bulletin.published_at is not None:
        rows = rows.filter(published_at__lte=bulletin.published_at).exclude(pk=bulletin.pk)
    return rows.order_by("-edition").first()


def sections_of(bulletin: Bulletin) -> list[Section]:
    """The text with its marks."""
    return [Section(each["heading"], tuple(each["paragraphs"])) for each in bulletin.sections]


def line_copies(bulletin: Bulletin, **which: Any) -> Iterator[LineCopy]:
    """The published lines in their order; `which` narrows them."""
    rows = bulletin.lines.filter(**which).order_by("number").values_list("more", *LINE_COLUMNS)
    for more, *columns in rows.iterator(chunk_size=2000):
        yield LineCopy.from_json({**more, **dict(zip(LINE_COLUMNS, columns, strict=True))})


def unit_copies(bulletin: Bulletin) -> list[UnitCopy]:
    """The published tables by unit, leader and category, in their order."""
    return [unit_from_row(row) for row in bulletin.units.order_by("number")]


def unit_from_row(row: BulletinUnit) -> UnitCopy:
    more = row.more
    columns: dict[str, Any] = {name: getattr(row, name) for name in UNIT_COLUMNS}
    return UnitCopy(**columns, of=more["of"], reasons=tuple(more["reasons"]), sums=sums_from_json(more["sums"]))


def sums_as_json(sums: Sums) -> dict[str, Any]:
    """Sums in a form that survives JSON."""
    values = {name: getattr(sums, name) for name in Sums.__dataclass_fields__}
    shares = {name: [value.part, value.whole] for name, value in values.items() if isinstance(value, Share)}
    return {**values, **shares, "levels": list(sums.levels)}


def sums_from_json(stored: dict[str, Any]) -> Sums:
    shares = {name: Share(*stored[name]) for name in ("started", "in_statistics", "punctual")}
    return Sums(**{**stored, **shares, "levels": tuple(stored["levels"])})


def content_of(bulletin: Bulletin) -> Content:
    """All that a published bulletin shows, from its copies alone; two queries."""
    levels = len(palette_from_json(bulletin.palette).shades)
    return Content(bulletin.month, tuple(line_copies(bulletin)), levels, tuple(unit_copies(bulletin)))
