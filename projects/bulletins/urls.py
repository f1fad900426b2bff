"""The addresses of bulletins, and of the rules of the colour."""

from django.urls import path

from projects.bulletins.views import documents, rules

urlpatterns = [
    path("<int:pk>/documents/<str:kind>/", documents.document, name="bulletin_document"),
    path("<int:pk>/print/", documents.print_bulletin, name="bulletin_print"),
]
rules_patterns = [
    path("", rules.rules, name="rules"),
    path("new/", rules.new_rules, name="new_rules"),
    path("<int:number>/", rules.edition, name="rules_edition"),
]
