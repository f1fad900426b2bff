"""The addresses of monthly figures and reports."""

from django.urls import path

from projects.progress.views import figures, nudging

urlpatterns = [
    path("projects/<slug:code>/figures/<str:month>/", figures.figures, name="figures"),
    path("reports/board/nudge/", nudging.nudge, name="nudge"),
]
