"""Sentences of Django's admin that we say in other words: our catalogue comes before Django's own."""

from django.utils.translation import gettext_noop

SAID_OTHERWISE = (
    gettext_noop("Add %s"),
    gettext_noop("Change %s"),
    gettext_noop("View %s"),
    gettext_noop("Add %(name)s"),
    gettext_noop("Add another %(verbose_name)s"),
    gettext_noop("Add another %(model)s"),
    gettext_noop(" By %(filter_title)s "),
    gettext_noop("Save and add another"),
    gettext_noop("Change history: %s"),
    gettext_noop("Error:"),
    gettext_noop(":"),  # behind the label of a field
)
