"""What the kinds, states and outcomes of an import are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

KIND_NAMES: dict[str, Promise] = {
    "register": pgettext_lazy("import", "Register of projects"),
    "plans": pgettext_lazy("import", "Year plans"),
    "month": pgettext_lazy("import", "Month sheet"),
    "milestones": pgettext_lazy("import", "Milestones"),
}
BATCH_STATES: dict[str, Promise] = {
    "uploaded": pgettext_lazy("import", "Columns to be checked"),
    "planned": pgettext_lazy("import", "Waiting for confirmation"),
    "imported": pgettext_lazy("import", "Imported"),
    "undone": pgettext_lazy("import", "Taken back"),
    "dropped": pgettext_lazy("import", "Dropped"),
}
OUTCOME_NAMES: dict[str, Promise] = {
    "new": pgettext_lazy("row", "New"),
    "changed": pgettext_lazy("row", "Changed"),
    "unchanged": pgettext_lazy("row", "Unchanged"),
    "refused": pgettext_lazy("row", "Refused"),
}
IN_THE_WAY: dict[str, Promise] = {
    "uploaded": _("Check the columns of this file first."),
    "planned": _("This import waits for its confirmation."),
    "imported": _("This file was imported already."),
    "undone": _("This import was taken back. Send the file in again."),
    "dropped": _("This import was given up. Send the file in again."),
}
