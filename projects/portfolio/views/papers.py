"""The photos and documents on the page of a project, for those who may open them."""

from typing import Any

from projects.accounts.models import User
from projects.register.file_types import Kind
from projects.register.forms import FileForm
from projects.register.models import Attachment, Project


def papers_of(user: User, project: Project) -> dict[str, Any]:
    """Photos and documents, the latest first, and a form to add one; two queries, without the previews."""
    sees = Project.objects.visible_to(user).papers_open_to(user).filter(pk=project.pk).exists()
    rows = Attachment.objects.kept().filter(project=project)
    files = list(rows.select_related("by", "report_file__report").defer("preview")) if sees else []
    return {
        "photos": [file for file in files if file.kind == Kind.PHOTO],
        "documents": [file for file in files if file.kind == Kind.DOCUMENT],
        "sees_files": sees,
        "file_form": FileForm(),
    }
