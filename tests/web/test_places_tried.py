"""Can it be recorded which places were asked, and does the placement's page answer why there and not nearer?"""

import pytest
from django.urls import reverse

from accounts.roles import Role
from notifications.models import Document
from placements.models import Placement
from tests import factories
from tests.factories import PlaceTo
from tests.web.browser import at_leeds, at_rotherham, day, words

pytestmark = pytest.mark.django_db
TRIED = {"place": "CANARY-OTHER-BED", "why_not": "Full until March.", **day("asked_on", 30, 11, 2026)}


@pytest.fixture
def priya():
    return at_rotherham()


def pages(made: Placement) -> tuple[str, str]:
    return reverse("placement", args=[made.id]), reverse("places_tried", args=[made.id])


def test_without_anything_recorded_the_page_says_so(priya):
    actor, browser = priya
    made = factories.placement_at("proposed", actor)

    page = words(browser.get(pages(made)[0]))

    assert "Why here and not nearer Reason for the distance Not recorded Places tried Not recorded." in page


def test_what_was_asked_is_shown_with_its_day_to_an_inspector_too_and_to_no_host(priya):
    actor, browser = priya
    made = factories.placement_at("proposed", actor)
    page, form = pages(made)

    browser.post(form, TRIED)
    browser.post(form, {"place": "An agency", "why_not": "No bed."})

    _, inspector = at_rotherham(Role.INSPECTOR)
    for reader in (browser, inspector):
        said = words(reader.get(page))
        assert "CANARY-OTHER-BED Full until March. Monday 30 November 2026" in said
        assert "An agency No bed. day not recorded" in said
    assert inspector.get(form).status_code == 403
    host, _ = at_leeds()
    with factories.acting(host):
        assert "CANARY" not in str([one.body for one in Document.objects.all()])


def test_a_place_in_our_own_area_is_asked_no_such_question(priya):
    actor, browser = priya
    made = factories.placement_at("proposed", actor, place=PlaceTo.IN_AREA)

    assert "Why here and not nearer" not in words(browser.get(pages(made)[0]))


def test_of_a_closed_address_it_is_recorded_and_read_with_a_grant_only(priya):
    actor, browser = priya
    made = factories.placement_at("proposed", actor, is_restricted=True)
    _, colleague = at_rotherham()

    assert browser.get(pages(made)[1]).status_code == 200
    assert colleague.get(pages(made)[1]).status_code in (403, 422)
    assert "Places tried" not in words(colleague.get(pages(made)[0]))
