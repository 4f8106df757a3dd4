"""Every due date of stories 1 and 2 of Norrowshire, counted by hand there, with the days that the count skips."""

from datetime import UTC, date, datetime

import pytest

from accounts.roles import Role
from duties.board import is_late
from duties.models import Duty
from notifications.models import Document
from placements.actions import approvals as approval_actions
from placements.actions import placements as actions
from placements.actions.complete_notices import complete_notice
from placements.actions.consultations import ask_host
from placements.actions.endings import tell_host_of_ending
from placements.actions.new_dates import move_start
from placements.models import Approval, Placement
from placements.place.verdicts import current
from placements.rules.satisfied_of import Answer
from placements.telling.care_plans import CarePlan
from placements.telling.completeness import of_notice
from tests.factories import ROTHERHAM, PlaceTo, acting, child, person, placement_at

pytestmark = pytest.mark.django_db

SKIPPED_AT_CHRISTMAS = ("Fri 25 December 2026, Christmas Day", "Mon 28 December 2026, Boxing Day (substitute day)")
REASON = Answer(evidence="Asked, and written down.")


def instant(day: int, hour: int, minute: int, month: int = 12, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def duty(kind: str, **fields) -> Duty:
    return Duty.objects.exclude(closing="replaced").get(kind=kind, **fields)


def working(one: Duty) -> str:
    return "\n".join(one.working)


@pytest.fixture
def kaylas_night(db):
    """Story 1 until 00:55 of Friday 18 December 2026: the old placement ended, the director approved, she is there."""
    jo, marsh = person(name="Jo Fenn"), person(ROTHERHAM, Role.DIRECTOR, "Helen Marsh")
    kayla = child(jo)
    old = placement_at(Placement.Status.STARTED, jo, of=kayla, place=PlaceTo.IN_AREA)
    with acting(jo):
        actions.end(
            placement_id=old.id, ended_at=instant(17, 21, 15), how="immediate_risk", by=jo, at=instant(17, 22, 0)
        )
        move = actions.propose(
            child_id=kayla.id,
            planned_start_on=date(2026, 12, 17),
            place=PlaceTo.AT_A_DISTANCE,
            place_code="K2",
            provider_code="PR4",
            is_emergency=True,
            why_not_wait="Nowhere else tonight.",
            by=jo,
            at=instant(17, 22, 5),
        )
        approval_actions.decide(
            approval_id=Approval.objects.get(placement=move).id,
            decision="approved",
            answers={"wishes_and_feelings": REASON, "most_appropriate": REASON},
            decider_id=marsh.person_id,
            decided_at=instant(17, 23, 50),
            is_by_telephone=True,
            by=jo,
            at=instant(18, 0, 15),
        )
        move = actions.start(placement_id=move.id, started_at=instant(18, 0, 40), by=jo, at=instant(18, 0, 55))
    return jo, old, move


@pytest.mark.parametrize(
    ("kind", "due_on"),
    [
        ("notice_to_host", date(2026, 12, 29)),
        ("notice_to_people", date(2026, 12, 29)),
        ("placement_plan", date(2026, 12, 29)),
    ],
)
def test_what_counts_five_working_days_from_the_start_skips_christmas(kaylas_night, kind, due_on):
    jo, _, move = kaylas_night

    with acting(jo):
        owed = duty(kind, subject_id=move.id)

    assert (owed.due_on, owed.late_from, owed.basis) == (due_on, date(2026, 12, 30), "law")
    for day in SKIPPED_AT_CHRISTMAS:
        assert day in working(owed)
    assert "Fri 18 December 2026, the start, not counted" in working(owed)


@pytest.mark.parametrize("item", ["relatives_consulted", "area_authority_consulted", "iro_told"])
def test_what_an_emergency_leaves_is_owed_from_its_approval_and_shows_the_clock_from_the_start_too(kaylas_night, item):
    jo, _, _ = kaylas_night

    with acting(jo):
        owed = duty(f"after_emergency_approval:{item}")

    assert (owed.due_on, owed.late_from) == (date(2026, 12, 24), date(2026, 12, 25))
    assert "By Thu 24 December 2026, five working days of approval on Thu 17 December 2026." in working(owed)
    assert "By Tue 29 December 2026, five working days of the start on Fri 18 December 2026." in working(owed)
    for day in SKIPPED_AT_CHRISTMAS:
        assert day in working(owed)


def test_the_first_visit_is_a_week_after_the_start_and_a_week_is_a_week(kaylas_night):
    jo, _, move = kaylas_night

    with acting(jo):
        owed = duty("first_visit", subject_id=move.id)

    assert owed.due_on == date(2026, 12, 25)
    assert "Christmas Day; a week is a week; last working day before: Thu 24 December 2026" in working(owed)


def test_those_who_were_told_of_the_old_placement_hear_of_its_end_within_ten_working_days(kaylas_night):
    jo, old, _ = kaylas_night

    with acting(jo):
        owed = duty("ending_notice_to_people", subject_id=old.id)
        assert not Duty.objects.filter(kind="ending_notice_to_host").exists()

    assert (owed.due_on, owed.late_from) == (date(2027, 1, 5), date(2027, 1, 6))
    assert "Thu 17 December 2026, the ending, not counted" in working(owed)
    for day in (*SKIPPED_AT_CHRISTMAS, "Fri 1 January 2027, New Year’s Day"):
        assert day in working(owed)


def test_the_host_is_told_at_arrival_and_holds_everything_the_next_morning(kaylas_night):
    jo, _, move = kaylas_night
    morning = instant(18, 10, 5)

    with acting(jo):
        first = Document.objects.get(subject_id=move.id)
        assert (first.composed_at, first.urgency) == (instant(18, 0, 55), "urgent")
        assert len(first.body["still_owed"]) == 2
        complete_notice(
            placement_id=move.id,
            needs_and_suitability="What she needs, and why here.",
            care_plan=CarePlan("3", morning, "Secure e-mail"),
            by=jo,
            at=morning,
        )
        standing = of_notice(move, current(move))
        owed = duty("notice_to_host")
        consultation = duty("after_emergency_approval:area_authority_consulted")

    assert (standing.told_at, standing.complete_at) == (instant(18, 0, 55), morning)
    assert (owed.closing, owed.done_at) == ("met", morning)
    assert not consultation.closing  # a notice is not a question

    with acting(jo):
        ask_host(placement_id=move.id, question="What do you know of the house?", by=jo, at=instant(18, 10, 6))
        consultation.refresh_from_db()

    assert (consultation.closing, consultation.done_at) == ("met", instant(18, 10, 6))


@pytest.fixture
def deans_plan(db):
    """Story 2 on Tuesday 19 January 2027: a planned move on Monday 1 February from a placement at a distance."""
    priya = person()
    dean = child(priya, given_name="Dean", family_name="Marlow", born_on=date(2011, 5, 9))
    old = placement_at(Placement.Status.STARTED, priya, of=dean, place=PlaceTo.ADJOINING)
    with acting(priya):
        move = actions.propose(
            child_id=dean.id,
            planned_start_on=date(2027, 2, 1),
            place=PlaceTo.AT_A_DISTANCE,
            place_code="U6",
            provider_code="PR4",
            is_in_key_stage_four=True,
            tell_host=False,
            by=priya,
            at=instant(19, 10, 15, 1, 2027),
        )
    return priya, old, move


@pytest.mark.parametrize("kind", ["notice_to_host", "notice_to_people", "placement_plan", "iro_told"])
def test_a_planned_move_owes_its_notices_before_the_day_and_shows_the_last_working_day(deans_plan, kind):
    priya, _, move = deans_plan

    with acting(priya):
        owed = duty(kind, subject_id=move.id)

    assert (owed.due_on, owed.late_from) == (date(2027, 2, 1), date(2027, 2, 1))
    assert "Last working day before: Fri 29 January 2027" in working(owed)
    assert "Sat 30 January 2027" in working(owed)
    assert "Sun 31 January 2027" in working(owed)


def test_a_move_is_an_ending_of_the_former_placement_and_owes_notice_of_intention_before_it(deans_plan):
    priya, old, _ = deans_plan

    with acting(priya):
        for kind in ("ending_notice_to_host", "ending_notice_to_people"):
            owed = duty(kind, subject_id=old.id)
            assert (owed.due_on, owed.late_from) == (date(2027, 2, 1), date(2027, 2, 1))
            assert "reg. 14(2)(c)" in owed.citation


def test_the_consultation_carries_the_care_plan_and_the_notice_need_not_repeat_it(deans_plan):
    priya, _, move = deans_plan
    asked_at, told_at = instant(19, 10, 40, 1, 2027), instant(25, 9, 30, 1, 2027)

    with acting(priya):
        ask_host(
            placement_id=move.id,
            answer_hoped_for_by=instant(22, 12, 0, 1, 2027),
            care_plan=CarePlan("3", asked_at, "With the question"),
            by=priya,
            at=asked_at,
        )
        notice = complete_notice(
            placement_id=move.id, needs_and_suitability="His needs; why there.", by=priya, at=told_at
        )
        owed = duty("notice_to_host", subject_id=move.id)

    assert notice.body["care_plan_version"] == "3"
    assert notice.body["care_plan_supplied_at"] == asked_at.isoformat()
    assert notice.body["still_owed"] == []
    assert (owed.closing, owed.done_at) == ("met", told_at)
    assert not is_late(owed, date(2027, 2, 3))


def test_a_new_date_moves_every_open_day_and_turns_nothing_late(deans_plan):
    priya, old, move = deans_plan
    moved_at, arrived_at = instant(1, 8, 15, 2, 2027), instant(2, 16, 40, 2, 2027)

    with acting(priya):
        complete_notice(
            placement_id=move.id,
            needs_and_suitability="His needs; why there.",
            care_plan=CarePlan("3", instant(25, 9, 30, 1, 2027), "Secure e-mail"),
            by=priya,
            at=instant(25, 9, 30, 1, 2027),
        )
        tell_host_of_ending(placement_id=old.id, by=priya, at=instant(25, 9, 31, 1, 2027))
        move_start(
            placement_id=move.id,
            planned_start_on=date(2027, 2, 2),
            reason="The carer is ill.",
            by=priya,
            at=moved_at,
        )

        of_the_move = Duty.objects.filter(subject_id=move.id)
        of_the_ending = Duty.objects.filter(subject_id=old.id, kind__startswith="ending_notice")
        assert not [one.kind for one in (*of_the_move, *of_the_ending) if is_late(one, date(2027, 2, 1))]
        replaced = Duty.objects.get(kind="notice_to_people", subject_id=move.id, closing="replaced")
        assert "Tue 2 February 2027 instead of Mon 1 February 2027: The carer is ill." in replaced.reason
        for kind in ("notice_to_people", "placement_plan", "iro_told"):
            assert duty(kind, subject_id=move.id).late_from == date(2027, 2, 2)
        assert duty("ending_notice_to_people", subject_id=old.id).late_from == date(2027, 2, 2)
        new_date = Document.objects.get(kind="new_date")
        told = (new_date.body["earlier_planned_start_on"], new_date.body["planned_start_on"])
        assert told == ("2027-02-01", "2027-02-02")
        latest = Document.objects.get(kind="ending_notice", subject_id=old.id, superseded_by=None)
        assert latest.body["ends_on"] == "2027-02-02"

        actions.start(
            placement_id=move.id, started_at=arrived_at, breach_reason="Not decided here", by=priya, at=arrived_at
        )
        visit = duty("first_visit", subject_id=move.id)

    assert (visit.due_on, visit.late_from) == (date(2027, 2, 9), date(2027, 2, 10))
    assert "Tue 9 February 2027, one week later" in working(visit)
