"""Addresses of the data exchange."""

from django.urls import path

from projects.exchange.views import deciding, exporting, rows, steps

urlpatterns = [
    path("", steps.imports, name="exchange"),
    path("import/", steps.new_import, name="new_import"),
    path("import/<int:pk>/", steps.columns, name="import_columns"),
    path("import/<int:pk>/look/", steps.look, name="look_at_sheet"),
    path("import/<int:pk>/rows/", rows.rows, name="import_rows"),
    path("import/<int:pk>/rows/check/", deciding.check_again, name="check_import"),
    path("import/<int:pk>/rows/refused.xlsx", rows.refused_rows, name="refused_rows"),
    path("import/<int:pk>/confirm/", deciding.confirm, name="confirm_import"),
    path("import/<int:pk>/drop/", deciding.drop, name="drop_import"),
    path("import/<int:pk>/undo/", deciding.undo, name="undo_import"),
    path("export/", exporting.exports, name="exports"),
    path("export/<slug:kind>.<str:form>", exporting.fetch_export, name="fetch_export"),
]
