"""What the documents of a bulletin cost, beside the same cells written with the bare library."""

import argparse
import io
import os
import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import docx
import typst
import xlsxwriter
from django.utils import translation

from benchmarks.ground import memory, set_up, start_django
from projects.bulletins.content import LineCopy, ProblemCopy
from projects.bulletins.documents import faces
from projects.bulletins.documents.kinds import KINDS
from projects.bulletins.documents.paper import Paper
from projects.bulletins.documents.texts import row_texts
from projects.bulletins.documents.writing import written
from tests.bulletins.documents.papers import LONG_NAME, line, paper

REPEATS = 3


def lines(count: int) -> list[LineCopy]:
    """Every fifth red and every third yellow, with texts as long as they are in practice."""
    found = []
    for number in range(1, count + 1):
        level = 2 if number % 5 == 0 else 1 if number % 3 == 0 else 0
        found.append(
            line(
                number, level=level, computed_level=level, unit=number % 20, unit_name=f"第{number % 20}镇",
                unit_group="town" if number % 20 < 12 else "department", code=f"2303-370402-04-01-{number:06d}",
                name=LONG_NAME if number % 10 == 0 else f"第{number}号高端装备制造产业园建设项目",
                content="新建标准厂房、研发中心及配套设施，购置生产线十二条，总建筑面积约八万平方米。",
                approvals="已办：立项、用地预审与选址、土地出让；未办：环评、建筑工程施工许可证",
                image="一期主体封顶，二期基础施工完成百分之六十", next_steps="完成二期主体施工",
                project_class="preparation" if number % 7 == 0 else "implementation", class_name="实施类",
                reasons=("完成40.0%，序时75.0%，慢35.0个百分点（红：慢于20以上）",),
                problems=(ProblemCopy(kind="用地", description="土地指标未落实", request="请区自然资源局协调",
                                      asked="区自然资源局", due_on="2023-10-31"),) if number % 8 == 0 else (),
            )
        )  # fmt: skip
    return found


def bare_docx(held: Paper) -> bytes:
    """The same cells as tables of python-docx, without any look."""
    document = docx.Document()
    for table in held.tables:
        rows = [row_texts(table, row) for row in table.rows]
        made = document.add_table(len(rows) + 1, len(table.columns))
        for row, texts in zip(made.rows[1:], rows, strict=True):
            for cell, text in zip(row._tr.tc_lst, texts, strict=True):
                cell.p_lst[0].add_r().text = text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def bare_xlsx(held: Paper) -> bytes:
    """The same cells by XlsxWriter, without any look."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    for table in held.tables:
        sheet = book.add_worksheet()
        for number, row in enumerate(table.rows):
            for place, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(number, place, cell)
                elif isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                elif cell is not None:
                    sheet.write_string(number, place, cell.word)
    book.close()
    return file.getvalue()


def bare_pdf(held: Paper) -> bytes:
    """The same cells as tables of typst, without any look."""
    parts = [f'#set text(font: ("{faces.SERIF}", "{faces.SANS}"), size: 5pt)\n#set page(flipped: true)']
    for table in held.tables:
        cells = ", ".join(f"[#{_quoted(text)}]" for row in table.rows for text in row_texts(table, row))
        if cells:
            parts.append(f"#table(columns: {len(table.columns)}, {cells})")
    source = "\n".join(parts).encode()
    found: bytes = typst.compile(source, format="pdf", font_paths=[faces.font_folder()], ignore_system_fonts=True)
    return found


def _quoted(text: str) -> str:
    return '"' + faces.drawable(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


BARE: dict[str, Callable[[Paper], bytes]] = {"docx": bare_docx, "xlsx": bare_xlsx, "pdf": bare_pdf}


def once(kind: str, count: int, *, bare: bool) -> tuple[float, int, float]:
    """Seconds of the processor, bytes and peak megabytes of one document, made by this process or one it starts."""
    start_django()
    with translation.override("zh-hans"):
        held = paper(lines(count))
        before = sum(os.times()[:4])
        content = BARE[kind](held) if bare else written(held, kind)
        taken = sum(os.times()[:4]) - before
    of_children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return taken, len(content), max(memory("VmHWM"), of_children)


def measured(kind: str, count: int, *, bare: bool) -> tuple[float, int, float]:
    """The middle of some runs, each in a process of its own."""
    runs = []
    for _time in range(REPEATS):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            runs.append(pool.submit(once, kind, count, bare=bare).result())
    return sorted(runs)[REPEATS // 2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, nargs="+", default=[300])
    print(
        "| projects | format | s | bare s | × | KB | bare KB | peak MB | bare MB |\n|---|---|---|---|---|---|---|---|---|"
    )
    asked = parser.parse_args()
    with set_up():
        for count in asked.projects:
            for kind in KINDS:
                ours, bare = (measured(kind, count, bare=bare) for bare in (False, True))
                figures = [f"{ours[0]:.2f}", f"{bare[0]:.2f}", f"{ours[0] / bare[0]:.1f}"]
                figures += [f"{ours[1] / 1024:,.0f}", f"{bare[1] / 1024:,.0f}", f"{ours[2]:,.0f}", f"{bare[2]:,.0f}"]
                print(f"| {count:,} | {kind} | {' | '.join(figures)} |")


if __name__ == "__main__":
    main()
