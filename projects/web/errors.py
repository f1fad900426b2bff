"""The pages for requests that fail, in the product's own words and look."""

import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long or in another window: says so and offers the way back."""
    return render(request, "403_csrf.html", status=403)


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
