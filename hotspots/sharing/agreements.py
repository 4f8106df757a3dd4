"""What have two authorities agreed about sharing, and until when? An agreement is made once; only its end is set."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Min, Q, QuerySet
from psycopg.errors import ExclusionViolation

from accounts.acting import Actor
from audit import log
from geo.ground import current_ground
from hotspots import nudging
from hotspots.exceptions import AgreementHasEnded, AgreementMissing, AgreementNotFound, AgreementStands, EndsTooEarly
from hotspots.models import Agreement

PURPOSE_BY_COMMAND = "Placing and protecting looked-after children"
BY_COMMAND = "made by command"


def stands(at: datetime) -> Q:
    """Which agreements have not ended at an instant: those that run, and those that are still to begin."""
    return Q(ends_at=None) | Q(ends_at__gt=at)


@transaction.atomic
def make(
    *,
    partner_id: UUID,
    purpose: str,
    basis: str,
    reference: str,
    starts_at: datetime,
    ends_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Agreement:
    """Record an agreement to tell a partner of the authority's areas. By itself it tells nothing.

    Refuses a partner with whom one runs in any part of that time (AgreementStands), an end that does not follow the
    beginning (EndsTooEarly), and the authority itself.
    """
    if ends_at is not None and ends_at <= max(starts_at, at):
        raise EndsTooEarly
    with_partner = Agreement.objects.filter(authority_id=by.authority_id, partner_id=partner_id)
    overlapping = with_partner.select_for_update().filter(Q(ends_at=None) | Q(ends_at__gt=starts_at))
    if ends_at is not None:
        overlapping = overlapping.filter(starts_at__lt=ends_at)
    if partner_id == by.authority_id or (standing := overlapping.first()):
        raise AgreementStands("" if partner_id == by.authority_id else standing.reference)
    made = Agreement(
        authority_id=by.authority_id,
        partner_id=partner_id,
        purpose=purpose,
        basis=basis,
        reference=reference,
        made_how=_made_how(by),
        starts_at=starts_at,
        ends_at=ends_at,
        recorded_at=at,
        recorded_by=by.name,
    )
    _save(made, force_insert=True)
    log.record(operation="agreements.make", subject_kind="agreement", subject_ids=[made.id])
    return made


@transaction.atomic
def end(agreement_id: UUID, *, ends_at: datetime | None = None, by: Actor, at: datetime) -> Agreement:
    """Set when an agreement ends: now, unless a later instant is given. From then on nothing is told under it.

    Refuses another authority's (AgreementNotFound), one that has ended (AgreementHasEnded), an end in the past or before
    its beginning (EndsTooEarly), and one after the next has begun (AgreementStands).
    """
    ends_at = ends_at or at
    agreement = Agreement.objects.select_for_update().filter(id=agreement_id, authority_id=by.authority_id).first()
    if agreement is None:
        raise AgreementNotFound
    if agreement.ends_at is not None and agreement.ends_at <= at:
        raise AgreementHasEnded(agreement.reference)
    if ends_at < at or ends_at <= agreement.starts_at:
        raise EndsTooEarly
    agreement.ends_at, agreement.end_recorded_at, agreement.end_recorded_by = ends_at, at, by.name
    _save(agreement, update_fields=["ends_at", "end_recorded_at", "end_recorded_by"])
    log.record(operation="agreements.end", subject_kind="agreement", subject_ids=[agreement.id])
    nudging.check_after_commit(by.authority_id)
    return agreement


def _save(agreement: Agreement, **how) -> None:
    """The database has the last word on what overlaps: two people may agree at the same moment."""
    try:
        with transaction.atomic():
            agreement.save(**how)
    except IntegrityError as error:
        if not isinstance(error.__cause__, ExclusionViolation):
            raise
        raise AgreementStands(_standing_beside(agreement)) from error


def _standing_beside(agreement: Agreement) -> str:
    """The reference of the agreement with which this one overlaps."""
    others = Agreement.objects.filter(authority_id=agreement.authority_id, partner_id=agreement.partner_id)
    overlapping = others.exclude(id=agreement.id).filter(stands(agreement.starts_at))
    if agreement.ends_at is not None:
        overlapping = overlapping.filter(starts_at__lt=agreement.ends_at)
    return overlapping.values_list("reference", flat=True)[0]


def with_partners(partner_ids: Collection[UUID], *, needs_agreement: bool, by: Actor, at: datetime) -> dict[UUID, UUID]:
    """The agreement by partner: the one in force, else the next one.

    Where there is none, one in force is made "by command" until the next begins; with `needs_agreement` the partner is
    refused (AgreementMissing), named.
    """
    partners = sorted(set(partner_ids))
    of_partners = Agreement.objects.filter(authority_id=by.authority_id, partner_id__in=partners)
    found = _by_partner(of_partners.filter(stands(at), starts_at__lte=at).order_by(F("ends_at").asc(nulls_last=True)))
    if needs_agreement:
        found = _by_partner(of_partners.filter(starts_at__gt=at).order_by("-starts_at")) | found
        if missing := [partner_id for partner_id in partners if partner_id not in found]:
            ground = current_ground()
            raise AgreementMissing(ground.authorities[partner_id].name for partner_id in missing)
        return found
    later = dict(
        of_partners.filter(starts_at__gt=at).values_list("partner_id").annotate(Min("starts_at")).order_by("partner_id")
    )
    made = Agreement.objects.bulk_create(
        [
            Agreement(
                authority_id=by.authority_id,
                partner_id=partner_id,
                purpose=PURPOSE_BY_COMMAND,
                basis=BY_COMMAND,
                reference=BY_COMMAND,
                starts_at=at,
                ends_at=later.get(partner_id),
                recorded_at=at,
                recorded_by=by.name,
            )
            for partner_id in partners
            if partner_id not in found
        ]
    )
    return found | {agreement.partner_id: agreement.id for agreement in made}


def _by_partner(rows: QuerySet[Agreement]) -> dict[UUID, UUID]:
    return dict(rows.values_list("partner_id", "id"))


def _made_how(by: Actor) -> Agreement.MadeHow:
    if by.person_id:
        return Agreement.MadeHow.PERSON
    return Agreement.MadeHow.SYSTEM if by.client_id else Agreement.MadeHow.COMMAND
