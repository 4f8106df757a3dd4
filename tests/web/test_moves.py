"""Is a move registered only after a check that shows what follows, word for word?"""

import pytest
from django.urls import reverse

from accounts.acting import Actor
from accounts.models import Draft
from accounts.roles import Role
from db import clock
from duties.models import Duty
from hotspots.models import Asking, Disclosure
from hotspots.overlay import budgets
from notifications.models import Document
from placements.models import Placement
from tests import factories
from tests.hotspots import world as areas
from tests.web.browser import at_leeds, at_rotherham, day, signed_in, words
from tests.web.test_sign_in import add_membership

pytestmark = pytest.mark.django_db
CHECK = "/placements/new/check/"
PLANNED = {
    "manner": "planned",
    **day("starts_on", 7, 12, 2026),
    "line": "CANARY-LARCH",
    "postcode": "ls1 8ed",
    "home_postcode": "S65 1SB",
    "place_code": "U6",
    "provider_code": "PR4",
    "tell_host": "on",
}
EMERGENCY = PLANNED | {"manner": "emergency", **day("starts_on", 1, 12, 2026), "at_time": "00:40"}


def form_for(child) -> str:
    return reverse("new_placement", query={"child": child.id})


def placements_of(actor: Actor) -> list[Placement]:
    with factories.acting(actor):
        return list(Placement.objects.order_by("recorded_at"))


def test_check_page_says_whose_area_what_follows_and_what_will_be_sent():
    actor, browser = at_rotherham()
    child = factories.child(actor)

    sent = browser.post(form_for(child), PLANNED)
    page = words(browser.get(sent.url))

    assert sent.url == CHECK
    assert "Nothing is saved yet, and nobody has been told." in page
    assert "Out of area and at a distance: Leeds adjoins no boundary of ours." in page
    assert "The director of children's services must approve before the child is placed" in page
    assert "before Monday 7 December 2026" in page
    assert "26.3 miles from home: over 20 miles (a statistic; it decides nothing)." in page
    assert "No notice will be sent." in page


def test_check_page_says_what_the_authority_beside_ours_will_be_told_at_once():
    actor, browser = at_rotherham()

    sent = browser.post(form_for(factories.child(actor)), PLANNED | {"postcode": "s1 1aa"})
    page = words(browser.get(sent.url))

    assert "To Sheffield, and nothing else" in page
    assert "Kayla" in page
    assert "CANARY-LARCH" in page


def test_check_page_says_what_is_shared_about_the_place_and_its_owner_is_told_of_it():
    areas.publish(areas.SHEFFIELD, areas.square("S1", geometry=areas.polygon(435_732, 387_312)), to=areas.ROTHERHAM)
    actor, browser = at_rotherham()

    page = words(browser.get(browser.post(form_for(factories.child(actor)), PLANNED | {"postcode": "s1 1aa"}).url))

    assert "What others share about this place" in page
    assert "within 1,000 metres of the square kilometre of the map in which this address lies" in page
    assert "Write the judgement about this place" in page
    with factories.acting(actor):
        assert Disclosure.objects.get().purpose == "checking a move before it is saved"
        assert Asking.objects.get().places == 1


def test_check_page_says_the_same_of_every_place_once_the_days_questions_are_spent():
    """No probe by way of a move that is never saved: neither the words nor what would be owed tell what lies near."""
    areas.publish(areas.SHEFFIELD, areas.square("S1", geometry=areas.polygon(435_732, 387_312)), to=areas.ROTHERHAM)
    actor, browser = at_rotherham()
    child = factories.child(actor)
    with factories.acting(actor):
        budgets.spend(budgets.PERSON_A_DAY, by=actor, at=clock.now())

    page = words(browser.get(browser.post(form_for(child), PLANNED | {"postcode": "s1 1aa"}).url))

    assert "Not asked. No more than 60 places a day" in page
    assert "This does not hold up the move." in page
    assert "Write the judgement about this place" not in page
    with factories.acting(actor):
        assert not Disclosure.objects.exists()


def test_nothing_is_stored_until_the_check_page_is_sent():
    actor, browser = at_rotherham()
    child = factories.child(actor)

    browser.post(form_for(child), PLANNED)
    browser.get(CHECK)

    with factories.acting(actor):
        assert Placement.objects.count() == 0
        assert Document.objects.count() == 0
        assert Duty.objects.filter(subject_kind="placement").count() == 0


def test_sent_check_page_saves_a_move_at_a_distance_and_the_host_is_asked_before_it_is_told():
    actor, browser = at_rotherham()
    browser.post(form_for(factories.child(actor)), PLANNED)

    browser.post(CHECK)

    assert len(placements_of(actor)) == 1
    _, host = at_leeds()
    assert "Rotherham" not in words(host.get("/inbox/"))


def test_sent_check_page_saves_the_move_and_tells_the_host_that_adjoins():
    actor, browser = at_rotherham()
    child = factories.child(actor)
    browser.post(form_for(child), PLANNED | {"postcode": "s1 1aa"})

    saved = browser.post(CHECK)

    (placement,) = placements_of(actor)
    assert saved.url == reverse("placement", args=[placement.id])
    assert placement.status == "proposed"
    assert placement.is_emergency is False
    with factories.acting(factories.person(factories.SHEFFIELD, Role.HOST_OFFICER)):
        assert Document.objects.get().subject_id == placement.id


