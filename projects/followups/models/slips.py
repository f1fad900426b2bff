"""The slip that follows from a red or yellow line of a bulletin: what is asked and answered, and where it stands."""

import dataclasses
import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.accounts.models import Unit, User
from projects.accounts.queries import may, within_reading
from projects.accounts.roles import Role, Verb
from projects.bulletins.models import Bulletin
from projects.core.fields import MonthField, month_range
from projects.core.versions import Versioned
from projects.followups import wording
from projects.followups.ladder import RUNGS, Kind, Rank, Rung
from projects.followups.workflow import OPEN, TURNS, Runs, State, Turn, running
from projects.register.models import Attachment, Leader, Project

OPEN_STATES = [state.value for state in OPEN]
DRAFTED, CLOSED, WITHDRAWN, MERGED = (
    state.value for state in (State.DRAFTED, State.CLOSED, State.WITHDRAWN, State.MERGED)
)


class SlipQuerySet(models.QuerySet["Slip"]):
    def visible_to(self, user: User) -> Self:
        """Slips to the own unit and below once they are issued; for the office, leaders and auditors all that they
        read. Other units do not see them: they are no part of the bulletin."""
        if user.role == Role.REPORTER:
            return self.filter(unit__in=Unit.objects.below(user.unit), issued_at__isnull=False)
        return self.filter(within_reading(user))

    def reachable_by(self, user: User) -> Self:
        """Those that `user` may work on at all."""
        if not may(user, Verb.ANSWER_SLIPS):
            return self.none()
        return self.visible_to(user).filter(unit__in=Unit.objects.below(user.unit))

    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)

    def overdue(self, day: datetime.date) -> Self:
        """Open ones whose day ended before `day`."""
        return self.open().filter(due_on__lt=day)


def _person(label: Any) -> Any:
    return models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=label)


def _moment(label: Any) -> Any:
    return models.DateTimeField(label, null=True, editable=False)


def _is(*states: State) -> Q:
    return Q(state__in=[state.value for state in states])


def _together(when: Q, then: Q) -> Q:
    """A condition that holds where both hold or neither."""
    return (when & then) | (~when & ~then)


