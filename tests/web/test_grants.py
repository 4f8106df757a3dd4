"""Is a closed address opened to a named person, and to nobody by looking?"""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.acting import acting_for, operator
from accounts.roles import Role
from notifications.guests import guests
from notifications.models import Contact, Document
from placements.models import AddressGrant
from tests import factories
from tests.databases import NOON
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


def test_whoever_may_know_a_closed_address_gives_its_notice_to_a_guest_and_keys_what_was_said():
    hari, browser = at_rotherham()
    place = factories.Place(line=CANARY, postcode="LS1 8ED", home_postcode="S65 1SB")
    remy = factories.placement_at("proposed", hari, place=place, is_restricted=True)
    number = _on_file_at_leeds()
    with factories.acting(hari):
        notice = Document.objects.get(subject_id=remy.id)
        made = guests.invite(document_id=notice.id, number=number, by=hari, at=NOON)
    _, another = at_rotherham()
    asked = [reverse(name, args=[notice.id]) for name in ("guest_invite", "key_acknowledgement")]

    assert [browser.get(path).status_code for path in asked] == [200, 200]
    assert [another.get(path).status_code for path in asked] == [404, 404]
    read = Client().post(reverse("guest", args=[made.token]), {"code": made.code}, follow=True)
    assert f"Reference {notice.reference}" in words(read)


def _on_file_at_leeds() -> str:
    theirs = factories.authority(factories.LEEDS).id
    with acting_for(operator(theirs), "test"):
        desk = Contact.objects.create(
            authority_id=theirs,
            purpose=Contact.Purpose.DUTY_DESK,
            team="A desk",
            telephone="01632 960500",
            starts_on=date(2026, 1, 1),
            confirmed_on=date(2026, 1, 1),
            confirmed_by="Somebody there",
        )
    return desk.telephone
