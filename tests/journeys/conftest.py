"""What a journey may ask for: the whole service over HTTP in a database of its own, and people who use it."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import override_settings

from accounts.models import User
from db import clock
from example import ground, people
from tests.api.live import served
from tests.journeys import browser
from tests.programs import broker, celery  # noqa: F401


@pytest.fixture(scope="session")
def collected(tmp_path_factory):
    """The static files that a deployer would collect: their folder."""
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=folder):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


@pytest.fixture
def site(committing, settings, collected):
    """The service's address."""
    settings.STATIC_ROOT = collected
    with served(get_wsgi_application()) as address:
        yield address


@pytest.fixture
def visit(site, monkeypatch):
    """`visit()` gives a new visitor at a real browser."""
    if not Path(browser.CHROMIUM).exists():
        pytest.skip(f"needs {browser.CHROMIUM} (Debian's package chromium)")
    # Playwright keeps an event loop in this thread, beside which Django would refuse its database calls.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    visitors = []
    with browser.chromium(site) as new:

        def visiting(actor=None, **how) -> browser.Visitor:
            visitor = new(**how)
            visitors.append(visitor)
            if actor:
                visitor.sign_in(User.objects.get(id=actor.person_id).email)
            return visitor

        yield visiting
        # Under that loop Django keeps connections apart from the thread's own, which alone are closed for us.
        connections.close_all()
        for visitor in visitors:
            assert visitor.elsewhere == [], "the page asked another site for something"
            assert visitor.complaints == [], "the browser complained"


@pytest.fixture
def county(committing, settings):
    """Norrowshire's ground and people; nothing has happened there yet."""
    settings.LOOPBACK_RECEIVERS = True
    ground.lay()
    people.register(clock.today())
