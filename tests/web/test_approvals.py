"""Does the approver see each thing with its evidence, and can a decision be given, recorded for somebody and confirmed?"""

import pytest
from django.urls import reverse

from accounts.roles import Role
from placements.actions.consultations import answer, ask_host
from placements.models import Approval, Placement
from placements.place.places import Place
from placements.telling.care_plans import CarePlan
from tests import factories
from tests.factories import LEEDS, NOON
from tests.web.browser import at_rotherham, day, words

pytestmark = pytest.mark.django_db
Status = Placement.Status
CODES = ("wishes_and_feelings", "most_appropriate", "relatives_consulted", "iro_consulted")
EVIDENCE = {f"evidence_{code}": "Written on file." for code in CODES}
TOLD_WHY = {"reason_area_authority_consulted": "Asked on the telephone; the letter follows."}


def asked(placement: Placement, actor) -> Approval:
    with factories.acting(actor):
        return Approval.objects.get(placement=placement, superseded_at=None, decision="")


def address(approval: Approval, name: str = "decide_approval") -> str:
    return reverse(name, args=[approval.id])


@pytest.fixture
def waiting(db):
    priya, browser = at_rotherham()
    made = factories.placement_at(Status.PROPOSED, priya)
    return priya, browser, made, asked(made, priya)


def test_placement_page_says_who_must_approve_and_what_is_missing(waiting):
    _, browser, made, _ = waiting

    page = words(browser.get(reverse("placement", args=[made.id])))

    assert "Director of children's services: reg. 11, a placement out of area" in page
    assert "no decision yet" in page
    assert "Still missing: The child's wishes and feelings have been ascertained" in page
    assert "Record a decision: reg. 11" in page
    assert "Decide: reg. 11" not in page


def test_approver_sees_that_the_host_was_asked_and_has_not_answered_with_no_box_for_it(waiting):
    priya, _, made, approval = waiting
    with factories.acting(priya):
        ask_host(placement_id=made.id, care_plan=CarePlan("3", NOON, "With the question"), by=priya, at=NOON)
    _, director = at_rotherham(Role.DIRECTOR)

    response = director.get(address(approval))

    assert "Shown: Leeds: asked 1 December 12:00 with care plan v3; no reply yet." in words(response)
    assert b"area_authority_consulted" not in response.content


def test_the_hosts_answer_stands_beside_its_item(waiting):
    priya, _, made, approval = waiting
    with factories.acting(priya):
        question = ask_host(placement_id=made.id, care_plan=CarePlan("3", NOON, "By e-mail"), by=priya, at=NOON)
    grace = factories.person(LEEDS, Role.HOST_OFFICER, "Grace Hill")
    with factories.acting(grace):
        answer(question_id=question.id, boxes={"place": "Quiet."}, by=grace, at=NOON)
    _, director = at_rotherham(Role.DIRECTOR)

    assert "with care plan v3; answered 1 December 12:00." in words(director.get(address(approval)))


def test_approving_without_evidence_shows_each_thing_that_lacks(waiting):
    *_, approval = waiting
    _, director = at_rotherham(Role.DIRECTOR)

    response = director.post(address(approval), {"decision": "approved"})

    assert response.status_code == 422
    assert words(response).count("Give evidence or a reason:") == 5


def test_approving_with_evidence_is_recorded_and_shown(waiting):
    _, browser, made, approval = waiting
    _, director = at_rotherham(Role.DIRECTOR)

    response = director.post(address(approval), {"decision": "approved", **EVIDENCE, **TOLD_WHY})

    assert response.url == reverse("placement", args=[made.id])
    page = words(browser.get(response.url))
    assert "Approved by Priya Nair, director of children's services, on Tuesday 1 December 2026, 12:00" in page
    assert "Still missing" not in page
    again = director.get(address(approval))
    assert again.status_code == 409
    assert "Approved by Priya Nair" in words(again)


def test_declining_asks_why(waiting):
    *_, approval = waiting
    _, director = at_rotherham(Role.DIRECTOR)

    refused = director.post(address(approval), {"decision": "declined"})
    done = director.post(address(approval), {"decision": "declined", "words": "Too far from her school."})

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "Say why it is declined." in words(refused)


