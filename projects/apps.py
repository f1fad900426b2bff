"""The one app of the project, and the admin with our site instead of Django's."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import SimpleAdminConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    verbose_name = _("Major projects")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        super().ready()
        following = import_module("projects.bulletins.actions.following")
        following.follow_publishing(import_module("projects.followups.actions.opening").open_slips)


class ProjectsAdminConfig(SimpleAdminConfig):
    """Takes in our own lists only: other apps would bring theirs, past our roles and our journal."""

    default_site = "projects.web.admin_site.ProjectsAdminSite"

    def ready(self) -> None:
        super().ready()
        import_module("projects.admin")
