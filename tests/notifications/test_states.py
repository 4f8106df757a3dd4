"""Which steps may a delivery take, and what state do a document's facts amount to?"""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from django.db import IntegrityError, ProgrammingError, connection

from accounts.acting import acting_for, service
from db import clock
from notifications import states
from notifications.exceptions import TransitionRefused
from notifications.models import Delivery, DocumentFact
from notifications.states import DocumentState, State
from tests import databases

Fact = DocumentFact.Fact
EARLY = datetime(2026, 12, 18, 1, 10, tzinfo=UTC)
LATE = EARLY + timedelta(hours=1)

ALLOWED = {
    (State.QUEUED, State.SENDING),
    (State.SENDING, State.QUEUED),
    (State.SENDING, State.GIVEN),
    (State.SENDING, State.POSTED),
    (State.SENDING, State.UNDELIVERABLE),
    (State.POSTED, State.QUEUED),
    (State.POSTED, State.GIVEN),
    (State.POSTED, State.UNDELIVERABLE),
}
PAIRS = list(product(State, State))


@pytest.mark.parametrize(("current", "wanted"), PAIRS)
def test_a_delivery_takes_the_steps_of_the_table_and_no_other(current, wanted):
    if (current, wanted) in ALLOWED:
        states.require_transition(current, wanted)
    else:
        with pytest.raises(TransitionRefused, match=f"is {current} may not become {wanted}"):
            states.require_transition(current, wanted)


def columns(state: State, at: datetime) -> dict:
    """What the constraints ask of a delivery in a state."""
    is_held = state == State.SENDING
    return {
        "state": state,
        "lease": "00000000-0000-4000-8000-000000000001" if is_held else None,
        "leased_until": at if is_held else None,
        "given_at": at if state == State.GIVEN else None,
        "posted_at": at if state == State.POSTED else None,
        "provider_id": "00000000-0000-4000-8000-000000000002" if state == State.POSTED else None,
    }


ROUTES = {
    State.QUEUED: [],
    State.SENDING: [State.SENDING],
    State.POSTED: [State.SENDING, State.POSTED],
    State.GIVEN: [State.SENDING, State.GIVEN],
    State.UNDELIVERABLE: [State.SENDING, State.UNDELIVERABLE],
}


@pytest.mark.parametrize(("current", "wanted"), [pair for pair in PAIRS if pair[0] != pair[1]])
def test_the_database_holds_the_same_table(post, worker, current, wanted):
    document = post.send()
    with worker():
        rows = Delivery.objects.filter(document=document)
        for state in ROUTES[current]:
            rows.update(**columns(state, clock.now()))
        if (current, wanted) in ALLOWED:
            assert rows.update(**columns(wanted, clock.now())) == 1
        else:
            with pytest.raises(IntegrityError, match=r"may not go|has ended"):
                rows.update(**columns(wanted, clock.now()))


@pytest.mark.parametrize("ended", [State.GIVEN, State.UNDELIVERABLE])
def test_a_delivery_that_has_ended_is_never_changed(post, worker, ended):
    document = post.send()
    with worker():
        rows = Delivery.objects.filter(document=document)
        for state in ROUTES[ended]:
            rows.update(**columns(state, clock.now()))
        with pytest.raises(IntegrityError, match="has ended"):
            rows.update(attempts_made=7)


@pytest.mark.parametrize("role", ["DATABASE_URL", "WORKER_DATABASE_URL"])
@pytest.mark.parametrize(
    "statement",
    [
        "update notifications_document set body = '{}'",
        "delete from notifications_document",
        "delete from notifications_delivery",
        "delete from notifications_attempt",
        "update notifications_attempt set outcome = 'taken'",
        "update notifications_documentfact set person = 'Somebody else'",
        "delete from notifications_documentfact",
        "delete from notifications_endpoint",
        "update notifications_delivery set document_id = gen_random_uuid()",
    ],
)
def test_no_role_of_the_service_rewrites_or_deletes_what_was_sent(post, role, statement):
    with (
        databases.as_role(role),
        pytest.raises(ProgrammingError, match="permission denied"),
        acting_for(service(post.sender.id), "test"),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("is_recalled", "is_superseded", "facts", "is_given", "state"),
    [
        (False, False, [], False, DocumentState.COMPOSED),
        (False, False, [], True, DocumentState.GIVEN),
        (False, False, [(Fact.RECEIVED, EARLY)], False, DocumentState.RECEIVED),
        (False, False, [(Fact.RECEIVED, EARLY)], True, DocumentState.RECEIVED),
        (False, False, [(Fact.RECEIVED, LATE), (Fact.OPENED, EARLY)], True, DocumentState.OPENED),
        (False, False, [(Fact.OPENED, EARLY)], False, DocumentState.OPENED),
        (False, False, [(Fact.OPENED, EARLY)], True, DocumentState.OPENED),
        (False, False, [(Fact.ACKNOWLEDGED, EARLY)], False, DocumentState.ACKNOWLEDGED),
        (False, False, [(Fact.OPENED, EARLY), (Fact.ACKNOWLEDGED, LATE)], True, DocumentState.ACKNOWLEDGED),
        # Somebody else opens it after it was acknowledged: it stays acknowledged.
        (False, False, [(Fact.OPENED, LATE), (Fact.ACKNOWLEDGED, EARLY)], True, DocumentState.ACKNOWLEDGED),
        (False, False, [(Fact.DISPUTED, EARLY)], True, DocumentState.DISPUTED),
        (False, False, [(Fact.ACKNOWLEDGED, EARLY), (Fact.DISPUTED, LATE)], True, DocumentState.DISPUTED),
        (False, False, [(Fact.ACKNOWLEDGED, LATE), (Fact.DISPUTED, EARLY)], True, DocumentState.ACKNOWLEDGED),
        (False, True, [], False, DocumentState.SUPERSEDED),
        (False, True, [(Fact.ACKNOWLEDGED, EARLY)], True, DocumentState.SUPERSEDED),
        (True, False, [], True, DocumentState.RECALLED),
        (True, False, [(Fact.ACKNOWLEDGED, EARLY)], True, DocumentState.RECALLED),
        (True, True, [(Fact.OPENED, EARLY)], False, DocumentState.RECALLED),
    ],
)
def test_the_state_is_derived_from_dated_facts(is_recalled, is_superseded, facts, is_given, state):
    assert states.derive(is_recalled=is_recalled, is_superseded=is_superseded, facts=facts, is_given=is_given) == state
