"""Which rows of registered post are there in the matrix's world? A system that was proved, a dead letter, a step taken."""

from uuid import UUID, uuid4

from accounts.acting import Actor, acting_for, service
from db import clock
from notifications.models import Climb, Delivery, Endpoint, Rung
from tests import databases


def build(worker: Actor) -> dict[str, UUID]:
    """Their ids, by what requests call them."""
    at = clock.now()
    with acting_for(service(worker.authority_id), "test"):
        endpoint = Endpoint.objects.create(
            authority_id=worker.authority_id,
            url="https://ours.example/notices",
            secret=b"sealed",
            added_at=at,
            added_by="Somebody",
            added_by_person=uuid4(),
            challenge_outcome="Proved",
            proved_at=at,
        )
    with databases.as_role("WORKER_DATABASE_URL"), acting_for(service(worker.authority_id), "test"):
        dead = Delivery.objects.filter(sender_id=worker.authority_id, state=Delivery.State.QUEUED).order_by("id")[0]
        rows = Delivery.objects.filter(id=dead.id)
        rows.update(state=Delivery.State.SENDING, lease=uuid4(), leased_until=at)
        rows.update(state=Delivery.State.UNDELIVERABLE, lease=None, leased_until=None, ended_at=at)
        climb = Climb.objects.filter(sender_id=worker.authority_id).order_by("id")[0]
        Rung.objects.create(
            climb=climb,
            sender_id=climb.sender_id,
            recipient_id=climb.recipient_id,
            number=1,
            step="named_person",
            due_at=at,
            at=at,
            words="A task",
        )
    return {"endpoint": endpoint.id, "dead_letter": dead.id}
