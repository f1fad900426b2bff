"""The table of who may do what, and its words in both languages."""

import pytest
from django.utils import translation

from projects.accounts.roles import MAY, Role, Verb, allows
from projects.accounts.wording import ROLE_NAMES, UNIT_KIND_NAMES, VERB_NAMES

OFFICE_WORK = {
    Verb.EDIT_PROJECT,
    Verb.SET_PLAN,
    Verb.ENTER_FIGURES,
    Verb.HALT,
    Verb.EXEMPT,
    Verb.KEEP_LISTS,
    Verb.REVIEW_REPORTS,
    Verb.KEEP_PERIODS,
    Verb.CLOSE_PROBLEMS,
    Verb.KEEP_RULES,
    Verb.PUBLISH,
    Verb.PROPOSE_OVERRIDE,
    Verb.DECIDE_OVERRIDE,
    Verb.ISSUE_SLIPS,
    Verb.VERIFY_SLIPS,
}
UNIT_WORK = {
    Verb.MOVE_STAGE, Verb.REPORT, Verb.PROPOSE_PLAN, Verb.WORK_ON_PROBLEMS, Verb.UPDATE_MILESTONE, Verb.SEE_FILES,
    Verb.KEEP_FILES, Verb.OBJECT, Verb.ANSWER_SLIPS,
}  # fmt: skip
EXPECTED = {
    Role.ADMINISTRATOR: set(Verb),
    Role.OFFICE: {Verb.SEE, Verb.EXPORT} | UNIT_WORK | OFFICE_WORK,
    Role.REPORTER: {Verb.SEE, Verb.EXPORT} | UNIT_WORK,
    Role.LEADER: {Verb.SEE, Verb.EXPORT, Verb.SEE_FILES},
    Role.AUDITOR: {Verb.SEE, Verb.EXPORT, Verb.SEE_FILES, Verb.READ_JOURNAL},
}


def test_every_verb_has_its_roles() -> None:
    assert set(MAY) == set(Verb)
    assert all(MAY.values())


@pytest.mark.parametrize("role", list(Role))
def test_what_a_role_may(role: Role) -> None:
    assert {verb for verb in Verb if allows(role.value, verb)} == EXPECTED[role]


@pytest.mark.parametrize("verb", list(Verb))
def test_an_unknown_role_may_nothing(verb: Verb) -> None:
    assert not allows("nobody", verb)
    assert not allows("", verb)


@pytest.mark.parametrize("names", [ROLE_NAMES, VERB_NAMES, UNIT_KIND_NAMES], ids=["roles", "verbs", "kinds of unit"])
def test_every_word_is_there_in_both_languages(names: dict[str, object]) -> None:
    with translation.override("en"):
        english = [str(name) for name in names.values()]
    with translation.override("zh-hans"):
        chinese = [str(name) for name in names.values()]
    assert all(english)
    assert all(ours != theirs for ours, theirs in zip(chinese, english, strict=True))
    assert len(set(chinese)) == len(chinese)


def test_every_role_and_verb_has_its_word() -> None:
    assert set(ROLE_NAMES) == {role.value for role in Role}
    assert set(VERB_NAMES) == set(Verb)
