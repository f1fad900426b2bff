"""What the stages of a bulletin and the decisions before it are called."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

STAGES_OF_BULLETIN: dict[str, Promise] = {
    "draft": pgettext_lazy("bulletin", "Draft"),
    "circulated": pgettext_lazy("bulletin", "Circulated for comment"),
    "published": pgettext_lazy("bulletin", "Published"),
}
DECISIONS: dict[str, Promise] = {
    "approved": pgettext_lazy("decision", "Approved"),
    "declined": pgettext_lazy("decision", "Declined"),
}
