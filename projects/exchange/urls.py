"""The addresses of Excel in and out."""

from django.urls import path

from projects.exchange.views import exporting

urlpatterns = [
    path("export/", exporting.exports, name="exports"),
    path("export/<slug:kind>.<str:form>", exporting.fetch_export, name="fetch_export"),
]
