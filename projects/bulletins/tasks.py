"""What happens by itself with colours and bulletins: locks count, colours follow the rules, documents are made."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from projects.background.actions.jobs import Outcome, advance, carry_out
from projects.background.models import Job
from projects.bulletins.actions import rerate_changed
from projects.bulletins.actions.papers import document_for_job, make_files
from projects.bulletins.actions.recolouring import recolour as recolour_all
from projects.bulletins.models import Bulletin
from projects.core.clock import instant, today, working_month
from projects.core.refusals import Refused
from projects.progress.actions.periods import note_locks


@task()
def follow_locks() -> int:
    """Here and not beside the reports, for noting a lock marks lines that have to be written anew."""
    noted = note_locks(today=today())
    rerate_changed(through=working_month(today()))
    return noted


@task()
def recolour(job: int) -> None:
    """After other rules were set, for who set them and watches."""
    carry_out(job, _recolour, clock=instant)


def _recolour(job: Job) -> Outcome:
    recolour_all(through=working_month(today()), progress=lambda done, total: advance(job, done, total))
    return Outcome(_("The colours follow the rules as they are now; what is published stays as it was."))


@task()
def go_on_recolouring() -> int:
    """What a worker left behind, or a command began."""
    return recolour_all(through=working_month(today()))


@task()
def make_documents(bulletin: int) -> int:
    """After publishing; done twice it finds them made."""
    return len(make_files(Bulletin.objects.select_related("district").get(pk=bulletin), at=instant()))


@task()
def write_document(job: int) -> None:
    """For who asked on a page and waits."""
    carry_out(job, _write_document, clock=instant)


def _write_document(job: Job) -> Outcome:
    pk, kind = job.params["bulletin"], job.params["kind"]
    bulletin = Bulletin.objects.visible_to(job.by).select_related("district").filter(pk=pk).first()
    if bulletin is None:
        raise Refused(_("The bulletin is no longer there."))
    url = reverse("bulletin_document", args=[pk, kind])
    return document_for_job(
        bulletin, kind, url=url, at=instant(), progress=lambda done, total: advance(job, done, total)
    )
