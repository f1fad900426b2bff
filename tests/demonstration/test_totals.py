"""The totals of the demonstration equal the published ones to the yuan."""

from fractions import Fraction

import pytest
from django.db.models import Q, Sum

from projects.bulletins.models import Line
from projects.core.display import percent, points, yi
from projects.core.month import Month
from projects.core.yuan import YI
from projects.demonstration.facts import published
from projects.progress.queries import progress_by
from projects.rating.schedule import district_schedule
from projects.register.models import Project
from projects.register.queries import plans_in_force
from projects.register.stages import Stage, has_started

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration_once")]

SEPTEMBER = Month(2023, 9)
PORTFOLIO = published()["portfolio"]
IMPLEMENTATION = PORTFOLIO["implementation_class"]


def test_signed_over_100_million() -> None:
    signed = [stage.value for stage in Stage if stage.number >= Stage.SIGNED.number]
    large = Q(total_investment__gte=YI) | Q(total_at_least__gte=YI)
    rows = Project.objects.filter(large, project_class="lead", stage__in=signed)
    total = rows.aggregate(total=Sum("total_investment"))["total"]
    assert rows.count() == PORTFOLIO["signed_over_100m_yuan"]["count"] == 71
    assert total == PORTFOLIO["signed_over_100m_yuan"]["total_yuan"]
    assert yi(total) == "676.6"


def test_in_talks() -> None:
    rows = Project.objects.filter(project_class="lead", stage=Stage.IN_TALKS.value)
    assert rows.count() == PORTFOLIO["in_talks"]["count"] == 286


def test_every_implementation_project_has_started() -> None:
    rows = Project.objects.filter(project_class="implementation")
    assert [row.code for row in rows if not has_started(row.stage)] == []
    examples = rows.filter(is_example=True)
    assert not examples.filter(Q(actual_start__isnull=True) | Q(actual_start__gt=SEPTEMBER.last_day)).exists()
    lines = Line.objects.filter(month=SEPTEMBER, project_class="implementation")
    assert [line.code for line in lines if not has_started(line.stage)] == []


def test_invested_to_date_against_the_year_plan() -> None:
    rows = Project.objects.filter(project_class="implementation")
    invested = sum(progress.invested_to_date for progress in progress_by(rows, SEPTEMBER).values())
    planned = sum(plan.amount for plan in plans_in_force(rows, SEPTEMBER).values())
    assert invested == IMPLEMENTATION["invested_year_to_date_yuan"]
    assert planned == IMPLEMENTATION["implied_annual_plan_yuan"]["value"]
    rate = Fraction(invested, planned)
    assert percent(rate) == str(IMPLEMENTATION["share_of_annual_plan_percent"]) == "88.7"
    ahead = (rate - district_schedule(SEPTEMBER)) * 100
    assert points(ahead) == f"+{IMPLEMENTATION['ahead_of_schedule_points']}" == "+13.7"


def test_lines_carry_the_same_sums() -> None:
    lines = Line.objects.filter(month=SEPTEMBER, project_class="implementation")
    sums = lines.aggregate(planned=Sum("year_plan"), invested=Sum("invested_to_date"))
    assert sums == {"planned": 12_063_000_000, "invested": 10_700_000_000}
