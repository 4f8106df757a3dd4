"""What does a page say when it cannot be shown?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent without its token: an old page, or cookies turned off."""
    return render(request, "web/form_expired.html", status=403)
