"""Writing a `Paper` in any of its formats, and telling how far it is."""

from collections.abc import Callable

from projects.bulletins.documents.paper import Paper
from projects.bulletins.documents.pdf import pdf
from projects.bulletins.documents.progress import Progress, untold
from projects.bulletins.documents.sheets import workbook
from projects.bulletins.documents.word import word

Writer = Callable[[Paper, Progress], bytes]

WRITERS: dict[str, Writer] = {"docx": word, "xlsx": workbook, "pdf": pdf}


def written(paper: Paper, kind: str, progress: Progress = untold) -> bytes:
    """The document of `kind`; the same bytes for the same paper."""
    return WRITERS[kind](paper, progress)


def file_name(paper: Paper, kind: str) -> str:
    return f"{paper.name}.{kind}"
