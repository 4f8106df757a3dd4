"""Cover, handing over, many duties at once and acting directors, on the pages."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accounts.models import ActingAppointment, Cover
from accounts.roles import Role
from db import clock
from duties.models import Duty
from tests import factories
from tests.duties.owing import owe
from tests.duties.test_who_can_act import covers
from tests.web.browser import at_leeds, day, signed_in, words

ADVISER = Role.LEAVING_CARE_ADVISER


@pytest.fixture
def lewis(db):
    return factories.person(role=ADVISER, name="Lewis Grant")


@pytest.fixture
def kofi(db):
    return factories.person(role=ADVISER, name="Kofi Mensah")


@pytest.fixture
def carla(db):
    return factories.person(role=Role.MANAGER, name="Carla Dunn")


def cover_from_today(kofi) -> dict:
    return {"covered_by": str(kofi.person_id), **day("starts_on", 1, 12, 2026), **day("last_on", 4, 12, 2026)}


def test_a_person_sets_a_cover_the_manager_sees_it_and_whoever_covers_sees_the_duties_marked(lewis, kofi, carla):
    owe(lewis, "visit", owner_id=lewis.person_id)

    signed_in(lewis).post("/cover/new/", cover_from_today(kofi))

    seen = words(signed_in(carla).get("/cover/"))
    assert "Lewis Grant Kofi Mensah Tuesday 1 December 2026 to Friday 4 December 2026 Runs now Lewis Grant End" in seen
    board = words(signed_in(kofi).get("/duties/?who=me"))
    assert "Lewis Grant, Kofi Mensah for Lewis Grant until Friday 4 December 2026" in board
    assert "Duty visit about AG-1402 for Lewis Grant" in board
    assert "for Lewis Grant" in words(signed_in(kofi).get("/"))
    assert "for Lewis Grant" not in words(signed_in(lewis).get("/"))


def test_days_that_cannot_be_are_said_at_the_field(lewis, kofi):
    asked = cover_from_today(kofi) | day("last_on", 30, 11, 2026)

    page = signed_in(lewis).post("/cover/new/", asked)

    assert page.status_code == 422
    assert "The last day of the cover comes before its first." in words(page)


def test_only_a_manager_is_asked_who_is_away(lewis, carla):
    assert "Who is away?" not in words(signed_in(lewis).get("/cover/new/"))
    assert "Who is away?" in words(signed_in(carla).get("/cover/new/"))


def test_a_cover_is_ended_early_and_opens_nothing_more(lewis, kofi):
    owe(lewis, owner_id=lewis.person_id)
    covers(lewis, kofi)
    with factories.acting(lewis):
        cover_id = Cover.objects.get().id

    assert signed_in(kofi).post(reverse("end_cover", args=[cover_id])).status_code == 403
    signed_in(lewis).post(reverse("end_cover", args=[cover_id]))

    assert "Duty one" not in words(signed_in(kofi).get("/duties/?who=me"))


def test_whoever_covers_without_the_role_finds_the_page_in_the_menu_while_the_cover_runs(lewis):
    analyst = factories.person(role=Role.HOTSPOT_ANALYST)
    browser = signed_in(analyst)
    assert browser.get("/duties/").status_code == 403

    covers(lewis, analyst)

    assert browser.get("/duties/").status_code == 200
    assert "Duties" in words(browser.get("/cover/"))
    assert browser.get("/children/").status_code == 403


def test_the_same_is_done_for_several_and_each_says_what_came_of_it(lewis, kofi):
    one, other = owe(lewis, "one"), owe(lewis, "other")
    browser = signed_in(lewis)
    browser.post(reverse("close_duty", args=[one.id]), {"closing": "met", "words": "Visited"})
    ticked = [str(one.id), str(other.id)]

    form = words(browser.get("/duties/many/", {"duty": ticked}))
    page = words(browser.post("/duties/many/", {"duty": ticked, "outcome": "met", "words": "Visited on Monday"}))

    assert "Duty one, about AG-1402" in form
    assert "Done: 1. Not done: 1." in page
    assert "already closed as “met” by Lewis Grant" in page
    with factories.acting(lewis):
        assert Duty.objects.get(id=other.id).evidence == "Visited on Monday"


def test_several_are_given_to_a_person(lewis, kofi):
    duty = owe(lewis)

    given = {"duty": [str(duty.id)], "outcome": "give", "owner": str(kofi.person_id)}
    page = words(signed_in(lewis).post("/duties/many/", given))

    assert "Done: 1. Not done: 0." in page
    assert "assigned Lewis Grant To Kofi Mensah" in words(signed_in(kofi).get(reverse("duty", args=[duty.id])))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"outcome": "give"}, "Choose the person to whom they are given."),
        ({"outcome": "met"}, "a duty is not closed without words"),
        ({}, "Choose what is to happen."),
    ],
)
def test_what_is_missing_is_asked_for(lewis, given, said):
    page = signed_in(lewis).post("/duties/many/", {"duty": [str(owe(lewis).id)], **given})

    assert page.status_code == 400
    assert said in words(page)


def test_another_authoritys_duties_are_not_there_to_be_ticked(lewis):
    duty = owe(lewis)
    _, leeds = at_leeds(Role.MANAGER)

    assert leeds.get("/duties/many/", {"duty": str(duty.id)}).status_code == 404
    assert leeds.get("/duties/many/?duty=nothing").status_code == 404
    assert leeds.get("/duties/many/").status_code == 302


def test_a_manager_hands_over_a_persons_work(lewis, kofi, carla):
    owe(lewis, "one", owner_id=lewis.person_id)
    owe(lewis, "other", owner_id=lewis.person_id)

    people = {"whose": str(lewis.person_id), "owner": str(kofi.person_id)}
    page = words(signed_in(carla).post("/duties/hand-over/", people))

    assert "Done: 2. Not done: 0." in page
    assert signed_in(lewis).get("/duties/hand-over/").status_code == 403


def test_a_manager_is_shown_what_no_person_has(lewis, carla):
    owe(lewis, "nobody's", role=Role.DIRECTOR)
    owe(lewis, "mine", owner_id=lewis.person_id)

    assert "1 duty that no person has." in words(signed_in(carla).get("/"))
    page = words(signed_in(carla).get("/duties/?who=nobody"))
    assert "Director of children's services: nobody can act now; a manager can give these to a person" in page
    assert "Duty nobody's" in page
    assert "Duty mine" not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [("team=West", "west"), ("kind=review", "review"), ("basis=practice", "practice"), ("role=director", "director")],
)
def test_the_board_is_narrowed_by_team_kind_basis_and_role(lewis, query, shown):
    kinds = {
        "west": {"team": "West"},
        "review": {"kind": "review"},
        "practice": {"basis": "practice"},
        "director": {"role": Role.DIRECTOR},
    }
    for key, changes in kinds.items():
        owe(lewis, key, **changes)

    page = words(signed_in(lewis).get(f"/duties/?{query}"))

    assert [key for key in kinds if f"Duty {key}" in page] == [shown]


def test_while_you_were_away_counts_and_lists_what_was_done_by_whom(committing):
    lewis = factories.person(role=ADVISER, name="Lewis Grant")
    kofi = factories.person(role=ADVISER, name="Kofi Mensah")
    duties = [owe(lewis, str(number), owner_id=lewis.person_id) for number in range(3)]
    covers(lewis, kofi, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 5))
    for duty in duties[:2]:
        signed_in(kofi).post(reverse("close_duty", args=[duty.id]), {"closing": "met", "words": "Visited"})
    assert "No absence of yours" in words(signed_in(lewis).get("/while-you-were-away/"))

    clock.set_to(datetime(2026, 12, 7, 9, 0, tzinfo=UTC))

    browser = signed_in(lewis)
    page = words(browser.get("/while-you-were-away/"))
    said = "While you were away : 2 things done by Kofi Mensah for you, 1 due this week or late."
    assert said in words(browser.get("/"))
    assert "Closed as met, by Kofi Mensah 2" in page
    assert "Tuesday 1 December 2026, 00:00 to Saturday 5 December 2026, 00:00" in page
    assert page.count("AG-1402 Kofi Mensah Visited") == 2
    assert "No absence of yours" in words(signed_in(kofi).get("/while-you-were-away/"))


def test_the_log_book_says_for_whom_it_was_done(lewis, kofi):
    duty = owe(lewis, owner_id=lewis.person_id)
    covers(lewis, kofi)
    signed_in(kofi).post(reverse("close_duty", args=[duty.id]), {"closing": "met", "words": "Visited"})

    page = words(signed_in(factories.person(role=Role.AUDITOR)).get("/log-book/"))

    assert "Kofi Mensah, for Lewis Grant" in page


def test_an_acting_director_is_recorded_shown_and_ended(lewis):
    ada = signed_in(factories.person(role=Role.ADMINISTRATOR, name="Ada Lowe"))
    asked = {
        "person": str(lewis.person_id),
        **day("starts_on", 1, 12, 2026),
        "starts_at_time": "09:00",
        **day("ends_on", 4, 1, 2027),
        "ends_at_time": "09:00",
        "appointed_by": "The chief executive",
        "reference": "Scheme of delegation 14/2026",
    }

    ada.post("/appointments/new/", asked)

    seen = words(signed_in(factories.person()).get("/appointments/"))
    assert "Lewis Grant Tuesday 1 December 2026, 09:00 to Monday 4 January 2027, 09:00" in seen
    assert "The chief executive, Scheme of delegation 14/2026 Ada Lowe" in seen
    with factories.acting(lewis):
        appointment_id = ActingAppointment.objects.get().id
    ada.post(reverse("end_appointment", args=[appointment_id]))
    assert "Ended Tuesday 1 December 2026, 12:0" in words(ada.get("/appointments/"))


def test_an_appointment_that_ends_before_it_begins_is_said_at_the_field(lewis):
    ada = signed_in(factories.person(role=Role.ADMINISTRATOR))
    asked = {
        "person": str(lewis.person_id),
        **day("starts_on", 4, 1, 2027),
        "starts_at_time": "09:00",
        **day("ends_on", 1, 12, 2026),
        "ends_at_time": "09:00",
        "appointed_by": "The chief executive",
        "reference": "14/2026",
    }

    page = ada.post("/appointments/new/", asked)

    assert page.status_code == 422
    assert "The appointment ends before it begins." in words(page)
