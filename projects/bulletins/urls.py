"""The addresses of the rules of the colour."""

from django.urls import path

from projects.bulletins.views import rules

rules_patterns = [
    path("", rules.rules, name="rules"),
    path("new/", rules.new_rules, name="new_rules"),
    path("<int:number>/", rules.edition, name="rules_edition"),
]
