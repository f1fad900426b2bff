"""The steps with one report: each has an address of its own, and answers with the report's page or with why not."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.core.clock import now
from projects.core.month import Month
from projects.core.refusals import Refused
from projects.progress.actions import leave, reporting, reviewing
from projects.progress.actions.offers import ALLOW_LATE, ASK_LEAVE, REFUSE_LEAVE, REPLY
from projects.progress.forms import reviewing as forms
from projects.progress.models import MonthlyReport
from projects.progress.views.report import found_report, report_page
from projects.progress.workflow import Step
from projects.register.views.answers import back_to, done, form_page, person, refuse

Act = Callable[[MonthlyReport, Any, dict[str, Any]], object]


@form_page
def approve_report(request: HttpRequest, month: Month, code: str) -> HttpResponseBase:
    return _take(
        request, month, code, Step.APPROVE, forms.StepForm,
        lambda report, form, common: reviewing.approve(report, **common),
        _("“%(report)s” was approved; its figures count now."),
    )  # fmt: skip


@form_page
def return_report(request: HttpRequest, month: Month, code: str) -> HttpResponseBase:
    return _take(
        request, month, code, Step.SEND_BACK, forms.ReturnForm,
        lambda report, form, common: reviewing.send_back(report, form.comments(), **common),
        _("“%(report)s” was returned to the unit."),
    )  # fmt: skip


@form_page
def reopen_report(request: HttpRequest, month: Month, code: str) -> HttpResponseBase:
    return _take(
        request, month, code, Step.REOPEN, forms.ReopenForm,
        lambda report, form, common: reviewing.reopen(report, reason=form.cleaned_data["reason"], **common),
        _("“%(report)s” was opened again; its figures do not count until it is approved."),
    )  # fmt: skip


@form_page
def allow_late(request: HttpRequest, month: Month, code: str) -> HttpResponseBase:
    return _take(
        request, month, code, ALLOW_LATE, forms.LateForm,
        lambda report, form, common: reviewing.allow_late(
            report, until=form.cleaned_data["until"], reason=form.cleaned_data["reason"], **common
        ),
        _("“%(report)s” may still come in."),
    )  # fmt: skip


@form_page
def ask_leave(request: HttpRequest, month: Month, code: str) -> HttpResponseBase:
    return _take(
        request, month, code, ASK_LEAVE, forms.AskLeaveForm,
        lambda report, form, common: leave.ask_leave(report, reason=form.cleaned_data["reason"], **common),
        _("Leave was asked for “%(report)s”. You are told as soon as the key-project office answers."),
    )  # fmt: skip


@form_page
def refuse_leave(request: HttpRequest, month: Month, code: str) -> HttpResponseBase:
    return _take(
        request, month, code, REFUSE_LEAVE, forms.RefuseLeaveForm,
        lambda report, form, common: leave.refuse_leave(report, answer=form.cleaned_data["answer"], **common),
        _("“%(report)s” may not come in late; the unit is told."),
    )  # fmt: skip


@form_page
def withdraw_report(request: HttpRequest, month: Month, code: str) -> HttpResponseBase:
    return _take(
        request, month, code, Step.WITHDRAW, forms.StepForm,
        lambda report, form, common: reporting.withdraw(report, **common),
        _("“%(report)s” was taken back; it is a draft again."),
    )  # fmt: skip


@form_page
def reply_to_report(request: HttpRequest, month: Month, code: str) -> HttpResponseBase:
    return _take(
        request, month, code, REPLY, forms.ReplyForm,
        lambda report, form, common: reviewing.reply(
            report, form.cleaned_data["text"], by=common["by"], at=common["at"]
        ),
        _("Your reply to “%(report)s” was added."),
    )  # fmt: skip


def _take(
    request: HttpRequest, month: Month, code: str, name: str, kind: type[Form], act: Act, sentence: str | Promise
) -> HttpResponseBase:
    """Take a step with the report; on GET, where somebody signed in in between, its page."""
    report = found_report(request, month, code)
    page = reverse("report", args=[month, code])
    if request.method != "POST":
        return redirect(page)
    form = kind(request.POST, auto_id=f"{name}_%s")
    refusal: Refused | None = None
    status = 422
    if form.is_valid():
        try:
            common = {"by": person(request), "at": now(), "seen": form.cleaned_data.get("version")}
            act(report, form, common)
            return done(request, str(sentence) % {"report": report}, back_to(request, page))
        except Refused as failed:
            refusal, status = failed, refuse(form, failed)
    return report_page(request, report, tried=str(name), form=form, refusal=refusal, status=status)
