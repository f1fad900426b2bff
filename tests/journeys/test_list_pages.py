"""Every page that lists rows costs the same number of queries at 1 and at 3 rows."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tables2 import Table
from pytest_django import Settings

from projects.accounts.models import User
from projects.portfolio.tables import EntryTable, ProblemTable, ProjectTable
from projects.register.actions.solving import raise_problem
from projects.register.models import Problem, Project
from projects.register.stages import Stage
from tests import cast

PROJECTS = Path(__file__).resolve().parents[2] / "projects"


@dataclass(frozen=True)
class ListPage:
    """An address that lists rows, and a function that adds rows to it and returns the person who looks."""

    address: str
    add_rows: Callable[[cast.Cast, int], User]


def projects_in_the_list(people: cast.Cast, rows: int) -> User:
    """Projects with two phases, components, a plan and figures, of two months."""
    for number in range(Project.objects.count(), Project.objects.count() + rows):
        one = cast.project(people, f"P-{number}")
        for part in (1, 2):
            phase = cast.phase(one, part, Stage.BUILDING, cast.TODAY)
            cast.component(phase, 1, Stage.BUILDING)
        cast.plan(one, 1000 * cast.WAN)
        cast.figures(one, cast.SEPTEMBER, 100 * cast.WAN)
    return people.office


def entries_in_the_journal(people: cast.Cast, rows: int) -> User:
    """What it took to register projects; the auditor reads it."""
    projects_in_the_list(people, rows)
    return people.auditor


def problems_of_projects(people: cast.Cast, rows: int) -> User:
    """Problems, each of another project."""
    for number in range(Problem.objects.count(), Problem.objects.count() + rows):
        of = cast.project(people, f"P-{number}")
        problem = Problem(project=of, kind="land", description=f"No. {number}", raised_on=cast.TODAY, due_on=cast.TODAY)
        problem.asked_of = people.town
        raise_problem(problem, by=None, at=cast.AT)
    return people.office


LIST_PAGES = {
    ProblemTable: ListPage("/problems/", problems_of_projects),
    ProjectTable: ListPage("/projects/?month=2023-09", projects_in_the_list),
    EntryTable: ListPage("/journal/", entries_in_the_journal),
}


def tables_of(base: type[Table]) -> set[type[Table]]:
    """All table classes of the program, however deep."""
    found = {table for child in base.__subclasses__() for table in {child} | tables_of(child)}
    return {table for table in found if table.__module__.startswith("projects.")}


def seen(client: Client, address: str) -> tuple[int, int]:
    """How many queries the page takes, and how many bytes it has."""
    client.get(address)  # what a process reads once and keeps is not counted
    with CaptureQueriesContext(connection) as counted:
        response = client.get(address)
    assert response.status_code == 200, f"{address} answers {response.status_code}"
    return len(counted), len(response.content)


def test_every_table_has_its_page_here() -> None:
    for module in PROJECTS.glob("*/tables.py"):
        importlib.import_module(f"projects.{module.parent.name}.tables")
    assert not tables_of(Table) - set(LIST_PAGES)


@pytest.mark.django_db
@pytest.mark.parametrize("table", LIST_PAGES)
def test_rows_cost_no_queries(client: Client, table: type[Table], settings: Settings) -> None:
    settings.TODAY = cast.TODAY
    page, people = LIST_PAGES[table], cast.assemble()
    client.force_login(page.add_rows(people, 1))
    queries_at_one, bytes_at_one = seen(client, page.address)
    page.add_rows(people, 2)
    queries_at_three, bytes_at_three = seen(client, page.address)
    assert bytes_at_three > bytes_at_one, "the rows are not on the page"
    assert queries_at_three == queries_at_one
