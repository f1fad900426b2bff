"""The addresses of long work."""

from django.urls import path

from projects.background import views

urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("<int:pk>/", views.job, name="job"),
    path("<int:pk>/result/", views.result, name="job_result"),
]
