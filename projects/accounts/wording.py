"""What roles, kinds of unit and refusals are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.accounts.roles import Role, Verb

ROLE_NAMES: dict[str, Promise] = {
    Role.ADMINISTRATOR.value: _("System administrator"),
    Role.OFFICE.value: _("Key-project office"),
    Role.REPORTER.value: _("Unit reporter"),
    Role.LEADER.value: pgettext_lazy("role", "Leader"),
    Role.AUDITOR.value: _("Auditor"),
}

UNIT_KIND_NAMES: dict[str, Promise] = {
    "province": _("Province"),
    "city": _("City"),
    "district": _("District or county"),
    "town": _("Town or subdistrict"),
    "department": _("Department"),
    "zone": _("Development zone"),
}

VERB_NAMES: dict[Verb, Promise] = {
    Verb.SEE: _("see the projects"),
    Verb.EXPORT: _("export the list"),
    Verb.MOVE_STAGE: _("update phases"),
    Verb.EDIT_PROJECT: _("edit the register"),
    Verb.SET_PLAN: _("set plans"),
    Verb.PROPOSE_PLAN: _("propose revisions of plans"),
    Verb.ENTER_FIGURES: _("enter monthly figures"),
    Verb.REPORT: _("write monthly reports"),
    Verb.REVIEW_REPORTS: _("check monthly reports"),
    Verb.KEEP_PERIODS: _("open months and set their days"),
    Verb.WORK_ON_PROBLEMS: _("raise and work on problems"),
    Verb.CLOSE_PROBLEMS: _("verify and close problems"),
    Verb.UPDATE_MILESTONE: _("report on milestones and approvals"),
    Verb.SEE_FILES: _("open files of projects"),
    Verb.KEEP_FILES: _("add and remove files"),
    Verb.HALT: _("suspend or terminate projects"),
    Verb.EXEMPT: _("exempt projects"),
    Verb.KEEP_LISTS: _("keep the reference lists"),
    Verb.KEEP_ACCOUNTS: _("keep the accounts"),
    Verb.READ_JOURNAL: _("read the journal"),
    Verb.KEEP_RULES: _("set the rules of the colour"),
    Verb.PUBLISH: _("publish the bulletin"),
    Verb.PROPOSE_OVERRIDE: _("propose an override"),
    Verb.DECIDE_OVERRIDE: _("decide overrides and objections"),
    Verb.OBJECT: _("object to a colour"),
    Verb.ISSUE_SLIPS: _("issue and withdraw slips"),
    Verb.ANSWER_SLIPS: _("receive and answer slips"),
    Verb.VERIFY_SLIPS: _("verify and close slips"),
}
