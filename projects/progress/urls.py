"""The addresses of monthly figures, and of the reports of a month."""

from django.urls import path

from projects.progress.views import figures, grid, nudging, writing

urlpatterns = [
    path("projects/<slug:code>/figures/<str:month>/", figures.figures, name="figures"),
    path("reports/board/nudge/", nudging.nudge, name="nudge"),
    path("reports/<str:month>/grid/", grid.report_grid, name="report_grid"),
    path("reports/<str:month>/submit/", grid.submit_reports, name="submit_reports"),
    path("reports/<str:month>/<slug:code>/write/", writing.write_report, name="write_report"),
]
