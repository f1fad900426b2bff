"""Who may do what: one table of verbs and roles. Which rows a verb reaches is `queries.py`'s subject."""

from enum import StrEnum


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    OFFICE = "office"
    REPORTER = "reporter"
    LEADER = "leader"
    AUDITOR = "auditor"


class Verb(StrEnum):
    SEE = "see"
    EXPORT = "export"
    MOVE_STAGE = "move_stage"
    EDIT_PROJECT = "edit_project"
    SET_PLAN = "set_plan"
    PROPOSE_PLAN = "propose_plan"
    ENTER_FIGURES = "enter_figures"
    REPORT = "report"
    REVIEW_REPORTS = "review_reports"
    KEEP_PERIODS = "keep_periods"
    WORK_ON_PROBLEMS = "work_on_problems"
    CLOSE_PROBLEMS = "close_problems"
    UPDATE_MILESTONE = "update_milestone"
    SEE_FILES = "see_files"
    KEEP_FILES = "keep_files"
    HALT = "halt"
    EXEMPT = "exempt"
    KEEP_LISTS = "keep_lists"
    KEEP_ACCOUNTS = "keep_accounts"
    READ_JOURNAL = "read_journal"
    KEEP_RULES = "keep_rules"
    PUBLISH = "publish"
    PROPOSE_OVERRIDE = "propose_override"
    DECIDE_OVERRIDE = "decide_override"
    OBJECT = "object"
    ISSUE_SLIPS = "issue_slips"
    ANSWER_SLIPS = "answer_slips"
    VERIFY_SLIPS = "verify_slips"


EVERYBODY = frozenset(Role)
KEEPERS = frozenset({Role.ADMINISTRATOR, Role.OFFICE})

MAY: dict[Verb, frozenset[Role]] = {
    Verb.SEE: EVERYBODY,
    Verb.EXPORT: EVERYBODY,
    Verb.MOVE_STAGE: KEEPERS | {Role.REPORTER},
    Verb.EDIT_PROJECT: KEEPERS,
    Verb.SET_PLAN: KEEPERS,
    Verb.PROPOSE_PLAN: KEEPERS | {Role.REPORTER},
    Verb.ENTER_FIGURES: KEEPERS,
    Verb.REPORT: KEEPERS | {Role.REPORTER},
    Verb.REVIEW_REPORTS: KEEPERS,
    Verb.KEEP_PERIODS: KEEPERS,
    Verb.WORK_ON_PROBLEMS: KEEPERS | {Role.REPORTER},
    Verb.CLOSE_PROBLEMS: KEEPERS,
    Verb.UPDATE_MILESTONE: KEEPERS | {Role.REPORTER},
    Verb.SEE_FILES: EVERYBODY,
    Verb.KEEP_FILES: KEEPERS | {Role.REPORTER},
    Verb.HALT: KEEPERS,
    Verb.EXEMPT: KEEPERS,
    Verb.KEEP_LISTS: KEEPERS,
    Verb.KEEP_ACCOUNTS: frozenset({Role.ADMINISTRATOR}),
    Verb.KEEP_RULES: KEEPERS,
    Verb.PUBLISH: KEEPERS,
    Verb.PROPOSE_OVERRIDE: KEEPERS,
    Verb.DECIDE_OVERRIDE: KEEPERS,
    Verb.OBJECT: KEEPERS | {Role.REPORTER},
    Verb.ISSUE_SLIPS: KEEPERS,
    Verb.ANSWER_SLIPS: KEEPERS | {Role.REPORTER},
    Verb.VERIFY_SLIPS: KEEPERS,
    Verb.READ_JOURNAL: frozenset({Role.ADMINISTRATOR, Role.AUDITOR}),
}


def allows(role: str, verb: Verb) -> bool:
    """Whether the table gives `role` the right to `verb`; an unknown role has none."""
    return role in MAY[verb]
