"""Every kind of notice says something in both languages, with all that it was given."""

import pytest
from django.utils import translation

from projects.core.icons import icon
from projects.notices.wording import KINDS, icon_of, name_of, names, sentence
from tests.notices.told import PARAMS


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_a_sentence_a_name_and_an_icon(kind: str, language: str) -> None:
    with translation.override(language):
        told = sentence(kind, PARAMS)
        assert "2023-09" not in told  # a month is written out
        assert "[" not in told  # several names are joined
        assert "%" not in told
        assert "—" not in told
        assert name_of(kind) != kind
        assert icon(icon_of(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_translated(kind: str) -> None:
    with translation.override("en"):
        english = sentence(kind, PARAMS)
    with translation.override("zh-hans"):
        assert sentence(kind, PARAMS) != english


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 report for September 2023 is due"), (2, "2 reports for September 2023 are due")],
)
def test_one_and_several(count: int, said: str) -> None:
    with translation.override("en"):
        assert sentence("report_due_today", {**PARAMS, "count": count}).startswith(said)


def test_a_month_is_written_in_the_readers_language() -> None:
    with translation.override("zh-hans"):
        assert "2023年9月" in sentence("report_approved", PARAMS)
    with translation.override("en"):
        assert "September 2023" in sentence("report_approved", PARAMS)


@pytest.mark.parametrize(
    ("count", "english", "chinese"),
    [(1, "N1", "N1"), (5, "N1, N2, N3, N4, N5", "N1、N2、N3、N4、N5"),
     (6, "N1, N2, N3, N4, N5 and others", "N1、N2、N3、N4、N5等")],
)  # fmt: skip
def test_of_many_names_the_first_few_are_told(count: int, english: str, chinese: str) -> None:
    told = {**PARAMS, "projects": names([f"N{number}" for number in range(1, count + 1)] * 2)}
    with translation.override("en"):
        assert sentence("report_due_today", told).endswith(f": {english}.")
    with translation.override("zh-hans"):
        assert sentence("report_due_today", told).endswith(f"：{chinese}。")


def test_a_notice_of_former_times_has_gaps_instead_of_failing() -> None:
    with translation.override("en"):
        assert sentence("report_returned", {}) == "The report of — for — was returned: —"
        assert sentence("report_due_today", {})
    assert (sentence("gone", PARAMS), name_of("gone"), icon_of("gone")) == ("gone", "gone", "bell")


def test_what_was_given_is_not_read_as_a_placeholder() -> None:
    assert "%(month)s" in sentence("report_returned", {**PARAMS, "reason": "%(month)s"})
