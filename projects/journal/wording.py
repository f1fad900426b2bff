"""What the journal's verbs are called."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

VERB_NAMES: dict[str, Promise] = {
    "register": pgettext_lazy("journal", "Entered in the register"),
    "edit": pgettext_lazy("journal", "Facts changed"),
    "add_phase": pgettext_lazy("journal", "Phase added"),
    "add_component": pgettext_lazy("journal", "Component added"),
    "set_capacity": pgettext_lazy("journal", "Capacity set"),
    "move_stage": pgettext_lazy("journal", "Stage changed"),
    "set_plan": pgettext_lazy("journal", "Year plan set"),
    "revise_plan": pgettext_lazy("journal", "Year plan revised"),
    "enter_figures": pgettext_lazy("journal", "Figures entered"),
    "correct_figures": pgettext_lazy("journal", "Figures corrected"),
    "suspended": pgettext_lazy("journal", "Suspended"),
    "terminated": pgettext_lazy("journal", "Terminated"),
    "resume": pgettext_lazy("journal", "Resumed"),
    "exempt": pgettext_lazy("journal", "Exempted"),
    "record_incident": pgettext_lazy("journal", "One-vote matter noted"),
    "set_milestone": pgettext_lazy("journal", "Milestone set"),
    "update_milestone": pgettext_lazy("journal", "Milestone reported on"),
    "apply_checklist": pgettext_lazy("journal", "Checklist applied"),
    "keep_file": pgettext_lazy("journal", "File added"),
    "remove_file": pgettext_lazy("journal", "File removed"),
    "found_unit": pgettext_lazy("journal", "Unit founded"),
    "change_unit": pgettext_lazy("journal", "Unit changed"),
    "open_account": pgettext_lazy("journal", "Account opened"),
    "change_account": pgettext_lazy("journal", "Account changed"),
    "reset_password": pgettext_lazy("journal", "Password reset"),
    "sign_in": pgettext_lazy("journal", "Signed in"),
    "export": pgettext_lazy("journal", "List exported"),
    "keep_list": pgettext_lazy("journal", "Reference list changed"),
    "load_demonstration": pgettext_lazy("journal", "Demonstration loaded"),
}
