"""The page of one's own notices, and marking them as read."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from projects.accounts.sessions import person
from projects.core.clock import now
from projects.core.refusals import Refused
from projects.notices.actions import mark_all_read, mark_read
from projects.notices.models import Notice
from projects.notices.queries import latest_id, notices_of

PAGE_SIZES = {"20": 20, "50": 50, "100": 100, "200": 200}


@require_safe
def notices(request: HttpRequest) -> HttpResponseBase:
    """One's own notices, unread first."""
    user = person(request)
    size = PAGE_SIZES.get(request.GET.get("per_page", ""), 20)
    page = Paginator(notices_of(user), size).get_page(request.GET.get("page"))
    return render(request, "notices/list.html", {"page": page, "through": latest_id(user)})


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Mark one as read; then open what it is about, when it was opened and not only ticked off."""
    notice = get_object_or_404(Notice.objects.of(person(request)), pk=pk)
    mark_read(notice, by=person(request), at=now())
    return redirect(notice.url if "open" in request.POST and notice.url else "notices")


@require_POST
def read_all(request: HttpRequest) -> HttpResponseBase:
    """Mark all as read that there were when the page was opened, and none that came since."""
    through = request.POST.get("through", "")
    if not through.isdecimal():
        raise Refused(_("The form is incomplete. Open the notices again and repeat the step."))
    marked = mark_all_read(by=person(request), at=now(), through=int(through))
    if marked:
        messages.success(
            request,
            ngettext("%(count)s notice was marked as read.", "%(count)s notices were marked as read.", marked)
            % {"count": marked},
        )
    return redirect("notices")
