"""Problems of projects: what stands in the way, what is asked of whom until when, and how it was solved."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.accounts.models import Unit, User
from projects.accounts.queries import may, within_reach
from projects.accounts.roles import Verb
from projects.core.versions import Versioned
from projects.register import wording
from projects.register.models.phases import Phase
from projects.register.models.projects import Project
from projects.register.solving import ProblemState

OPEN, SOLVED, CLOSED = (state.value for state in ProblemState)


class ProblemQuerySet(models.QuerySet["Problem"]):
    def visible_to(self, user: User) -> Self:
        """Problems of the projects that `user` may read."""
        return self.filter(project__in=Project.objects.visible_to(user))

    def workable_by(self, user: User) -> Self:
        """Those that `user` may work on: of projects in reach, and those whose solution is asked of the own unit."""
        reach = Project.objects.filter(within_reach(user))
        if not may(user, Verb.WORK_ON_PROBLEMS):
            return self.none()
        return self.filter(Q(project__in=reach) | Q(asked_of__in=Unit.objects.below(user.unit)))

    def unsolved(self) -> Self:
        """Those that are not closed: open, or said to be solved and not verified yet."""
        return self.exclude(state=CLOSED)


class Problem(Versioned):
    """Something that stands in a project's way, and what is asked of whom to remove it.

    `asked_of` is the unit that has to act, `asked_name` a body outside the tree; one of the two or
    neither. `due_on` counts to the end of the local day. An extension is asked for once at most, and
    before the due day has passed.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="problems", verbose_name=_("project"))
    phase = models.ForeignKey(
        Phase, models.PROTECT, null=True, blank=True, related_name="problems", verbose_name=_("phase")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=wording.PROBLEM_KINDS)
    description = models.CharField(_("what the problem is"), max_length=500)
    request = models.CharField(_("what is asked"), max_length=500, blank=True)
    asked_of = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="problems", verbose_name=_("asked of")
    )
    asked_name = models.CharField(_("or of a body outside"), max_length=100, blank=True)
    raised_on = models.DateField(_("raised"))
    due_on = models.DateField(_("to be solved by"))
    state = models.CharField(_("state"), max_length=10, choices=wording.PROBLEM_STATES, default=OPEN, editable=False)
    raised_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("raised by")
    )
    proof = models.CharField(_("how it was solved"), max_length=1000, blank=True, editable=False)
    solved_on = models.DateField(_("solved"), null=True, editable=False)
    solved_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("reported as solved by")
    )
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("closed by")
    )
    extension_until = models.DateField(_("extension asked until"), null=True, editable=False)
    extension_reason = models.CharField(_("reason of the extension"), max_length=500, blank=True, editable=False)
    extension_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("extension asked by")
    )
    extension = models.CharField(
        _("extension"), max_length=10, blank=True, choices=wording.EXTENSION_STATES, editable=False
    )

    objects: ClassVar[Any] = ProblemQuerySet.as_manager()

    class Meta:
        verbose_name = _("problem")
        verbose_name_plural = _("problems")
        ordering = ("due_on", "id")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(wording.PROBLEM_KINDS)), name="problem_kind_known"),
            models.CheckConstraint(condition=Q(state__in=list(wording.PROBLEM_STATES)), name="problem_state_known"),
            models.CheckConstraint(condition=~Q(description=""), name="problem_says_something"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("raised_on")),
                name="problem_due_after_it_was_raised",
                violation_error_message=_("It cannot be due before it was raised."),
            ),
            models.CheckConstraint(
                condition=Q(asked_of__isnull=True) | Q(asked_name=""),
                name="problem_asked_of_one",
                violation_error_message=_("Choose a unit or write a body outside, not both."),
            ),
            models.CheckConstraint(
                condition=Q(state=OPEN, solved_on__isnull=True)
                | (~Q(state=OPEN) & Q(solved_on__isnull=False) & ~Q(proof="")),
                name="problem_solved_with_proof",
            ),
            models.CheckConstraint(
                condition=Q(state=CLOSED, closed_at__isnull=False) | (~Q(state=CLOSED) & Q(closed_at__isnull=True)),
                name="problem_closed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(extension="", extension_until__isnull=True)
                | (~Q(extension="") & Q(extension_until__isnull=False) & ~Q(extension_reason="")),
                name="problem_extension_has_day_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(extension__in=["", *wording.EXTENSION_STATES]), name="problem_extension_known"
            ),
        ]
        indexes = [
            models.Index(fields=["project", "state", "due_on"], name="problem_of_project"),  # report form, project page
            models.Index(fields=["state", "due_on"], name="problem_open_by_day"),  # the list, the ranking
        ]

    def __str__(self) -> str:
        return f"{self.project.short_name} {self.description[:40]}"

    @property
    def asked(self) -> str:
        """Who is to act, in words; empty when nobody was named."""
        return str(self.asked_of) if self.asked_of else self.asked_name

    def is_overdue(self, day: Any) -> bool:
        """Whether it is open on `day` after the day by which it was to be solved."""
        return bool(self.state == OPEN and day > self.due_on)


class ProblemNote(models.Model):
    """What was done about a problem, or said of it. Rows are only added."""

    problem = models.ForeignKey(Problem, models.PROTECT, related_name="notes", verbose_name=_("problem"))
    kind = models.CharField(_("kind"), max_length=10, choices=wording.PROBLEM_NOTES)
    text = models.CharField(_("note"), max_length=1000)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("note on a problem")
        verbose_name_plural = _("notes on problems")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(wording.PROBLEM_NOTES)), name="problem_note_kind_known"),
            models.CheckConstraint(condition=~Q(text=""), name="problem_note_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
