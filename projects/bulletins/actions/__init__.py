"""The verbs of the bulletin: writing the coloured lines, the rules, deciding, and publishing."""

from projects.bulletins.actions.rating import open_month, rate_month, rerate, rerate_changed

__all__ = ["open_month", "rate_month", "rerate", "rerate_changed"]
