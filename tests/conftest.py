"""What every test may ask for."""

from itertools import count
from pathlib import Path

import pytest
from django.test import override_settings

from tests import databases
from tests.norrowshire import counties, grounds, norrowshire, norrowshire_ground  # noqa: F401

SHARED = Path(__file__).parent.parent.parent / "shared" / "data"
_numbers = count(1)


@pytest.fixture(scope="session")
def template(django_db_blocker):
    """The name of the template database: migrated, with the reference data."""
    with django_db_blocker.unblock():
        return databases.ensure_template()


@pytest.fixture(scope="session", autouse=True)
def quick_passwords():
    """Passwords are hashed as the service hashes them, with the least work: no test is about how long a guess takes."""
    with override_settings(PASSWORD_HASHERS=["tests.passwords.QuickArgon2"]):
        yield


@pytest.fixture(scope="session")
def django_db_setup(template, django_db_blocker):
    """One clone for all tests that roll back."""
    with django_db_blocker.unblock(), databases.cloned(template, "rolls_back"):
        yield


@pytest.fixture(scope="session")
def shared_clock(django_db_setup):
    """The clock of the database that all share who roll back."""
    with databases.clock() as clock:
        yield clock


@pytest.fixture(autouse=True)
def noon_again(request):
    """Each test of the shared database begins at noon, however long the tests before it took."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        databases.set_to_noon(request.getfixturevalue("shared_clock"))


@pytest.fixture
def committing(template, django_db_setup, django_db_blocker, settings, tmp_path):
    """A database of the test's own, in which it commits, and a state folder, where its checkpoints go. Yields its name."""
    settings.STATE_DIR = tmp_path
    with django_db_blocker.unblock(), databases.cloned(template, f"commits_{next(_numbers)}") as name:
        yield name


@pytest.fixture
def as_worker(committing):
    """As `committing`, signed in as the worker's role."""
    with databases.as_role("WORKER_DATABASE_URL"):
        yield


@pytest.fixture(scope="session")
def shared_data():
    """The folder of real data beside the project; a test that needs it is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared/data, which stands beside the project only where it is developed")
    return SHARED
