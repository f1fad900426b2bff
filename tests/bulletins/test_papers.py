"""The documents that are kept: made once from what was published, the same for ever, and protected."""

import hashlib
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from projects.accounts.actions import change_unit
from projects.bulletins.actions.papers import document_of, make_files
from projects.bulletins.actions.publishing import publish
from projects.bulletins.documents.paper import Paper
from projects.bulletins.documents.writing import written
from projects.bulletins.models import Bulletin, BulletinFile, PolicyEdition
from projects.bulletins.queries.papers import full_name, paper_of
from projects.bulletins.queries.verifying import faults
from projects.bulletins.tasks import make_documents
from projects.core.append_only import lifted
from projects.core.month import Month
from projects.core.refusals import Refused
from projects.journal.models import Entry
from projects.progress.actions.entering import Figures, enter_figures
from projects.rating.editions import palette_as_json, policy_as_json, unit_policy_as_json
from projects.rating.palettes import HONOURS
from projects.rating.policy import Band, Policy
from projects.rating.units import UnitPolicy
from projects.register.actions.planning import set_plan
from projects.register.actions.registering import edit_project
from projects.register.models import Project
from tests.bulletins.month import LATER, circulated, district_of_three, published
from tests.cast import AT, SEPTEMBER, WAN, Cast
from tests.conftest import PROTECTED


@pytest.fixture
def rows(cast: Cast) -> list[Project]:
    return district_of_three(cast)


@pytest.fixture
def bulletin(cast: Cast, rows: list[Project]) -> Bulletin:
    return Bulletin.objects.select_related("district").get(pk=published(cast).pk)


def kept(bulletin: Bulletin) -> dict[str, bytes]:
    return {file.kind: bytes(file.content) for file in BulletinFile.objects.filter(bulletin=bulletin)}


def test_publishing_has_them_made(
    cast: Cast, rows: list[Project], django_capture_on_commit_callbacks: Any
) -> None:  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        found = published(cast)
    assert set(kept(found)) == {"docx", "xlsx", "pdf"}


def test_they_are_made_once_and_noted_with_their_sums(bulletin: Bulletin) -> None:
    for _time in range(2):
        make_documents.enqueue(bulletin.pk)
    files = {file.kind: file for file in BulletinFile.objects.all()}
    assert len(files) == 3
    for kind, file in files.items():
        assert file.name == f"枣庄市市中区2023年9月“红黄蓝”三色通报（第9期）.{kind}"
        assert file.sha256 == hashlib.sha256(bytes(file.content)).hexdigest()
        assert file.size == len(file.content)
    entry = Entry.objects.get(verb="make_documents")
    assert entry.after == {kind: file.sha256 for kind, file in files.items()}


def test_what_is_lacking_is_made_and_what_is_there_stays(bulletin: Bulletin) -> None:
    made = make_files(bulletin, at=LATER)
    assert [file.pk for file in make_files(bulletin, at=LATER)] == [file.pk for file in made]
    assert Entry.objects.filter(verb="make_documents").count() == 1


def test_of_a_draft_nothing_is_kept(cast: Cast, rows: list[Project]) -> None:
    with pytest.raises(Refused):
        make_files(circulated(cast), at=LATER)
    assert not BulletinFile.objects.exists()


def test_a_draft_says_so(cast: Cast, rows: list[Project]) -> None:
    name, content = document_of(circulated(cast), "pdf")
    assert name == "枣庄市市中区2023年9月“红黄蓝”三色通报（第9期）（征求意见稿）.pdf"
    assert content.startswith(b"%PDF")


@pytest.mark.parametrize("change", [{"name": "别的名字"}, {"content": b"another"}])
def test_the_database_refuses_to_change_or_delete_them(bulletin: Bulletin, change: dict[str, Any]) -> None:
    make_files(bulletin, at=LATER)
    with pytest.raises(DatabaseError), transaction.atomic():
        BulletinFile.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        BulletinFile.objects.all().delete()


