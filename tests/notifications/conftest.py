"""What the tests of registered post may ask for."""

from functools import partial

import pytest

from tests import databases
from tests.notifications import receiver as receivers
from tests.notifications.post import Post
from tests.programs import broker, celery  # noqa: F401


@pytest.fixture
def receiver():
    """A partner's system."""
    with receivers.running() as one:
        yield one


@pytest.fixture
def post(committing, settings, receiver):
    """A sender, a recipient whose system is `receiver`, and a database in which both commit."""
    settings.LOOPBACK_RECEIVERS = True
    return Post(receiver)


@pytest.fixture
def worker(post):
    """`with worker():` signs in as the worker's role, as Celery's workers do."""
    return partial(databases.as_role, "WORKER_DATABASE_URL")
