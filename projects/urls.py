"""The addresses of the app, slice by slice."""

from django.urls import include, path

urlpatterns = [
    path("", include("projects.portfolio.urls")),
    path("projects/", include("projects.progress.urls")),
    path("projects/", include("projects.register.urls")),
]
