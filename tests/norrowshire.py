"""How does a test get the example's county? Fixtures, which conftest.py imports once for all."""

import os
import shutil

import pytest

from db import clock
from example import county, ground
from tests import databases


@pytest.fixture(scope="session")
def grounds(template, django_db_blocker):
    """The name of a database to be cloned: the template with Norrowshire's ground, and nobody on it."""
    yield from _built("norrowshire_ground", template, django_db_blocker, ground.lay)


@pytest.fixture(scope="session")
def counties(template, django_db_blocker, tmp_path_factory):
    """The name of a database to be cloned, with all of the example, and the folder of its receivers' secrets."""
    folder = tmp_path_factory.mktemp("state")

    def make() -> None:
        county.make(receiver_port="9", folder=folder)

    for name in _built("norrowshire", template, django_db_blocker, make):
        yield name, folder


@pytest.fixture
def norrowshire_ground(grounds, django_db_blocker):
    """A database of the test's own with the county's ground, in which the test commits."""
    with django_db_blocker.unblock(), databases.cloned(grounds, "on_the_ground") as name:
        yield name


@pytest.fixture
def norrowshire(counties, django_db_blocker, tmp_path):
    """A database of the test's own with all of the example. Yields the folder of its receivers' secrets."""
    template, folder = counties
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    with django_db_blocker.unblock(), databases.cloned(template, "in_the_county"):
        yield tmp_path


def _built(suffix: str, template: str, django_db_blocker, build):
    name = f"test_{os.getpid()}_{suffix}"
    databases.copy(template, name)
    try:
        with (
            django_db_blocker.unblock(),
            databases.pointed_to(name),
            pytest.MonkeyPatch.context() as patched,
        ):
            patched.setattr("django.conf.settings.LOOPBACK_RECEIVERS", True)
            clock.set_to(databases.NOON)
            build()
        yield name
    finally:
        databases.drop_when_left(name)
