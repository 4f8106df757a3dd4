"""Does a page say whom to ring today, beside a check that was stored with another number?"""

from datetime import date

import pytest
from django.urls import reverse

from accounts.acting import acting_for, operator, service
from accounts.roles import Role
from notifications.models import Contact
from placements.models import Placement, Screening
from tests import factories
from tests.databases import NOON
from tests.hotspots import world as areas
from tests.placements.test_recheck import NEAR
from tests.web.browser import at_rotherham, words

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
# S1 1AA is in the tests' directory at 435732, 387312: an area of Sheffield's lies 300 metres east of it.
NEAR_S1 = areas.polygon(436_032, 387_212)
READ_THEN = "Ring 01632 960202."


def lead(telephone: str, *, confirmed_on: date = TODAY, kept_by: str | None = None) -> None:
    """The exploitation lead of Sheffield's, as Sheffield says, or as another authority heard it when it rang."""
    sheffield, keeper = factories.authority(areas.SHEFFIELD), kept_by and factories.authority(kept_by)
    with acting_for(operator((keeper or sheffield).id), "test"):
        Contact.objects.filter(authority=sheffield, kept_by=keeper or None).delete()
        Contact.objects.create(
            authority=sheffield,
            kept_by=keeper or None,
            purpose=Contact.Purpose.EXPLOITATION_LEAD,
            telephone=telephone,
            starts_on=date(2026, 1, 1),
            confirmed_on=confirmed_on,
            confirmed_by="A person there",
        )


def read_with(telephone: str) -> tuple[str, Placement]:
    """The page's address of a placement that was checked while Sheffield's lead had that number, and the placement."""
    lead(telephone)
    areas.publish(areas.SHEFFIELD, areas.square("S1", geometry=NEAR_S1, concern="A park"), to=areas.ROTHERHAM)
    worker = factories.person(areas.ROTHERHAM, Role.SOCIAL_WORKER, name="Sam Ortiz")
    placement = factories.placement_at(Placement.Status.PROPOSED, worker, place=NEAR)
    return reverse("placement", args=[placement.id]), placement


def page(address: str) -> str:
    _, browser = at_rotherham(Role.SOCIAL_WORKER)
    return words(browser.get(address))


def test_as_long_as_the_number_holds_nothing_is_added():
    address, _ = read_with("01632 960202")
    assert READ_THEN in page(address)
    assert "Since then" not in page(address)


def test_another_number_is_given_beside_the_words_that_were_read():
    address, placement = read_with("01632 960202")
    lead("01632 960299")
    shown = page(address)
    assert READ_THEN in shown
    assert "Since then that has changed: ring Sheffield's exploitation lead, 01632 960299." in shown
    with acting_for(service(placement.authority_id), "test"):
        assert Screening.objects.filter(placement=placement).count() == 1


def test_of_two_entries_the_one_that_was_confirmed_later_is_rung():
    address, _ = read_with("01632 960202")
    lead("01632 960299", confirmed_on=date(2026, 11, 1), kept_by=areas.ROTHERHAM)
    assert "Since then" not in page(address)
    lead("01632 960288", confirmed_on=date(2026, 12, 2), kept_by=areas.ROTHERHAM)
    assert "ring Sheffield's exploitation lead, 01632 960288." in page(address)


def test_where_nobody_is_on_file_any_more_that_is_said():
    address, _ = read_with("01632 960202")
    with acting_for(operator(factories.authority(areas.SHEFFIELD).id), "test"):
        Contact.objects.update(ends_on=TODAY)
    assert "Since then nobody is on file as Sheffield's exploitation lead." in page(address)
