"""Does a calendar program read what is due by the address alone, and nothing by a wrong or ended one?"""

import re
from datetime import date

import pytest
from django.test import Client
from icalendar import Calendar

from accounts.membership import members
from accounts.models import Membership, User
from accounts.roles import Role
from db import clock
from duties import board
from leaving_care.actions import advisers
from tests import factories
from tests.web.browser import at_rotherham

pytestmark = pytest.mark.django_db
MAKE = "/leaving-care/calendar/"


@pytest.fixture
def lewis():
    """An adviser with a young person past 18, for whom things are owed, at a browser."""
    lewis, browser = at_rotherham(Role.LEAVING_CARE_ADVISER)
    leaver = factories.child(factories.person(), born_on=date(2008, 7, 1), looked_after_since=date(2020, 1, 1))
    manager = factories.person(role=Role.MANAGER)
    arguments = {"child_ids": [leaver.id], "person_id": lewis.person_id, "starts_on": date(2026, 9, 1)}
    with factories.acting(manager):
        advisers.appoint(**arguments, by=manager, at=clock.now())
    return lewis, browser, leaver


def made_address(browser) -> str:
    """The address that the page tells this once."""
    page = browser.post(MAKE, {}).content.decode()
    return re.search(r"/calendar/[^<]+\.ics", page)[0]


def test_the_address_told_once_opens_a_calendar_of_kinds_and_days_without_signing_in(lewis):
    _, browser, leaver = lewis
    address = made_address(browser)

    response = Client().get(address)

    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(response.content).walk("VEVENT")
    assert "Placewatch: Pathway plan" in {str(event["summary"]) for event in events}
    assert not any(word in response.content.decode() for word in (leaver.reference, leaver.family_name))
    assert address not in browser.get(MAKE).content.decode()


def test_a_new_address_ends_the_old_one_and_a_guessed_one_leads_nowhere(lewis):
    _, browser, _ = lewis
    old, new = made_address(browser), made_address(browser)

    asked = [old, new, new.replace(".ics", "x.ics")]
    assert [Client().get(path).status_code for path in asked] == [404, 200, 404]


def test_whoever_has_left_the_authority_reads_it_no_more(lewis):
    person, browser, _ = lewis
    address = made_address(browser)
    with factories.acting(person):
        Membership.objects.filter(user_id=person.person_id).update(ends_on=clock.today())

    assert Client().get(address).status_code == 404


def test_whose_account_is_shut_is_read_no_more_and_nobody_takes_them_for_a_colleague(lewis):
    person, browser, _ = lewis
    address = made_address(browser)
    User.objects.filter(id=person.person_id).update(is_active=False)

    assert Client().get(address).status_code == 404
    assert browser.get(MAKE).status_code == 302
    with factories.acting(factories.person(role=Role.MANAGER)) as manager:
        assert not members(manager.authority_id, on=clock.today()).filter(user_id=person.person_id).exists()
        unowned = board.unowned(manager.authority_id, on=clock.today())
        assert unowned.filter(owner_id=person.person_id).exists()
