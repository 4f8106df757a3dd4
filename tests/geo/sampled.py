"""A database with the real postcodes that the shared samples name, for all tests of a module."""

import csv

import pytest

from geo.importers.postcodes import load_directory
from tests import databases
from tests.geo.sources import WrittenSource, real_rows

FILES = {  # file in shared/data/postcodes: its columns that hold postcodes
    "near_boundary_cases.csv": ("postcode",),
    "distance_pairs.csv": ("home_post", "pl_post"),
    "messy_postcodes.csv": ("normalised",),
    "onspd_nov2025_uk_sample.csv": ("pcds",),
}
ALSO = {"BH1 1AA", "CA1 1AA", "DT1 1AA", "NN1 1AA", "S60 1AA", "S70 1AA"}


@pytest.fixture(scope="session")
def sampled_rows(shared_data):
    """The real rows of every postcode that the samples name."""
    wanted = set(ALSO)
    for name, columns in FILES.items():
        with (shared_data / "postcodes" / name).open(encoding="utf-8", newline="") as file:
            wanted |= {row[column] for row in csv.DictReader(file) for column in columns}
    for path in shared_data.glob("ssda903/synthetic_2025_26/*/expected_episode_results.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            wanted |= {row[column] for row in csv.DictReader(file) for column in ("HOME_POST", "PL_POST")}
    return real_rows(wanted)


@pytest.fixture(scope="module")
def sampled(template, django_db_setup, django_db_blocker, sampled_rows):
    """The ground with these postcodes as the whole directory."""
    with django_db_blocker.unblock(), databases.cloned(template, "sampled"):
        load_directory(
            WrittenSource(sampled_rows, name="ONS Postcode Directory", edition="November 2025", tells_termination=False)
        )
        yield
