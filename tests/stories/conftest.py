"""The county's ground with its people, and who they are, for the stories that are lived through at their own instants."""

from datetime import date

import pytest

from accounts.acting import Actor
from example import people
from geo.areas import authority_by_code

ASHFORD, BRACKWATER, CARROWBY = "X06000001", "X06000002", "X06000004"


@pytest.fixture
def county(norrowshire_ground):
    """A database of the test's own: Norrowshire with everybody who can sign in, and nothing registered yet."""
    people.register(date(2026, 12, 1))
    return norrowshire_ground


def who(name: str, code: str = ASHFORD) -> Actor:
    """A person of the county, acting for an authority."""
    return people.actor(name, authority_by_code(code))
