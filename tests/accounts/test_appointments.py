"""Acting appointments: recorded by somebody else, from an instant to an instant, and ended without taking anything back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts import appointments
from accounts.exceptions import EndedAlready, NotPermitted, Unacceptable
from accounts.models import ActingAppointment
from accounts.roles import Role
from audit.models import LogEntry
from tests.factories import NOON, SHEFFIELD, acting, person

pytestmark = pytest.mark.django_db
STARTS, ENDS = datetime(2026, 12, 20, 0, 0, tzinfo=UTC), datetime(2027, 1, 4, 0, 0, tzinfo=UTC)


@pytest.fixture
def colin(db):
    return person(role=Role.NOMINATED_OFFICER, name="Colin Reeve")


@pytest.fixture
def administrator(db):
    return person(role=Role.ADMINISTRATOR, name="Ada Lowe")


def appointed(whom, by, **changes) -> ActingAppointment:
    given = {
        "person_id": whom.person_id,
        "starts_at": STARTS,
        "ends_at": ENDS,
        "appointed_by": "The chief executive",
        "reference": "Scheme of delegation 14/2026",
    }
    with acting(by):
        return appointments.appoint(**(given | changes), by=by, at=NOON)


def held_at(whom, at: datetime) -> bool:
    with acting(whom):
        return appointments.is_acting_director(whom.person_id, authority_id=whom.authority_id, at=at)


@pytest.mark.parametrize(
    ("at", "held"),
    [
        (STARTS - timedelta(seconds=1), False),
        (STARTS, True),
        (ENDS - timedelta(seconds=1), True),
        (ENDS, False),
    ],
)
def test_an_appointment_holds_from_its_first_instant_and_ends_by_itself(colin, administrator, at, held):
    appointed(colin, administrator)

    assert held_at(colin, at) is held


def test_ending_an_appointment_takes_back_nothing_of_what_was_decided(colin, administrator):
    made = appointed(colin, administrator, starts_at=NOON - timedelta(days=1))
    with acting(administrator):
        appointments.end_appointment(appointment_id=made.id, by=administrator, at=NOON)

    assert held_at(colin, NOON - timedelta(seconds=1))
    assert not held_at(colin, NOON)


def test_what_is_over_is_not_ended_again(colin, administrator):
    made = appointed(colin, administrator)

    with acting(administrator):
        with pytest.raises(EndedAlready):
            appointments.end_appointment(appointment_id=made.id, by=administrator, at=ENDS)
        appointments.end_appointment(appointment_id=made.id, by=administrator, at=NOON)
        with pytest.raises(EndedAlready):
            appointments.end_appointment(appointment_id=made.id, by=administrator, at=NOON)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.NOMINATED_OFFICER, Role.PLACEMENT_OFFICER])
def test_nobody_but_an_administrator_and_the_director_records_one(colin, role):
    with pytest.raises(NotPermitted, match="administrator"):
        appointed(colin, person(role=role))


def test_nobody_records_their_own(administrator):
    with pytest.raises(NotPermitted, match="nobody records their own appointment"):
        appointed(administrator, administrator)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_at": STARTS}, "ends_at"),
        ({"appointed_by": " "}, "appointed_by"),
        ({"reference": ""}, "reference"),
    ],
)
def test_what_cannot_be_an_appointment_is_refused_by_field(colin, administrator, changes, field):
    with pytest.raises(Unacceptable) as refusal:
        appointed(colin, administrator, **changes)

    assert refusal.value.field == field


def test_only_members_of_the_authority_are_appointed(administrator):
    with pytest.raises(Unacceptable, match="not a member"):
        appointed(person(SHEFFIELD), administrator)


def test_another_authority_sees_no_appointment(colin, administrator):
    appointed(colin, administrator)

    with acting(person(SHEFFIELD, Role.ADMINISTRATOR)):
        assert not appointments.appointments().exists()


def test_recording_and_ending_are_in_the_log_book(colin, administrator):
    made = appointed(colin, administrator)

    with acting(administrator):
        appointments.end_appointment(appointment_id=made.id, by=administrator, at=NOON)
        lines = LogEntry.objects.filter(subject_ids=[made.id]).order_by("id")
        assert [one.operation for one in lines] == ["appointments.record", "appointments.end"]


BROKEN = {
    "acting_appointment_ends_after_it_starts": {"ends_at": STARTS},
    "acting_appointment_ended_at_and_by_together": {"ended_by": "Ada Lowe"},
}


@pytest.mark.parametrize("constraint", BROKEN)
def test_each_constraint_refuses_the_row_that_breaks_it(colin, administrator, constraint):
    made = appointed(colin, administrator)

    with acting(administrator), pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ActingAppointment.objects.filter(id=made.id).update(**BROKEN[constraint])
