"""What the states of a monthly report are called."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from projects.progress.workflow import State

STATE_NAMES: dict[str, Promise] = {
    State.DRAFT.value: pgettext_lazy("report", "Draft"),
    State.SUBMITTED.value: pgettext_lazy("report", "Submitted"),
    State.RETURNED.value: pgettext_lazy("report", "Returned"),
    State.APPROVED.value: pgettext_lazy("report", "Approved"),
}
