"""The digest of an entry: the same for the same content, another for any other."""

import datetime

import pytest

from projects.journal.chain import canonical, digest

PARTS = {"seq": 1, "at": datetime.datetime(2023, 9, 1, tzinfo=datetime.UTC), "note": "ab", "verb": "c"}


def test_is_the_same_for_the_same_content_in_any_order() -> None:
    assert digest(PARTS, "") == digest(dict(reversed(PARTS.items())), "")


def test_is_the_same_for_the_same_instant_in_another_zone() -> None:
    shanghai = datetime.timezone(datetime.timedelta(hours=8))
    assert digest({**PARTS, "at": datetime.datetime(2023, 9, 1, 8, tzinfo=shanghai)}, "") == digest(PARTS, "")


@pytest.mark.parametrize(
    "other",
    [
        {**PARTS, "seq": 2},
        {**PARTS, "at": datetime.datetime(2023, 9, 1, 0, 0, 0, 1, tzinfo=datetime.UTC)},
        {**PARTS, "note": "a", "verb": "bc"},
        {**PARTS, "note": None},
        {**PARTS, "note": ""},
        {key: value for key, value in PARTS.items() if key != "note"},
    ],
    ids=str,
)
def test_is_another_for_any_other_content(other: dict[str, object]) -> None:
    assert digest(other, "") != digest(PARTS, "")


def test_covers_the_digest_before_it() -> None:
    assert digest(PARTS, "a") != digest(PARTS, "b")


def test_canonical_text_is_sorted_without_blanks_and_readable() -> None:
    assert canonical({"b": [1, None], "a": "泉为"}) == '{"a":"泉为","b":[1,null]}'


def test_stays_what_it_was_when_entries_were_first_written() -> None:
    """Another result here would make every journal that exists look manipulated."""
    assert digest(PARTS, "") == "d87f6beef436fa27bf3923455ead06f5e5f78ea6a68d1a92a5a065bbdafc6b95"
