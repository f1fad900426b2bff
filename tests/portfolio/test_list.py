"""The list costs six queries at the most and weighs little, whatever is asked of it."""

import gzip

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from projects.bulletins.models import Line, LineStamp
from projects.register.models import Project
from projects.register.stages import Stage
from tests.cast import SEPTEMBER, TODAY, WAN, Cast, figures, phase, plan, project, signed_in

MOST_QUERIES = 8
MOST_KB, MOST_KB_COMPRESSED = 60, 12


@pytest.fixture(autouse=True)
def _in_october(settings: Settings) -> None:
    settings.TODAY = TODAY


def fill(cast: Cast, count: int) -> None:
    """Projects with three phases, a plan and figures, called as projects are."""
    for number in range(count):
        name = f"年产{number}万套高端装备智能制造生产线及配套设施项目"
        row = project(cast, f"SD-{number:06d}", name=name, short_name=f"恒瑞高端装备生产线{number}", leader=cast.boss)
        for part, stage in ((1, Stage.OPERATING), (2, Stage.BUILDING), (3, Stage.SIGNED)):
            phase(row, part, stage, TODAY)
        plan(row, (8_000 + number) * WAN)
        figures(row, SEPTEMBER, (number * 160 + 77) * WAN)


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?sort=-lead",
        "?sort=leader",
        "?q=恒瑞",
        "?q=恒瑞高端",
        "?q=恒",
        "?colour=red",
        "?unit=1&stage=building",
        "?page=9",
    ],
)
@pytest.mark.parametrize("person", ["office", "reporter", "leader"])
def test_the_list_takes_few_queries(cast: Cast, person: str, query: str) -> None:
    fill(cast, 3)
    client = signed_in(cast.person(person))
    client.get(f"/projects/{query}")  # writes the lines, and what a process reads once
    LineStamp.objects.update(number=F("number") + 1)  # as when lines are written: nothing kept holds any more
    first, again = (queries_of(client, f"/projects/{query}") for _time in range(2))
    assert first <= MOST_QUERIES
    assert again == first - 2  # the sums, and how levels look


def test_changed_facts_show_the_next_time_anybody_looks(cast: Cast) -> None:
    fill(cast, 1)
    client = signed_in(cast.leader)
    assert "恒瑞" in client.get("/projects/").content.decode()
    Project.objects.update(short_name="新名", rerate_from=SEPTEMBER)
    assert "新名" in client.get("/projects/").content.decode()
    assert Line.objects.get().short_name == "新名"


def test_fifty_rows_weigh_little(cast: Cast) -> None:
    fill(cast, 51)
    body = signed_in(cast.office).get("/projects/").content
    assert body.count(b'<tr class="edge-') == 50
    assert len(body) <= MOST_KB * 1024
    assert len(gzip.compress(body, 6)) <= MOST_KB_COMPRESSED * 1024


def test_the_overview_is_summed_once(cast: Cast) -> None:
    fill(cast, 2)
    client = signed_in(cast.leader)
    client.get("/overview/")
    assert queries_of(client, "/overview/") == 3  # the session, the person, and whether anything changed
    project(cast, "SD-more")
    assert client.get("/overview/").context["all"].count == 3
