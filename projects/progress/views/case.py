"""A report before the person who writes it: what is missing, what is odd, and what follows from the figure typed."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.core.display import MINUS, number, wan
from projects.core.month import Month
from projects.core.refusals import Refused
from projects.progress.actions.leave import check_asks
from projects.progress.actions.reporting import WRITTEN, check_writable, written_in
from projects.progress.checking import Background, Written, lacks, oddities, variance
from projects.progress.forms.writing import AMOUNTS, MonthForms
from projects.progress.models import MonthlyReport
from projects.progress.wording import remark_sentence
from projects.register.models import Project


def month_in(text: str) -> Month:
    """The month of an address; 404 when it is none, or when its neighbours are none."""
    try:
        month = Month.parse(text)
        _asked_for = month + -2, month + 1
    except ValueError:
        raise Http404 from None
    return month


@dataclass(frozen=True)
class Case:
    """One report, what is known before it, the forms in which it stands, and who writes when."""

    project: Project
    report: MonthlyReport
    background: Background
    forms: MonthForms
    by: User
    at: datetime.datetime

    def stands_in_the_way(self) -> str:
        """Why the report cannot be written now, in a sentence; empty when it can."""
        try:
            check_writable(self.project, self.report, by=self.by, at=self.at)
        except Refused as refusal:
            return str(refusal)
        return ""

    def may_ask_leave(self) -> bool:
        """Whether the unit may ask for leave to write it after the lock."""
        try:
            check_asks(self.report, by=self.by, at=self.at)
        except Refused:
            return False
        return True


@dataclass(frozen=True)
class Remarks:
    """What is missing before the report can be submitted, and what is odd, beside the box that it belongs to."""

    missing: list[tuple[str, str]]
    beside: dict[str, list[str]]

    @classmethod
    def of(cls, case: Case) -> "Remarks":
        """Of what stands in the forms: as it is stored, or as it was typed."""
        written, unread = written_in(case.report), list[tuple[str, str]]()
        if case.forms.report.is_bound:
            case.forms.is_valid()
            written, unread = case.forms.report.written(case.background), list(_unread(case.forms))
        skipped = {name for name, _sentence in unread}
        missing = [(lack.field, remark_sentence(lack)) for lack in lacks(written, case.background)]
        beside: dict[str, list[str]] = {name: [] for name in AMOUNTS}
        for oddity in oddities(written, case.background):
            beside[oddity.field].append(remark_sentence(oddity))
        return cls(unread + [each for each in missing if each[0] not in skipped], beside)


def _unread(forms: MonthForms) -> Iterator[tuple[str, str]]:
    """What was typed and cannot be read: the box and the sentence."""
    for form in (forms.report, *forms.beside):
        for name, errors in form.errors.items():
            if name in form.fields:
                yield form.add_prefix(name), str(errors[0])


@dataclass(frozen=True)
class Sums:
    """What follows at once from the figure typed, as texts: the sum since January, and how far it strays."""

    to_date: str
    gap: str
    explains: bool

    @classmethod
    def of(cls, case: Case) -> "Sums":
        form, known = case.forms.report, case.background
        typed = form.cleaned_data.get("invested_this_month") if form.is_bound else case.report.invested_this_month
        to_date = wan(None if typed is None else known.to_date + typed)
        strayed = variance(typed, known.planned)
        if strayed is None or typed is None:
            return cls(to_date, wan(None), (typed or 0) < 0)
        explains = typed < 0 or abs(strayed) > Fraction(known.variance_percent, 100)
        return cls(to_date, _gap(typed - (known.planned or 0), strayed), explains)


def _gap(yuan: int, share: Fraction) -> str:
    """A difference with its share of the plan, always with the sign: +200 · +20.0 %."""
    sign = "+" if yuan > 0 else MINUS if yuan < 0 else ""
    return f"{sign}{wan(abs(yuan))} · {sign}{number(abs(share) * 100, 1)} %"


def compared(names: dict[str, str], stored: Written, typed: Written) -> list[tuple[str, str, str]]:
    """Where what is stored now differs from what was typed: the name of the box from `names`, and both."""
    differing = [name for name in WRITTEN if getattr(stored, name) != getattr(typed, name)]
    return [(names[name], shown(getattr(stored, name)), shown(getattr(typed, name))) for name in differing]


def shown(value: Any) -> str:
    """An amount, a text or a tick of a report as people read it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None or isinstance(value, int):
        return wan(value)
    return value or wan(None)