class Slip(Versioned):
    """What one project owes after one bulletin. Colour and unit are those of the published line, whatever comes after.

    `rung` is the step of the ladder, `periods` how many in a row the project has its colour. What the ladder gave it
    then (`reply_in` to `decides`) is its own, whatever the ladder says later. A slip has its number
    (`year`, `serial`) from its issue on. `due_on` is the day that runs in the present state, to its end; `raised_at`
    says that this day passed and everybody concerned was told. A later slip of the project goes on with what is
    still open (`continues`); the earlier one remembers its state and goes on itself should the later one be
    withdrawn.
    """

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="slips", verbose_name=_("bulletin"))
    project = models.ForeignKey(Project, models.PROTECT, related_name="slips", verbose_name=_("project"))
    district = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("district"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="slips", verbose_name=_("responsible unit"))
    month = MonthField(_("month"))
    level = models.PositiveSmallIntegerField(_("level"))
    colour_word = models.CharField(_("colour"), max_length=30)
    colour_hue = models.CharField(max_length=20)
    colour_shape = models.CharField(max_length=20)
    periods = models.PositiveSmallIntegerField(_("periods in a row"))
    rung = models.CharField(_("step of the ladder"), max_length=20, choices=wording.STEP_OF_LADDER)
    kind = models.CharField(_("kind"), max_length=20, choices=wording.KIND_NAMES)
    reply_in = models.PositiveSmallIntegerField(_("plan due in working days"), null=True, editable=False)
    finish_in = models.PositiveSmallIntegerField(_("to be finished in days"), null=True, editable=False)
    raised_to = models.CharField(_("raised to"), max_length=20, choices=wording.RANK_NAMES, editable=False)
    copies_leader = models.BooleanField(_("copy to the accountable leader"), default=False, editable=False)
    decides = models.BooleanField(_("the talk decides on the project"), default=False, editable=False)
    year = models.PositiveSmallIntegerField(_("year"), null=True, editable=False)
    serial = models.PositiveIntegerField(_("number"), null=True, editable=False)
    leader = models.ForeignKey(
        Leader, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("accountable leader")
    )
    leader_name = models.CharField(max_length=50, blank=True, editable=False)
    request = models.CharField(pgettext_lazy("slip", "what is asked"), max_length=1000)
    continues = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="continued_by", editable=False, verbose_name=_("continues")
    )
    state = models.CharField(
        _("state"), max_length=12, choices=wording.STATE_NAMES, default=DRAFTED, editable=False
    )  # fmt: skip
    state_before = models.CharField(max_length=12, blank=True, editable=False)
    issue_due = models.DateField(_("to be issued by"))
    reply_due = models.DateField(_("plan due by"), null=True, editable=False)
    finish_due = models.DateField(_("to be finished by"), null=True)
    due_on = models.DateField(_("due"), null=True, editable=False)
    raised_at = _moment(_("raised"))
    opened_at = models.DateTimeField(_("opened"), editable=False)
    issued_at, issued_by = _moment(_("issued")), _person(_("issued by"))
    received_at, received_by = _moment(_("received")), _person(_("received by"))
    replied_at, replied_by = _moment(_("replied")), _person(_("replied by"))
    plan = models.TextField(_("plan to put things right"), max_length=4000, blank=True, editable=False)
    answered_at, answered_by = _moment(_("answered")), _person(_("answered by"))
    answer = models.TextField(_("answer"), max_length=4000, blank=True, editable=False)
    reference = models.CharField(_("evidence by number"), max_length=200, blank=True, editable=False)
    evidence = models.ForeignKey(
        Attachment, models.PROTECT, null=True, related_name="proving", editable=False, verbose_name=_("evidence")
    )
    returned_at, returned_by = _moment(_("returned")), _person(_("returned by"))
    return_reason = models.CharField(_("what is missing"), max_length=1000, blank=True, editable=False)
    verified_at, verified_by = _moment(_("verified")), _person(_("verified by"))
    finding = models.CharField(_("finding"), max_length=1000, blank=True, editable=False)
    outcome = models.CharField(_("decision"), max_length=10, choices=wording.OUTCOMES, blank=True, editable=False)
    closed_at, closed_by = _moment(_("closed")), _person(_("closed by"))
    withdrawn_at, withdrawn_by = _moment(_("withdrawn")), _person(_("withdrawn by"))
    withdrawal = models.CharField(_("why it was withdrawn"), max_length=500, blank=True, editable=False)
    merged_at = _moment(_("merged"))
    extension = models.CharField(
        _("extension"), max_length=10, choices=wording.EXTENSION_NAMES, blank=True, editable=False
    )
    extension_until = models.DateField(_("extension asked until"), null=True, editable=False)
    extension_reason = models.CharField(_("reason of the extension"), max_length=500, blank=True, editable=False)
    extension_at, extension_by = _moment(_("extension asked")), _person(_("extension asked by"))

    objects: ClassVar[Any] = SlipQuerySet.as_manager()

    class Meta:
        verbose_name = _("slip")
        verbose_name_plural = _("slips")
        ordering = ("-month", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["bulletin", "project"], condition=~_is(State.WITHDRAWN), name="slip_once_a_bulletin"
            ),
            models.UniqueConstraint(fields=["project"], condition=Q(state__in=OPEN_STATES), name="slip_one_open"),
            models.UniqueConstraint(fields=["district", "kind", "year", "serial"], name="slip_number_once"),
            models.CheckConstraint(condition=month_range("month"), name="slip_month_is_month"),
            models.CheckConstraint(condition=Q(state__in=list(wording.STATE_NAMES)), name="slip_state_known"),
            models.CheckConstraint(condition=Q(kind__in=list(wording.KIND_NAMES)), name="slip_kind_known"),
            models.CheckConstraint(condition=Q(rung__in=list(RUNGS)), name="slip_rung_known"),
            models.CheckConstraint(condition=Q(raised_to__in=list(wording.RANK_NAMES)), name="slip_raised_to_known"),
            models.CheckConstraint(condition=Q(level__gte=1, periods__gte=1), name="slip_of_a_lagging_project"),
            models.CheckConstraint(condition=~Q(request=""), name="slip_asks_something"),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True, year__isnull=True, serial__isnull=True)
                | Q(issued_at__isnull=False, year__isnull=False, serial__isnull=False),
                name="slip_numbered_when_issued",
            ),
            models.CheckConstraint(
                condition=(_is(State.DRAFTED) & Q(issued_at__isnull=True))
                | _is(State.WITHDRAWN, State.MERGED)
                | (~_is(State.DRAFTED) & Q(issued_at__isnull=False)),
                name="slip_issued_has_time",
            ),
            models.CheckConstraint(
                condition=(_is(State.DRAFTED, State.ISSUED) & Q(received_at__isnull=True))
                | _is(State.WITHDRAWN, State.MERGED)
                | (~_is(State.DRAFTED, State.ISSUED) & Q(received_at__isnull=False)),
                name="slip_received_has_time",
            ),
            models.CheckConstraint(
                condition=Q(replied_at__isnull=True, plan="") | (Q(replied_at__isnull=False) & ~Q(plan="")),
                name="slip_replied_has_plan",
            ),
            models.CheckConstraint(
                condition=~_is(State.IN_HAND) | Q(replied_at__isnull=False), name="slip_in_hand_has_plan"
            ),
            models.CheckConstraint(
                condition=~_is(State.ANSWERED, State.RETURNED, State.VERIFIED, State.CLOSED)
                | Q(answered_at__isnull=False),
                name="slip_answered_has_time",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True)
                | (~Q(answer="") & (~Q(reference="") | Q(evidence__isnull=False))),
                name="slip_answered_with_evidence",
            ),
            models.CheckConstraint(
                condition=~_is(State.RETURNED) | (Q(returned_at__isnull=False) & ~Q(return_reason="")),
                name="slip_returned_has_reason",
            ),
            models.CheckConstraint(
                condition=(_is(State.VERIFIED, State.CLOSED) & Q(verified_at__isnull=False) & ~Q(finding=""))
                | _is(State.MERGED)
                | (~_is(State.VERIFIED, State.CLOSED) & Q(verified_at__isnull=True)),
                name="slip_verified_has_time",
            ),
            models.CheckConstraint(
                condition=_together(_is(State.CLOSED), Q(closed_at__isnull=False)), name="slip_closed_has_time"
            ),
            models.CheckConstraint(
                condition=_together(_is(State.MERGED), Q(merged_at__isnull=False) & ~Q(state_before="")),
                name="slip_merged_has_time",
            ),
            models.CheckConstraint(
                condition=_together(_is(State.WITHDRAWN), Q(withdrawn_at__isnull=False) & ~Q(withdrawal="")),
                name="slip_withdrawn_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | Q(answered_by__isnull=True) | ~Q(verified_by=F("answered_by")),
                name="slip_verified_by_another",
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | Q(verified_by__isnull=True) | ~Q(closed_by=F("verified_by")),
                name="slip_closed_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | Q(answered_by__isnull=True) | ~Q(closed_by=F("answered_by")),
                name="slip_closed_by_another_than_answered",
            ),
            models.CheckConstraint(
                condition=Q(extension="", extension_until__isnull=True, extension_at__isnull=True)
                | (
                    Q(extension__in=list(wording.EXTENSION_NAMES))
                    & Q(extension_until__isnull=False, extension_at__isnull=False)
                    & ~Q(extension_reason="")
                ),
                name="slip_extension_has_day_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(reply_due__isnull=True) | Q(finish_due__isnull=True) | Q(finish_due__gte=F("reply_due")),
                name="slip_finished_after_the_reply",
                violation_error_message=_("It cannot be finished before the plan is due."),
            ),
            models.CheckConstraint(condition=Q(outcome__in=["", *wording.OUTCOMES]), name="slip_outcome_known"),
        ]
        indexes = [
            models.Index(fields=["state", "due_on", "unit"], name="slip_by_state"),  # the board, whose turn it is
            models.Index(fields=["project", "-month"], name="slip_of_project"),  # the project page
        ]

    def __str__(self) -> str:
        return (
            f"{self.number} {self.project.short_name}" if self.serial else f"{self.kind_name} {self.project.short_name}"
        )

    @property
    def step(self) -> Rung:
        """The step of the ladder that it follows, as it was then."""
        return dataclasses.replace(
            RUNGS[self.rung], kind=Kind(self.kind), reply_in=self.reply_in, finish_in=self.finish_in,
            raised_to=Rank(self.raised_to), copies_leader=self.copies_leader, decides=self.decides,
        )  # fmt: skip

    @property
    def number(self) -> str:
        return wording.number_of(self.kind, self.year, self.serial)

    @property
    def quoted(self) -> str:
        """How other slips name it: by its number, before it has one by its kind."""
        return self.number if self.serial else self.kind_name

    @property
    def kind_name(self) -> str:
        return str(wording.KIND_NAMES[self.kind])

    @property
    def origin(self) -> str:
        """The month, the colour and how many times running, in words."""
        return wording.origin_of(self.month, self.colour_word, self.periods)

    @property
    def asks_plan(self) -> bool:
        return self.reply_in is not None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def turn(self) -> Turn:
        return TURNS[State(self.state)]

    @property
    def runs(self) -> Runs:
        """Which of its days runs now."""
        return running(State(self.state), asks_plan=self.asks_plan)

    @property
    def is_raised(self) -> bool:
        """Whether its unit missed the day that runs, and those named by the ladder heard of it."""
        return self.raised_at is not None and self.turn is Turn.UNIT

    def is_overdue(self, day: datetime.date) -> bool:
        """Whether the day that runs ended before `day`."""
        return self.is_open and self.due_on is not None and self.due_on < day
