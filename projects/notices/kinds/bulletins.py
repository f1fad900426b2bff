"""What notices say of bulletins, of objections, and of overrides."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from projects.notices.kinds.kind import Kind

BULLETINS: dict[str, Kind] = {
    "draft_circulated": Kind(
        pgettext_lazy("notice", "Draft bulletin for comment"),
        ngettext_lazy(
            "The draft bulletin for %(month)s is out: %(count)s project of %(unit)s is not at the best colour."
            " Objections are taken until the end of %(day)s.",
            "The draft bulletin for %(month)s is out: %(count)s projects of %(unit)s are not at the best colour."
            " Objections are taken until the end of %(day)s.",
            "count",
        ),
        "megaphone",
    ),
    "bulletin_published": Kind(
        pgettext_lazy("notice", "Bulletin published"),
        _("The bulletin for %(month)s (No. %(issue)s) was published."),
        "megaphone",
    ),
    "bulletin_corrected": Kind(
        pgettext_lazy("notice", "Bulletin corrected"),
        _("The bulletin for %(month)s (No. %(issue)s) was corrected, edition %(edition)s: %(reason)s"),
        "megaphone",
    ),
    "objection_raised": Kind(
        pgettext_lazy("notice", "Objection to decide"),
        _("%(unit)s objects to the colour of %(project)s for %(month)s: %(text)s"),
        "inbox",
    ),
    "objection_approved": Kind(
        pgettext_lazy("notice", "Objection upheld"),
        _("Your objection to the colour of %(project)s for %(month)s was upheld: %(answer)s"),
        "circle-check",
    ),
    "objection_declined": Kind(
        pgettext_lazy("notice", "Objection turned down"),
        _("Your objection to the colour of %(project)s for %(month)s was turned down: %(answer)s"),
        "circle-x",
    ),
    "override_proposed": Kind(
        pgettext_lazy("notice", "Override to decide"),
        _("%(person)s asks for a better colour of %(project)s for %(month)s: %(reason)s"),
        "inbox",
    ),
    "override_approved": Kind(
        pgettext_lazy("notice", "Override approved"),
        _("The better colour that you asked for %(project)s for %(month)s was approved. %(answer)s"),
        "circle-check",
    ),
    "override_declined": Kind(
        pgettext_lazy("notice", "Override declined"),
        _("The better colour that you asked for %(project)s for %(month)s was declined: %(answer)s"),
        "circle-x",
    ),
}
