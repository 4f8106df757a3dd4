"""Story 9, from Lewis's leave to its end: whose work Kofi sees, and what Lewis reads when he is back.

The numbers are counted by hand: one move; five things met by Kofi, which are the visit at Quay House, telling Brackwater,
telling Carrowby, the visit in Brackwater and the other young person's review; two due by Tuesday 8 June, which are the
contacts for the return around Shanice's 18th birthday (Thursday 3 June) and the other's 19th (Tuesday 8 June).
"""

from datetime import date

import pytest

from accounts.acting import acting_for, operator
from accounts.cover import set_cover
from db import clock
from duties import away
from leaving_care import milestone_duties, overviews
from leaving_care.actions.advisers import appoint
from leaving_care.actions.handovers import send
from leaving_care.actions.homes import record_move
from leaving_care.actions.telling import tell_authority
from leaving_care.actions.work import answer_return, record_step
from leaving_care.models import Handover
from placements.actions.children import register_child
from placements.models import CarePeriod, Child
from tests.stories.conftest import BRACKWATER, CARROWBY
from tests.stories.test_story_9_eighteen_on_a_bank_holiday import Months, at, authority
from tests.web.browser import signed_in, words


def other_young_person(spring: Months) -> Child:
    """AG-1403, 18 on 8 May 2026, in a flat of their own within Ashford-on-Grid; a review is due on 14 May 2027."""
    with acting_for(spring.priya, "test"):
        other = register_child(
            reference="AG-1403",
            given_name="Rhys",
            family_name="Tamworth",
            born_on=date(2008, 5, 8),
            looked_after_since=date(2020, 1, 6),
            legal_status="C2",
            by=spring.priya,
            at=spring.began,
        )
    with acting_for(operator(other.authority_id), "test"):
        CarePeriod.objects.filter(child=other).update(ends_on=date(2026, 5, 8), end_code="E5")
    with acting_for(spring.carla, "test"):
        done = {"child_id": other.id, "by": spring.carla, "at": at(12, 2, 17)}
        appoint(
            child_ids=[other.id],
            person_id=spring.lewis.person_id,
            starts_on=date(2026, 11, 9),
            by=spring.carla,
            at=at(12, 2, 17),
        )
        for kind, on in (
            ("needs_assessed", date(2024, 7, 1)),
            ("planned", date(2026, 4, 1)),
            ("plan_made", date(2026, 5, 14)),
            ("reviewed", date(2026, 11, 14)),
        ):
            record_step(kind=kind, done_on=on, **done)
        answers = {"in_touch": "YES", "activity": "F5", "accommodation": "U1"}
        answer_return(age=18, on=date(2026, 5, 8), **answers, **done)
        record_move(moved_on=date(2026, 5, 8), postcode="AG2 5HJ", power="their_own", **done)
    return other


@pytest.fixture
def spring(county):
    clock.set_to(at(12, 2, 17))
    return Months()


@pytest.fixture
def back(spring):
    """Tuesday 1 June: what was done from 10 to 28 May is done."""
    other = other_young_person(spring)
    with acting_for(spring.lewis, "test"):
        record_step(
            child_id=spring.shanice.id, kind="planned", done_on=date(2027, 2, 12), by=spring.lewis, at=at(12, 2, 18)
        )
    spring.read_in_carrowby(spring.hand_over())
    spring.turn_eighteen()
    spring.confirm()
    clock.set_to(at(6, 5, 16))
    with acting_for(spring.lewis, "test"):
        set_cover(
            person_id=spring.lewis.person_id,
            covered_by_id=spring.kofi.person_id,
            starts_on=date(2027, 5, 10),
            ends_on=date(2027, 5, 29),
            by=spring.lewis,
            at=at(6, 5, 16),
        )

    by_kofi(spring, 10, lambda done: record_step(kind="visited", done_on=date(2027, 5, 10), **done))
    by_kofi(
        spring,
        13,
        lambda done: record_step(kind="reviewed", done_on=date(2027, 5, 13), **done | {"child_id": other.id}),
    )
    clock.set_to(at(20, 5, 16))
    spring.move()
    with acting_for(spring.kofi, "test"):
        draft = Handover.objects.get(host=authority(BRACKWATER), sent_at=None)
        send(handover_id=draft.id, by=spring.kofi, at=at(20, 5, 16, 30))
    by_kofi(spring, 21, lambda done: tell_authority(area_id=authority(CARROWBY).id, has_left=True, **done))
    by_kofi(spring, 26, lambda done: record_step(kind="visited", done_on=date(2027, 5, 26), **done))
    clock.set_to(at(1, 6, 9))
    milestone_duties.keep_all(spring.shanice.authority_id, at=at(1, 6, 9))
    return spring


def by_kofi(spring: Months, day: int, action) -> None:
    clock.set_to(at(day, 5, 10))
    with acting_for(spring.kofi, "test"):
        action({"child_id": spring.shanice.id, "by": spring.kofi, "at": at(day, 5, 10)})


def test_lewis_reads_one_move_five_things_done_by_kofi_and_two_for_this_week(back):
    said = "1 move, 5 things done by Kofi Mensah for you, 2 due this week or late."

    lewis = signed_in(back.lewis)

    assert f"While you were away : {said}" in words(lewis.get("/"))
    page = words(lewis.get("/while-you-were-away/"))
    assert said in page
    assert "Moves recorded 1" in page
    assert "Closed as met, by Kofi Mensah 5" in page
    assert "Due this week, or late 2" in page


def test_what_the_move_undid_stands_with_its_reason_and_is_not_counted_as_done(back):
    with acting_for(back.lewis, "test"):
        absence = away.absences(back.lewis, on=date(2027, 6, 1))[0]
        events = list(away.done_for(back.lewis, absence))

    not_owed = [one for one in events if one.what == "closed as not_owed"]
    assert {one.duty.kind for one in not_owed} == {"home_visit", "home_review"}
    assert all("A move on Thu 20 May 2027, recorded by Kofi Mensah." in one.reason for one in not_owed)


def test_from_10_may_kofis_list_has_lewis_s_young_people_and_marks_them(back):
    clock.set_to(at(10, 5, 8))
    with acting_for(back.kofi, "test"):
        assert {child.reference for child in overviews.mine(back.kofi, on=date(2027, 5, 10))} == {"AG-1402", "AG-1403"}
        assert not overviews.mine(back.kofi, on=date(2027, 5, 9)).exists()

    page = words(signed_in(back.kofi).get("/leaving-care/"))

    assert page.count("for Lewis Grant") == 2
