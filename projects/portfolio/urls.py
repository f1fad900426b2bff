"""The addresses of the pages that join everything."""

from django.urls import path

from projects.portfolio.views import journal, listing, overview, preview, problems, project

urlpatterns = [
    path("", overview.my_work, name="my_work"),
    path("overview/", overview.overview, name="overview"),
    path("journal/", journal.journal, name="journal"),
    path("problems/", problems.problem_list, name="problem_list"),
    path("problems/export.<str:kind>", problems.export_problems, name="export_problems"),
    path("projects/", listing.project_list, name="project_list"),
    path("projects/export.<str:kind>", listing.export, name="export"),
    path("projects/<slug:code>/", project.project_page, name="project"),
    path("reports/<str:month>/<slug:code>/preview/", preview.preview_report, name="preview_report"),
]
