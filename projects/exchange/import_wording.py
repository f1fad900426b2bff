"""What the kinds, states and outcomes of an import are called."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

KIND_NAMES: dict[str, Promise] = {
    "register": pgettext_lazy("import", "Register of projects"),
    "phases": pgettext_lazy("import", "Phases"),
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


def told(state: str, counts: Mapping[str, int]) -> str:
    """What came of an import so far, in a sentence."""
    if state == "imported":
        return gettext("%(count)s rows were imported.") % {"count": counts.get("written", 0)}
    return gettext("%(new)s new, %(changed)s changed, %(unchanged)s unchanged, %(refused)s refused.") % counts
