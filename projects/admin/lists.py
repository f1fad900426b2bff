"""The reference lists in the administration: categories, sectors, level labels, leaders and units."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet, Value
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.accounts.models import Unit, User
from projects.accounts.roles import Verb
from projects.admin import columns
from projects.admin.base import Base
from projects.admin.filters import OwnUnits
from projects.admin.forms import RowForm
from projects.core.clock import now
from projects.core.refusals import Refused
from projects.register.actions.listing import remove_list_entry
from projects.register.models import Category, Leader, LevelLabel, MilestoneTemplate, Sector
from projects.register.views.answers import person

INDENT = "\N{IDEOGRAPHIC SPACE}"


class ListAdmin(Base):
    """One list of names; an entry that is used is put out of use, one that never was may be taken out."""

    verb = Verb.KEEP_LISTS
    deletes = True
    fields: ClassVar[Any] = ("name", "position", "is_active")
    list_display: Any = ("name", "position", "in_use")
    list_filter: ClassVar[Any] = ("is_active",)
    search_fields: ClassVar[Any] = ("name",)
    in_use = columns.yes_or_no(Category, "is_active")

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        remove_list_entry(obj, by=person(request), at=now())

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        try:
            return super().delete_view(request, object_id, extra_context)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect("../change/")

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """The entry alone: one that is used anywhere is refused, so nothing ever goes with it."""
        return [str(obj) for obj in objs], {self.opts.verbose_name_plural: len(objs)}, set(), []


@admin.register(Category)
class CategoryAdmin(ListAdmin):
    pass


@admin.register(Sector)
class SectorAdmin(ListAdmin):
    pass


@admin.register(LevelLabel)
class LevelLabelAdmin(ListAdmin):
    pass


@admin.register(MilestoneTemplate)
class MilestoneTemplateAdmin(ListAdmin):
    """The checklists of the categories, a line each; projects that one was applied to keep what they have."""

    fields = ("category", "code", "name", "is_key", "offset_months", "position", "is_active")
    list_display = ("line", "category", "kind", "key", "offset_months", "position", "in_use")
    list_filter = ("category", "kind", "is_active")
    list_select_related = ("category",)
    key = columns.yes_or_no(MilestoneTemplate, "is_key")

    @admin.display(description=gettext_lazy("name"))
    def line(self, template: MilestoneTemplate) -> str:
        return str(template)


@admin.register(Leader)
class LeaderAdmin(ListAdmin):
    """The leaders of the own unit and the units below it."""

    fields = ("name", "office", "unit", "account", "position", "is_active")
    autocomplete_fields = ("unit", "account")
    list_display = ("name", "office", "unit", "account", "position", "in_use")
    list_filter = (("unit", OwnUnits), "is_active")
    list_select_related = ("unit", "account")
    search_fields = ("name", "office", "unit__name")

    def reached(self, rows: QuerySet[Any], user: User) -> QuerySet[Any]:
        return rows.filter(unit__in=Unit.objects.below(user.unit))


class UnitForm(RowForm):
    """A new unit has its place in the tree; only the root has nothing above it."""

    class Meta:
        model = Unit
        fields = ("name", "short_name", "kind", "parent", "position", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].required = self.instance.pk is None or self.instance.parent_id is not None

    def clean_parent(self) -> Unit | None:
        """The action refuses it as well; said here it comes before the database is asked."""
        parent: Unit | None = self.cleaned_data["parent"]
        if parent and self.instance.pk and parent.path.startswith(self.instance.path):
            raise ValidationError(_("A unit cannot stand below itself."))
        return parent


@admin.register(Unit)
class UnitAdmin(Base):
    """The own unit and what stands below it, as a tree. Units are put out of use, never deleted."""

    verb = Verb.KEEP_LISTS
    form = UnitForm
    fields = ("name", "short_name", "kind", "parent", "position", "is_active")
    autocomplete_fields = ("parent",)
    list_display = ("in_tree", "short_name", "kind", "parent", "position", "in_use")
    list_display_links = ("in_tree",)
    list_filter = ("kind", "is_active")
    list_select_related = ("parent",)
    search_fields = ("name", "short_name")
    in_use = columns.yes_or_no(Unit, "is_active")
    ordering = ("path",)

    def reached(self, rows: QuerySet[Any], user: User) -> QuerySet[Any]:
        """With how deep the person's own unit lies, from where the tree is drawn."""
        depth = Value(user.unit.path.count("/"))
        return rows.filter(path__startswith=user.unit.path).annotate(drawn_from=depth)

    @admin.display(description=gettext_lazy("name"), ordering="path")
    def in_tree(self, unit: Any) -> str:
        return format_html("{}{}", INDENT * (unit.path.count("/") - unit.drawn_from), unit.name)
