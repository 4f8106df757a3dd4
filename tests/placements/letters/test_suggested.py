"""What the register and the directory know already is filled in; a person looks it over before it is on the list."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.acting import acting_for, operator
from notifications.models import Contact
from placements.letters.suggested import suggested
from placements.models import Placement
from tests.factories import LEEDS, ROTHERHAM, acting, authority, child, person, placement_at
from tests.web.browser import at_rotherham

pytestmark = pytest.mark.django_db
ON = date(2026, 12, 1)
ICB = {"purpose": "health_body", "team": "NHS Leeds ICB", "email": "cic@leeds-icb.example"}
FORCE = {"purpose": "police_missing_coordinator", "team": "West Yorkshire", "email": "missing@wyp.example"}


def on_file(code: str, **contact) -> None:
    of = authority(code)
    confirmed = {"starts_on": date(2026, 1, 1), "confirmed_on": date(2026, 10, 1), "confirmed_by": "A file"}
    with acting_for(operator(of.id), "test"):
        Contact.objects.create(authority_id=of.id, **contact, **confirmed)


def known(hari, plan, code: str) -> dict[str, str]:
    with acting(hari):
        return suggested(plan, code, on=ON)


@pytest.fixture
def hari(db):
    return person(name="Hari Lal")


def test_health_and_police_of_the_new_area_come_from_the_directory(hari):
    on_file(LEEDS, **ICB)
    on_file(LEEDS, **FORCE)
    plan = placement_at(Placement.Status.PROPOSED, hari)

    assert known(hari, plan, "health_body_to_be") == {
        "name": "NHS Leeds ICB",
        "channel": "secure_email",
        "email": "cic@leeds-icb.example",
    }
    assert known(hari, plan, "police")["name"] == "West Yorkshire Police, missing coordinator"


def test_health_of_where_the_child_lives_now_is_that_of_the_present_placement_else_our_own(hari):
    on_file(LEEDS, **ICB)
    on_file(ROTHERHAM, **(ICB | {"team": "NHS South Yorkshire ICB"}))
    of = child(hari)
    first = placement_at(Placement.Status.PROPOSED, hari, of=of)
    assert known(hari, first, "health_body_now")["name"] == "NHS South Yorkshire ICB"

    placement_at(Placement.Status.STARTED, hari, of=of)

    assert known(hari, first, "health_body_now")["name"] == "NHS Leeds ICB"


def test_the_child_is_known_and_of_the_others_nothing_is_made_up(hari):
    plan = placement_at(Placement.Status.PROPOSED, hari)

    assert known(hari, plan, "child") == {"name": "Kayla Brent", "channel": "by_hand"}
    assert known(hari, plan, "iro") == {"channel": "in_product"}
    assert known(hari, plan, "police") == known(hari, plan, "gp_now") == {}


def test_the_page_asks_for_each_kind_with_what_is_known_filled_in():
    on_file(LEEDS, **ICB)
    actor, browser = at_rotherham()
    plan = placement_at(Placement.Status.PROPOSED, actor)
    there = f"{reverse('add_correspondent', args=[plan.id])}?code=health_body_to_be"

    listed = browser.get(reverse("letters", args=[plan.id])).content.decode()
    opened = browser.get(there).content.decode()

    assert f'href="{there}"' in listed
    assert 'value="NHS Leeds ICB"' in opened
    assert 'value="cic@leeds-icb.example"' in opened
