"""Reminding people of missing reports, step by step of the ladder."""

import datetime
from collections import Counter

from django.db import transaction

from projects.journal.actions import record
from projects.notices.actions import notify
from projects.progress.actions.telling import reports_page
from projects.progress.ladder import Rung
from projects.progress.models import Period
from projects.progress.queries.reminders import Reminder, periods_to_remind_of, reminders_of, rungs_in_use
from projects.progress.wording import step_name


def remind(*, today: datetime.date, at: datetime.datetime, dry_run: bool = False) -> list[Reminder]:
    """Tell everybody what the ladder says on `today`, once however often it runs; with `dry_run` only say who.

    Gives what was told, and the steps that found nobody to tell. One transaction and one journal
    entry a period.
    """
    rungs = rungs_in_use()
    if dry_run:
        return [each for period in periods_to_remind_of(today) for each in reminders_of(period, rungs, today)]
    return [each for period in periods_to_remind_of(today) for each in _remind(period, rungs, today=today, at=at)]


@transaction.atomic
def _remind(period: Period, rungs: list[Rung], *, today: datetime.date, at: datetime.datetime) -> list[Reminder]:
    Period.objects.select_for_update().get(pk=period.pk)  # a second process waits, and finds everybody told
    reminders, told = reminders_of(period, rungs, today), Counter[Rung]()
    for each in reminders:
        if each.person:
            notify([each.person], each.kind, each.params, url=reports_page(each.month), key=each.key, at=at)
            told[each.rung] += 1
    if told:
        note = "\n".join(f"{step_name(rung)} · {count}" for rung, count in told.items())
        record(by=None, at=at, verb="remind", subject=period, after={"people": told.total()}, note=note)
    return reminders
