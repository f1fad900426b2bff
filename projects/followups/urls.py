"""The addresses below /slips/."""

from django.urls import path

from projects.followups.views import board, slip

urlpatterns = [
    path("", board.slips, name="slips"),
    path("export.<str:kind>", board.export_slips, name="export_slips"),
    path("issue/", board.issue_slips, name="issue_slips"),
    path("<int:pk>/", slip.slip_page, name="slip"),
    path("<int:pk>/word/", slip.slip_document, name="slip_document"),
    path("<int:pk>/<slug:name>/", slip.slip_step, name="slip_step"),
]
