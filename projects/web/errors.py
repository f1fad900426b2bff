"""The pages for requests that fail, in the product's own words and look."""

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long or in another window: says so and offers the way back."""
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; says what to do where so many files were sent at a time that they were not even read."""
    too_much = _("Together these files are larger than {together} MB. Choose fewer, and send the others after that.")
    told = {}
    if isinstance(exception, RequestDataTooBig):
        told["exception"] = too_much.format(together=settings.UPLOAD_CEILING // 2**20 - 1)
    return HttpResponse(render_to_string("400.html", told), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 when the database does not answer or cannot be written, which passes by itself.

    Rendered without the frame: whatever failed may be what the frame would ask for.
    """
    out_of_reach = isinstance(sys.exc_info()[1], OperationalError)
    if out_of_reach:
        return HttpResponse(
            render_to_string("503.html", {"request": request}), status=503, headers={"Retry-After": "30"}
        )
    return HttpResponse(render_to_string("500.html", {"request": request}), status=500)
