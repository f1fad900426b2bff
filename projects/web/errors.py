"""The pages for requests that fail, in the product's own words and look."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long or in another window: says so and offers the way back."""
    return render(request, "403_csrf.html", status=403)
