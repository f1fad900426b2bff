"""The addresses of bulletins."""

from django.urls import path

from projects.bulletins.views import documents

urlpatterns = [
    path("<int:pk>/documents/<str:kind>/", documents.document, name="bulletin_document"),
    path("<int:pk>/print/", documents.print_bulletin, name="bulletin_print"),
]
