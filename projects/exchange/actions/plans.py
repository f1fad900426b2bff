"""Rows of year plans: the original of a year, or a revision that is proposed with its reason."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from projects.exchange.actions.registers import plan_data, plan_touch
from projects.exchange.actions.writers import Asked, Touch, Writer, check_seen, cleaned, text_of
from projects.exchange.queries import stored_plans, stored_projects
from projects.exchange.verdicts import Cell, Outcome, SheetRow, Verdict, plain
from projects.register.actions import planning
from projects.register.forms import PlanForm
from projects.register.models import AnnualPlan
from projects.register.models.schedule import APPROVED

MONTHS = tuple(f"month_{number}" for number in range(1, 13))


class PlansWriter:
    """Sets plans where a year has none, and proposes revisions where it has another."""

    makes = False

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.plans = stored_plans(asked.by, asked.month.year)
        self.projects = stored_projects(asked.by)

    def look(self, verdict: Verdict) -> None:
        values = verdict.row.values
        if values.get("year") not in (None, self.asked.month.year):
            why = _("This is imported for %(year)s. Choose a month of the year that the row is for.")
            verdict.refuse(verdict.row.objection("year", why % {"year": self.asked.month.year}))
            return
        if values.get("year_plan") is None and not any(values.get(name) is not None for name in MONTHS):
            return
        versions = self.plans.get(verdict.project_id or 0, [])
        verdict.seen = {"plans": len(versions)}
        latest = self._latest(versions)
        verdict.cells = self._differing(verdict.row, latest)
        in_force = next((plan for plan in reversed(versions) if plan.decision == APPROVED), None)
        if in_force is not latest and not self._differing(verdict.row, in_force):
            verdict.cells = []  # the plan as it is in force; nobody asks to drop the revision that waits
        if verdict.cells:
            verdict.outcome = Outcome.NEW
        if verdict.cells and latest and not values.get("reason"):
            verdict.refuse(verdict.row.objection("reason", _("A revision of the plan needs a reason.")))

    def _latest(self, versions: list[AnnualPlan]) -> AnnualPlan | None:
        """What a sheet is compared with: the revision that waits, else the plan that was approved last."""
        held = [plan for plan in versions if plan.decision in {APPROVED, ""}]
        return held[-1] if held else None

    def _differing(self, row: SheetRow, latest: AnnualPlan | None) -> list[Cell]:
        stored: dict[str, Any] = {"year_plan": latest.amount if latest else None, "goal": latest.goal if latest else ""}
        months = (latest.month_plan if latest else None) or [None] * 12
        stored |= dict(zip(MONTHS, months, strict=True))
        cells = []
        for name, old in stored.items():
            value = row.values.get(name)
            new = text_of(value) if isinstance(value, str) else value
            if new not in (None, "") and new != old and not (new == 0 and not any(months) and name in MONTHS):
                cells.append(Cell(name, plain(old), plain(new)))
        return cells

    def check(self, row: SheetRow, project_id: int | None, seen: Mapping[str, Any]) -> None:
        self.write(row, project_id, seen)

    def write(self, row: SheetRow, project_id: int | None, seen: Mapping[str, Any]) -> list[Touch]:
        versions = self.plans.get(project_id or 0, [])
        check_seen(len(versions), seen.get("plans", len(versions)))
        latest = self._latest(versions)
        data = plan_data(row, self.asked)
        if latest:
            data = {"goal": latest.goal, **data}
            data["amount"] = latest.amount if data["amount"] is None else data["amount"]
        if data["amount"] is None:
            data["amount"] = sum(row.values.get(name) or 0 for name in MONTHS)
        form: Any = cleaned(PlanForm(data))
        said, asked = form.cleaned_data, self.asked
        plan = planning.set_plan(
            self.projects[project_id or 0], asked.month.year, amount=said["amount"],
            effective_from=said["effective_from"], month_plan=form.month_plan(), goal=said["goal"],
            reason=said["reason"], by=asked.by, at=asked.at, open_month=asked.open_month, seen=len(versions),
        )  # fmt: skip
        return [plan_touch(plan)]


_is_a_writer: type[Writer] = PlansWriter
