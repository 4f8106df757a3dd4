"""Does the validity page show what the command measured and stored?"""

import pytest
from django.core.management import call_command
from django.urls import reverse

from hotspots import measuring
from hotspots.models import Measurement
from hotspots.proportions import Proportion
from tests.databases import NOON
from tests.web.browser import at_rotherham, words


def test_the_page_shows_what_was_measured_with_its_date_numbers_and_interval(committing):
    measuring.store(
        {(Measurement.Ground.TOWN, Measurement.What.INSIDE_TOLD_OUTSIDE): Proportion(1, 100)}, seed=2015, at=NOON
    )
    _, browser = at_rotherham()
    page = words(browser.get(reverse("validity")))
    assert "Measured on Tuesday 1 December 2026, 12:00 with version" in page
    assert "1 of 100: 1.0% (0.2% to 5.4%)" in page
    assert "Town A square of 3 kilometres a side, a house about every 8 metres" in page
    assert "bin/manage measure_matching --seed 2015" in page


@pytest.fixture
def small(monkeypatch):
    """A village instead of towns and hills: it is measured in no time."""
    monkeypatch.setattr(measuring, "STREETS", {measuring.Ground.TOWN: (8, 80, 800)})
    monkeypatch.setattr(measuring, "AREAS", {measuring.Ground.TOWN: 3})
    monkeypatch.setattr(measuring, "Ground", [measuring.Ground.TOWN])


def test_whoever_runs_the_service_measures_once_for_each_version_of_the_matching(committing, small):
    at_rotherham()
    call_command("measure_matching", "--if-new")
    measured = Measurement.objects.count()
    assert measured == len(Measurement.What)
    call_command("measure_matching", "--if-new")
    assert Measurement.objects.count() == measured
    Measurement.objects.using("owner").update(method="1")
    call_command("measure_matching", "--if-new")
    assert Measurement.objects.count() == 2 * measured
