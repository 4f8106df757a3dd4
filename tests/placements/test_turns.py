"""Visits, reviews and the end of looking after are days: what is owed next is counted from what was done, and shown."""

from datetime import UTC, date, datetime

import pytest

from accounts.exceptions import NotPermitted
from accounts.roles import Role
from duties.models import Closing, Duty
from placements.actions.ceasing import decide_ceasing, plan_ceasing
from placements.actions.placements import end
from placements.actions.turns import record_review, record_visit, take_back
from placements.exceptions import CeasingNotFound, TurnNotFound, UnreadableField
from placements.models import CarePeriod, Child, LegalStatus, Placement, Turn
from placements.owed import sweeps, unreadable
from tests.factories import NOON, acting, child, person, placement_at
from tests.placements.losing import lose_open_duties

# The factory's placement starts on Mon 7 December 2026.
VISITS = (date(2026, 12, 14), date(2027, 1, 20))
LATER = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def priya(db):
    return person()


@pytest.fixture
def tom(db):
    return person(role=Role.MANAGER, name="Tom Oakes")


def visited(placement, by, on, at=LATER):
    with acting(by):
        return record_visit(placement_id=placement.id, visited_on=on, visited_by="Sam Field", by=by, at=at)


def of_kind(by, *kinds) -> list[tuple]:
    """Each duty by the day it is due, with its day of doing or how it was closed; open ones last of those say so."""
    with acting(by):
        rows = Duty.objects.filter(kind__in=kinds).order_by("due_on", "raised_at")
        return [(one.due_on, one.done_at.date() if one.done_at else one.closing or "open") for one in rows]


def test_each_visit_meets_what_was_owed_and_the_next_is_owed_six_weeks_later(priya):
    made = placement_at("started", priya)

    for on in VISITS:
        visited(made, priya, on)

    assert of_kind(priya, "first_visit", "visit") == [
        (date(2026, 12, 14), date(2026, 12, 14)),
        (date(2027, 1, 25), date(2027, 1, 20)),
        (date(2027, 3, 3), "open"),
    ]
    with acting(priya):
        next_one = Duty.objects.get(kind="visit", closed_at=None)
        assert "reg. 28(2)" in next_one.citation
        assert next_one.working[0] == "By Wed 3 March 2027: six weeks after the last visit on Wed 20 January 2027."


def test_a_visit_recorded_late_was_made_when_it_was_made(priya):
    made = placement_at("started", priya)

    visited(made, priya, VISITS[0], at=datetime(2027, 1, 4, 9, 0, tzinfo=UTC))

    with acting(priya):
        first = Duty.objects.get(kind="first_visit")
        assert (first.done_at.date(), first.closed_at.date()) == (VISITS[0], date(2027, 1, 4))


def test_a_visit_remembered_after_a_later_one_moves_no_clock(priya):
    made = placement_at("started", priya)
    for on in reversed(VISITS):
        visited(made, priya, on)

    assert (date(2027, 3, 3), "open") in of_kind(priya, "visit")
    assert len([one for one in of_kind(priya, "visit") if one[1] == "open"]) == 1


def test_after_the_end_no_visit_is_owed_that_was_still_ahead(priya):
    made = placement_at("started", priya)
    visited(made, priya, VISITS[0])
    with acting(priya):
        end(placement_id=made.id, ended_at=datetime(2027, 1, 11, 9, 0, tzinfo=UTC), by=priya, at=LATER)

    assert of_kind(priya, "visit") == [(date(2027, 1, 25), Closing.NOT_OWED)]


def test_a_visit_that_was_late_when_the_child_left_stays_late(priya):
    made = placement_at("started", priya)
    visited(made, priya, VISITS[0])
    with acting(priya):
        end(placement_id=made.id, ended_at=datetime(2027, 2, 1, 9, 0, tzinfo=UTC), by=priya, at=LATER)

    assert of_kind(priya, "visit") == [(date(2027, 1, 25), "open")]


