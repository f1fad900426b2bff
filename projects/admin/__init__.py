"""The administration: lists, forms and rows of Django's admin, saved by the actions that the pages use."""

from projects.admin import accounts, followups, journal, lists, notices, papers, progress, register

__all__ = ["accounts", "followups", "journal", "lists", "notices", "papers", "progress", "register"]
