"""Projects are found by any sign, pair or word of what they are or were called, in whatever month one looks."""

from typing import Any

import pytest
from django.db import connection

from projects.bulletins.actions import open_month, rerate_changed
from projects.bulletins.models import SearchKey
from projects.bulletins.search import found, install, remove
from projects.register.models import Project
from tests.cast import SEPTEMBER, Cast, project


@pytest.fixture
def named(cast: Cast) -> Cast:
    """Three projects with their lines."""
    names: dict[str, dict[str, Any]] = {
        "SZ-001": {"name": "年产15GW异质结电池项目", "short_name": "泉为异质结", "owner": "泉为（山东）新能源"},
        "SZ-002": {"name": "光伏组件产业园", "short_name": "光伏组件", "owner": "光明科技"},
        "SZ-003": {"name": "为民医院", "short_name": "为民医院", "owner": "卫健局 100%"},
    }
    for code, given in names.items():
        project(cast, code, **given)
    open_month(SEPTEMBER, through=SEPTEMBER)
    return cast


def codes(word: str) -> list[str]:
    return list(
        Project.objects.filter(pk__in=found(word).values("project")).order_by("code").values_list("code", flat=True)
    )


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("泉为", ["SZ-001"]),
        ("15gw", ["SZ-001"]),
        ("光伏组件", ["SZ-002"]),
        ("组件光伏", []),  # both pairs, but not one after the other
        ("为", ["SZ-001", "SZ-003"]),
        ("sz-00", ["SZ-001", "SZ-002", "SZ-003"]),
        ("）新", ["SZ-001"]),
        ("0%", ["SZ-003"]),
        ("_", []),
        ('"', []),
        ("泉为泉", []),
        ("or", []),
    ],
)
def test_what_is_typed_is_found(named: Cast, word: str, expected: list[str]) -> None:
    assert codes(word) == expected


def test_the_initials_are_found(named: Cast) -> None:
    assert codes("gfzj") == ["SZ-002"]


def test_a_renamed_project_is_found_by_its_new_name_and_by_the_former(named: Cast) -> None:
    Project.objects.filter(code="SZ-002").update(
        short_name="储能系统", name="储能系统", owner="", initials="", rerate_from=SEPTEMBER
    )
    rerate_changed(through=SEPTEMBER)
    assert codes("储能") == ["SZ-002"]
    assert codes("光伏") == codes("光伏组件") == ["SZ-002"]
    Project.objects.filter(code="SZ-002").update(short_name="光伏组件", rerate_from=SEPTEMBER)
    rerate_changed(through=SEPTEMBER)
    assert SearchKey.objects.get(project__code="SZ-002").text.count("光伏组件\n") == 1


def test_a_key_that_says_the_same_is_not_written_again(named: Cast) -> None:
    SearchKey.objects.update(pairs="as it was")
    Project.objects.update(rerate_from=SEPTEMBER)
    rerate_changed(through=SEPTEMBER)
    assert set(SearchKey.objects.values_list("pairs", flat=True)) == {"as it was"}


def test_a_key_that_is_gone_is_found_no_more(named: Cast) -> None:
    SearchKey.objects.get(project__code="SZ-001").delete()
    assert codes("泉为") == []
    assert codes("光伏") == ["SZ-002"]


def test_the_index_is_made_over_the_keys_that_there_are(named: Cast) -> None:
    connection.check_constraints()  # or PostgreSQL would wait for the end of the test before it makes an index
    remove(connection)
    install(connection)
    assert codes("泉为") == ["SZ-001"]
    SearchKey.objects.filter(project__code="SZ-001").update(pairs="某某")
    assert codes("某某") == ["SZ-001"]
