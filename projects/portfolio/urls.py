"""The addresses of the pages that join everything."""

from django.urls import path

from projects.portfolio.views import (
    comparison,
    journal,
    league,
    listing,
    overview,
    preview,
    problems,
    project,
    unit_year,
)

urlpatterns = [
    path("", overview.my_work, name="my_work"),
    path("overview/", overview.overview, name="overview"),
    path("league/", league.league, name="league"),
    path("league/export.<str:kind>", league.export_league, name="export_league"),
    path("league/units/<int:pk>/", unit_year.unit_year, name="unit_year"),
    path("league/units/<int:pk>/export.<str:kind>", unit_year.export_unit_year, name="export_unit_year"),
    path("compare/", comparison.compare, name="compare"),
    path("compare/export.<str:kind>", comparison.export_comparison, name="export_comparison"),
    path("journal/", journal.journal, name="journal"),
    path("problems/", problems.problem_list, name="problem_list"),
    path("problems/export.<str:kind>", problems.export_problems, name="export_problems"),
    path("projects/", listing.project_list, name="project_list"),
    path("projects/export.<str:kind>", listing.export, name="export"),
    path("projects/<slug:code>/", project.project_page, name="project"),
    path("reports/<str:month>/<slug:code>/preview/", preview.preview_report, name="preview_report"),
]
