"""The examples can be told from real projects wherever they are shown, and are as varied as real ones."""

import datetime
from collections import Counter

import pytest

from projects.bulletins.models import Line
from projects.core.month import Month
from projects.demonstration.examples import examples, path
from projects.register.models import AnnualPlan, Leader, Project
from projects.register.stages import Position, Stage, Step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration_once")]


def test_a_path_is_read() -> None:
    read = path("started 2022-03-16, building.foundation 2022-04-28")
    assert [step.position for step in read] == [
        Position(Stage.STARTED),
        Position(Stage.BUILDING, Step.FOUNDATION),
    ]
    assert str(read[1].on) == "2022-04-28"
    assert path("") == ()


def test_codes_and_names_are_unique_and_say_what_they_are() -> None:
    entries = list(examples())
    for values in zip(*((entry.code, entry.name, entry.short_name) for entry in entries), strict=True):
        assert [value for value, times in Counter(values).items() if times > 1] == []
    assert all(entry.name.startswith("示例·") and entry.short_name.startswith("示例·") for entry in entries)
    assert all(entry.owner.startswith("示例企业") and entry.contact_name == "示例联系人" for entry in entries)
    assert all(entry.is_example and entry.code.startswith("SL-") for entry in entries)


def test_some_names_are_very_long_and_none_too_long() -> None:
    lengths = [len(entry.name) for entry in examples()]
    assert len([length for length in lengths if 55 <= length <= 90]) >= 5
    assert max(lengths) <= 90


def test_parts_move_in_the_order_of_time() -> None:
    for entry in examples():
        for phase in entry.phases:
            for part in phase.components or (phase,):
                days = [step.on for step in part.path if step.on]
                assert days == sorted(days), entry.code
                assert len(days) == len(part.path), entry.code


def test_whatever_is_no_fact_carries_the_mark() -> None:
    marked = Project.objects.filter(is_example=True)
    assert marked.count() == len(list(examples()))
    assert not Project.objects.filter(is_example=False, short_name__contains="示例").exists()
    assert not marked.exclude(short_name__startswith="示例·").exists()
    assert not marked.exclude(name__startswith="示例·").exists()
    assert not Line.objects.filter(is_example=True).exclude(short_name__startswith="示例·").exists()
    assert not Line.objects.filter(is_example=False, project__is_example=True).exists()
    assert not Leader.objects.exclude(name__startswith="示例", is_example=True).exists()


def test_every_project_passes_the_checks_of_its_forms() -> None:
    for project in Project.objects.select_related("unit"):
        project.full_clean(validate_constraints=False)


def test_the_register_is_varied() -> None:
    assert dict(Counter(Project.objects.values_list("project_class", flat=True))) == {
        "lead": 358, "implementation": 80, "preparation": 25, "reserve": 15, "": 2,
    }  # fmt: skip
    works = Project.objects.filter(is_example=True).exclude(project_class="lead")
    for name in ("category", "sector", "unit", "leader", "town", "labels"):
        few = {"category": 3, "labels": 4}.get(name, 8)
        assert works.exclude(**{name: None}).values(name).distinct().count() >= few, name
    assert set(Project.objects.values_list("nature", flat=True)) >= {
        "new",
        "continued",
        "extension",
        "renovation",
    }
    assert Project.objects.filter(listed_from=Month(2023, 1)).count() > 150
    assert Project.objects.filter(listed_from__gt=Month(2023, 1)).count() > 150


def test_plans_are_kept_and_revised() -> None:
    revised = AnnualPlan.objects.decided().get(number=2)
    original = AnnualPlan.objects.get(project=revised.project, number=1)
    assert (original.amount, revised.amount) == (800_000_000, 600_000_000)
    assert revised.effective_from == Month(2023, 7)
    assert revised.reason
    assert AnnualPlan.objects.filter(month_plan__isnull=False).count() == 3


def test_one_revision_waits_and_one_was_declined() -> None:
    waiting = AnnualPlan.objects.waiting().get()
    declined = AnnualPlan.objects.get(decision="declined")
    assert waiting.effective_from > Month(2023, 9)
    assert waiting.at.date() == datetime.date(2023, 10, 8)
    assert declined.decision_note
    for plan in AnnualPlan.objects.filter(number=2):
        assert plan.by
        assert plan.by.role == "reporter"
        assert plan.by.unit == plan.project.unit
        assert plan.reason
        assert plan.decided_by != plan.by
