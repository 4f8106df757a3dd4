"""Who sees a duty and can act on it: its owner, else its role, and whoever covers them; never anybody outside."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.acting import Actor
from accounts.models import Cover, Membership
from accounts.roles import Role
from duties import board
from duties.models import Duty
from duties.roster import Roster
from tests.duties.owing import owe
from tests.factories import NOON, SHEFFIELD, acting, person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 1)
ADVISER = Role.LEAVING_CARE_ADVISER


def covers(away: Actor, by: Actor, *, starts_on=date(2026, 11, 30), ends_on=date(2026, 12, 5)) -> None:
    with acting(away):
        Cover.objects.create(
            authority_id=away.authority_id,
            person_id=away.person_id,
            covered_by_id=by.person_id,
            starts_on=starts_on,
            ends_on=ends_on,
            set_at=NOON,
            set_by=away.name,
        )


def left(who: Actor, on: date) -> None:
    with acting(who):
        Membership.objects.filter(user_id=who.person_id).update(ends_on=on)


def seen_by(who: Actor, on: date = TODAY) -> set[str]:
    with acting(who):
        return set(board.waiting_for(who, on=on).values_list("key", flat=True))


def unowned(who: Actor, on: date = TODAY) -> set[str]:
    with acting(who):
        return set(board.unowned(who.authority_id, on=on).values_list("key", flat=True))


def test_an_owned_duty_waits_for_its_owner_alone():
    lewis, kofi = person(role=ADVISER, name="Lewis Grant"), person(role=ADVISER, name="Kofi Mensah")
    owe(lewis, owner_id=lewis.person_id)

    assert seen_by(lewis) == {"one"}
    assert seen_by(kofi) == set()
    assert unowned(lewis) == set()


def test_a_duty_that_nobody_has_waits_for_its_role_and_stands_on_the_unowned_list():
    lewis, priya = person(role=ADVISER), person()
    owe(lewis)

    assert seen_by(lewis) == {"one"}
    assert seen_by(priya) == set()
    assert unowned(lewis) == {"one"}


def test_whoever_covers_sees_it_from_the_first_day_until_the_last():
    lewis, kofi = person(role=ADVISER), person(role=ADVISER)
    owe(lewis, owner_id=lewis.person_id)
    covers(lewis, kofi)

    seen = [day for day in (29, 30) if seen_by(kofi, date(2026, 11, day))]
    assert seen == [30]
    assert seen_by(kofi, date(2026, 12, 4)) == {"one"}
    assert seen_by(kofi, date(2026, 12, 5)) == set()
    assert seen_by(lewis) == {"one"}


def test_cover_carries_the_role_for_what_nobody_has():
    lewis, analyst = person(role=ADVISER), person(role=Role.HOTSPOT_ANALYST)
    owe(lewis)
    assert seen_by(analyst) == set()

    covers(lewis, analyst)

    assert seen_by(analyst) == {"one"}


def test_what_a_leaver_had_is_unowned_from_the_day_they_left_and_waits_for_the_role():
    lewis, kofi = person(role=ADVISER), person(role=ADVISER)
    owe(lewis, owner_id=lewis.person_id)
    left(lewis, date(2026, 12, 3))

    assert unowned(kofi, date(2026, 12, 2)) == set()
    assert unowned(kofi, date(2026, 12, 3)) == {"one"}
    assert seen_by(kofi, date(2026, 12, 3)) == {"one"}


def test_an_owner_whose_role_may_not_act_on_duties_does_not_hide_one():
    lewis, kofi = person(role=ADVISER), person(role=ADVISER)
    owe(lewis, owner_id=lewis.person_id)
    with acting(lewis):
        Membership.objects.filter(user_id=lewis.person_id).update(role=Role.HOTSPOT_ANALYST)

    assert unowned(kofi) == {"one"}
    assert seen_by(kofi) == {"one"}


def test_roster_names_who_can_act_and_for_whom():
    lewis, kofi = person(role=ADVISER, name="Lewis Grant"), person(name="Kofi Mensah")
    duty = owe(lewis, owner_id=lewis.person_id)
    covers(lewis, kofi)

    with acting(lewis):
        hands = Roster(lewis.authority_id, on=TODAY).who_can_act(duty)

    assert [(one.name, one.covers_name) for one in hands] == [("Lewis Grant", ""), ("Kofi Mensah", "Lewis Grant")]


def test_roster_names_nobody_where_a_role_is_held_by_nobody():
    lewis = person(role=ADVISER)
    duty = owe(lewis, role=Role.DIRECTOR)

    with acting(lewis):
        assert Roster(lewis.authority_id, on=TODAY).who_can_act(duty) == []
    assert unowned(lewis) == {"one"}


def test_the_board_keeps_each_persons_duties_together_by_name_then_those_of_roles():
    zoe, adam = person(role=ADVISER, name="Zoe"), person(role=ADVISER, name="Adam")
    owe(zoe, "z late", owner_id=zoe.person_id, due_on=date(2026, 11, 1))
    owe(zoe, "a soon", owner_id=adam.person_id, due_on=date(2026, 12, 2))
    owe(zoe, "a late", owner_id=adam.person_id, due_on=date(2026, 12, 1))
    owe(zoe, "nobody's", due_on=date(2026, 10, 1))

    with acting(zoe):
        keys = [one.key for one in board.by_holder(zoe.authority_id, on=TODAY)]

    assert keys == ["a late", "a soon", "z late", "nobody's"]


# Random worlds: five people in roles, with an end of membership or none; covers among them; duties; a day.
ROLES = [ADVISER, Role.PLACEMENT_OFFICER, Role.MANAGER, Role.HOTSPOT_ANALYST, Role.DIRECTOR]
DAYS = st.integers(1, 12).map(lambda day: date(2026, 12, day))
PEOPLE = st.lists(st.tuples(st.sampled_from(ROLES), st.none() | DAYS), min_size=5, max_size=5)
COVERS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), DAYS, st.integers(1, 6)), max_size=6)
DUTIES = st.lists(st.tuples(st.none() | st.integers(0, 4), st.sampled_from(["", *ROLES])), min_size=1, max_size=6)


def naive(person_of, drawn_people, drawn_covers, owner, role, on: date) -> set:
    """Who can act on one duty, worked out person by person without the database."""
    present = {one for one, (_, ends_on) in enumerate(drawn_people) if ends_on is None or on < ends_on}
    able = {one for one in present if drawn_people[one][0] in board.acting_roles()}
    if owner in able:
        first = {owner}
    else:
        first = {one for one in able if role in ("", drawn_people[one][0])}
    covering = {
        by
        for away, by, starts_on, days in drawn_covers
        if away != by and away in first and by in present and 0 <= (on - starts_on).days < days
    }
    return {person_of[one].person_id for one in first | covering}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=PEOPLE, drawn_covers=COVERS, duties=DUTIES, on=DAYS)
def test_every_open_duty_is_seen_by_somebody_or_stands_on_the_unowned_list(db, people, drawn_covers, duties, on):
    with transaction.atomic():
        actors = [person(role=role, name=f"Person {number}") for number, (role, _) in enumerate(people)]
        outsider = person(SHEFFIELD, Role.MANAGER)
        for actor, (_, ends_on) in zip(actors, people, strict=True):
            left(actor, ends_on)
        for away, by, starts_on, days in drawn_covers:
            if away != by:
                covers(
                    actors[away], actors[by], starts_on=starts_on, ends_on=starts_on.replace(day=starts_on.day + days)
                )
        for number, (owner, role) in enumerate(duties):
            owe(actors[0], str(number), role=role, owner_id=None if owner is None else actors[owner].person_id)
        present = [one for one, (_, ends_on) in zip(actors, people, strict=True) if ends_on is None or on < ends_on]

        seen = {actor.person_id: seen_by(actor, on) for actor in present}
        nobodys = unowned(actors[0], on)
        with acting(actors[0]):
            roster = Roster(actors[0].authority_id, on=on)
            named = {one.key: {hand.person_id for hand in roster.who_can_act(one)} for one in Duty.objects.all()}

        for number, (owner, role) in enumerate(duties):
            expected = naive(actors, people, drawn_covers, owner, role, on)
            assert {who for who, keys in seen.items() if str(number) in keys} == expected
            assert named[str(number)] == expected
            assert expected or str(number) in nobodys
        assert seen_by(outsider, on) == set()
        assert unowned(outsider, on) == set()
        with acting(outsider):
            assert not Duty.objects.exists()
        transaction.set_rollback(True)
