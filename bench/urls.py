"""The service's addresses, and the bare view."""

from django.urls import path

from bench.bare_view import BareView
from config.urls import handler400, handler403, handler404, handler500, urlpatterns

urlpatterns = [*urlpatterns, path("bench/bare/", BareView.as_view())]

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
