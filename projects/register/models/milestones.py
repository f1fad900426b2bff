"""What has to happen to a project and when: its nodes and approvals, and the checklists that they come from."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.core.versions import Versioned
from projects.register import wording
from projects.register.models.files import Attachment
from projects.register.models.lists import Category, ListEntry
from projects.register.models.phases import Phase
from projects.register.models.projects import Project

NODE, APPROVAL = "node", "approval"
OFFSETS = (-120, 240)  # months from the planned start


def named_or_coded(prefix: str) -> models.CheckConstraint:
    """A node goes by a name of its own, an approval by its code; `kind` says which."""
    return models.CheckConstraint(
        condition=(Q(kind=NODE, code="") & ~Q(name="")) | Q(kind=APPROVAL, code__in=list(wording.APPROVAL_NAMES)),
        name=f"{prefix}_named_or_coded",
        violation_error_message=_("Name the node, or choose the approval."),
    )


class Milestone(Versioned):
    """A node of a project (节点) or an approval (手续); key ones weigh more in the colour.

    Planned, expected and done days stand beside each other. What is done is not of no concern, and the other
    way round. `is_confirmed` tells a certain day from an estimated one.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="milestones", verbose_name=_("project"))
    phase = models.ForeignKey(
        Phase, models.PROTECT, null=True, blank=True, related_name="milestones", verbose_name=_("phase")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=wording.MILESTONE_KINDS, default=NODE, editable=False)
    code = models.CharField(_("approval"), max_length=30, blank=True, choices=wording.APPROVAL_NAMES)
    name = models.CharField(_("name"), max_length=100, blank=True)
    is_key = models.BooleanField(_("key node"), default=False)
    planned_on = models.DateField(_("planned"), null=True, blank=True)
    forecast_on = models.DateField(_("expected"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)
    is_confirmed = models.BooleanField(_("day of doing confirmed"), default=True)
    not_applicable = models.BooleanField(_("not applicable"), default=False)
    not_applicable_reason = models.CharField(_("why it is not applicable"), max_length=200, blank=True)
    document_number = models.CharField(_("document number"), max_length=100, blank=True)
    document = models.ForeignKey(
        Attachment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="milestones",
        verbose_name=_("document"),
    )

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = (F("planned_on").asc(nulls_last=True), "id")
        constraints = [
            named_or_coded("milestone"),
            models.UniqueConstraint(
                fields=["project", "name", "planned_on"],
                condition=Q(kind=NODE),
                name="milestone_once_a_project",
                violation_error_message=_("The project already has this milestone on this day."),
            ),
            models.UniqueConstraint(
                fields=["project", "code"],
                condition=Q(kind=APPROVAL, phase__isnull=True),
                name="approval_once_a_project",
                violation_error_message=_("The project already has this approval on its checklist."),
            ),
            models.UniqueConstraint(
                fields=["phase", "code"],
                condition=Q(kind=APPROVAL, phase__isnull=False),
                name="approval_once_a_phase",
                violation_error_message=_("The phase already has this approval on its checklist."),
            ),
            models.CheckConstraint(
                condition=Q(kind=APPROVAL) | Q(planned_on__isnull=False),
                name="milestone_node_is_planned",
                violation_error_message=_("Give the node the day for which it is planned."),
            ),
            models.CheckConstraint(
                condition=Q(not_applicable=False, not_applicable_reason="")
                | (Q(not_applicable=True, done_on__isnull=True) & ~Q(not_applicable_reason="")),
                name="milestone_applies_or_says_why_not",
                violation_error_message=_("What is not applicable has a reason, and cannot be done."),
            ),
            models.CheckConstraint(
                condition=Q(is_confirmed=True) | Q(done_on__isnull=False),
                name="milestone_estimate_is_of_a_day",
                violation_error_message=_("Without a day there is none to be estimated."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.title}"

    @property
    def title(self) -> str:
        """What it is called, an approval in the reader's language."""
        return str(wording.APPROVAL_NAMES.get(self.code, self.name))

    @property
    def is_settled(self) -> bool:
        """Whether nothing is waited for any more."""
        return self.done_on is not None or self.not_applicable


class MilestoneTemplate(ListEntry):
    """A line of the checklist of a category: what its projects pass, so many months from their planned start."""

    category = models.ForeignKey(Category, models.PROTECT, related_name="checklist", verbose_name=_("category"))
    kind = models.CharField(_("kind"), max_length=20, choices=wording.MILESTONE_KINDS, default=NODE, editable=False)
    code = models.CharField(_("approval"), max_length=30, blank=True, choices=wording.APPROVAL_NAMES)
    name = models.CharField(_("name"), max_length=100, blank=True)
    is_key = models.BooleanField(_("key node"), default=False)
    offset_months = models.SmallIntegerField(
        _("months from the planned start"),
        null=True,
        blank=True,
        help_text=_("Below zero before it. An approval without them gets no planned day."),
    )

    class Meta(ListEntry.Meta):
        verbose_name = _("checklist line")
        verbose_name_plural = _("checklists")
        ordering = ("category__position", "category_id", "position", "id")  # type: ignore[assignment]
        constraints = [
            named_or_coded("template"),
            models.UniqueConstraint(
                fields=["category", "code"],
                condition=Q(kind=APPROVAL),
                name="template_approval_once_a_category",
                violation_error_message=_("The checklist already has this approval."),
            ),
            models.UniqueConstraint(
                fields=["category", "name"],
                condition=Q(kind=NODE),
                name="template_node_once_a_category",
                violation_error_message=_("The checklist already has this node."),
            ),
            models.CheckConstraint(
                condition=Q(kind=APPROVAL) | Q(offset_months__isnull=False),
                name="template_node_has_months",
                violation_error_message=_("Say how many months from the planned start the node is due."),
            ),
            models.CheckConstraint(
                condition=Q(offset_months__isnull=True) | Q(offset_months__range=OFFSETS),
                name="template_months_in_range",
                violation_error_message=_("Give months from −120 to 240."),
            ),
        ]

    def __str__(self) -> str:
        return str(wording.APPROVAL_NAMES.get(self.code, self.name))
