"""One world for the whole matrix: it is only read, since every cell takes back what it changed."""

from datetime import UTC, datetime
from itertools import count

import pytest

from accounts.roles import Role
from db import clock
from tests import databases
from tests.matrix import approving, callers, world

_numbers = count(1)
AFTERWARDS = datetime(2026, 12, 10, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def matrix(template, django_db_setup, django_db_blocker, tmp_path_factory):
    """The world and its callers, in a database of this module's own."""
    with django_db_blocker.unblock(), databases.cloned(template, f"matrix_{next(_numbers)}"):
        made = world.build(tmp_path_factory.mktemp("return"))
        clock.set_to(AFTERWARDS)
        everybody = callers.people_and_systems()
        approving.belongs_to(made.ids["to_confirm"], f"{Role.DIRECTOR.label} at {world.OWN}")
        yield made, everybody
