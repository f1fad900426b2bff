"""The addresses of monthly figures and reports; those with words of their own before those with a month and a code."""

from django.urls import path

from projects.core import addresses as addresses
from projects.progress.views import board, figures, grid, nudging, periods, queue, report, reviewing, writing

ONE = "reports/<month:month>/<slug:code>/"

urlpatterns = [
    path("projects/<slug:code>/figures/<str:month>/", figures.figures, name="figures"),
    path("reports/", queue.reports, name="reports"),
    path("reports/approve/", queue.approve_reports, name="approve_reports"),
    path("reports/board/", board.report_board, name="report_board"),
    path("reports/board/nudge/", nudging.nudge, name="nudge"),
    path("reports/board/export.<str:kind>", board.export_board, name="export_reports"),
    path("reports/periods/", periods.periods, name="periods"),
    path("reports/periods/open/", periods.open_month, name="open_period"),
    path("reports/periods/rules/", periods.reporting_rules, name="reporting_rules"),
    path("reports/periods/<month:month>/", periods.edit_period, name="edit_period"),
    path("reports/<str:month>/grid/", grid.report_grid, name="report_grid"),
    path("reports/<str:month>/submit/", grid.submit_reports, name="submit_reports"),
    path("reports/<str:month>/<slug:code>/write/", writing.write_report, name="write_report"),
    path(ONE, report.report, name="report"),
    path(f"{ONE}approve/", reviewing.approve_report, name="approve_report"),
    path(f"{ONE}return/", reviewing.return_report, name="return_report"),
    path(f"{ONE}reopen/", reviewing.reopen_report, name="reopen_report"),
    path(f"{ONE}late/", reviewing.allow_late, name="allow_late"),
    path(f"{ONE}leave/", reviewing.ask_leave, name="ask_leave"),
    path(f"{ONE}leave/refuse/", reviewing.refuse_leave, name="refuse_leave"),
    path(f"{ONE}withdraw/", reviewing.withdraw_report, name="withdraw_report"),
    path(f"{ONE}reply/", reviewing.reply_to_report, name="reply_to_report"),
]
