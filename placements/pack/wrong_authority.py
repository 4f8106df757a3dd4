"""Which papers went to an authority in whose area the place does not lie, and how long did they stand there?

A paper counts where its place was put right: the choice of the area was taken back, or the address was corrected, in
the same moment in which the paper was.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from notifications.models import Document
from placements.models import Amendment, HostChoice
from placements.pack.register import Entry

ABOUT_THE_CHILD = (Document.Kind.PLACEMENT_NOTICE, Document.Kind.CONSULTATION, Document.Kind.NEW_DATE)


@dataclass(frozen=True)
class SentWrongly:
    """That an authority was told of a child in error, from its first paper until all of them were taken back."""

    entry: Entry
    recipient: str
    sent_at: datetime
    undone_at: datetime

    @property
    def minutes(self) -> int:
        """Whole minutes of the clock."""
        return (self.undone_at - self.sent_at) // timedelta(minutes=1)


def sent_wrongly(notices: Iterable[tuple[Entry, Document]], *, as_at: datetime) -> list[SentWrongly]:
    """One entry a placement and authority, in the order of the entries."""
    taken_back = [(entry, one) for entry, one in notices if one.kind in ABOUT_THE_CHILD and one.recalled_at is not None]
    put_right = _put_right([entry for entry, _ in taken_back], as_at)
    found: dict[tuple[UUID, UUID], SentWrongly] = {}
    for entry, one in taken_back:
        if one.recalled_at in put_right.get(entry.placement.id, ()):
            key = entry.placement.id, one.recipient_id
            earlier = found.get(key)
            sent_at = min(earlier.sent_at, one.composed_at) if earlier else one.composed_at
            found[key] = SentWrongly(entry, one.recipient.name, sent_at, one.recalled_at)
    return list(found.values())


def _put_right(entries: Sequence[Entry], as_at: datetime) -> dict[UUID, set[datetime]]:
    """When the place of each placement was put right."""
    about = {one.placement.id for one in entries}
    choices = HostChoice.objects.filter(placement__in=about, ended_at__lte=as_at)
    corrections = Amendment.objects.filter(
        placement__in=about, kind=Amendment.Kind.CORRECTED, earlier_place__isnull=False, recorded_at__lte=as_at
    )
    found: dict[UUID, set[datetime]] = {}
    for placement_id, at in (
        *choices.values_list("placement_id", "ended_at"),
        *corrections.values_list("placement_id", "recorded_at"),
    ):
        found.setdefault(placement_id, set()).add(at)
    return found
