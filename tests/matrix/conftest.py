"""One world for the whole matrix: it is only read, since every cell takes back what it changed."""

from datetime import UTC, datetime

import pytest

from db import clock
from tests import databases
from tests.matrix import callers, world

AFTERWARDS = datetime(2026, 12, 10, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def matrix(template, django_db_setup, django_db_blocker, tmp_path_factory):
    """The world and its callers, in a database of this module's own."""
    with django_db_blocker.unblock(), databases.cloned(template, f"matrix_{id(object())}"):
        made = world.build(tmp_path_factory.mktemp("return"))
        clock.set_to(AFTERWARDS)
        yield made, callers.people_and_systems()
