"""Carrying out what was checked: all or nothing, once, told of what changed meanwhile, and in the journal."""

import datetime

import pytest

from projects.core.refusals import NotAllowed, Refused, Stale
from projects.exchange.actions.batches import choose, drop, drop_forgotten
from projects.exchange.actions.importing import RowsRefused, import_batch
from projects.exchange.models import KEPT, ImportBatch
from projects.journal.models import Entry
from projects.journal.queries import faults
from projects.progress.models import MonthlyReport
from projects.register.models import Project
from tests.cast import AT, WAN, Cast, project
from tests.exchange.batch import checked
from tests.exchange.sheets import asked, row
from tests.progress.month import opened, written


@pytest.fixture
def two(cast: Cast) -> list[Project]:
    found = [project(cast, "P-1"), project(cast, "P-2")]
    opened()
    return found


def two_reports(cast: Cast) -> ImportBatch:
    return checked(asked(cast.reporter), row(3, code="P-1", image="一"), row(4, code="P-2", image="二"))


def images() -> list[str]:
    return list(MonthlyReport.objects.order_by("project__code").values_list("image", flat=True))


def test_all_rows_are_written_and_noted(cast: Cast, two: list[Project]) -> None:
    batch = import_batch(two_reports(cast), asked(cast.reporter))
    assert images() == ["一", "二"]
    assert (batch.state, batch.counts["written"], batch.imported_at) == ("imported", 2, AT)
    assert all(each.touched for each in batch.rows.all())


def test_the_journal_tells_of_the_import_and_of_each_row(cast: Cast, two: list[Project]) -> None:
    batch = import_batch(two_reports(cast), asked(cast.reporter))
    last, *rows = Entry.objects.order_by("-seq")[:3]
    assert (last.verb, last.subject_id, last.after["written"]) == ("import", batch.pk, 2)
    assert {each.verb for each in rows} == {"write_report"}
    assert {each.request_id for each in rows} == {f"import-{batch.pk}"}
    assert list(faults()) == []


def test_with_a_refused_row_nothing_is_imported_unless_it_is_left_out(cast: Cast, two: list[Project]) -> None:
    order = asked(cast.reporter)
    batch = checked(order, row(3, code="P-1", image="一"), row(4, code="Z-1", image="二"))
    with pytest.raises(Refused):
        import_batch(batch, order)
    assert images() == ["", ""]
    import_batch(batch, order, leave_refused=True)
    assert images() == ["一", ""]


def test_rows_left_out_are_not_written(cast: Cast, two: list[Project]) -> None:
    batch = two_reports(cast)
    assert not choose(batch, chosen={}, left_out=[4], shown=[3, 4], by=cast.reporter)
    import_batch(batch, asked(cast.reporter))
    assert images() == ["一", ""]


def test_to_confirm_twice_does_nothing_twice(cast: Cast, two: list[Project]) -> None:
    batch = two_reports(cast)
    import_batch(batch, asked(cast.reporter))
    entries = Entry.objects.count()
    assert import_batch(batch, asked(cast.reporter)).state == "imported"
    assert Entry.objects.count() == entries


def test_what_changed_meanwhile_stops_all_and_is_told(cast: Cast, two: list[Project]) -> None:
    batch = two_reports(cast)
    written(two[1], image="别人写的")
    with pytest.raises(RowsRefused):
        import_batch(batch, asked(cast.reporter))
    assert images() == ["", "别人写的"]
    batch.refresh_from_db()
    assert (batch.state, batch.counts["refused"], batch.counts["changed"]) == ("planned", 1, 1)
    [refused] = batch.rows.filter(outcome="refused")
    assert refused.number == 4
    assert refused.objections[0][2]


def test_a_report_that_is_new_since_is_not_written_over(cast: Cast, two: list[Project]) -> None:
    MonthlyReport.objects.filter(project=two[0]).delete()
    batch = two_reports(cast)
    MonthlyReport.objects.create(project=two[0], month=batch.month)
    with pytest.raises(RowsRefused):
        import_batch(batch, asked(cast.reporter))


def test_somebody_elses_import_is_not_gone_on_with(cast: Cast, two: list[Project]) -> None:
    batch = two_reports(cast)
    with pytest.raises(NotAllowed):
        import_batch(batch, asked(cast.office))
    with pytest.raises(NotAllowed):
        drop(batch, by=cast.office)


def test_what_was_given_up_is_not_imported(cast: Cast, two: list[Project]) -> None:
    batch = two_reports(cast)
    drop(batch, by=cast.reporter)
    with pytest.raises(Stale):
        import_batch(batch, asked(cast.reporter))
    assert not batch.rows.exists()


def test_nothing_to_write_is_nothing_to_import(cast: Cast, two: list[Project]) -> None:
    batch = checked(asked(cast.reporter), row(code="P-1"))
    with pytest.raises(Refused):
        import_batch(batch, asked(cast.reporter))


def test_only_a_project_that_is_offered_can_be_chosen(cast: Cast, two: list[Project]) -> None:
    batch = checked(asked(cast.reporter), row(name="年产示范产品项目", image="一"))
    assert choose(batch, chosen={3: "P-2"}, left_out=[], shown=[3], by=cast.reporter)
    with pytest.raises(Refused):
        choose(batch, chosen={3: "Z-1"}, left_out=[], shown=[3], by=cast.reporter)


def test_an_import_nobody_goes_on_with_is_dropped_after_a_week(cast: Cast, two: list[Project]) -> None:
    waiting, done = two_reports(cast), import_batch(two_reports(cast), asked(cast.reporter))
    assert drop_forgotten(at=AT + KEPT) == 0
    assert drop_forgotten(at=AT + KEPT + datetime.timedelta(seconds=1)) == 1
    states = dict(ImportBatch.objects.values_list("pk", "state"))
    assert states == {waiting.pk: "dropped", done.pk: "imported"}


def test_the_office_sees_the_imports_of_its_district_and_others_their_own(cast: Cast, two: list[Project]) -> None:
    batch = two_reports(cast)
    seen = {
        who: batch in ImportBatch.objects.visible_to(cast.person(who))
        for who in ("reporter", "other_reporter", "office", "admin", "leader", "stranger")
    }
    assert [who for who, sees in seen.items() if sees] == ["reporter", "office", "admin"]


def test_a_large_amount_survives_being_kept(cast: Cast, two: list[Project]) -> None:
    batch = checked(asked(cast.reporter), row(code="P-1", invested_this_month=100_000 * 10_000 * WAN))
    import_batch(batch, asked(cast.reporter))
    assert MonthlyReport.objects.get(project=two[0]).invested_this_month == 100_000 * 10_000 * WAN
