"""A report beside what was known before it: what changed since last month, how far from the plan, what is odd."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from projects.progress.checking import Background, Remark, Written, lacks, oddities, variance
from projects.progress.models import MonthlyReport
from projects.progress.queries.background import backgrounds_of
from projects.register.queries import facts_of

WRITTEN = tuple(Written.__dataclass_fields__)


@dataclass(frozen=True)
class Compared:
    """A report and what is known around it; amounts in whole yuan, None where nothing is to compare."""

    report: MonthlyReport
    background: Background

    @property
    def written(self) -> Written:
        return Written(**facts_of(self.report, WRITTEN))

    @property
    def before(self) -> int | None:
        """What was invested last month."""
        return self.background.before[0]

    @property
    def change(self) -> int | None:
        """How much more than last month."""
        invested = self.report.invested_this_month
        return None if invested is None or self.before is None else invested - self.before

    @property
    def strayed(self) -> Fraction | None:
        """How far from the plan of the month, as a share of it."""
        return variance(self.report.invested_this_month, self.background.planned)

    @property
    def strays(self) -> bool:
        """Whether that is so far that an explanation is asked."""
        share = self.strayed
        return share is not None and abs(share) > Fraction(self.background.variance_percent, 100)

    @property
    def to_date(self) -> int | None:
        """Since January with this month."""
        invested = self.report.invested_this_month
        return None if invested is None else self.background.to_date + invested

    @property
    def completion(self) -> Fraction | None:
        """The share of the year's plan that is reached with this month."""
        plan = self.background.year_plan
        return None if self.to_date is None or not plan else Fraction(self.to_date, plan)

    @property
    def since_start(self) -> int | None:
        """In all years with this month."""
        invested = self.report.invested_this_month
        return None if invested is None else self.background.since_start + invested

    @property
    def image_same(self) -> bool:
        """Whether the progress of the works reads as last month."""
        return bool(self.report.image) and self.report.image == self.background.last_image

    @property
    def steps_same(self) -> bool:
        return bool(self.report.next_steps) and self.report.next_steps == self.background.last_steps

    @property
    def odd(self) -> list[Remark]:
        return oddities(self.written, self.background)

    @property
    def lacking(self) -> list[Remark]:
        return lacks(self.written, self.background)


def compared(reports: Iterable[MonthlyReport]) -> list[Compared]:
    """Each of a page of reports with its background, in their order; four queries, one more for the reports."""
    rows = list(reports)
    backgrounds = backgrounds_of(rows) if rows else {}
    return [Compared(report, backgrounds[report.pk]) for report in rows]
