"""How is an area of concern published, taken back, and said something of? Each action holds the locks that it needs."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Min, Q

from accounts.acting import Actor
from audit import log
from db.clock import london_date
from geo.ground import current_ground, holds
from geo.models import Authority, Country
from hotspots import states
from hotspots.exceptions import HotspotNotFound
from hotspots.models import Agreement, Coverage, Hotspot, Share

DEFAULT_DISTANCE_METRES = 1_000

SUPERSEDE_OTHER_SHARES = """
    update hotspots_share share set superseded_at = %(at)s
    from unnest(%(partners)s::uuid[], %(agreements)s::uuid[]) as wanted(partner_id, agreement_id)
    where share.authority_id = %(owner)s and share.hotspot_id = any(%(hotspots)s::uuid[])
        and share.partner_id = wanted.partner_id and share.superseded_at is null
        and (share.level, share.distance_metres, share.agreement_id)
            is distinct from (%(level)s, %(distance_metres)s, wanted.agreement_id)
"""
ADD_MISSING_SHARES = """
    insert into hotspots_share
        (id, authority_id, hotspot_id, partner_id, agreement_id, level, distance_metres, recorded_at, recorded_by)
    select gen_random_uuid(), %(owner)s, shared.hotspot_id, wanted.partner_id, wanted.agreement_id, %(level)s,
           %(distance_metres)s, %(at)s, %(by)s
    from unnest(%(hotspots)s::uuid[]) as shared(hotspot_id)
    cross join unnest(%(partners)s::uuid[], %(agreements)s::uuid[]) as wanted(partner_id, agreement_id)
    where not exists (
        select
        from hotspots_share present
        where present.hotspot_id = shared.hotspot_id and present.partner_id = wanted.partner_id
            and present.superseded_at is null
    )
"""


def everybody_but(owner: Authority, on: date) -> list[Authority]:
    """Every upper-tier authority of England and Wales in being on the day, the owner apart: what "all" means."""
    return [
        one
        for one in current_ground().authorities.values()
        if one.country in (Country.ENGLAND, Country.WALES) and holds(one, on) and one.id != owner.id
    ]


@transaction.atomic
def share(
    hotspot_ids: Collection[UUID],
    *,
    partner_ids: Collection[UUID],
    level: Share.Level = Share.Level.PROXIMITY,
    distance_metres: int = DEFAULT_DISTANCE_METRES,
    by: Actor,
    at: datetime,
) -> int:
    """Publish the authority's areas to partners at a level; returns how many shares are new or changed.

    A partner with no agreement in force gets one "made by command". The owner's coverage statement then says that it
    shares and looked today. Refuses areas that are not the authority's own (HotspotNotFound) and withdrawn ones
    (InvalidTransition).
    """
    hotspots = _locked(hotspot_ids, by)
    for hotspot in hotspots:
        if hotspot.state != Hotspot.State.SHARED:
            states.move(hotspot, Hotspot.State.SHARED)
    Hotspot.objects.bulk_update(hotspots, ["state"], batch_size=1_000)
    agreements = _agreements(partner_ids, by=by, at=at)
    values = {
        "owner": by.authority_id,
        "hotspots": [hotspot.id for hotspot in hotspots],
        "partners": list(agreements),
        "agreements": list(agreements.values()),
        "level": Share.Level(level).value,
        "distance_metres": distance_metres,
        "at": at,
        "by": by.name,
    }
    with connection.cursor() as cursor:
        cursor.execute(SUPERSEDE_OTHER_SHARES, values)
        cursor.execute(ADD_MISSING_SHARES, values)
        added = cursor.rowcount
    _keep_coverage_up(by=by, at=at)
    log.record(
        operation="hotspots.share",
        subject_kind="hotspot",
        detail={"areas": len(hotspots), "partners": len(agreements), "level": values["level"], "shares": added},
    )
    return added


@transaction.atomic
def withdraw(hotspot_id: UUID, *, by: Actor) -> Hotspot:
    """Take an area back for good: from this moment no reader is told of it."""
    return _move(hotspot_id, Hotspot.State.WITHDRAWN, by)


@transaction.atomic
def lapse(hotspot_id: UUID, *, by: Actor) -> Hotspot:
    """Stop telling of an area until it is shared again."""
    return _move(hotspot_id, Hotspot.State.LAPSED, by)


@transaction.atomic
def say_coverage(
    *, shares: bool, scope: str = "", last_looked_on: date, review_on: date | None = None, by: Actor, at: datetime
) -> Coverage:
    """Say what the authority shares and when it last looked; takes the place of what it said before, unless the same."""
    present = Coverage.objects.select_for_update().filter(authority_id=by.authority_id, superseded_at=None).first()
    said = {"shares": shares, "scope": scope, "last_looked_on": last_looked_on, "review_on": review_on}
    if present and all(getattr(present, name) == value for name, value in said.items()):
        return present
    if present:
        present.superseded_at = at
        present.save(update_fields=["superseded_at"])
    statement = Coverage.objects.create(authority_id=by.authority_id, said_at=at, said_by=by.name, **said)
    log.record(operation="coverage.say", subject_kind="coverage", subject_ids=[statement.id])
    return statement


def _keep_coverage_up(*, by: Actor, at: datetime) -> None:
    """Whoever publishes shares, and looked today; a review date that has gone by is no longer one."""
    today = london_date(at)
    present = Coverage.objects.filter(authority_id=by.authority_id, superseded_at=None).first()
    is_review_ahead = present is not None and present.review_on is not None and present.review_on >= today
    say_coverage(
        shares=True,
        scope=present.scope if present else "",
        last_looked_on=today,
        review_on=present.review_on if is_review_ahead else None,
        by=by,
        at=at,
    )


def _agreements(partner_ids: Iterable[UUID], *, by: Actor, at: datetime) -> dict[UUID, UUID]:
    """The agreement in force with each partner; makes one, until a later one starts, where there is none."""
    partners = sorted(set(partner_ids))
    of_partners = Agreement.objects.filter(authority_id=by.authority_id, partner_id__in=partners)
    in_force = of_partners.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)
    found = dict(in_force.order_by(F("ends_at").asc(nulls_last=True)).values_list("partner_id", "id"))
    later = dict(
        of_partners.filter(starts_at__gt=at).values_list("partner_id").annotate(Min("starts_at")).order_by("partner_id")
    )
    made = Agreement.objects.bulk_create(
        [
            Agreement(
                authority_id=by.authority_id,
                partner_id=partner_id,
                purpose="Placing and protecting looked-after children",
                basis="made by command",
                reference="made by command",
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


def _locked(hotspot_ids: Collection[UUID], by: Actor) -> list[Hotspot]:
    own = Hotspot.objects.select_for_update().filter(id__in=hotspot_ids, authority_id=by.authority_id)
    hotspots = list(own.order_by("id"))
    if len(hotspots) != len(set(hotspot_ids)):
        raise HotspotNotFound
    return hotspots


def _move(hotspot_id: UUID, to: Hotspot.State, by: Actor) -> Hotspot:
    (hotspot,) = _locked([hotspot_id], by)
    states.move(hotspot, to)
    hotspot.save(update_fields=["state"])
    log.record(operation=f"hotspots.{to}", subject_kind="hotspot", subject_ids=[hotspot.id])
    return hotspot
