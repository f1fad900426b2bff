"""The addresses of the notices."""

from django.urls import path

from projects.notices import views

urlpatterns = [
    path("", views.notices, name="notices"),
    path("read/", views.read_all, name="read_all_notices"),
    path("<int:pk>/read/", views.read, name="read_notice"),
]
