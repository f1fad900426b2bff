"""Slips, and the editions of the ladder that says what is in them."""

from projects.followups.models.ladders import LadderEdition, LadderStep
from projects.followups.models.slips import DRAFTED, MERGED, WITHDRAWN, Slip

__all__ = ["DRAFTED", "MERGED", "WITHDRAWN", "LadderEdition", "LadderStep", "Slip"]
