"""Can the area of a place be chosen and undone, and a placement changed and put right, on plain pages?"""

import pytest

from accounts.roles import Role
from notifications.models import Document
from placements.actions.choose_host import choose_host
from placements.models import HostChoice, Placement
from tests import factories
from tests.factories import SHEFFIELD, PlaceTo, authority, placement_at
from tests.matrix.changes import DONCASTER, IN_TWO_AREAS, lie_in_two_areas
from tests.web.browser import at_rotherham, day, words

pytestmark = pytest.mark.usefixtures("committing")
Status = Placement.Status


def current(made: Placement) -> dict:
    return {
        "line": "9 Mill Lane",
        "postcode": "DN1 1AA",
        "home_postcode": "S65 1SB",
        "place_code": "U6",
        "provider_code": "PR4",
        "legal_status": "C2",
        "version": made.version,
    }


def test_area_of_a_new_move_is_asked_on_the_check_page_and_the_verdict_follows():
    lie_in_two_areas()
    actor, browser = at_rotherham()
    child = factories.child(actor)
    move = {
        "manner": "planned",
        **day("starts_on", 20, 12, 2026),
        "line": "9 Mill Lane",
        "postcode": "DN1 1AA",
        "tell_host": "on",
    }
    browser.post(f"/placements/new/?child={child.id}", move)

    asked = words(browser.get("/placements/new/check/"))
    browser.post("/placements/new/check/", {"host": str(authority(DONCASTER).id)})
    chosen = words(browser.get("/placements/new/check/"))
    saved = browser.post("/placements/new/check/")

    assert "Doncaster, 12 addresses" in asked
    assert "Sheffield, 3 addresses" in asked
    assert "To Doncaster, and nothing else" in chosen
    page = words(browser.get(saved.url))
    assert "Doncaster, by Priya Nair" in page
    assert "between Doncaster, 12 addresses; Sheffield, 3 addresses" in page


def test_wrong_area_is_undone_on_one_page():
    lie_in_two_areas()
    actor, browser = at_rotherham()
    made = placement_at(Status.PROPOSED, actor, place=IN_TWO_AREAS, host_id=authority(SHEFFIELD).id)
    page = f"/placements/{made.id}/area/"
    wanted = {"host": str(authority(DONCASTER).id), "tell_host": "on", "version": made.version}

    unexplained = browser.post(page, wanted)
    browser.post(page, wanted | {"why": "The carer rang."})

    assert unexplained.status_code == 422
    assert "Say how you know that it is not Sheffield." in words(unexplained)
    with factories.acting(actor):
        assert HostChoice.objects.get(placement=made, ended_at=None).host == authority(DONCASTER)
    assert "Not Sheffield: The carer rang." in words(browser.get(f"/placements/{made.id}/"))


def test_two_people_at_once_one_wins_and_the_other_is_told():
    actor, browser = at_rotherham()
    made = placement_at(Status.PROPOSED, actor)
    page = f"/placements/{made.id}/amend/"
    stay = current(made) | {"line": "3 Invented Road", "postcode": "LS1 8ED", "reason": "A charity"}

    first = browser.post(page, stay | {"provider_code": "PR5"})
    second = browser.post(page, stay | {"provider_code": "PR2"})

    assert first.url == f"/placements/{made.id}/"
    assert "Somebody changed this placement since you opened it." in words(second)


def test_carers_move_of_house_prompts_on_the_page():
    actor, browser = at_rotherham()
    made = placement_at(Status.STARTED, actor, place=PlaceTo.IN_AREA)
    moved = current(made) | {"postcode": "LS1 8ED", "is_move_of_house": "on", "reason": "They bought a house"}

    browser.post(f"/placements/{made.id}/amend/", moved)

    page = words(browser.get(f"/placements/{made.id}/"))
    assert "The carer moved house on Tue 1 December 2026" in page
    assert "Practice Good practice" in page


def test_correcting_is_offered_to_those_who_may_only():
    actor, browser = at_rotherham()
    made = placement_at(Status.PROPOSED, actor)
    _, supervisor = at_rotherham(Role.SUPERVISOR)

    assert "Put right what was recorded wrongly" not in words(browser.get(f"/placements/{made.id}/"))
    assert browser.get(f"/placements/{made.id}/correct/").status_code == 403
    assert "Put right what was recorded wrongly" in words(supervisor.get(f"/placements/{made.id}/"))
    done = supervisor.post(
        f"/placements/{made.id}/correct/",
        current(made) | {"line": "3 Invented Road", "postcode": "LS1 8ED", "place_code": "K2", "reason": "A slip"},
    )
    assert done.url == f"/placements/{made.id}/"


def test_what_undoing_a_wrong_area_will_do_is_shown_before_it_is_done():
    lie_in_two_areas()
    priya, browser = at_rotherham()
    made = factories.placement_at("proposed", priya, place=IN_TWO_AREAS, tell_host=False)
    with factories.acting(priya):
        made = choose_host(
            placement_id=made.id, host_id=factories.authority(factories.SHEFFIELD).id, by=priya, at=factories.NOON
        )
    sent = {"host": str(authority(DONCASTER).id), "why": "The carer rang", "version": made.version, "tell_host": "on"}

    shown = words(browser.post(f"/placements/{made.id}/area/", {**sent, "preview": "yes"}))

    assert "What this would bring about; nothing is saved yet" in shown
    assert "The place would lie in Doncaster" in shown
    assert "Taken back from Sheffield" in shown
    assert "Sent to Doncaster: notice of a placement." in shown
    assert "Approval asked for anew: Nominated officer" in shown
    with factories.acting(priya):
        assert HostChoice.objects.get(ended_at=None).host.name == "Sheffield"
        assert Document.objects.filter(recalled_at=None).count() == 1