def test_a_visit_taken_back_is_owed_again_on_its_day(priya, tom):
    made = placement_at("started", priya)
    mistaken = visited(made, priya, VISITS[0])

    with acting(tom):
        take_back(turn_id=mistaken.id, reason="It was another child", by=tom, at=LATER)
        with pytest.raises(TurnNotFound):
            take_back(turn_id=mistaken.id, reason="Again", by=tom, at=LATER)
    with acting(priya), pytest.raises(NotPermitted):
        take_back(turn_id=mistaken.id, reason="Mine", by=priya, at=LATER)

    assert [one for one in of_kind(priya, "first_visit", "visit") if one[1] == "open"] == [(date(2026, 12, 14), "open")]


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 12, 6), "The child lived there from Mon 7 December 2026"),
        (date(2027, 3, 2), "lies ahead"),
        (VISITS[0], "is recorded already"),
    ],
)
def test_a_day_that_cannot_be_is_refused(priya, on, words):
    made = placement_at("started", priya)
    visited(made, priya, VISITS[0])
    with pytest.raises(UnreadableField, match=words):
        visited(made, priya, on)


def test_a_plan_is_not_visited(priya):
    with pytest.raises(UnreadableField, match="does not live there yet"):
        visited(placement_at("proposed", priya), priya, VISITS[0])


def test_at_18_no_further_visit_and_no_review_is_owed(priya):
    grown = child(priya, born_on=date(2009, 1, 20), looked_after_since=date(2026, 12, 1))
    made = placement_at("started", priya, of=grown)
    visited(made, priya, VISITS[0])
    with acting(priya):
        record_review(child_id=grown.id, reviewed_on=date(2026, 12, 20), reviewed_by="Mina Shah", by=priya, at=LATER)

    assert of_kind(priya, "visit", "review") == []


def looked_after_anew(by) -> Child:
    """A child looked after since the day on which the child was registered: Tue 1 December 2026."""
    return child(by, looked_after_since=date(2026, 12, 1))


def test_the_first_review_is_owed_within_20_working_days_of_becoming_looked_after(priya):
    looked_after_anew(priya)
    sweeps.raise_missing_duties(priya.authority_id, at=NOON)

    # Twenty working days after Tue 1 December 2026, skipping Christmas Day and the substitute for Boxing Day.
    assert of_kind(priya, "review") == [(date(2026, 12, 31), "open")]


def test_reviews_follow_after_three_months_and_then_six(priya):
    kayla = looked_after_anew(priya)
    sweeps.raise_missing_duties(priya.authority_id, at=NOON)
    at = datetime(2027, 12, 1, 12, 0, tzinfo=UTC)
    with acting(priya):
        for on in (date(2026, 12, 22), date(2027, 3, 15)):
            record_review(child_id=kayla.id, reviewed_on=on, reviewed_by="Mina Shah", by=priya, at=at)

    assert of_kind(priya, "review") == [
        (date(2026, 12, 31), date(2026, 12, 22)),
        (date(2027, 3, 22), date(2027, 3, 15)),
        (date(2027, 9, 15), "open"),
    ]


def test_a_first_review_from_before_the_register_is_not_called_late_and_the_next_counts_from_what_is_recorded(priya):
    kayla = child(priya)  # looked after since 1 September 2025, registered on 1 December 2026
    sweeps.raise_missing_duties(priya.authority_id, at=NOON)
    assert of_kind(priya, "review") == []

    with acting(priya):
        record_review(child_id=kayla.id, reviewed_on=date(2026, 11, 2), reviewed_by="Mina Shah", by=priya, at=NOON)

    assert of_kind(priya, "review") == [(date(2027, 2, 2), "open")]


def test_an_independent_reviewing_officer_records_a_review_and_no_visit(priya):
    mina = person(role=Role.INDEPENDENT_REVIEWING_OFFICER, name="Mina Shah")
    made = placement_at("started", priya)
    with acting(mina):
        about = {"reviewed_on": date(2026, 11, 2), "reviewed_by": "Mina Shah", "by": mina, "at": LATER}
        record_review(child_id=made.child_id, **about)
    with pytest.raises(NotPermitted):
        visited(made, mina, VISITS[0])


def test_no_review_is_owed_in_a_series_of_short_breaks(priya):
    kayla = looked_after_anew(priya)
    with acting(priya):
        LegalStatus.objects.filter(child=kayla).update(code="V4")
    sweeps.raise_missing_duties(priya.authority_id, at=NOON)

    assert of_kind(priya, "review") == []