def test_decision_on_the_telephone_is_recorded_apart_from_now_and_confirmed_by_the_decider(waiting):
    _, browser, made, approval = waiting
    helen, director = at_rotherham(Role.DIRECTOR)
    sent = {**EVIDENCE, **TOLD_WHY, "decision": "approved", "decider": str(helen.person_id), "is_by_telephone": "on"}

    form = words(browser.get(address(approval, "record_approval")))
    browser.post(address(approval, "record_approval"), {**sent, **day("on", 1, 12, 2026), "at_time": "11:50"})

    assert "Who decided?" in form
    page = words(browser.get(reverse("placement", args=[made.id])))
    assert "by telephone on Tuesday 1 December 2026, 11:50" in page
    assert "Recorded on Tuesday 1 December 2026, 12:00" in page
    assert "has not confirmed it yet" in page
    confirming = words(director.get(address(approval, "confirm_approval")))
    assert "Priya Nair recorded this for you." in confirming
    assert "Written on file." in confirming
    director.post(address(approval, "confirm_approval"))
    assert "has not confirmed it yet" not in words(browser.get(reverse("placement", args=[made.id])))


def test_somebody_elses_decision_is_not_found_by_another_approver(waiting):
    _, browser, _, approval = waiting
    helen, _ = at_rotherham(Role.DIRECTOR)
    sent = {**EVIDENCE, **TOLD_WHY, "decision": "approved", "decider": str(helen.person_id)}
    browser.post(address(approval, "record_approval"), {**sent, **day("on", 1, 12, 2026), "at_time": "11:50"})
    _, other = at_rotherham(Role.DIRECTOR)

    assert other.get(address(approval, "confirm_approval")).status_code == 404


def test_first_page_asks_the_director_to_decide_and_to_confirm(waiting):
    _, browser, _, approval = waiting
    helen, director = at_rotherham(Role.DIRECTOR)

    before = director.get("/")
    sent = {**EVIDENCE, **TOLD_WHY, "decision": "approved", "decider": str(helen.person_id)}
    browser.post(address(approval, "record_approval"), {**sent, **day("on", 1, 12, 2026), "at_time": "11:50"})
    after = director.get("/")

    assert address(approval) in before.content.decode()
    assert address(approval, "confirm_approval") not in before.content.decode()
    assert address(approval, "confirm_approval") in after.content.decode()
    assert "Waiting for your approval" not in words(browser.get("/"))


def test_closed_address_gives_nothing_to_an_approver_without_a_grant():
    priya, _ = at_rotherham()
    place = Place(line="CANARY-REFUGE", postcode="LS1 8ED", home_postcode="S65 1SB")
    made = factories.placement_at(Status.PROPOSED, priya, place=place, is_restricted=True)
    _, director = at_rotherham(Role.DIRECTOR)

    response = director.get(address(asked(made, priya)))

    assert response.status_code == 422
    for gives_away in ("Leeds", "CANARY-REFUGE", "LS1 8ED"):
        assert gives_away not in words(response)


def test_start_without_approval_asks_why_and_stands_as_a_breach(waiting):
    _, browser, made, _ = waiting
    moment = {**day("on", 1, 12, 2026), "at_time": "10:30", "version": made.version}

    refused = browser.post(reverse("start_placement", args=[made.id]), moment)
    browser.post(reverse("start_placement", args=[made.id]), moment | {"breach_reason": "Nobody could be reached."})

    assert refused.status_code == 422
    assert "without approval: the director of children's services had to approve first." in words(refused)
    page = words(browser.get(reverse("placement", args=[made.id])))
    assert "This placement stands as a breach. Why it began all the same: Nobody could be reached." in page


def test_what_is_written_down_before_the_decision_stands_before_the_director_with_who_wrote_it(waiting):
    _, browser, made, approval = waiting
    _, director = at_rotherham(Role.DIRECTOR)

    browser.post(address(approval, "gather_evidence"), {"evidence_wishes_and_feelings": "She wants to go."})

    page = words(director.get(address(approval)))
    assert "Shown: She wants to go." in page
    assert "Written down by Priya Nair" in page
    assert b"evidence_wishes_and_feelings" not in director.get(address(approval)).content
    assert b"She wants to go." in browser.get(address(approval, "gather_evidence")).content
    assert "Evidence was written down: The child's wishes" in words(browser.get(reverse("placement", args=[made.id])))


def test_evidence_and_a_reason_at_once_are_refused_at_the_field(waiting):
    _, browser, _, approval = waiting
    both = {"evidence_wishes_and_feelings": "She wants to go.", "reason_wishes_and_feelings": "She would not say."}

    page = browser.post(address(approval, "gather_evidence"), both)

    assert page.status_code == 422
    assert "Write the evidence, or the reason why there is none: not both." in words(page)