def test_saving_twice_registers_one_move():
    actor, browser = at_rotherham()
    browser.post(form_for(factories.child(actor)), PLANNED)

    browser.post(CHECK)
    again = browser.post(CHECK)

    assert again.url == "/children/"
    assert len(placements_of(actor)) == 1


def test_emergency_that_has_happened_is_recorded_with_its_london_time():
    actor, browser = at_rotherham(Role.DUTY_DESK)
    browser.post(form_for(factories.child(actor)), EMERGENCY)

    browser.post(CHECK)

    (placement,) = placements_of(actor)
    assert placement.status == "started"
    assert placement.is_emergency is True
    assert placement.started_at.isoformat() == "2026-12-01T00:40:00+00:00"


def test_emergency_needs_its_time():
    actor, browser = at_rotherham()

    page = browser.post(form_for(factories.child(actor)), EMERGENCY | {"at_time": ""})

    assert page.status_code == 400
    assert "Enter the time at which the child was placed." in words(page)


def test_start_that_lies_ahead_is_refused_at_its_field():
    actor, browser = at_rotherham()

    page = browser.post(form_for(factories.child(actor)), EMERGENCY | day("starts_on", 2, 12, 2026))

    assert page.status_code == 422
    assert '<a href="#starts_on_0">A start that lies ahead is a plan' in page.content.decode()


def test_postcode_that_cannot_be_read_is_refused_at_its_field():
    actor, browser = at_rotherham()

    page = browser.post(form_for(factories.child(actor)), PLANNED | {"postcode": "LS1"})

    assert page.status_code == 422
    assert '<a href="#postcode">' in page.content.decode()


def test_move_to_nobody_knows_where_can_be_recorded():
    actor, browser = at_rotherham()
    browser.post(form_for(factories.child(actor)), EMERGENCY | {"line": "", "postcode": ""})

    page = words(browser.get(CHECK))
    browser.post(CHECK)

    assert "Cannot tell" in page
    assert "No notice will be sent." in page
    assert len(placements_of(actor)) == 1


def test_draft_is_found_again_as_it_was_left():
    actor, browser = at_rotherham()
    child = factories.child(actor)
    browser.post(form_for(child), PLANNED)

    page = browser.get(form_for(child)).content.decode()

    assert 'value="CANARY-LARCH"' in page
    assert 'value="2026"' in page


def test_draft_survives_signing_out():
    actor, browser = at_rotherham()
    child = factories.child(actor)
    browser.post(form_for(child), PLANNED)

    browser.post("/sign-out/")
    again = signed_in(actor)

    assert "You were in the middle of registering a move" in words(again.get("/"))
    assert 'value="CANARY-LARCH"' in again.get(form_for(child)).content.decode()


def test_draft_is_sealed_and_nobody_elses():
    actor, browser = at_rotherham()
    browser.post(form_for(factories.child(actor)), PLANNED)

    _, colleague = at_rotherham()

    assert "in the middle of" not in words(colleague.get("/"))
    with factories.acting(actor):
        assert b"CANARY" not in bytes(Draft.objects.get().sealed)


def test_draft_is_gone_once_the_move_is_saved():
    actor, browser = at_rotherham()
    browser.post(form_for(factories.child(actor)), PLANNED)

    browser.post(CHECK)

    assert "in the middle of" not in words(browser.get("/"))


def test_draft_made_for_one_authority_does_not_open_while_acting_for_another():
    actor, browser = at_rotherham(Role.DUTY_DESK)
    browser.post(form_for(factories.child(actor)), PLANNED)
    other = add_membership(actor, factories.LEEDS, Role.DUTY_DESK)
    browser.post("/choose-authority/", {"membership": other.id})

    assert browser.get(CHECK).url == "/children/"


def test_saving_without_telling_the_host_sends_nothing():
    actor, browser = at_rotherham()
    browser.post(form_for(factories.child(actor)), {**PLANNED, "tell_host": ""})

    page = words(browser.get(CHECK))

    assert "No notice will be sent." in page


LATE = PLANNED | {"manner": "happened", **day("starts_on", 28, 11, 2026), "at_time": "10:00"}


def test_move_that_was_planned_and_is_recorded_only_now_says_so():
    actor, browser = at_rotherham()
    child = factories.child(actor)

    asked = browser.post(form_for(child), LATE)
    browser.post(form_for(child), LATE | {"why_not_before": "The home told us a fortnight later."})
    saved = browser.post(CHECK)

    assert asked.status_code == 422
    assert "the director of children's services had to approve first" in words(asked)
    (placement,) = placements_of(actor)
    assert (placement.status, placement.is_emergency) == ("started", False)
    assert placement.breach_reason == "The home told us a fortnight later."
    page = words(browser.get(saved.url))
    assert "Recorded late: It started on Sat 28 November 2026 and was recorded on Tue 1 December 2026." in page


def test_refused_late_move_leaves_no_half_of_it():
    actor, browser = at_rotherham()
    browser.post(form_for(factories.child(actor)), LATE)

    browser.post(CHECK)

    assert placements_of(actor) == []
