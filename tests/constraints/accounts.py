"""Bad rows of units and people."""

from django.db import models

from tests.cast import Cast
from tests.constraints.rows import TWICE, Bad, Row


def good_unit(cast: Cast) -> Row:
    return cast.town


def good_user(cast: Cast) -> Row:
    return cast.office


BAD: Bad = {
    "unit_name_once_below_parent": (good_unit, [{**TWICE, "path": "/99/"}]),
    "unit_kind_known": (good_unit, [{"kind": "nonsense"}]),
    "unit_not_below_itself": (good_unit, [{"parent": models.F("id")}]),
    "user_role_known": (good_user, [{"role": "nonsense"}]),
    "unit.path": (good_unit, [{**TWICE, "name": "另一镇"}]),
    "user.username": (good_user, [TWICE]),
}