def test_what_is_owed_next_is_found_again_when_it_was_lost(committing):
    by = person()
    made = placement_at("started", by)
    kayla = looked_after_anew(by)
    visited(made, by, VISITS[0])
    with acting(by):
        record_review(child_id=kayla.id, reviewed_on=date(2026, 12, 22), reviewed_by="Mina Shah", by=by, at=LATER)
        plan_ceasing(child_id=made.child_id, ceases_on=date(2027, 4, 1), by=by, at=LATER)
    kinds = ("visit", "review", "ceasing_approved")
    before = [one for one in of_kind(by, *kinds) if one[1] == "open"]
    assert len(before) == 3

    lose_open_duties(by)
    sweeps.raise_missing_duties(by.authority_id, at=LATER)

    assert [one for one in of_kind(by, *kinds) if one[1] == "open"] == before


def test_the_nominated_officer_approves_that_looking_after_ends_after_20_working_days(priya):
    made = placement_at("started", priya)
    with acting(priya):
        plan = plan_ceasing(child_id=made.child_id, ceases_on=date(2027, 4, 1), by=priya, at=LATER)
        asked = Duty.objects.get(kind="ceasing_approved")
        assert (asked.role, asked.due_on, asked.late_from) == (
            Role.NOMINATED_OFFICER,
            date(2027, 4, 1),
            date(2027, 4, 1),
        )
        assert "reg. 39(4)" in asked.citation
        decide_ceasing(ceasing_id=plan.id, decided_by="Colin Reeve", decided_on=date(2027, 2, 26), by=priya, at=LATER)
        asked.refresh_from_db()
        assert (asked.closing, asked.done_at.date()) == (Closing.MET, date(2027, 2, 26))
        with pytest.raises(CeasingNotFound):
            decide_ceasing(
                ceasing_id=plan.id, decided_by="Colin Reeve", decided_on=date(2027, 2, 26), by=priya, at=LATER
            )


def test_the_director_approves_at_16_and_not_in_care_however_short(priya):
    young = child(priya, born_on=date(2010, 6, 1), legal_status="V2", looked_after_since=date(2027, 2, 25))
    with acting(priya):
        plan_ceasing(child_id=young.id, ceases_on=date(2027, 3, 5), by=priya, at=LATER)
        asked = Duty.objects.get(kind="ceasing_approved")
    assert asked.role == Role.DIRECTOR
    assert "reg. 39(5)" in asked.citation


def test_nobody_approves_after_fewer_than_20_working_days_or_at_18(priya):
    short = child(priya, looked_after_since=date(2027, 2, 25))
    grown = child(priya, born_on=date(2009, 3, 4), legal_status="V2")
    with acting(priya):
        for one, on in ((short, date(2027, 3, 5)), (grown, date(2027, 3, 4))):
            plan_ceasing(child_id=one.id, ceases_on=on, by=priya, at=LATER)
        assert not Duty.objects.filter(kind="ceasing_approved").exists()


def test_another_day_replaces_what_was_asked(priya):
    made = placement_at("started", priya)
    with acting(priya):
        for day in (date(2027, 4, 1), date(2027, 4, 8)):
            plan_ceasing(child_id=made.child_id, ceases_on=day, by=priya, at=LATER)
    assert of_kind(priya, "ceasing_approved") == [
        (date(2027, 4, 1), Closing.NOT_OWED),
        (date(2027, 4, 8), "open"),
    ]


def test_looking_after_that_no_period_records_does_not_end(priya):
    made = placement_at("started", priya)
    with acting(priya):
        CarePeriod.objects.filter(child=made.child).delete()
        with pytest.raises(UnreadableField, match="No time of being looked after"):
            plan_ceasing(child_id=made.child_id, ceases_on=date(2027, 4, 1), by=priya, at=LATER)
        with pytest.raises(UnreadableField, match="No time of being looked after"):
            record_review(child_id=made.child_id, reviewed_on=date(2027, 1, 4), reviewed_by="Mina", by=priya, at=LATER)
        assert not Turn.objects.exists()
        assert Placement.objects.get().status == "started"


def test_a_child_whose_review_cannot_be_worked_out_holds_up_no_other(priya):
    broken, beside = looked_after_anew(priya), looked_after_anew(priya)
    with acting(priya):
        # A period that begins on the last day that a calendar can name has no day after it.
        CarePeriod.objects.filter(child=broken).update(starts_on=date.max)

    sweeps.raise_missing_duties(priya.authority_id, at=NOON)

    with acting(priya):
        assert Duty.objects.get(kind=unreadable.KIND).subject_id == broken.id
        assert Duty.objects.get(kind="review").subject_id == beside.id
