"""Coloured lines, the editions of the rules, what people decide, and the bulletins that were published."""

from projects.bulletins.models.bulletins import Bulletin, BulletinLine, BulletinUnit
from projects.bulletins.models.decisions import Objection, Override
from projects.bulletins.models.editions import PolicyEdition, Recolouring
from projects.bulletins.models.files import BulletinFile
from projects.bulletins.models.lines import STANDINGS, Line, LineQuerySet, LineStamp, SearchKey

__all__ = [
    "STANDINGS",
    "Bulletin",
    "BulletinFile",
    "BulletinLine",
    "BulletinUnit",
    "Line",
    "LineQuerySet",
    "LineStamp",
    "Objection",
    "Override",
    "PolicyEdition",
    "Recolouring",
    "SearchKey",
]
