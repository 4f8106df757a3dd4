"""Does a placement's page show what was worked out, keep closed what is closed, and record what happened?"""

from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import Role
from placements.actions.placements import record_emergency_start
from placements.models import Child, Placement
from placements.place.places import Place
from tests import factories
from tests.databases import NOON
from tests.web.browser import at_rotherham, day, signed_in, title, words

pytestmark = pytest.mark.django_db
STATUS = Placement.Status
CLOSED = Place(line="CANARY-REN", postcode="LS1 8ED", home_postcode="S65 1SB")


def address(placement: Placement, name: str = "placement") -> str:
    return reverse(name, args=[placement.id])


def test_page_shows_verdict_notice_duties_and_timeline():
    actor, browser = at_rotherham()
    placement = factories.placement_at(STATUS.PROPOSED, actor)

    page = words(browser.get(address(placement)))

    assert "Out of area and at a distance" in page
    assert "What others share about this place, as read on Tuesday 1 December 2026, 12:00" in page
    assert "Leeds has told us nothing. This says nothing about the place itself." in page
    assert "No reply yet" in page
    assert "Registered as a planned move" in page
    assert "LS1 8ED" in page


def test_title_names_no_child():
    actor, browser = at_rotherham()
    placement = factories.placement_at(STATUS.PROPOSED, actor)

    for name, subject in (("placement", placement.id), ("child", placement.child_id)):
        assert "Kayla" not in title(browser.get(reverse(name, args=[subject])))


def test_closed_address_and_what_gives_it_away_are_shown_only_with_a_grant():
    actor, browser = at_rotherham()
    placement = factories.placement_at(STATUS.PROPOSED, actor, place=CLOSED, is_restricted=True)
    colleague = signed_in(factories.person(name="Tom Oakes", role=Role.MANAGER))

    with_grant = words(browser.get(address(placement)))
    without = words(colleague.get(address(placement)))

    assert "CANARY-REN" in with_grant
    assert "Kept closed: only a person with a named grant may read it" in without
    for gives_away in ("CANARY-REN", "LS1 8ED", "miles", "at a distance"):
        assert gives_away not in without


def test_page_says_first_that_whoever_is_18_is_not_checked_any_more():
    actor, browser = at_rotherham()
    placement = factories.placement_at(STATUS.PROPOSED, actor)

    assert "Not checked any more" not in words(browser.get(address(placement)))
    with factories.acting(actor):
        Child.objects.filter(id=placement.child_id).update(born_on=date(2008, 12, 1))
    page = words(browser.get(address(placement)))

    said = page.index("Not checked any more: 18 since Tuesday 1 December 2026, and only children are checked.")
    assert said < page.index("Leeds has told us nothing.")


def test_roles_without_screenings_do_not_read_them():
    actor, _ = at_rotherham()
    placement = factories.placement_at(STATUS.PROPOSED, actor)
    _, adviser = at_rotherham(Role.LEAVING_CARE_ADVISER)

    assert "What others share about this place" not in words(adviser.get(address(placement)))


def test_start_is_recorded_with_its_london_time():
    actor, browser = at_rotherham()
    placement = factories.placement_at(STATUS.PROPOSED, actor)

    response = browser.post(
        address(placement, "start_placement"),
        {
            **day("on", 1, 12, 2026),
            "at_time": "10:30",
            "version": placement.version,
            "breach_reason": "Nobody answered",
        },
    )

    assert response.url == address(placement)
    assert "Start Tuesday 1 December 2026, 10:30" in words(browser.get(address(placement)))


def test_ending_before_the_start_is_refused_at_the_day():
    actor, browser = at_rotherham()
    placement = factories.placement_at(STATUS.PROPOSED, actor)
    start = {
        **day("on", 1, 12, 2026),
        "at_time": "10:30",
        "version": placement.version,
        "breach_reason": "Nobody answered",
    }
    browser.post(address(placement, "start_placement"), start)

    page = browser.post(
        address(placement, "end_placement"), {**day("on", 30, 11, 2026), "at_time": "10:30", "version": 2}
    )

    assert page.status_code == 422
    assert '<a href="#on_0">The child&#x27;s present placement began on' in page.content.decode()