def test_whatever_changes_later_they_would_be_made_the_same(cast: Cast, bulletin: Bulletin) -> None:
    make_files(bulletin, at=LATER)
    before = kept(bulletin)
    change_everything(cast)
    again = Bulletin.objects.select_related("district").get(pk=bulletin.pk)
    paper = paper_of(again)
    assert {kind: written(paper, kind) for kind in before} == before


def change_everything(cast: Cast) -> None:
    """Names, plan, figures, rules, palette, and the name of the district itself."""
    cast.town.name = cast.town.short_name = "改名镇"
    cast.district.name = "改名区"
    for unit in (cast.town, cast.district):
        change_unit(unit, by=None, at=LATER)
    for row in Project.objects.all():
        row.name, row.short_name = f"改名项目{row.pk}", f"改名{row.pk}"
        edit_project(row, labels=[], by=None, at=LATER, seen=row.version, since=Month(2023, 1))
        set_plan(
            row, 2023, amount=WAN, effective_from=SEPTEMBER, reason="调整", by=None, at=LATER, open_month=SEPTEMBER
        )
        figures = Figures(77 * WAN, reason="更正")
        enter_figures(row, SEPTEMBER, figures, by=None, at=LATER, open_month=SEPTEMBER, seen=0)
    PolicyEdition.objects.create(
        number=1, name="新规则", holds_from=SEPTEMBER, policy=policy_as_json(Policy(investment_lag=Band((1, 2)))),
        palette=palette_as_json(HONOURS), unit_policy=unit_policy_as_json(UnitPolicy()), reason="…", at=AT,
    )  # fmt: skip


def test_draft_and_published_differ_in_nothing_but_their_mark(cast: Cast, rows: list[Project]) -> None:
    before = paper_of(circulated(cast))
    draft = Bulletin.objects.get()
    publish(draft, by=cast.office, at=LATER, through=SEPTEMBER, seen=draft.version)
    after = paper_of(Bulletin.objects.get())
    assert [table.rows for table in after.tables] == [table.rows for table in before.tables]
    assert after.parts == before.parts


def test_the_figures_are_those_of_the_lines(bulletin: Bulletin) -> None:
    paper = paper_of(bulletin)
    rows = {row[1]: row for row in sheet(paper).rows}
    for line in bulletin.lines.all():
        row = rows[line.code]
        assert (row[2], row[10], row[12], row[16], row[17]) == (
            line.name, line.total_investment, line.year_plan, line.invested_to_date, line.completion_tenths,
        )  # fmt: skip
    assert len(rows) == bulletin.lines.count() == 3


def sheet(paper: Paper) -> Any:
    return next(table for table in paper.tables if table.number == 6)


def test_reading_costs_the_same_for_any_number_of_projects(bulletin: Bulletin, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        paper_of(bulletin)


def test_a_district_is_called_with_its_city_once(cast: Cast) -> None:
    assert full_name(cast.district) == "枣庄市市中区"
    cast.district.name = "枣庄市市中区"
    assert full_name(cast.district) == "枣庄市市中区"
    assert full_name(cast.city) == "枣庄市"


@pytest.mark.parametrize(
    ("tamper", "says"),
    [
        (lambda files: files.filter(kind="pdf").update(content=b"another"), ".pdf: is not the document"),
        (lambda files: files.filter(kind="xlsx").delete(), "its document xlsx was made and is gone"),
        (lambda files: Entry.objects.filter(verb="make_documents").delete(), "the journal does not know of it"),
    ],
    ids=["changed", "gone", "without an entry"],
)
def test_tampering_with_them_is_found(bulletin: Bulletin, tamper: Any, says: str) -> None:
    make_files(bulletin, at=LATER)
    assert list(faults()) == []
    with lifted(*PROTECTED):
        tamper(BulletinFile.objects.all())
    assert any(says in fault for fault in faults()), list(faults())
