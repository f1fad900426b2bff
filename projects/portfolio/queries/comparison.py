"""All that is told of a month, for setting it beside another one."""

from projects.accounts.models import Unit, User
from projects.accounts.queries import district_of, reading_root
from projects.bulletins.content import Content
from projects.bulletins.queries.drafting import content_of_draft
from projects.bulletins.queries.published import content_of
from projects.bulletins.queries.told import Told, told
from projects.core.month import Month


def content_for(user: User, month: Month) -> tuple[Told, Content]:
    """The month as published, else as the draft would be published now; as far as this person reads."""
    district, root = district_of(user.unit), reading_root(user)
    tells = told(district, month)
    content = content_of(tells.bulletin) if tells.bulletin else content_of_draft(district, month)
    if root == district:
        return tells, content
    own = set(Unit.objects.below(root).values_list("pk", flat=True))
    lines = tuple(line for line in content.lines if line.unit in own)
    units = tuple(unit for unit in content.units if unit.kind == "unit" and unit.key in own)
    return tells, Content(month, lines, content.levels, units)
