"""The addresses of the app, slice by slice; those with words of their own before those with a code in their place."""

from django.urls import include, path

from projects.bulletins.urls import rules_patterns
from projects.followups.urls import ladder_patterns
from projects.register.urls import problem_patterns

urlpatterns = [
    path("projects/", include("projects.register.urls")),
    path("problems/", include(problem_patterns)),
    path("bulletins/", include("projects.bulletins.urls")),
    path("exchange/", include("projects.exchange.urls")),
    path("rules/ladder/", include(ladder_patterns)),
    path("rules/", include(rules_patterns)),
    path("jobs/", include("projects.background.urls")),
    path("followups/", include("projects.followups.urls")),
    path("notices/", include("projects.notices.urls")),
    path("", include("projects.progress.urls")),
    path("", include("projects.portfolio.urls")),
]
