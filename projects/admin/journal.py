"""The journal in the administration: to read and to search, for whoever the role table lets read it."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.accounts.models import Unit, User
from projects.accounts.queries import failed_sign_ins
from projects.accounts.roles import Verb
from projects.admin import columns
from projects.admin.base import Base
from projects.admin.filters import ByVerb
from projects.core.display import NONE
from projects.journal.models import Entry
from projects.journal.wording import VERB_NAMES
from projects.portfolio.history import events
from projects.register.models import Project


@admin.register(Entry)
class EntryAdmin(Base):
    """What was done in the own unit and below it, to its projects, or by its people."""

    verb = Verb.READ_JOURNAL
    adds = changes = has_history = False
    fields = ("seq", "happened", "who", "what", "subject_name", "changes_made", "note", "address", "request_id")
    list_display = ("seq", "happened", "who", "what", "subject_name", "note")
    list_filter = (ByVerb,)
    search_fields = ("subject_name", "actor_name", "note")
    date_hierarchy = "at"
    happened = columns.moment(Entry, "at")

    def reached(self, rows: QuerySet[Any], user: User) -> QuerySet[Any]:
        if user.unit.parent_id is None:
            return rows
        units = Unit.objects.below(user.unit)
        people = User.objects.filter(unit__in=units)
        own = Q(project_id__in=Project.objects.filter(unit__in=units).values("pk")) | Q(actor__unit__in=units)
        own |= failed_sign_ins(people)
        for kind, subjects in {"unit": units, "user": people}.items():
            own |= Q(subject_type=kind, subject_id__in=subjects.values("pk"))
        return rows.filter(own)

    @admin.display(description=gettext_lazy("who"), ordering="actor_name")
    def who(self, entry: Entry) -> str:
        return entry.actor_name or _("The system")

    @admin.display(description=gettext_lazy("what"), ordering="verb")
    def what(self, entry: Entry) -> str:
        return str(VERB_NAMES.get(entry.verb, entry.verb))

    @admin.display(description=gettext_lazy("changes"))
    def changes_made(self, entry: Entry) -> str:
        changes = events([entry])[0].changes
        return format_html_join("", "<p>{}: {} → {}</p>", ((c.label, c.before, c.after) for c in changes)) or NONE
