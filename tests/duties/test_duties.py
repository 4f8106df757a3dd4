"""Duties: raised once, closed with words, never closed twice; and each constraint broken by hand."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from duties import actions, board
from duties.exceptions import DutyIsClosed, ReasonMissing
from duties.models import Basis, Duty, DutyEvent
from duties.owed import Owed
from tests.factories import NOON, SHEFFIELD, acting, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(db):
    return person()


def owed(key: str = "notice:1", **changes) -> Owed:
    given = {
        "key": key,
        "kind": "notice_to_host",
        "title": "Tell the host",
        "basis": Basis.LAW,
        "citation": "reg. 13(4)",
        "subject_kind": "placement",
        "subject_id": uuid4(),
        "subject_reference": "AG-1",
        "due_on": date(2026, 12, 29),
        "late_from": date(2026, 12, 30),
    }
    return Owed(**(given | changes))


def raised(by, *wanted: Owed) -> list[Duty]:
    return actions.raise_duties(wanted, authority_id=by.authority_id, by=by.name, at=NOON)


def test_a_duty_is_raised_once_however_often_it_is_found(priya):
    with acting(priya):
        assert len(raised(priya, owed())) == 1
        assert raised(priya, owed()) == []
        assert Duty.objects.count() == 1


def test_closing_as_met_needs_evidence_and_keeps_it(priya):
    with acting(priya):
        [duty] = raised(priya, owed())
        with pytest.raises(ReasonMissing):
            actions.close_as_met(duty.id, evidence="  ", by="Priya Nair", at=NOON)

        actions.close_as_met(duty.id, evidence="Sent by encrypted mail", by="Priya Nair", at=NOON)

        duty.refresh_from_db()
        assert (duty.closing, duty.evidence, duty.closed_by) == ("met", "Sent by encrypted mail", "Priya Nair")
        assert [event.what for event in DutyEvent.objects.order_by("at", "what")] == ["closed as met", "raised"]


@pytest.mark.parametrize("close", [actions.close_as_not_owed, actions.replace])
def test_closing_without_meeting_needs_a_reason(priya, close):
    with acting(priya):
        [duty] = raised(priya, owed())
        with pytest.raises(ReasonMissing):
            close(duty.id, reason="", by="Priya Nair", at=NOON)
        close(duty.id, reason="It is a short break", by="Priya Nair", at=NOON)
        duty.refresh_from_db()
        assert duty.reason == "It is a short break"


def test_the_second_person_to_close_a_duty_is_told_who_was_first(priya):
    with acting(priya):
        [duty] = raised(priya, owed())
        actions.close_as_met(duty.id, evidence="done", by="Tom Oakes", at=NOON)

        with pytest.raises(DutyIsClosed, match="Tom Oakes"):
            actions.close_as_met(duty.id, evidence="done", by="Priya Nair", at=NOON)


def test_lateness_is_a_fact_of_dates_whenever_it_is_found(priya):
    with acting(priya):
        [duty] = raised(priya, owed())

        assert not board.is_late(duty, date(2026, 12, 29))
        assert board.is_late(duty, date(2026, 12, 30))
        actions.close_as_met(duty.id, evidence="in time", by="Priya Nair", at=NOON)
        duty.refresh_from_db()
        assert not board.is_late(duty, date(2027, 1, 30))


def test_duties_without_a_time_limit_stand_last_on_the_board(priya):
    with acting(priya):
        raised(priya, owed("a", due_on=None, late_from=None), owed("b"), owed("c", due_on=date(2026, 12, 1)))

        assert [duty.key for duty in board.open_duties()] == ["c", "b", "a"]


def test_another_authority_sees_no_duty(priya):
    with acting(priya):
        raised(priya, owed())
    with acting(person(SHEFFIELD)):
        assert Duty.objects.count() == 0


BROKEN = {
    "duty_has_a_basis": {"basis": "hunch"},
    "duty_closed_at_by_and_how_together": {"closed_at": NOON},
    "duty_met_only_with_evidence": {"closed_at": NOON, "closed_by": "P", "closing": "met", "evidence": ""},
    "duty_not_owed_only_with_a_reason": {"closed_at": NOON, "closed_by": "P", "closing": "not_owed", "reason": ""},
}


@pytest.mark.parametrize("constraint", BROKEN)
def test_each_constraint_refuses_the_row_that_breaks_it(priya, constraint):
    with acting(priya):
        [duty] = raised(priya, owed())
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Duty.objects.filter(id=duty.id).update(**BROKEN[constraint])


def test_the_same_key_twice_is_refused_by_the_database(priya):
    with acting(priya):
        [duty] = raised(priya, owed())
        duty.pk = uuid4()
        with pytest.raises(IntegrityError, match="duty_raised_once"), transaction.atomic():
            duty.save(force_insert=True)


def test_what_is_due_at_an_instant_is_late_by_the_clock_and_not_by_the_day(priya):
    """The interview of story 8: returned Sat 27 March 2027, 23:30 GMT, so due Wed 31 March, 00:30 summer time."""
    due_at = datetime(2027, 3, 30, 23, 30, tzinfo=UTC)
    wanted = owed(due_on=date(2027, 3, 31), due_at=due_at, late_from=date(2027, 4, 1))
    with acting(priya):
        [duty] = raised(priya, wanted)
        assert not board.is_late(duty, due_at)
        assert board.is_late(duty, due_at + timedelta(minutes=1))
        assert not board.is_late(duty, date(2027, 3, 31))
        assert board.late_since(duty) == date(2027, 3, 31)

        done = due_at + timedelta(hours=9)
        met = actions.close_as_met(duty.id, evidence="Done", by=priya.name, at=done, done_at=done)
        assert board.is_late(met, date(2027, 3, 31))
        assert board.is_late(met, done)
        assert not board.is_late(met, date(2027, 3, 30))
