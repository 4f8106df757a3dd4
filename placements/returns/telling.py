"""Whom does an import tell, once a person says so? The hosts of current out-of-area placements not yet told of."""

from datetime import datetime
from uuid import UUID

from accounts.acting import Actor
from notifications.models import Document
from placements.models import Placement
from placements.place import verdicts
from placements.telling import notices

BATCH = 500


def tell_hosts(return_id: UUID | str, *, by: Actor, at: datetime) -> int:
    """Send the notice that is owed to the host of each current placement of a return; returns how many were sent.

    A disputed placement is told of when a person has said where the child was. What was told before, here or as
    somebody stated before Placewatch, is not told again.
    """
    waiting = (
        Placement.objects.filter(
            authority_id=by.authority_id,
            episodes__delivered_in=return_id,
            status=Placement.Status.STARTED,
            is_disputed=False,
            superseded_at=None,
            told_before=None,
        )
        .exclude(id__in=Document.objects.filter(sender_id=by.authority_id).values("subject_id"))
        .distinct()
        .select_related("child", "authority")
    )
    sent = 0
    for placement in waiting.iterator(chunk_size=BATCH):
        verdicts.judge(placement, at=at)
        sent += notices.tell_host(placement, by=by, at=at) is not None
    return sent
