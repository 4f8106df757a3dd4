"""Is the verdict on a place said with its reasons, its law and whom to ring, and a refusal to guess as an answer?"""

from datetime import date

import pytest

from accounts.acting import acting_for, operator
from notifications.models import Contact
from placements.rules.area import Country, Relation, State
from tests import factories
from tests.web.browser import at_rotherham, day, words
from web.presenters import verdict

pytestmark = pytest.mark.django_db
ASKED = {"postcode": "LS1 8ED", "home_postcode": "S65 1SB", **day("on", 18, 12, 2026)}


def ask(browser, **changes):
    return browser.post("/place/", ASKED | changes)


def test_every_answer_has_its_words():
    assert set(verdict.STATES) == {state.value for state in State}
    assert set(verdict.RELATIONS) == {relation.value for relation in Relation}
    assert set(verdict.COUNTRIES) == {country.value for country in Country}


def test_place_at_a_distance_says_who_approves_and_both_clocks():
    """Within five working days of Fri 18 December 2026: Tue 29 December, Christmas Day and its substitutes skipped."""
    _, browser = at_rotherham()

    page = words(ask(browser))

    assert "Whose area Leeds" in page
    assert "Out of area and at a distance" in page
    assert "reg. 11(1)(b)" in page
    assert "By Tue 29 December 2026" in page
    assert "Fri 25 December 2026, Christmas Day" in page
    assert "ONS Postcode Directory, November 2025" in page


def test_whom_to_ring_is_said_with_the_day_of_its_last_confirmation():
    leeds = factories.authority(factories.LEEDS)
    with acting_for(operator(leeds.id), "test"):
        Contact.objects.create(
            authority=leeds,
            purpose=Contact.Purpose.OUT_OF_HOURS,
            telephone="01632 960301",
            starts_on=date(2026, 1, 1),
            confirmed_on=date(2026, 2, 3),
            confirmed_by="Grace Hill",
        )
    _, browser = at_rotherham()

    assert "Out of hours: 01632 960301. Last confirmed 3 February 2026." in words(ask(browser))


def test_nobody_on_file_is_said():
    _, browser = at_rotherham()

    assert "No contact of this authority is on file." in words(ask(browser))


def test_unknown_postcode_is_an_answer_that_guesses_nothing():
    _, browser = at_rotherham()

    page = words(ask(browser, postcode="ZE9 9ZZ"))

    assert "Cannot tell" in page
    assert "It cannot be told" in page


def test_bare_point_without_boundaries_cannot_be_told():
    _, browser = at_rotherham()

    assert "Cannot tell" in words(ask(browser, postcode="", easting="430000", northing="434000"))


def test_nothing_asked_is_nothing_answered():
    _, browser = at_rotherham()

    page = ask(browser, postcode="")

    assert page.status_code == 400
    assert "Give a postcode, or metres east and metres north." in words(page)


@pytest.mark.parametrize("easting", ["nan", "1e400", "-1", "9999999"])
def test_point_off_the_grid_is_refused(easting):
    _, browser = at_rotherham()

    assert ask(browser, postcode="", easting=easting, northing="1").status_code == 400
