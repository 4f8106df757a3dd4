"""Does the validity page say how the matching works to everybody, and does shadow mode show nobody anything?"""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.acting import acting_for, service
from accounts.roles import Role
from db import clock
from hotspots.method import method
from placements.actions.missing import report_missing
from placements.exceptions import DoesNotFit
from placements.models import Placement, Screening
from placements.overlay import screening, shadow
from placements.overlay.validity import figures
from placements.owed import sweeps
from tests import factories
from tests.databases import NOON
from tests.hotspots import world as areas
from tests.web.browser import at_rotherham, words

pytestmark = pytest.mark.django_db
STATUS = Placement.Status
# S1 1AA is in the tests' directory at 435732, 387312: an area of Sheffield's lies 300 metres east of it.
NEAR_S1 = areas.polygon(436_032, 387_212)


def shared_near_s1():
    areas.publish(areas.SHEFFIELD, areas.square("S1", geometry=NEAR_S1), to=areas.ROTHERHAM)


def went_missing(actor, number, postcode, hours=0):
    at = clock.now()
    child = factories.child(actor, reference=f"M{number}")
    return report_missing(
        child_id=child.id,
        missing_since=at - timedelta(hours=hours),
        last_seen="Somewhere",
        place_postcode=postcode,
        by=actor,
        at=at,
    )


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM])
def test_everybody_who_is_signed_in_reads_the_version_the_blind_spots_and_who_shares(role):
    _, browser = at_rotherham(role)
    page = words(browser.get(reverse("validity")))
    assert f"Version {method().version}" in page
    assert all(sentence in page for sentence in (*method().how, *method().blind_spots))
    assert "Have said nothing" in page
    assert "Nobody has measured the matching here yet" in page


def test_incidents_whose_place_had_been_shared_before_are_counted_with_an_interval():
    """Ten incidents at the shared place, after it was shared, and five elsewhere: ten of fifteen."""
    shared_near_s1()
    actor, _ = at_rotherham()
    with acting_for(actor, "a test"):
        for number in range(15):
            went_missing(actor, number, "S1 1AA" if number < 10 else "LS1 8ED")
        found = figures(actor.authority_id, at=NOON).incidents
    assert (found.shared_before.times, found.shared_before.out_of) == (10, 15)


def test_small_numbers_of_incidents_are_kept_back():
    shared_near_s1()
    actor, browser = at_rotherham()
    with acting_for(actor, "a test"):
        for number in range(8):
            went_missing(actor, number, "S1 1AA" if number % 2 else "LS1 8ED")
        found = figures(actor.authority_id, at=NOON).incidents
    assert (found.recorded, found.shared_before) == (8, None)
    assert "too few to be told, of 8 incidents" in words(browser.get(reverse("validity")))


def test_the_day_after_one_more_incident_nobody_reads_whether_its_place_had_been_shared():
    """Somebody may know that one child went missing yesterday, and not from which closed address."""
    shared_near_s1()
    actor, _ = at_rotherham()
    seen = []
    with acting_for(actor, "a test"):
        for number in range(15):
            went_missing(actor, number, "S1 1AA" if number in (0, 1, 2, 3, 4, 10) else "LS1 8ED")
            found = figures(actor.authority_id, at=NOON).incidents
            seen.append((found.shared_before.times, found.shared_before.out_of) if found.shared_before else None)
    assert seen == [None] * 4 + [(5, 5)] * 5 + [(5, 10)] * 5 + [(6, 15)]


def test_an_area_shared_after_the_incident_does_not_count():
    actor, _ = at_rotherham()
    shared_near_s1()
    with acting_for(actor, "a test"):
        for number in range(5):
            went_missing(actor, number, "S1 1AA", hours=24)
        found = figures(actor.authority_id, at=NOON).incidents
    assert (found.shared_before.times, found.shared_before.out_of) == (0, 5)


def begun(actor):
    with acting_for(actor, "a test"):
        return shadow.start(owner="Ann Other, manager", reason="A trial", by=actor, at=NOON)


def test_in_shadow_mode_a_check_is_stored_and_shown_to_nobody():
    manager, _ = at_rotherham(Role.MANAGER)
    begun(manager)
    actor, browser = at_rotherham(Role.PLACEMENT_OFFICER)
    placement = factories.placement_at(STATUS.PROPOSED, actor)
    with acting_for(actor, "a test"):
        assert not Screening.objects.filter(placement=placement).exists()
        assert not placement.screenings.exists()
        assert Screening.everything.filter(placement=placement, is_shadow=True).count() == 1
        assert screening.screen([placement], at=NOON, purpose="a test") == []
    page = words(browser.get(reverse("placement", args=[placement.id])))
    assert "has told us nothing" not in page


def test_in_shadow_mode_the_sweep_ends_and_afterwards_every_place_is_checked_anew_and_shown():
    manager, _ = at_rotherham(Role.MANAGER)
    begun(manager)
    placement = factories.placement_at(STATUS.PROPOSED, manager)
    assert sweeps.screen_pending(manager.authority_id, at=NOON) == 0
    assert sweeps.registers_waiting(at=NOON) == []
    with acting_for(manager, "a test"):
        shadow.end(by=manager, at=NOON)
    assert sweeps.registers_waiting(at=NOON) == [manager.authority_id]
    assert sweeps.screen_pending(manager.authority_id, at=NOON) == 1
    with acting_for(service(manager.authority_id), "a test"):
        assert Screening.objects.filter(placement=placement).count() == 1


def test_shadow_mode_has_an_owner_a_date_and_a_reason_and_is_begun_and_ended_by_page():
    _, browser = at_rotherham(Role.MANAGER)
    answer = browser.post(reverse("switch_shadow"), {"owner": "", "reason": "A trial"})
    assert answer.status_code == 400
    assert "Say who answers for it: a name and a post." in words(answer)
    browser.post(reverse("switch_shadow"), {"owner": "Ann Other, manager", "reason": "A trial"})
    page = words(browser.get(reverse("validity")))
    assert "Shadow mode is on" in page
    assert "Who answers for it Ann Other, manager" in page
    browser.post(reverse("switch_shadow"), {"end": "yes"})
    assert "Shadow mode is on" not in words(browser.get(reverse("validity")))


def test_shadow_mode_is_not_begun_twice_nor_ended_when_it_is_off():
    manager, _ = at_rotherham(Role.MANAGER)
    with acting_for(manager, "a test"):
        with pytest.raises(DoesNotFit, match="not on"):
            shadow.end(by=manager, at=NOON)
        begun(manager)
        with pytest.raises(DoesNotFit, match="on already"):
            begun(manager)


def test_a_social_worker_may_not_switch_shadow_mode():
    _, browser = at_rotherham(Role.SOCIAL_WORKER)
    assert browser.post(reverse("switch_shadow"), {"owner": "A", "reason": "B"}).status_code == 403
