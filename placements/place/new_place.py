"""Who is told, and what is asked, when the place of a placement turns out to be, or becomes, another?"""

from datetime import datetime

from accounts.acting import Actor
from duties.actions import ask_anew
from notifications import documents
from notifications.models import Document
from placements import endings
from placements.models import Placement
from placements.overlay import screening
from placements.owed import calendar, grounds
from placements.place import verdicts
from placements.place.verdicts import Judged
from placements.telling import notices

Kind = Document.Kind
TAKEN_BACK = (Kind.PLACEMENT_NOTICE, Kind.CONSULTATION, Kind.ENQUIRY, Kind.NEW_DATE, Kind.ENDING_NOTICE)


def tell_of_new_place(
    placement: Placement, before: Judged | None, *, reason: str, tell_host: bool, by: Actor, at: datetime
) -> None:
    """After a place was judged anew: the former host's sight of what it was sent closes, the new one is told, and the
    authorities around the new place are asked what they share.

    An emergency is told when the child is there.
    """
    judged = verdicts.current(placement)
    if before is not None and before.host is not None and before.host != judged.host:
        _take_back(placement, before, at=at)
        _ask_endings_anew(placement, judged, reason=reason, by=by, at=at)
    screening.screen([placement], at=at, purpose="a place that changed")
    if (
        tell_host
        and notices.is_owed(placement, judged)
        and not (placement.is_emergency and placement.starts_on is None)
    ):
        _tell(placement, judged, by=by, at=at)


def _take_back(placement: Placement, before: Judged, *, at: datetime) -> None:
    sent = Document.objects.filter(
        sender_id=placement.authority_id,
        recipient=before.host,
        subject_id=placement.id,
        kind__in=TAKEN_BACK,
        recalled_at=None,
    )
    for document in sent:
        documents.recall(document.id, sender_id=placement.authority_id, at=at)


def _ask_endings_anew(placement: Placement, judged: Judged, *, reason: str, by: Actor, at: datetime) -> None:
    """The host of an ending is another one too."""
    found = grounds.of(placement, judged.area)
    wanted = [one.key for one in endings.owed(found, holidays=calendar.holidays())]
    keys = [f"{endings.TO_HOST}:{placement.id}"]
    ask_anew(keys, wanted=wanted, authority_id=placement.authority_id, reason=reason, by=by.name, at=at)
    endings.bring_up_to_date(placement, reason=reason, by=by, at=at)


def _tell(placement: Placement, judged: Judged, *, by: Actor, at: datetime) -> None:
    """A first notice, or one that supersedes what this host was told of another place."""
    latest = notices.latest_notice(placement, judged)
    if latest is None:
        notices.tell_host(placement, by=by, at=at)
        return
    still_owed = notices.still_owed(placement, judged, told_at=latest.composed_at)
    notices.send(placement, judged, {"still_owed": still_owed}, supersedes=latest, by=by, at=at)
