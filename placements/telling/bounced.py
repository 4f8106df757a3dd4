"""A notice that came back is no notice: is the duty to give it open again, and met once it was given another way?"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.acting import Actor, acting_for, service
from duties.actions import ask_anew
from duties.models import Closing, Duty
from notifications.models import Delivery, Document
from placements.models import Placement
from placements.owed import calendar, obligations
from placements.place import verdicts
from placements.place.verdicts import Judged
from placements.telling import completeness

# Long enough to find what no sweep ran for; a duty is looked at again at most once for each bounce.
LOOK_BACK = timedelta(days=30)
CAME_BACK = "The e-mail about it came back, and nobody there has it: it was not given."


def look_at(authority_id: UUID, *, at: datetime) -> None:
    """Reopen the duties of hosts whose notice came back, and close those that were given another way since."""
    with acting_for(service(authority_id), "notices that came back") as by:
        returned = Delivery.objects.filter(
            sender_id=authority_id,
            channel=Delivery.Channel.EMAIL,
            state=Delivery.State.UNDELIVERABLE,
            ended_at__gt=at - LOOK_BACK,
            document__kind=Document.Kind.PLACEMENT_NOTICE,
        )
        subjects = list(returned.values_list("document__subject_id", flat=True).distinct())
        for placement in Placement.objects.filter(id__in=subjects, superseded_at=None).select_related("child"):
            _look_at(placement, by=by, at=at)


@transaction.atomic
def _look_at(placement: Placement, *, by: Actor, at: datetime) -> None:
    judged = verdicts.current(placement)
    if judged is None or judged.host is None:
        return
    if completeness.of_notice(placement, judged).told_at is None:
        _reopen(placement, judged, by=by, at=at)
    completeness.meet_what_is_done(placement, judged, by=by, at=at)


def _reopen(placement: Placement, judged: Judged, *, by: Actor, at: datetime) -> None:
    keys = [f"notice_to_host:{placement.id}", f"{completeness.NOTIFIED}:{placement.id}"]
    met = Duty.objects.filter(authority_id=placement.authority_id, key__in=keys, closing=Closing.MET)
    if not met.exists():
        return
    ask_anew(keys, wanted=keys, authority_id=placement.authority_id, reason=CAME_BACK, by=by.name, at=at)
    obligations.raise_for(placement, judged, holidays=calendar.holidays(), by=by.name, at=at)
