"""The addresses of the app, slice by slice; those with words of their own before those with a code in their place."""

from django.urls import include, path

urlpatterns = [
    path("projects/", include("projects.register.urls")),
    path("projects/", include("projects.progress.urls")),
    path("notices/", include("projects.notices.urls")),
    path("", include("projects.portfolio.urls")),
]
