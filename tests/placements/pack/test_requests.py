"""A pack is asked for with a purpose, made by a worker, agreed to by a second person, taken with a log line, and forgotten."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.acting import acting_for, operator
from accounts.exceptions import NotPermitted
from accounts.roles import Role
from audit.models import LogEntry
from placements.exceptions import PackNotFound, PackNotReady, SecondPersonNeeded, UnreadableField
from placements.models import PackRequest
from placements.pack import requests
from placements.pack.requests import State, state_of
from tests import factories
from tests.placements.pack import register

pytestmark = pytest.mark.django_db

ASKED_AT = datetime(2027, 1, 5, 9, 40, tzinfo=UTC)
MINUTES_LATER = ASKED_AT + timedelta(minutes=5)


@pytest.fixture
def tom(db):
    return factories.person(role=Role.MANAGER, name="Tom Oakes")


@pytest.fixture
def colin(db):
    return factories.person(role=Role.NOMINATED_OFFICER, name="Colin Reeve")


def asked(by, **changes) -> PackRequest:
    given = {"starts_on": date(2026, 11, 1), "ends_on": date(2026, 12, 31), "purpose": "inspection"}
    with factories.acting(by):
        return requests.ask(**(given | changes), by=by, at=ASKED_AT)


def made(by, *, children: int = 0) -> PackRequest:
    """A pack that was asked for and made, of a register with so many emergencies."""
    priya = factories.person()
    for number in range(children):
        register.emergency(priya, f"AA-{number}")
    pack = asked(by)
    assert requests.make_waiting(by.authority_id, at=MINUTES_LATER) == 1
    return reread(pack, by)


def reread(pack, by) -> PackRequest:
    with factories.acting(by):
        return PackRequest.objects.get(id=pack.id)


def lines(by, operation: str) -> list[LogEntry]:
    with acting_for(operator(by.authority_id), "test"):
        return list(LogEntry.objects.filter(operation=operation).order_by("id"))


def test_a_small_pack_is_ready_as_soon_as_it_is_made(tom):
    pack = asked(tom)
    assert state_of(pack, ASKED_AT) is State.BEING_MADE

    requests.make_waiting(tom.authority_id, at=MINUTES_LATER)

    assert state_of(reread(pack, tom), MINUTES_LATER) is State.READY
    assert reread(pack, tom).row_count == 0


def test_above_fifty_rows_a_second_person_agrees_before_anybody_takes_it(tom, colin):
    pack = made(tom, children=3)
    assert pack.row_count > 50
    assert state_of(pack, MINUTES_LATER) is State.WAITS_FOR_AGREEMENT
    with factories.acting(tom), pytest.raises(PackNotReady):
        requests.take(pack_id=pack.id, by=tom, at=MINUTES_LATER)

    with factories.acting(colin):
        requests.agree(pack_id=pack.id, by=colin, at=MINUTES_LATER)

    assert state_of(reread(pack, tom), MINUTES_LATER) is State.READY
    with factories.acting(tom):
        assert zipfile.ZipFile(io.BytesIO(requests.take(pack_id=pack.id, by=tom, at=MINUTES_LATER)))


@pytest.mark.parametrize(("rows", "state"), [(50, State.READY), (51, State.WAITS_FOR_AGREEMENT)])
def test_fifty_rows_are_taken_by_one_person_and_fifty_one_are_not(tom, rows, state):
    pack = made(tom)
    pack.row_count = rows

    assert state_of(pack, MINUTES_LATER) is state


def test_whoever_asked_does_not_agree(tom):
    pack = made(tom, children=3)

    with factories.acting(tom), pytest.raises(SecondPersonNeeded):
        requests.agree(pack_id=pack.id, by=tom, at=MINUTES_LATER)


def test_a_pack_is_taken_for_twenty_four_hours_from_the_agreement_and_then_forgotten(tom, colin):
    pack = made(tom, children=3)
    agreed_at = MINUTES_LATER + timedelta(hours=5)
    with factories.acting(colin):
        requests.agree(pack_id=pack.id, by=colin, at=agreed_at)
    last, over = agreed_at + timedelta(hours=24, seconds=-1), agreed_at + timedelta(hours=24)
    with factories.acting(tom):
        requests.take(pack_id=pack.id, by=tom, at=last)
        with pytest.raises(PackNotReady):
            requests.take(pack_id=pack.id, by=tom, at=over)

    requests.make_waiting(tom.authority_id, at=over)

    assert reread(pack, tom).content is None
    assert state_of(reread(pack, tom), over) is State.EXPIRED
    assert [line.subject_ids for line in lines(tom, "packs.forget")] == [[pack.id]]


def test_each_time_that_a_pack_is_taken_is_a_line_with_what_it_is_for(tom):
    pack = made(tom)
    inspector = factories.person(role=Role.INSPECTOR, name="Ingrid Vale")
    for by in (tom, inspector):
        with factories.acting(by):
            requests.take(pack_id=pack.id, by=by, at=MINUTES_LATER)

    found = lines(tom, "packs.take")

    assert [(line.person_id, line.purpose) for line in found] == [
        (tom.person_id, "An inspection"),
        (inspector.person_id, "An inspection"),
    ]
    assert found[0].detail == {"rows": 0, "purpose": "inspection", "sha256": pack.sha256}


def test_a_copy_names_who_took_it(tom):
    pack = made(tom)
    with factories.acting(tom):
        copy = requests.take(pack_id=pack.id, by=tom, at=MINUTES_LATER)

    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        assert archive.read("copy.txt").decode() == "Copy taken by Tom Oakes, 2027-01-05 09:45. For: inspection.\n"


def test_the_same_question_has_the_same_hash_when_it_is_asked_again(tom):
    first = made(tom, children=1)
    again = asked(tom, as_at=first.as_at)
    requests.make_waiting(tom.authority_id, at=MINUTES_LATER + timedelta(days=3))

    assert reread(again, tom).sha256 == first.sha256


def test_an_inspector_reads_and_asks_for_nothing(tom):
    inspector = factories.person(role=Role.INSPECTOR)

    with pytest.raises(NotPermitted):
        asked(inspector)


def test_another_authority_finds_no_pack(tom):
    pack = made(tom)
    other = factories.person(factories.LEEDS, Role.MANAGER)

    with factories.acting(other), pytest.raises(PackNotFound):
        requests.take(pack_id=pack.id, by=other, at=MINUTES_LATER)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("ends_on", {"starts_on": date(2026, 12, 2), "ends_on": date(2026, 12, 1)}),
        ("ends_on", {"ends_on": date(2027, 1, 6)}),
        ("starts_on", {"starts_on": date(2020, 1, 1)}),
        ("purpose", {"purpose": "curiosity"}),
        ("as_at", {"as_at": ASKED_AT + timedelta(seconds=1)}),
    ],
)
def test_a_question_that_cannot_be_answered_names_its_field(tom, field, changes):
    with pytest.raises(UnreadableField) as refused:
        asked(tom, **changes)

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("pack_ends_on_or_after_its_first_day", {"ends_on": date(2026, 10, 31)}),
        ("pack_asks_for_what_was_recorded", {"as_at": ASKED_AT + timedelta(seconds=1)}),
        ("pack_has_a_purpose", {"purpose": "curiosity"}),
        ("pack_made_whole_and_expires", {"sha256": ""}),
        ("pack_agreed_by_and_at_together", {"agreed_by": "Colin Reeve"}),
        ("pack_agreed_by_a_second_person", {"agreed_by": "Tom Oakes", "agreed_at": MINUTES_LATER, "agreer": "asker"}),
    ],
)
def test_the_database_refuses_a_pack_that_cannot_be(tom, constraint, values):
    pack = made(tom)
    if values.get("agreer"):
        values = values | {"agreer": tom.person_id}

    with factories.acting(tom), pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        PackRequest.objects.filter(id=pack.id).update(**values)
