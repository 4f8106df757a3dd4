"""The pages of asking and telling: five boxes for the host, the dates for the asker, and what neither may see."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import Role
from duties.models import Duty
from notifications.models import Document
from placements.actions import care_plans
from placements.models import Placement, Withholding
from tests import factories
from tests.databases import NOON
from tests.web.browser import at_leeds, at_rotherham, day, words

pytestmark = pytest.mark.django_db
STATUS = Placement.Status


def address(name: str, **where) -> str:
    return reverse(name, kwargs=where)


@pytest.fixture
def asked():
    """A planned move at a distance whose host was asked on the page, with care plan version 3."""
    actor, browser = at_rotherham()
    plan = factories.placement_at(STATUS.PROPOSED, actor)
    sent = {"question": "What is known?", "is_child_named": "on"}
    sent |= {"care_plan_version": "3", "care_plan_channel": "With the question"}
    sent |= {**day("hoped_for_on", 4, 12, 2026), "hoped_for_at": "12:00"}
    response = browser.post(address("ask_host", placement_id=plan.id), sent)
    assert response.url == address("host", placement_id=plan.id)
    return actor, browser, plan


def question_of(actor) -> Document:
    with factories.acting(actor):
        return Document.objects.get(kind="consultation")


def test_the_asker_sees_what_was_asked_by_when_and_no_reply_yet(asked):
    _, browser, plan = asked

    page = words(browser.get(address("host", placement_id=plan.id)))

    assert "Leeds holds version 3" in page
    assert "Friday 4 December 2026, 12:00" in page
    assert "No reply yet" in page
    assert "Late" not in page


def test_the_host_answers_in_five_boxes_of_which_none_is_compulsory(asked):
    actor, browser, plan = asked
    _, host = at_leeds()
    question = question_of(actor)

    form = words(host.get(address("answer_question", document_id=question.id)))
    for box in ("The place and what is around it", "Health", "School", "Whom to be in contact with", "Call us"):
        assert box in form
    response = host.post(address("answer_question", document_id=question.id), {"place": "Worry about the station"})

    assert response.url == address("received_notice", document_id=question.id)
    assert "Worry about the station" in words(host.get(response.url))
    assert "Nadia Clarke, Notifications officer" in words(browser.get(address("host", placement_id=plan.id)))


def test_an_empty_answer_is_sent_back_with_the_way_on(asked):
    actor, _, _ = asked
    _, host = at_leeds()

    response = host.post(address("answer_question", document_id=question_of(actor).id), {})

    assert response.status_code == 422
    assert "Write in one box at least" in words(response)


def test_a_newer_care_plan_is_offered_on_the_placements_page(asked):
    actor, browser, plan = asked
    with factories.acting(actor):
        care_plans.record_version(child_id=plan.child_id, version="4", became_on=NOON.date(), by=actor, at=NOON)

    assert "Leeds holds version 3. Send version 4?" in words(browser.get(address("placement", placement_id=plan.id)))


def test_the_complete_notice_is_a_second_date_beside_told(asked):
    actor, browser, plan = asked

    response = browser.post(
        address("complete_notice", placement_id=plan.id), {"needs_and_suitability": "What she needs, and why there."}
    )

    assert "Holds everything that reg. 13(4) asks for Tuesday 1 December 2026" in words(browser.get(response.url))
    with factories.acting(actor):
        assert Duty.objects.get(kind="notice_to_host").closing == "met"


def test_a_plan_that_is_taken_back_closes_the_hosts_sight_of_it(asked):
    actor, browser, plan = asked
    _, host = at_leeds()
    sent = {"reason": "The carer is ill", "version": plan.version}
    browser.post(address("withdraw_placement", placement_id=plan.id), sent)

    page = words(host.get(address("received_notice", document_id=question_of(actor).id)))

    assert "Kayla" not in page
    assert "What is known?" not in page
    assert "A placement does not go ahead" in words(host.get(address("inbox")))


def test_a_start_is_moved_and_the_host_has_the_new_date(asked):
    actor, browser, plan = asked
    sent = {**day("planned_start_on", 9, 12, 2026), "reason": "CANARY-ILL", "version": plan.version}

    response = browser.post(address("new_date", placement_id=plan.id), sent)

    assert response.url == address("placement", placement_id=plan.id)
    assert "Wed 9 December 2026 instead of Mon 7 December 2026" in words(browser.get(response.url))
    with factories.acting(actor):
        new_date = Document.objects.get(kind="new_date")
    assert new_date.body["planned_start_on"] == "2026-12-09"
    assert "CANARY-ILL" not in str(new_date.body)


def test_a_call_is_recorded_and_stands_beside_the_question(asked):
    _, browser, plan = asked
    call = {**day("on", 1, 12, 2026), "at_time": "11:00", "rung": "Duty desk", "words": "No reply"}

    response = browser.post(address("telephone_try", placement_id=plan.id), call)

    assert "Duty desk No reply" in words(browser.get(response.url))


def test_an_ending_is_said_and_told_and_both_dates_are_shown():
    actor, browser = at_rotherham()
    with factories.acting(actor):
        placed = factories.placement_actions.record_emergency_start(
            child_id=factories.child(actor).id,
            started_at=NOON,
            place=factories.PlaceTo.AT_A_DISTANCE,
            place_code="U6",
            by=actor,
            at=NOON,
        )
    browser.post(address("record_ending", placement_id=placed.id), {"how": "by_us", **day("planned_on", 9, 12, 2026)})
    browser.post(address("ending_notice", placement_id=placed.id))

    page = words(browser.get(address("placement", placement_id=placed.id)))

    assert "Told before it ends Tuesday 1 December 2026" in page
    assert "Told after it ended not yet" in page


def test_who_is_told_shows_the_one_who_is_not_and_the_decision_can_be_ended():
    actor, browser = at_rotherham()
    plan = factories.placement_at(STATUS.PROPOSED, actor)
    sent = {"paragraph": "b", "person": "The father", "what": "notice", "reason": "Harm", "decided_by": "Tom Oakes"}
    days = day("decided_on", 30, 11, 2026) | day("look_again_on", 31, 5, 2027)

    response = browser.post(address("withhold", placement_id=plan.id), sent | days)

    page = words(browser.get(response.url))
    assert "The father Law" in page
    assert "decided by Tom Oakes on Mon 30 November 2026" in page
    with factories.acting(actor):
        made = Withholding.objects.get()
    decided = {"reason": "He has moved away.", "decided_by": "Tom Oakes"} | day("decided_on", 1, 12, 2026)
    again = address("end_withholding", withholding_id=made.id)
    assert browser.post(again, {"outcome": "holds"} | decided).status_code == 400
    browser.post(again, {"outcome": "holds"} | decided | day("look_again_on", 1, 6, 2027))
    with factories.acting(actor):
        made = Withholding.objects.get(ended_at=None)
    assert made.look_again_on == date(2027, 6, 1)
    browser.post(address("end_withholding", withholding_id=made.id), {"outcome": "ends"} | decided)
    assert "Nobody is left out." in words(browser.get(response.url))


def test_a_question_that_names_no_child_stands_on_a_list_of_its_own():
    _, browser = at_rotherham()
    sent = {"postcode": "LS1 8ED", "question": "Is the home known to you?"}

    response = browser.post(address("new_enquiry"), sent)

    assert "Leeds" in words(browser.get(response.url))


def test_a_closed_address_shows_nothing_of_its_host_without_a_grant():
    actor, _ = at_rotherham()
    plan = factories.placement_at(STATUS.PROPOSED, actor, is_restricted=True)
    _, colleague = at_rotherham(Role.MANAGER)

    page = words(colleague.get(address("host", placement_id=plan.id)))

    assert "Kept closed" in page
    assert "Leeds" not in page
