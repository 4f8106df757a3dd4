"""Who may know a restricted address? Nobody without a named grant that runs (security R18)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.acting import Actor
from notifications import documents
from notifications.models import Document
from placements.models import AddressGrant, MissingReport, Placement


def readers(placement: Placement) -> list[UUID] | None:
    """Who of ours could read a document about a closed address when it was composed; None for an open one.

    Kept with the document as history. Who reads it later is what the grants say then (ADR 0065).
    """
    if not placement.is_restricted:
        return None
    return list(AddressGrant.objects.filter(placement=placement).values_list("person_id", flat=True))


def running(*, at: datetime) -> QuerySet[AddressGrant]:
    """The grants that run at an instant."""
    return AddressGrant.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)


def held(placements: Iterable[Placement], *, by: Actor, at: datetime) -> set[UUID]:
    """The ids of those restricted placements whose address the actor may be told at an instant.

    The application's own wall; the database asks the same of every row (placements/migrations/0002_row_security.py).
    """
    restricted = [placement.id for placement in placements if placement.is_restricted]
    if by.is_operator or not restricted:
        return set(restricted)
    return set(_mine(by, at).filter(placement_id__in=restricted).values_list("placement_id", flat=True))


def open_matters(*, by: Actor, at: datetime) -> set[UUID]:
    """What a closed document may be about for the actor to read it: placements held, and children missing from them."""
    held_now = set(_mine(by, at).values_list("placement_id", flat=True))
    reports = MissingReport.objects.filter(placement_id__in=held_now)
    return held_now | set(reports.values_list("id", flat=True))


def documents_sent(*, by: Actor, at: datetime) -> QuerySet[Document]:
    """What the actor's authority sent, of closed addresses only what the actor may know."""
    return documents.sent(by.authority_id, open_matters=open_matters(by=by, at=at))


def of_placement(placement: Placement) -> QuerySet[AddressGrant]:
    """Every grant ever given to the placement's address, the latest first."""
    return AddressGrant.objects.filter(placement=placement).select_related("person").order_by("-starts_at", "id")


def _mine(by: Actor, at: datetime) -> QuerySet[AddressGrant]:
    if by.person_id is None:
        return AddressGrant.objects.none()
    return running(at=at).filter(authority_id=by.authority_id, person_id=by.person_id)
