"""Does the validity page show what the command measured and stored?"""

from django.urls import reverse

from hotspots import measuring
from hotspots.models import Measurement
from hotspots.proportions import Proportion
from tests.databases import NOON
from tests.web.browser import at_rotherham, words


def test_the_page_shows_what_was_measured_with_its_date_numbers_and_interval(committing):
    measuring.store({(Measurement.Ground.TOWN, Measurement.What.INSIDE_TOLD_OUTSIDE): Proportion(1, 100)}, at=NOON)
    _, browser = at_rotherham()
    page = words(browser.get(reverse("validity")))
    assert "measured on Tuesday 1 December 2026, 12:00 with version" in page
    assert "1 of 100 1.0% (0.2% to 5.4%)" in page
