"""Every move is an ending too: people hear before it, or within ten working days with the reason why not before."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from duties.board import is_late
from duties.models import Duty
from notifications.models import Document
from placements import endings
from placements.actions import placements as actions
from placements.actions.endings import record_ending, tell_host_of_ending
from placements.exceptions import NoHostToTell, NothingEnds, UnreadableField
from placements.models import Ending, Placement
from placements.owed import sweeps
from tests.factories import NOON, PlaceTo, acting, child, person, placement_at

pytestmark = pytest.mark.django_db
ENDED_AT = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)  # a Friday
AFTERWARDS = datetime(2026, 12, 4, 10, 0, tzinfo=UTC)
WHY = {"why_not_before": "She was moved that hour.", "decided_by": "Tom Oakes", "decided_on": date(2026, 12, 4)}


@pytest.fixture
def priya(db):
    return person()


@pytest.fixture
def placed(priya):
    """At a distance since Tuesday 1 December 2026."""
    kayla = child(priya)
    with acting(priya):
        return actions.record_emergency_start(
            child_id=kayla.id, started_at=NOON, place=PlaceTo.AT_A_DISTANCE, place_code="U6", by=priya, at=NOON
        )


def to_host(placement) -> Duty:
    return Duty.objects.get(key=f"ending_notice_to_host:{placement.id}")


def test_an_ending_of_ours_that_nobody_was_told_of_is_late_from_its_own_day(priya, placed):
    with acting(priya):
        actions.end(placement_id=placed.id, ended_at=ENDED_AT, how="by_us", by=priya, at=AFTERWARDS)
        owed = to_host(placed)

    assert (owed.due_on, owed.late_from) == (date(2026, 12, 4), date(2026, 12, 4))
    assert is_late(owed, date(2026, 12, 4))
    assert "reg. 14(2)(c)" in owed.citation


def test_with_the_reason_why_not_before_ten_working_days_are_left(priya, placed):
    with acting(priya):
        actions.end(placement_id=placed.id, ended_at=ENDED_AT, how="by_us", by=priya, at=AFTERWARDS)
        record_ending(placement_id=placed.id, how="by_us", **WHY, by=priya, at=AFTERWARDS)
        owed = to_host(placed)

    assert (owed.due_on, owed.late_from) == (date(2026, 12, 18), date(2026, 12, 19))
    assert "reg. 14(4)" in owed.citation
    assert any("She was moved that hour. (decided by Tom Oakes" in line for line in owed.working)
    for weekend in ("Sat 5 December 2026", "Sun 13 December 2026"):
        assert weekend in owed.working
    assert not is_late(owed, date(2026, 12, 18))


def test_immediate_risk_is_itself_the_reason(priya, placed):
    with acting(priya):
        actions.end(placement_id=placed.id, ended_at=ENDED_AT, how="immediate_risk", by=priya, at=AFTERWARDS)
        assert to_host(placed).due_on == date(2026, 12, 18)


def test_at_eighteen_the_law_asks_for_nothing_and_practice_does(priya, placed):
    with acting(priya):
        actions.end(placement_id=placed.id, ended_at=ENDED_AT, how="age_18", by=priya, at=AFTERWARDS)
        owed = to_host(placed)
    assert (owed.basis, owed.due_on) == ("practice", None)


def test_the_host_is_told_before_and_after_and_these_are_two_dates(priya, placed):
    with acting(priya):
        record_ending(placement_id=placed.id, how="by_us", planned_on=date(2026, 12, 4), by=priya, at=NOON)
        assert to_host(placed).late_from == date(2026, 12, 4)
        before = tell_host_of_ending(placement_id=placed.id, by=priya, at=NOON)
        assert (before.body["is_intention"], before.body["ends_on"]) == (True, "2026-12-04")
        assert to_host(placed).done_at == NOON
        actions.end(placement_id=placed.id, ended_at=ENDED_AT, by=priya, at=AFTERWARDS)
        after = tell_host_of_ending(placement_id=placed.id, by=priya, at=AFTERWARDS)
        assert after.supersedes_id == before.id
        told = endings.told(placed)
    assert (told.before_at, told.after_at) == (NOON, AFTERWARDS)


def test_what_the_host_is_told_never_says_why(priya, placed):
    with acting(priya):
        actions.end(placement_id=placed.id, ended_at=ENDED_AT, how="immediate_risk", by=priya, at=AFTERWARDS)
        told = tell_host_of_ending(placement_id=placed.id, by=priya, at=AFTERWARDS)
    assert "risk" not in str(told.body)


def test_a_move_that_does_not_go_ahead_ends_nothing_and_takes_the_notice_back(priya, placed):
    with acting(priya):
        move = actions.propose(
            child_id=placed.child_id, planned_start_on=date(2026, 12, 14), place=PlaceTo.IN_AREA, by=priya, at=NOON
        )
        given = tell_host_of_ending(placement_id=placed.id, by=priya, at=NOON)
        people = Duty.objects.get(key=f"ending_notice_to_people:{placed.id}")
        assert people.late_from == date(2026, 12, 14)
        actions.withdraw(placement_id=move.id, reason="The carer is ill", by=priya, at=AFTERWARDS)
        people.refresh_from_db()
        given.refresh_from_db()
    assert people.closing == "not_owed"
    assert given.recalled_at == AFTERWARDS


def test_nobody_is_told_of_an_ending_that_is_not_in_sight(priya, placed):
    with acting(priya):
        with pytest.raises(NothingEnds):
            tell_host_of_ending(placement_id=placed.id, by=priya, at=NOON)
        with pytest.raises(NothingEnds):
            record_ending(placement_id=placed.id, how="by_us", by=priya, at=NOON)
        assert not Ending.objects.exists()


def test_an_ending_in_our_own_area_has_no_host_to_tell(priya):
    made = placement_at(Placement.Status.ENDED, priya, place=PlaceTo.IN_AREA)
    with acting(priya):
        assert not Duty.objects.filter(kind="ending_notice_to_host").exists()
        with pytest.raises(NoHostToTell):
            tell_host_of_ending(placement_id=made.id, by=priya, at=AFTERWARDS)
        assert not Document.objects.filter(kind="ending_notice").exists()


@pytest.mark.parametrize("missing", WHY)
def test_the_reason_why_not_before_comes_with_who_decided_and_when(priya, placed, missing):
    given = {name: value for name, value in WHY.items() if name != missing}
    with acting(priya), pytest.raises(UnreadableField) as refusal:
        record_ending(placement_id=placed.id, how="by_us", planned_on=date(2026, 12, 9), **given, by=priya, at=NOON)
    assert refusal.value.field in WHY


def test_the_sweep_finds_nothing_that_the_actions_left_out(priya, placed):
    with acting(priya):
        record_ending(placement_id=placed.id, how="by_us", planned_on=date(2026, 12, 9), by=priya, at=NOON)
    sweeps.raise_missing_duties(priya.authority_id, at=NOON)
    assert sweeps.raise_missing_duties(priya.authority_id, at=NOON) == 0


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"why_not_before": "No time"}, "ending_not_told_before_has_reason_and_decider"),
        ({"decided_by": "Tom Oakes"}, "ending_not_told_before_has_reason_and_decider"),
        ({}, "ending_one_current_per_placement"),
    ],
)
def test_the_database_refuses_half_a_reason_and_two_current_endings(priya, placed, fields, name):
    given = {"authority_id": placed.authority_id, "placement": placed, "how": "by_us", "recorded_at": NOON}
    with acting(priya):
        if not fields:
            Ending.objects.create(**given, recorded_by="a direct insert")
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Ending.objects.create(**given, recorded_by="a direct insert", **fields)


def test_an_ending_that_came_to_nothing_says_nothing_of_the_one_that_comes(priya, placed):
    with acting(priya):
        plan = actions.propose(
            child_id=placed.child_id, planned_start_on=date(2026, 12, 3), place=PlaceTo.ADJOINING, by=priya, at=NOON
        )
        tell_host_of_ending(placement_id=placed.id, by=priya, at=NOON)
        told = to_host(placed)
        actions.withdraw(placement_id=plan.id, reason="The carer is ill", by=priya, at=NOON)
        actions.end(placement_id=placed.id, ended_at=ENDED_AT, how="by_us", by=priya, at=AFTERWARDS)

        told.refresh_from_db()
        assert told.closing == "met"
        assert to_host(placed).closed_at is None
