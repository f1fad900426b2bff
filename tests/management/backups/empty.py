"""An installation with something of everything, and the same one emptied."""

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command

from projects.background.models import Job, results
from projects.core.append_only import lifted
from projects.register.actions.filing import keep_file
from projects.register.models import Attachment, store
from tests.bulletins.month import district_of_three, published
from tests.cast import AT, Cast
from tests.conftest import PROTECTED

PAPER = b"%PDF-1.7\n" + bytes(range(256)) * 40
RESULT = b"a workbook"


def filled(cast: Cast) -> Attachment:
    """A published bulletin, a document of a project, and the result of long work; the document."""
    first, *_others = district_of_three(cast)
    published(cast)
    name = results().save("list.xlsx", ContentFile(RESULT))
    Job.objects.create(task="t", title="t", by=cast.office, at=AT, state="done", ended_at=AT, stored_as=name)
    return keep_file(first, "批复.pdf", PAPER, by=cast.reporter, at=AT)


def emptied() -> None:
    """Take everything away: rows and files."""
    for name in Attachment.objects.values_list("stored_as", flat=True):
        store().delete(name)
    for name in Job.objects.exclude(stored_as="").values_list("stored_as", flat=True):
        storages["results"].delete(name)
    with lifted(*PROTECTED):
        call_command("flush", verbosity=0, interactive=False)
