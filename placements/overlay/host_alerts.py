"""Which hosts are told that something shared came near a child's place there? Those with whom it was agreed, and no more.

The alert names the notice that the host holds, and asks it to ring: not the area, not its owner, not what is said of it.
The owner of the area is never the one who is told: it would learn which child lives near what it shared.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts import policy
from accounts.acting import Actor
from audit import log
from db.clock import london_date
from geo.models import Authority
from hotspots.models import Audience, Output
from hotspots.sharing import passing_on
from notifications import documents
from notifications.models import Document
from placements.exceptions import UnreadableField
from placements.models import HostAlertAgreement, Screening, Verdict
from placements.overlay.comparing import Difference, Result
from placements.telling.bodies import whom_to_ring

RING_US = "What is shared about the place of this child has changed. Ring us before you act on it."


def agreed(authority_id: UUID) -> QuerySet[HostAlertAgreement]:
    """The agreements on alerts, those that run first."""
    rows = HostAlertAgreement.objects.filter(authority_id=authority_id).select_related("host")
    return rows.order_by("ended_at", "host__name", "id")


@transaction.atomic
def agree(*, host_id: UUID, reference: str, by: Actor, at: datetime) -> HostAlertAgreement:
    """Record that alerts were agreed with a host. Raises NotPermitted, UnreadableField (our own area, or agreed already)."""
    policy.require("host_alerts.agree", by.role)
    if host_id == by.authority_id:
        raise UnreadableField("host", "We are the host there ourselves. Choose another authority.")
    if not Authority.objects.filter(id=host_id).exists():
        raise UnreadableField("host", "There is no such authority.")
    if not reference.strip():
        raise UnreadableField("reference", "Say where the agreement is written down.")
    if HostAlertAgreement.objects.filter(authority_id=by.authority_id, host_id=host_id, ended_at=None).exists():
        raise UnreadableField("host", "Alerts are agreed with this host already.")
    made = HostAlertAgreement.objects.create(
        authority_id=by.authority_id, host_id=host_id, reference=reference.strip(), recorded_at=at, recorded_by=by.name
    )
    log.record(operation="host_alerts.agree", subject_kind="host_alert", subject_ids=[made.id])
    return made


@transaction.atomic
def end(agreement_id: UUID, *, by: Actor, at: datetime) -> HostAlertAgreement:
    """End an agreement: its host is told nothing more. One that has ended stays as it is."""
    policy.require("host_alerts.end", by.role)
    held = HostAlertAgreement.objects.select_for_update().get(authority_id=by.authority_id, id=agreement_id)
    if held.ended_at is None:
        held.ended_at, held.ended_by = at, by.name
        held.save(update_fields=["ended_at", "ended_by"])
        log.record(operation="host_alerts.end", subject_kind="host_alert", subject_ids=[held.id])
    return held


def tell(found: Mapping[Screening, Sequence[Difference]], *, at: datetime) -> list[Document]:
    """Alert the hosts of the places that something came near, where that is agreed and no condition forbids it.

    The checks are of one authority, which is acted for. Of a closed address no host is told.
    """
    entered = {
        check.placement_id: (check, owners)
        for check, differences in found.items()
        if not check.is_restricted and (owners := {one.owner_id for one in differences if one.result is Result.ENTERED})
    }
    hosts = (
        set(HostAlertAgreement.objects.filter(ended_at=None).values_list("host_id", flat=True)) if entered else set()
    )
    if not hosts:
        return []
    verdicts = Verdict.objects.filter(placement_id__in=list(entered), superseded_at=None, host_id__in=hosts)
    told = []
    for placement_id, host_id in verdicts.values_list("placement_id", "host_id"):
        check, owners = entered[placement_id]
        if str(host_id) not in owners and _may_be_told(check):
            told += _tell(check, host_id, at=at)
    return told


def _may_be_told(check: Screening) -> bool:
    bound = passing_on.binding(check.versions)
    return not any(one.forbids(audience=Audience.OTHER_BODY, output=Output.NOTICE) for one in bound)


def _tell(check: Screening, host_id: UUID, *, at: datetime) -> list[Document]:
    """The alert about a place that the host was told of; where it was told of none, there is nothing to point at."""
    to_host = Document.objects.filter(
        sender_id=check.authority_id, recipient_id=host_id, subject_id=check.placement_id, superseded_by=None
    )
    notice = to_host.filter(kind=Document.Kind.PLACEMENT_NOTICE, recalled_at=None).first()
    if notice is None:
        return []
    return [
        documents.compose(
            sender_id=check.authority_id,
            recipient_id=host_id,
            kind=Document.Kind.AREA_ALERT,
            subject_id=check.placement_id,
            body={
                "about_reference": notice.reference,
                "area_alert": RING_US,
                **whom_to_ring(check.authority_id, london_date(at)),
            },
            due_on=None,
            urgency=Document.Urgency.ORDINARY,
            by="Placewatch",
            at=at,
            supersedes=to_host.filter(kind=Document.Kind.AREA_ALERT).first(),
        )
    ]
