"""How long a month sheet of 10,000 rows takes to be tried out and imported, beside the bare reading of its cells.

Run from the top of the project: `python -m benchmarks.importing [--rows N] [--seed N]`.
Tried out are a sheet that changes nothing, one that changes 500 rows, and one that fills all reports; the last two are
imported too. Each is done in a process of its own, so that its peak of memory is its own; bare is python-calamine
reading the same file. Times are those of the processor, so that other programs count for little.
"""

import argparse
import os
import random
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.ground import alone, cost_alone, set_up, start_django

Cost = tuple[float, float]  # seconds of a processor, and what the work added to the memory (MB)
FEW = 500
HEADING = [
    "序号", "项目代码", "项目名称", "项目单位", "建设地点", "级别", "类别", "建设性质", "建设规模及内容", "建设起止年限", "总投资（万元）",
    "累计完成（自开工）", "年度计划投资", "年度建设目标", "本月计划", "本月完成", "1—10月累计", "占年度计划%", "统计入库数", "计划开工时间",
    "实际开工时间", "是否纳统/纳统时间", "计划竣工", "形象进度", "手续办理情况", "下月计划", "存在问题", "需协调事项", "责任单位", "包保领导",
    "责任人", "联系人及电话", "备注",
]  # fmt: skip


def fill(path: Path, filled: int, dice: random.Random) -> None:
    """A month sheet of all projects; of the first `filled` it tells what was done this month."""
    import xlsxwriter

    from projects.register.models import Project

    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("10月")
    sheet.write_row(0, 0, ["2023年10月重点项目月调度表"])
    sheet.write_row(1, 0, HEADING)
    projects = Project.objects.select_related("unit", "leader", "category").order_by("code")
    for number, each in enumerate(projects.iterator(), start=1):
        told = [""] * len(HEADING)
        told[:11] = [
            str(number), each.code, each.name, each.owner, each.location, "", str(each.category), each.get_nature_display(),
            each.content, "", str((each.total_investment or 0) // 10_000 or ""),
        ]  # fmt: skip
        told[28:30] = [each.unit.name, str(each.leader or "")]
        if number <= filled:
            told[15], told[18] = str(dice.randrange(10, 5000)), str(dice.randrange(10, 500))
            told[23], told[25] = f"主体施工至{dice.randrange(1, 30)}层", "继续主体施工"
        sheet.write_row(number + 1, 0, told)
    book.close()


def bare(path: Path) -> None:
    """Read all cells and nothing else."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    sum(len(row) for row in book.get_sheet_by_index(0).to_python())


def ours(path: Path, *, dry_run: bool) -> None:
    """As the command does it."""
    from django.core.management import call_command

    with open(os.devnull, "w") as nowhere:
        call_command(
            "import_workbook",
            str(path),
            "--json",
            username="district",
            month="2023-10",
            dry_run=dry_run,
            stdout=nowhere,
        )


def measure(what: str, path: Path) -> None:
    """Do one of them in this process, and say what it cost."""
    start_django()
    from projects.accounts.models import User

    User.objects.first()
    alone(partial(bare, path) if what == "bare" else partial(ours, path, dry_run=what == "dry run"))


def measured(what: str, path: Path) -> Cost:
    seconds, _peak, added = cost_alone("benchmarks.importing", what, "--file", str(path))
    return seconds, added


def row(name: str, found: Cost, floor: Cost) -> str:
    seconds, added = found
    times, memory = seconds / floor[0], added / max(floor[1], 1)
    return f"{name:<28} {seconds:7.2f} s  × {times:6.1f}   {added:7.1f} MB  × {memory:5.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--alone", default="", help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.alone:
        measure(asked.alone, asked.file)
        return
    with ExitStack() as stack:
        folder = stack.enter_context(set_up(today="2023-11-02"))

        from benchmarks.province import AT, TODAY, add_projects, found_province
        from projects.core.month import Month
        from projects.progress.actions.periods import open_period
        from projects.register.models import Project

        add_projects(found_province(1), up_to=asked.rows, seed=asked.seed)
        Project.objects.update(rerate_from=None)
        open_period(Month(2023, 10), by=None, at=AT, today=TODAY)
        sheets: dict[str, Any] = {"nothing": 0, "few": FEW, "all": asked.rows}
        paths = {name: folder / f"{name}.xlsx" for name in sheets}
        for name, filled in sheets.items():
            fill(paths[name], filled, random.Random(asked.seed))  # noqa: S311 - the same data again, not a secret
        floor = measured("bare", paths["all"])
        print(row("bare reading", floor, floor))
        print(row("dry run, nothing changes", measured("dry run", paths["nothing"]), floor))
        print(row(f"dry run, {FEW} rows change", measured("dry run", paths["few"]), floor))
        print(row("dry run, all rows change", measured("dry run", paths["all"]), floor))
        print(row(f"import, {FEW} rows change", measured("import", paths["few"]), floor))
        print(row("import, the others too", measured("import", paths["all"]), floor))


if __name__ == "__main__":
    main()
