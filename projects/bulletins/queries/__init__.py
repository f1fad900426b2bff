"""What is asked of lines and bulletins: reasons, the rules in force, the draft, and what was published."""

from projects.bulletins.queries.editions import palette_in_force, palettes_in_force
from projects.bulletins.queries.lines import levels_before, lines_of, rating_of, reason_text, reasons, settled_stamp

__all__ = [
    "levels_before",
    "lines_of",
    "palette_in_force",
    "palettes_in_force",
    "rating_of",
    "reason_text",
    "reasons",
    "settled_stamp",
]
