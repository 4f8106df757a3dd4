"""Are own areas of concern, and what authorities say of their sharing, shown in words and nothing more?"""

from datetime import date

import pytest

from accounts.roles import Role
from hotspots.models import Coverage, Hotspot
from tests import factories
from tests.databases import NOON
from tests.hotspots import world as areas
from tests.web.browser import at_leeds, at_rotherham, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def area() -> Hotspot:
    """An area of concern of Leeds, past its review date, shared with Rotherham."""
    said = {"concern": "criminal_exploitation", "narrative": "CANARY-NARRATIVE", "review_on": "2026-09-01"}
    feature = areas.square("BW-7", geometry=areas.polygon(430_000, 433_000), grading="CANARY-GRADING", **said)
    (area_id,) = areas.publish(factories.LEEDS, feature, to=factories.ROTHERHAM)
    with areas.acting(factories.LEEDS):
        return Hotspot.objects.get(id=area_id)


def test_own_area_says_with_whom_it_is_shared_at_which_level(area):
    _, browser = at_leeds(Role.HOTSPOT_ANALYST)

    page = words(browser.get("/areas-of-concern/"))

    assert "BW-7 Criminal exploitation Shared" in page
    assert "1 September 2026 Past its review date: old news, not good news" in page
    assert "Near or not, within the owner's distance: 1 authority Rotherham" in page


def test_list_of_own_areas_tells_no_narrative_and_another_authority_sees_none(area):
    _, owner = at_leeds(Role.HOTSPOT_ANALYST)
    _, other = at_rotherham(Role.HOTSPOT_ANALYST)

    assert "CANARY-NARRATIVE" not in words(owner.get("/areas-of-concern/"))
    assert "Your authority has entered none." in words(other.get("/areas-of-concern/"))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"words": "w-7"}, {"BW-7"}),
        ({"words": "arcade"}, {"BW-8"}),
        ({"state": "draft"}, {"BW-8"}),
        ({"words": "bw", "state": "shared"}, {"BW-7"}),
        ({"partner": factories.ROTHERHAM}, {"BW-7"}),
        ({"words": "nowhere"}, set()),
        ({"state": "nonsense"}, set()),
        ({}, {"BW-7", "BW-8"}),
    ],
)
def test_own_areas_are_found_by_reference_name_state_and_partner(area, asked, found):
    arcade = areas.square("BW-8", geometry=areas.polygon(435_000, 433_000), name="The arcade")
    areas.load(factories.LEEDS, arcade)
    _, browser = at_leeds(Role.HOTSPOT_ANALYST)
    if "partner" in asked:
        asked = {"partner": str(factories.authority(asked["partner"]).id)}

    page = words(browser.get("/areas-of-concern/", asked))

    assert {reference for reference in ("BW-7", "BW-8") if reference in page} == found
    assert ("None of your own areas is like this." in page) == (not found)


def test_statement_of_sharing_is_read_by_all_and_silence_is_named():
    leeds = factories.person(factories.LEEDS, Role.MANAGER)
    with factories.acting(leeds):
        Coverage.objects.create(
            authority_id=leeds.authority_id,
            shares=False,
            last_looked_on=date(2026, 12, 1),
            said_at=NOON,
            said_by="Nadia",
        )
    _, browser = at_rotherham(Role.SOCIAL_WORKER)

    page = words(browser.get("/sharing/"))

    assert "Leeds Shares nothing yet" in page
    assert "An authority that is not listed has said nothing." in page


def test_log_book_shows_who_did_what_and_no_name_of_a_child():
    actor, browser = at_rotherham()
    factories.child(actor)
    browser.get("/children/")
    _, officer = at_rotherham(Role.DATA_PROTECTION_OFFICER)

    page = words(officer.get("/log-book/"))

    assert "Read the authority's own children (children.read)" in page
    assert "Kayla" not in page
