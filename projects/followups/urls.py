"""The addresses below /followups/, and of the ladder beside the rules of the colours."""

from django.urls import path

from projects.followups.views import board, ladder, slip

urlpatterns = [
    path("", board.slips, name="slips"),
    path("export.<str:kind>", board.export_slips, name="export_slips"),
    path("issue/", board.issue_slips, name="issue_slips"),
    path("<int:pk>/", slip.slip_page, name="slip"),
    path("<int:pk>/word/", slip.slip_document, name="slip_document"),
    path("<int:pk>/<slug:name>/", slip.slip_step, name="slip_step"),
]
ladder_patterns = [
    path("", ladder.ladder, name="ladder"),
    path("new/", ladder.new_ladder, name="new_ladder"),
    path("<int:number>/take-back/", ladder.take_back, name="take_back_ladder"),
]
