import pytest
from projects.exchange.actions.dry_run import try_out
from projects.exchange.actions.importing import import_at_once
from projects.exchange.actions.undoing import Undoing, undo_batch
from projects.exchange.models import ImportBatch
from projects.register.models import *
from projects.progress.models import MonthlyReport
from tests.cast import *
from tests.exchange.sheets import asked, row
from tests.progress.month import opened


def test_month(cast):
    project(cast)
    opened()
    before = MonthlyReport.objects.get().__dict__
    order = asked(cast.reporter)
    [v] = try_out([row(code="P-1", name="x", invested_this_month=100 * WAN, image="三层")], order)
    print(v)
    assert v.outcome == "changed"
    assert MonthlyReport.objects.get().state == "due"
    batch = import_at_once([v], order, file_name="a.xlsx", sha256="", sheet="s")
    r = MonthlyReport.objects.get()
    assert r.invested_this_month == 100 * WAN and r.state == "draft"
    undo_batch(batch, Undoing(cast.reporter, AT, TODAY, SEPTEMBER))
    r = MonthlyReport.objects.get()
    assert r.state == "due"
    assert r.invested_this_month is None


def test_register(cast):
    p = project(cast)
    order = asked(cast.office, "register")
    vs = try_out(
        [
            row(3, code="P-1", name=p.name, total_investment=100 * WAN, unit="孟庄镇"),
            row(4, code="P-2", name="全新的学校", unit="税郭镇", category="产业", nature="新建", year_plan=100 * WAN),
            row(5, code="P-3", name="全新的医院", unit="税郭镇", category="没有"),
            row(6, code="P-4", name="全新医院", unit="税郭镇"),
        ],
        order,
    )
    for v in vs:
        print(v.outcome, v.cells, v.objections)
    good = vs[:2]
    batch = import_at_once(good, order, file_name="a.xlsx", sha256="", sheet="s")
    assert Project.objects.count() == 2
    p.refresh_from_db()
    assert p.unit == cast.other_town
    undo_batch(batch, Undoing(cast.office, AT, TODAY, SEPTEMBER))
    assert Project.objects.count() == 1
    p.refresh_from_db()
    assert p.unit == cast.town and p.total_investment is None


def test_plans_and_nodes(cast):
    p = project(cast)
    order = asked(cast.office, "plans")
    vs = try_out([row(3, code="P-1", year_plan=1200 * WAN)], order)
    print(vs)
    b = import_at_once(vs, order, file_name="a.xlsx", sha256="", sheet="s")
    assert AnnualPlan.objects.get().amount == 1200 * WAN
    vs = try_out([row(3, code="P-1", year_plan=1300 * WAN, reason="调整")], order)
    print(vs)
    b2 = import_at_once(vs, order, file_name="a.xlsx", sha256="", sheet="s")
    assert AnnualPlan.objects.count() == 2
    undo_batch(b2, Undoing(cast.office, AT, TODAY, SEPTEMBER))
    undo_batch(b, Undoing(cast.office, AT, TODAY, SEPTEMBER))
    assert AnnualPlan.objects.count() == 0
    order = asked(cast.office, "milestones")
    vs = try_out(
        [
            row(3, code="P-1", milestone="主体封顶", planned_on=TODAY),
            row(4, code="P-1", milestone="纳统", done_on=TODAY),
            row(5, code="P-1", milestone="立项", done_on=TODAY),
        ],
        order,
    )
    for v in vs:
        print(v)
    b = import_at_once(vs, order, file_name="a.xlsx", sha256="", sheet="s")
    undo_batch(b, Undoing(cast.office, AT, TODAY, SEPTEMBER))
    assert Milestone.objects.count() == 0
    p.refresh_from_db()
    assert p.entered_statistics_on is None
