"""The addresses of monthly figures."""

from django.urls import path

from projects.progress import views

urlpatterns = [
    path("<slug:code>/figures/<str:month>/", views.figures, name="figures"),
]
