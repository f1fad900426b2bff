"""The addresses of the bulletin, and of the rules of the colour."""

from django.urls import path

from projects.bulletins.views import deciding, documents, editing, lines, listing, monthly, reading, rules
from projects.core import addresses as addresses

urlpatterns = [
    path("", listing.bulletins, name="bulletins"),
    path("begin/", editing.begin_bulletin, name="begin_bulletin"),
    path("decisions/", deciding.decisions, name="decisions"),
    path("overrides/<int:pk>/", deciding.override, name="override"),
    path("overrides/<month:month>/<slug:code>/", deciding.propose_override, name="propose_override"),
    path("objections/<int:pk>/", deciding.objection, name="objection"),
    # by month, what counts now; by number, one edition for ever
    path("<month:month>/", monthly.bulletin_of_month, name="bulletin_of_month"),
    path("<month:month>/list/", monthly.lines_of_month, name="lines_of_month"),
    path("<month:month>/print/", monthly.print_of_month, name="print_of_month"),
    path("<month:month>/bulletin.<str:kind>", monthly.document_of_month, name="document_of_month"),
    path("<int:pk>/", reading.bulletin, name="bulletin"),
    path("<int:pk>/list/", lines.bulletin_lines, name="bulletin_lines"),
    path("<int:pk>/edit/", editing.edit_bulletin, name="edit_bulletin"),
    path("<int:pk>/compose/", editing.compose_bulletin, name="compose_bulletin"),
    path("<int:pk>/circulate/", editing.circulate_bulletin, name="circulate_bulletin"),
    path("<int:pk>/publish/", editing.publish_bulletin, name="publish_bulletin"),
    path("<int:pk>/drop/", editing.drop_bulletin, name="drop_bulletin"),
    path("<int:pk>/correct/", editing.correct_bulletin, name="correct_bulletin"),
    path("<int:pk>/objections/<slug:code>/", deciding.object_to, name="object_to"),
    path("<int:pk>/documents/<str:kind>/", documents.document, name="bulletin_document"),
    path("<int:pk>/print/", documents.print_bulletin, name="bulletin_print"),
]
rules_patterns = [
    path("", rules.rules, name="rules"),
    path("new/", rules.new_rules, name="new_rules"),
    path("<int:number>/", rules.edition, name="rules_edition"),
    path("<int:number>/take-back/", rules.take_back_rules, name="take_back_rules"),
]
