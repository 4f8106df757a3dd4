"""Which addresses does the service have, and which operation of the policy does each name?"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from accounts.policy import Operation, operations
from api.resource import Resource


@dataclass(frozen=True)
class Route:
    """One address with one method. `view` is the API's class or the page's function."""

    path: str
    method: str
    operation: str | None
    view: object

    @property
    def is_api(self) -> bool:
        return isinstance(self.view, type) and issubclass(self.view, Resource)

    @property
    def rule(self) -> Operation:
        return operations()[self.operation]

    def __str__(self):
        return f"{self.method} {self.path}"


def routes() -> list[Route]:
    """Every address and method of the URL configuration."""
    return [route for path, view in _patterns(get_resolver(), "/") for route in _of(path, view)]


def guarded() -> list[Route]:
    """Those that name an operation."""
    return [route for route in routes() if route.operation]


def _patterns(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, object]]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield path, getattr(entry.callback, "view_class", getattr(entry.callback, "cls", entry.callback))
        else:
            yield from _patterns(entry, path)


def _of(path: str, view: object) -> list[Route]:
    if isinstance(view, type) and issubclass(view, Resource):
        return [Route(path, method, name, view) for method, name in view.operations.items()]
    if hasattr(view, "operation"):
        return [Route(path, method, view.operation, view) for method in view.methods]
    return [Route(path, "GET", None, view)]
