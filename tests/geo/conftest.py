"""What the tests of the ground may ask for."""

import pytest

from geo.models import Postcode, PostcodeDirectory
from tests.geo.sampled import sampled, sampled_rows

__all__ = ["sampled", "sampled_rows"]


@pytest.fixture
def without_postcodes(committing):
    """A database of the test's own, with the reference and no postcode."""
    Postcode.objects.using("owner").all().delete()
    PostcodeDirectory.objects.using("owner").all().delete()
