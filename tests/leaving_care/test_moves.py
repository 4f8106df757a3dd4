"""Where does somebody live who moves, comes back into care, or whose move comes to be known late?"""

from datetime import UTC, date, datetime

import pytest

from accounts.roles import Role
from db import clock
from leaving_care import facts, milestone_duties
from leaving_care.actions import circumstances, homes, work
from leaving_care.models import Home
from leaving_care.rules.entitlement import entitlement
from leaving_care.rules.recorded import Power
from leaving_care.rules.status import Status
from tests import factories

pytestmark = pytest.mark.usefixtures("committing")
ADULT_BORN = date(2008, 7, 1)  # 18 on 1 July 2026; the clock stands at noon of 1 December 2026


@pytest.fixture
def adviser():
    return factories.person(role=Role.LEAVING_CARE_ADVISER, name="Lewis Grant")


@pytest.fixture
def leaver(adviser):
    return factories.child(factories.person(), born_on=ADULT_BORN, looked_after_since=date(2020, 1, 1))


def done(by, child):
    return {"child_id": child.id, "by": by, "at": clock.now()}


def lived(child):
    return [(home.from_on, home.until_on) for home in facts.of_child(child, on=clock.today()).recorded.homes]


def owed(child):
    return {duty.key.rsplit(":", 1)[0]: duty for duty in milestone_duties.open_duties([child])}


def test_move_that_came_to_be_known_late_stands_between_the_others(adviser, leaver):
    with factories.acting(adviser):
        homes.record_move(moved_on=date(2026, 8, 1), line="Quay House", **done(adviser, leaver))
        homes.record_move(moved_on=date(2026, 11, 20), line="A flat", **done(adviser, leaver))
        homes.record_move(moved_on=date(2026, 10, 1), line="With a friend", **done(adviser, leaver))

        assert lived(leaver) == [
            (date(2026, 8, 1), date(2026, 10, 1)),
            (date(2026, 10, 1), date(2026, 11, 20)),
            (date(2026, 11, 20), None),
        ]


def test_same_address_given_again_corrects_the_day(adviser, leaver):
    with factories.acting(adviser):
        homes.record_move(moved_on=date(2026, 8, 1), line="Quay House", **done(adviser, leaver))
        homes.record_move(moved_on=date(2026, 11, 20), line="A flat", **done(adviser, leaver))
        homes.record_move(moved_on=date(2026, 11, 10), line="A flat", **done(adviser, leaver))

        assert lived(leaver) == [(date(2026, 8, 1), date(2026, 11, 10)), (date(2026, 11, 10), None)]
        assert Home.objects.filter(child=leaver, superseded_at__isnull=False).count() == 1


def test_who_provides_is_asked_after_a_move_until_somebody_says(adviser, leaver):
    with factories.acting(adviser):
        homes.record_move(moved_on=date(2026, 11, 20), line="A flat", **done(adviser, leaver))
        asked = owed(leaver)["who_provides:2026-11-20"]

        homes.say_who_provides(from_on=date(2026, 11, 20), power="s24B", **done(adviser, leaver))

        asked.refresh_from_db()
        assert (asked.due_on, asked.closing) == (date(2026, 11, 20), "met")
        assert any(key.startswith("home_visit:") for key in owed(leaver))


def test_who_provided_the_home_at_18_can_be_said_after_a_move(adviser):
    worker = factories.person()
    child = factories.child(worker, born_on=date(2008, 12, 9), looked_after_since=date(2020, 1, 1))
    factories.placement_at("started", worker, of=child)
    clock.set_to(datetime(2026, 12, 20, 12, tzinfo=UTC))
    with factories.acting(adviser):
        homes.record_move(moved_on=date(2026, 12, 15), line="A flat", power="their_own", **done(adviser, child))
        asked = owed(child)["who_provides_at_18"]

        homes.say_who_provides(from_on=date(2026, 12, 9), power="s24B", **done(adviser, child))

        asked.refresh_from_db()
        assert asked.closing == "met"
        assert lived(child)[1:] == [(date(2026, 12, 9), date(2026, 12, 15)), (date(2026, 12, 15), None)]


def test_home_ends_with_the_placement_that_brought_somebody_back_into_care(adviser):
    worker = factories.person()
    child = factories.child(worker, born_on=date(2009, 1, 15), looked_after_since=date(2026, 11, 20))
    with factories.acting(adviser):
        homes.record_move(moved_on=date(2026, 10, 1), line="At home", **done(adviser, child))
    placement = factories.placement_at("started", worker, of=child)
    with factories.acting(adviser):
        known = facts.of_child(child, on=clock.today()).recorded.homes

        assert [home.power for home in known] == [Power.NOT_KNOWN, Power.LOOKED_AFTER]
        assert known[0].until_on == known[1].from_on == placement.starts_on


def test_nights_with_another_authority_are_recorded_and_counted(adviser):
    # 16 on 15 November 2026; with us since 20 November, 11 nights by 1 December; 1 August to 20 November elsewhere
    # makes 31 + 30 + 31 + 19 = 111.
    child = factories.child(factories.person(), born_on=date(2010, 11, 15), looked_after_since=date(2026, 11, 20))

    def answer():
        known = facts.of_child(child, on=clock.today())
        return entitlement(circumstances=known.circumstances, on=clock.today())

    with factories.acting(adviser):
        assert (answer().status, answer().count.nights) == (Status.NOT_YET, 11)

        circumstances.record_circumstance(
            kind="cared_for_elsewhere",
            starts_on=date(2026, 8, 1),
            ends_on=date(2026, 11, 20),
            words="Their letter",
            **done(adviser, child),
        )

        assert (answer().status, answer().count.nights) == (Status.ELIGIBLE, 122)
        assert "personal_adviser" in owed(child)


def test_review_that_the_young_person_asks_for_is_owed_and_met_by_the_next_one_held(adviser, leaver):
    with factories.acting(adviser):
        work.record_step(kind="plan_made", done_on=date(2026, 8, 3), **done(adviser, leaver))
        work.record_step(kind="review_asked", done_on=date(2026, 11, 2), **done(adviser, leaver))
        asked = owed(leaver)["pathway_review_asked:2026-11-02"]

        work.record_step(kind="reviewed", done_on=date(2026, 11, 26), **done(adviser, leaver))

        asked.refresh_from_db()
        # Twenty working days after Monday 2 November: four weeks, no bank holiday among them.
        assert (asked.due_on, asked.closing) == (date(2026, 11, 30), "met")


def test_25th_birthday_closes_nothing_and_raises_nothing(adviser):
    child = factories.child(factories.person(), born_on=date(2001, 12, 3), looked_after_since=date(2010, 1, 1))
    with factories.acting(adviser):
        circumstances.record_circumstance(kind="support_asked_for", starts_on=date(2022, 12, 3), **done(adviser, child))
        before = set(owed(child))
        assert "plan_ahead_25" in before

    clock.set_to(datetime(2026, 12, 4, 12, tzinfo=UTC))
    milestone_duties.keep_all(adviser.authority_id, at=clock.now())

    with factories.acting(adviser):
        assert set(owed(child)) == before
        work.record_step(kind="planned", done_on=date(2026, 12, 1), **done(adviser, child))
        assert before - set(owed(child)) == {"plan_ahead_16", "plan_ahead_18", "plan_ahead_25"}
