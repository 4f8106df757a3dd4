"""Which door tells an error that no view caught? Machines get a problem, people a page."""

from django.http import HttpRequest, HttpResponse

from api import errors as api
from web.views import errors as web

FOR_MACHINES = ("/api/", "/oauth/", "/health/")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent cannot be read."""
    return _door(request).bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: refused before a view was reached."""
    return _door(request).forbidden(request, exception)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such address."""
    return _door(request).not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database is away."""
    return _door(request).server_error(request)


def _door(request: HttpRequest):
    return api if request.path.startswith(FOR_MACHINES) else web
