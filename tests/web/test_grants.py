"""Is a closed address opened to a named person, and to nobody by looking?"""

import pytest

from accounts.roles import Role
from placements.models import AddressGrant
from tests import factories
from tests.web.browser import at_rotherham, signed_in, words

pytestmark = pytest.mark.django_db
CANARY = "CANARY-REMY"


def test_a_manager_lets_somebody_read_it_and_takes_that_back_without_reading_it():
    tom, browser = at_rotherham(Role.MANAGER)
    sam = factories.person(role=Role.SOCIAL_WORKER, name="Sam Field")
    place = factories.Place(line=CANARY, postcode="LS1 8ED", home_postcode="S65 1SB")
    remy = factories.placement_at("proposed", factories.person(name="Hari Lal"), place=place, is_restricted=True)
    address, listed = f"/placements/{remy.id}/", f"/placements/{remy.id}/grants/"

    page = words(browser.get(address))
    assert "Who may read the closed address" in page
    assert CANARY not in page
    assert CANARY not in words(signed_in(sam).get(address))
    browser.post(f"{listed}give/", {"person": str(sam.person_id), "reason": "Visits him"})

    assert "Sam Field" in words(browser.get(listed))
    assert CANARY in words(signed_in(sam).get(address))
    assert CANARY not in words(browser.get(address))

    with factories.acting(tom):
        made = AddressGrant.objects.get(person_id=sam.person_id)
    browser.post(f"/grants/{made.id}/end/", {"reason": "He has another worker"})
    assert "Taken back by" in words(browser.get(listed))
    assert CANARY not in words(signed_in(sam).get(address))


def test_an_open_address_has_no_list_of_readers():
    _, browser = at_rotherham(Role.MANAGER)
    made = factories.placement_at("proposed", factories.person())
    assert browser.get(f"/placements/{made.id}/grants/").status_code == 404
