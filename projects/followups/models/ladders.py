"""Editions of the ladder: what each step sends and asks, from which month on."""

import dataclasses

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.bulletins.models.editions import TAKEN_BACK_WHOLE, DatedEdition
from projects.core.fields import month_range
from projects.followups import wording
from projects.followups.ladder import MOST_TO_FINISH, MOST_TO_ISSUE, MOST_TO_REPLY, RUNGS, Kind, Rank, Rung


class LadderEdition(DatedEdition):
    """A ladder of slips; its steps are all there, in use or not."""

    class Meta:
        verbose_name = _("edition of the ladder of slips")
        verbose_name_plural = _("editions of the ladder of slips")
        ordering = ("-number",)
        constraints = [
            models.CheckConstraint(condition=month_range("holds_from"), name="ladder_holds_from_is_month"),
            models.CheckConstraint(condition=~Q(reason=""), name="ladder_has_reason"),
            models.CheckConstraint(condition=TAKEN_BACK_WHOLE, name="ladder_taken_back_has_reason"),
        ]

    def __str__(self) -> str:
        return str(_("Ladder of slips, edition %(number)s") % {"number": self.number})

    @property
    def ladder(self) -> tuple[Rung, ...]:
        steps = {step.code: step.rung for step in self.steps.all()}
        return tuple(steps[code] for code in RUNGS)


class LadderStep(models.Model):
    """One step as an edition has it; the fields are those of `Rung`."""

    edition = models.ForeignKey(LadderEdition, models.PROTECT, related_name="steps")
    code = models.CharField(_("step of the ladder"), max_length=20, choices=wording.STEP_OF_LADDER)
    used = models.BooleanField(_("in use"), default=True)
    kind = models.CharField(_("kind"), max_length=20, choices=wording.KIND_NAMES)
    issue_in = models.PositiveSmallIntegerField(_("to be issued in working days"))
    reply_in = models.PositiveSmallIntegerField(_("plan due in working days"), null=True)
    finish_in = models.PositiveSmallIntegerField(_("to be finished in days"), null=True)
    decides = models.BooleanField(_("the talk decides on the project"), default=False)
    raised_to = models.CharField(_("raised to"), max_length=20, choices=wording.RANK_NAMES)
    copies_leader = models.BooleanField(_("copy to the accountable leader"), default=False)

    class Meta:
        verbose_name = _("step of the ladder")
        verbose_name_plural = _("steps of the ladder")
        ordering = ("edition", "id")
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="step_once_an_edition"),
            models.CheckConstraint(condition=Q(code__in=list(RUNGS)), name="step_known"),
            models.CheckConstraint(condition=Q(kind__in=list(wording.KIND_NAMES)), name="step_kind_known"),
            models.CheckConstraint(condition=Q(raised_to__in=list(wording.RANK_NAMES)), name="step_raised_to_known"),
            models.CheckConstraint(
                condition=Q(issue_in__gte=1, issue_in__lte=MOST_TO_ISSUE), name="step_issued_in_reason"
            ),
            models.CheckConstraint(
                condition=Q(reply_in__isnull=True) | Q(reply_in__gte=1, reply_in__lte=MOST_TO_REPLY),
                name="step_reply_in_reason",
            ),
            models.CheckConstraint(
                condition=Q(finish_in__isnull=True) | Q(finish_in__gte=1, finish_in__lte=MOST_TO_FINISH),
                name="step_finish_in_reason",
            ),
            models.CheckConstraint(
                condition=Q(finish_in__isnull=True) | Q(reply_in__isnull=True) | Q(finish_in__gte=F("reply_in")),
                name="step_finished_after_the_reply",
                violation_error_message=_("It cannot be finished before the plan is due."),
            ),
            models.CheckConstraint(
                condition=Q(decides=False) | Q(kind=Kind.TALK.value, finish_in__isnull=True),
                name="step_only_a_talk_decides",
                violation_error_message=_("Only a talk decides what becomes of a project. Choose another end."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_code_display())

    @property
    def rung(self) -> Rung:
        return dataclasses.replace(
            RUNGS[self.code], used=self.used, kind=Kind(self.kind), issue_in=self.issue_in, reply_in=self.reply_in,
            finish_in=self.finish_in, decides=self.decides, raised_to=Rank(self.raised_to),
            copies_leader=self.copies_leader,
        )  # fmt: skip
