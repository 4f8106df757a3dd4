"""Does a receiver answer, and when is it tried again? Five failures in a row open its circuit; it is never ended for it.

While the circuit is open nothing is sent but one probe at a time, ever more seldom; the first answer closes it. After
an hour its authority has a task to look at its system.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Coalesce

from accounts.acting import acting_for, service
from db.clock import london_date
from duties.actions import raise_duties
from duties.models import Basis
from duties.owed import Owed
from notifications.channels import Reply
from notifications.models import Attempt, Endpoint

OPENS_AFTER = 5
FIRST_REST = timedelta(seconds=5)
LONGEST_REST = timedelta(minutes=30)
TELL_AFTER = timedelta(hours=1)

# None of these says anything about the receiver.
SAYS_NOTHING = {Attempt.Outcome.OUR_FAULT, Attempt.Outcome.INTERRUPTED, Attempt.Outcome.ADDRESS_REFUSED}


def note_all(replies: Sequence[tuple[UUID, Reply]], *, at: datetime) -> None:
    """Keep what tries say about their receivers: one question for all that took what they were brought."""
    telling = [(endpoint_id, reply) for endpoint_id, reply in replies if reply.outcome not in SAYS_NOTHING]
    for endpoint_id, reply in telling:
        if reply.outcome != Attempt.Outcome.TAKEN:
            _note_failure(endpoint_id, at=at)
    took = {endpoint_id for endpoint_id, reply in telling if reply.outcome == Attempt.Outcome.TAKEN}
    for endpoint_id in Endpoint.objects.filter(id__in=took).exclude(failures=0).values_list("id", flat=True):
        Endpoint.objects.filter(id=endpoint_id).update(failures=0, failing_since=None, rests_until=None)


def _note_failure(endpoint_id: UUID, *, at: datetime) -> None:
    rows = Endpoint.objects.filter(id=endpoint_id)
    rows.update(failures=F("failures") + 1, failing_since=Coalesce("failing_since", at))
    endpoint = rows.get()
    if endpoint.failures >= OPENS_AFTER:
        rows.update(rests_until=at + rest(endpoint.failures))
    if at - endpoint.failing_since >= TELL_AFTER:
        _tell(endpoint, at=at)


def rest(failures: int) -> timedelta:
    """How long a receiver is left alone after so many failures in a row, five or more."""
    return min(FIRST_REST * 2 ** min(failures - OPENS_AFTER, 10), LONGEST_REST)


def _tell(endpoint: Endpoint, *, at: datetime) -> None:
    since = london_date(endpoint.failing_since)
    owed = Owed(
        key=f"endpoint_failing:{endpoint.id}:{endpoint.failing_since.isoformat()}",
        kind="endpoint_failing",
        title="Our system does not take notices: have it put right",
        basis=Basis.PRACTICE,
        citation="Practice: a system that does not answer is looked at by its own people",
        subject_kind="endpoint",
        subject_id=endpoint.id,
        subject_reference=str(endpoint.id)[:8],
        due_on=london_date(at),
        working=(
            f"It has failed {endpoint.failures} times in a row since {since:%-d %B %Y}. Every notice stands in the inbox.",
        ),
        role="manager",
    )
    with acting_for(service(endpoint.authority_id), "telling that a system does not answer"):
        raise_duties([owed], authority_id=endpoint.authority_id, by="Placewatch", at=at)
