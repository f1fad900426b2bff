"""The addresses of monthly figures."""

from django.urls import path

from projects.progress.views import figures

urlpatterns = [
    path("<slug:code>/figures/<str:month>/", figures.figures, name="figures"),
]
