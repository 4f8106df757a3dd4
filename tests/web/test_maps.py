"""Does the map page draw and say the same, and is a tile given to whoever may see it, with its tag?"""

import pytest
from django.urls import reverse

from accounts.roles import Role
from hotspots.models import Share
from tests.hotspots import world as areas
from tests.web.browser import at_rotherham, words

pytestmark = pytest.mark.django_db

# 300 metres east of S1 1AA, in the tests' directory at 435732, 387312; the tile of zoom 14 in which that lies.
NEAR_S1 = areas.polygon(436_032, 387_212)
TILE = reverse("tile", args=[14, 8125, 5308])
AROUND_S1 = {"postcode": "s1 1aa", "half_metres": "2500"}


@pytest.fixture
def canal_street():
    areas.publish(
        areas.SHEFFIELD,
        areas.square("S1", geometry=NEAR_S1, name="Canal Street", concern="collected by car", valid_to="2020-01-31"),
        to=areas.ROTHERHAM,
        level=Share.Level.GEOMETRY,
    )


def test_the_page_draws_an_area_and_says_the_same_in_a_table(canal_street):
    _, browser = at_rotherham()
    answer = browser.post(reverse("map"), AROUND_S1)
    page = words(answer)
    assert 'd="M 436032 -387212 L 436232 -387212 436232 -387412 436032 -387412 Z"' in answer.content.decode()
    assert "S1 Canal Street Sheffield Collected by car" in page
    assert "Past its review date: old news, not good news" in page
    assert "says nothing about itself" in page


def test_an_empty_map_says_that_it_is_no_good_news():
    _, browser = at_rotherham()
    page = words(browser.post(reverse("map"), AROUND_S1))
    assert "None that may be drawn for us lies here." in page
    assert "ground on which nothing is drawn says nothing about itself" in page


def test_below_geometry_level_the_page_draws_nothing():
    areas.publish(areas.SHEFFIELD, areas.square("S1", geometry=NEAR_S1, name="Canal Street"), to=areas.ROTHERHAM)
    _, browser = at_rotherham()
    assert "Canal Street" not in browser.post(reverse("map"), AROUND_S1).content.decode()


def test_the_map_moves_by_buttons(canal_street):
    _, browser = at_rotherham()
    stands = {"easting": "430732", "northing": "387312", "half_metres": "2500"}
    assert "Canal Street" not in words(browser.post(reverse("map"), stands | {"step": "west"}))
    nearer = browser.post(reverse("map"), stands | {"step": "farther"}).content.decode()
    assert 'viewBox="425732 -392312 10000 10000"' in nearer
    assert (
        'viewBox="430732 -389812 5000 5000"' in browser.post(reverse("map"), stands | {"step": "east"}).content.decode()
    )


@pytest.mark.parametrize("postcode", ["", "nonsense", "BT1 1AA"])
def test_a_place_that_has_no_point_is_named_as_an_error(postcode):
    _, browser = at_rotherham()
    answer = browser.post(reverse("map"), {"postcode": postcode, "half_metres": "2500"})
    assert answer.status_code == 400
    assert "There is a problem" in words(answer)


def test_a_tile_has_a_tag_by_which_it_need_not_be_sent_again_and_is_kept_by_nobody(canal_street):
    _, browser = at_rotherham()
    answer = browser.get(TILE)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/vnd.mapbox-vector-tile"
    assert b"Canal Street" in answer.content
    assert answer["Cache-Control"] == "no-store"
    again = browser.get(TILE, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_tile_outside_the_zooms_is_not_there_and_a_role_without_the_map_gets_none(canal_street):
    _, browser = at_rotherham()
    assert browser.get(reverse("tile", args=[7, 63, 41])).status_code == 404
    _, adviser = at_rotherham(Role.LEAVING_CARE_ADVISER)
    assert adviser.get(TILE).status_code == 403
