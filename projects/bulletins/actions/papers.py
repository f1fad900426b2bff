"""Making the documents: of a published bulletin once and for ever, of a draft for who asks."""

import datetime
import hashlib

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from projects.background.actions.jobs import Outcome
from projects.bulletins.actions.recolouring import check_coloured
from projects.bulletins.documents.kinds import KINDS
from projects.bulletins.documents.progress import Progress, untold
from projects.bulletins.documents.writing import file_name, written
from projects.bulletins.models import Bulletin, BulletinFile
from projects.bulletins.models.bulletins import PUBLISHED
from projects.bulletins.queries.papers import paper_of
from projects.core.refusals import Refused
from projects.journal.actions import record


def make_files(bulletin: Bulletin, *, at: datetime.datetime, progress: Progress = untold) -> list[BulletinFile]:
    """Make and keep those documents of a published bulletin that there are not yet; all of them, by kind.

    May be done twice and by two at once: whoever comes second finds them made. `Refused` for a draft.
    """
    if bulletin.state != PUBLISHED:
        raise Refused(_("Only what is published is kept; the documents of a draft are made for who asks."))
    kept = set(BulletinFile.objects.filter(bulletin=bulletin).values_list("kind", flat=True))
    lacking = [kind for kind in KINDS if kind not in kept]
    if lacking:
        paper = paper_of(bulletin)
        made = {}
        with translation.override(settings.LANGUAGE_CODE):
            for done, kind in enumerate(lacking, 1):
                made[kind] = (file_name(paper, kind), written(paper, kind))
                progress(done, len(lacking))
        _keep(bulletin, made, at=at)
    return list(BulletinFile.objects.filter(bulletin=bulletin).defer("content").order_by("id"))


@transaction.atomic
def _keep(bulletin: Bulletin, made: dict[str, tuple[str, bytes]], *, at: datetime.datetime) -> None:
    """Write the files and their sums into the journal, unless somebody was quicker."""
    Bulletin.objects.select_for_update(of=("self",)).get(pk=bulletin.pk)
    kept = set(BulletinFile.objects.filter(bulletin=bulletin).values_list("kind", flat=True))
    new = [
        BulletinFile(
            bulletin=bulletin, kind=kind, name=name, content=content, size=len(content),
            sha256=hashlib.sha256(content).hexdigest(), made_at=at,
        )
        for kind, (name, content) in made.items()
        if kind not in kept
    ]  # fmt: skip
    if new:
        BulletinFile.objects.bulk_create(new)
        sums = {file.kind: file.sha256 for file in new}
        record(by=None, at=at, verb="make_documents", subject=bulletin, after=sums)


def document_of(bulletin: Bulletin, kind: str, progress: Progress = untold) -> tuple[str, bytes]:
    """Name and content of a document made for this once; of a draft, marked as one, once its colours stand."""
    if bulletin.state != PUBLISHED:
        check_coloured(bulletin.month)
    with translation.override(settings.LANGUAGE_CODE):
        paper = paper_of(bulletin)
        return file_name(paper, kind), written(paper, kind, progress)


def document_for_job(
    bulletin: Bulletin, kind: str, *, url: str, at: datetime.datetime, progress: Progress
) -> Outcome:  # fmt: skip
    """What who waits for a document is told: where the kept one is, or the file of a draft itself."""
    if bulletin.state == PUBLISHED:
        make_files(bulletin, at=at, progress=progress)
        return Outcome(_("The documents of the bulletin are made."), url=url)
    name, content = document_of(bulletin, kind, progress)
    return Outcome(_("The document of the draft is made; figures may still change."), name, content)
