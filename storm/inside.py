"""What do scenarios that run inside one process share? The partners, one notice at a time, and a drain without workers."""

import os
import signal
import time
from datetime import timedelta
from uuid import UUID, uuid4

import django

django.setup()

from django.db import connection, connections

from accounts.acting import Actor, acting_for
from accounts.roles import Role
from audit import seal
from db import clock
from geo.models import Authority
from notifications import documents
from notifications.delivery import delivery, emails, results
from notifications.exceptions import ComposedAlready
from notifications.ladder import climbing
from notifications.models import Document
from storm import scene
from storm.sender import partners

RUN_OUT = "update notifications_delivery set leased_until = clock_timestamp() - interval '1 s' where state = 'sending'"
WAITING = "select count(*), min(next_at) from notifications_delivery where state in ('queued', 'sending', 'posted')"
REST_NO_MORE = "update notifications_endpoint set rests_until = null where rests_until is not null"
DRAIN_SECONDS = 240
# The fake e-mail service takes its time.
PATIENCE_SECONDS = 0.5


class Post:
    """The senders and recipients of a storm, and the number of the next notice."""

    def __init__(self, seed: int):
        self.seed, self.everybody, self.number = seed, partners(), 0

    def officer(self, number: int) -> Actor:
        """Whoever sends the notice of that number."""
        return Actor(self.sender(number).id, Role.PLACEMENT_OFFICER, "Storm sender", person_id=uuid4())

    def sender(self, number: int) -> Authority:
        """Whose notice it is."""
        return self.everybody[scene.pair(number)[0]]

    def recipient(self, number: int) -> Authority:
        """Whom it is for."""
        return self.everybody[scene.pair(number)[1]]

    def write(self, number: int) -> None:
        """Write the notice of that number, if an earlier try has not."""
        officer = self.officer(number)
        try:
            with acting_for(officer, "storm"):
                documents.compose(
                    sender_id=officer.authority_id,
                    recipient_id=self.recipient(number).id,
                    kind=Document.Kind.PLACEMENT_NOTICE,
                    subject_id=scene.subject(self.seed, number),
                    body={"is_emergency": False},
                    due_on=clock.today(),
                    urgency=Document.Urgency.ORDINARY,
                    by=officer.name,
                    at=clock.now(),
                )
        except ComposedAlready:
            return

    def next_for_a_system(self) -> int:
        """The number of a notice to a partner with a system of its own; those before it are written on the way."""
        while scene.pair(self.number)[1] >= scene.WITH_SYSTEM:
            self.write(self.number)
            self.number += 1
        self.number += 1
        return self.number - 1

    def document_id(self, number: int) -> UUID:
        """The document of that number."""
        with acting_for(self.officer(number), "storm"):
            return Document.objects.get(subject_id=scene.subject(self.seed, number)).id


def killed(work) -> bool:
    """Run the work in a process of its own, which is to end by its own -9; whether it did."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def die(*_: object, **__: object) -> None:
    """End this process as a crash does."""
    os.kill(os.getpid(), signal.SIGKILL)


def free_lanes() -> None:
    """Let every lease run out and every receiver be called again, so that what was killed stands in nobody's way."""
    with connection.cursor() as cursor:
        cursor.execute(RUN_OUT)
        cursor.execute(REST_NO_MORE)
    results.recover()


def drain() -> None:
    """Let every lease run out and every wait pass, and deliver until nothing waits; then seal the log-book."""
    deadline = time.monotonic() + DRAIN_SECONDS
    while time.monotonic() < deadline:
        free_lanes()
        delivery.deliver_due()
        emails.ask_due()
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            many, next_at = cursor.fetchone()
        if not many:
            break
        ahead = next_at - clock.now()
        if ahead > timedelta(0):
            clock.set_to(next_at)
            time.sleep(PATIENCE_SECONDS)
    while climbing.climb_due():
        pass
    while seal.seal():
        pass
