"""The addresses of the app, slice by slice; those with words of their own before those with a code in their place."""

from django.urls import include, path

urlpatterns = [
    path("projects/", include("projects.register.urls")),
    path("", include("projects.progress.urls")),
    path("", include("projects.portfolio.urls")),
]