def test_move_that_does_not_go_ahead_needs_a_reason():
    actor, browser = at_rotherham()
    placement = factories.placement_at(STATUS.PROPOSED, actor)
    where = address(placement, "withdraw_placement")

    assert browser.post(where, {"reason": " ", "version": placement.version}).status_code == 400
    browser.post(where, {"reason": "The carer is ill", "version": placement.version})

    assert "Did not go ahead: The carer is ill" in words(browser.get(address(placement)))


def test_page_opened_before_somebody_changed_the_placement_changes_nothing():
    actor, browser = at_rotherham()
    placement = factories.placement_at(STATUS.PROPOSED, actor)

    page = browser.post(address(placement, "withdraw_placement"), {"reason": "Late", "version": placement.version - 1})

    assert page.status_code == 422
    assert "Somebody changed this placement since you opened it." in words(page)
    assert "State Proposed" in words(browser.get(address(placement)))


def test_list_shows_placements_of_one_state():
    actor, browser = at_rotherham()
    factories.placement_at(STATUS.PROPOSED, actor, of=factories.child(actor, reference="AG-1"))
    factories.placement_at(STATUS.WITHDRAWN, actor, of=factories.child(actor, reference="AG-2"))

    page = words(browser.get("/placements/?status=withdrawn"))

    assert "AG-2" in page
    assert "AG-1" not in page


def test_long_list_comes_in_pages():
    actor, browser = at_rotherham()
    for number in range(26):
        factories.child(actor, reference=f"AG-{number:03d}", family_name=f"Name{number:03d}")

    first, second = words(browser.get("/children/")), words(browser.get("/children/?page=2"))

    assert "AG-024" in first
    assert "AG-025" not in first
    assert "AG-025" in second


def started_today(actor, place: Place) -> Placement:
    """A placement that began this morning, by the real action."""
    with factories.acting(actor):
        return record_emergency_start(
            child_id=factories.child(actor).id, started_at=NOON, place=place, place_code="K2", by=actor, at=NOON
        )


def test_first_page_asks_where_a_child_is_of_whom_nobody_can_tell():
    actor, browser = at_rotherham()
    started_today(actor, factories.PlaceTo.UNKNOWN)

    page = words(browser.get("/"))

    assert "whose area the place lies in Child Reference State Whose area Start End Kayla Brent" in page


def test_first_page_asks_nothing_about_a_placement_that_was_placed_and_checked():
    actor, browser = at_rotherham()
    started_today(actor, factories.PlaceTo.AT_A_DISTANCE)

    page = words(browser.get("/"))

    assert "whose area the place lies in None." in page
    assert "Not yet checked against shared areas of concern None." in page


def test_first_page_lists_a_placement_that_was_not_checked_yet():
    actor, browser = at_rotherham()
    child = factories.child(actor)
    with factories.acting(actor):
        # As an import leaves it: derived, and waiting for the sweep.
        Placement.objects.create(
            authority_id=actor.authority_id,
            child=child,
            status=STATUS.STARTED,
            starts_on=date(2026, 11, 1),
            source=Placement.Source.RETURN,
            recorded_at=NOON,
            recorded_by="import",
        )

    assert "Not yet checked against shared areas of concern Child Reference" in words(browser.get("/"))


def test_list_says_whose_area_and_nothing_of_a_closed_address():
    priya, browser = at_rotherham()
    factories.placement_at(STATUS.PROPOSED, priya)
    factories.placement_at(STATUS.PROPOSED, priya, place=factories.PlaceTo.ADJOINING, is_restricted=True)

    page = words(browser.get(reverse("placements")))

    assert "Leeds: out of area and at a distance" in page
    assert "Kept closed" in page
    assert "Sheffield" not in page
