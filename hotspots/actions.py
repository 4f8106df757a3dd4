"""How does an area of concern come into each state, and who is told of it? Each action holds the locks that it needs."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from accounts.acting import Actor
from audit import log
from db.clock import london_date
from geo.ground import current_ground, holds
from geo.models import Authority, Country
from hotspots import nudging, states
from hotspots.exceptions import AreaRefused, HotspotNotFound
from hotspots.models import Coverage, Hotspot, Share, StateChange
from hotspots.sharing import agreements

DEFAULT_DISTANCE_METRES = 1_000

SUPERSEDE_OTHER_SHARES = """
    update hotspots_share share set superseded_at = %(at)s, superseded_by = %(by)s
    from unnest(%(partners)s::uuid[], %(agreements)s::uuid[]) as wanted(partner_id, agreement_id)
    where share.authority_id = %(owner)s and share.hotspot_id = any(%(hotspots)s::uuid[])
        and share.partner_id = wanted.partner_id and share.superseded_at is null
        and (share.level, share.distance_metres, share.agreement_id)
            is distinct from (%(level)s, %(distance_metres)s, wanted.agreement_id)
"""
ADD_MISSING_SHARES = """
    insert into hotspots_share
        (id, authority_id, hotspot_id, partner_id, agreement_id, level, distance_metres, recorded_at, recorded_by,
         superseded_by)
    select gen_random_uuid(), %(owner)s, shared.hotspot_id, wanted.partner_id, wanted.agreement_id, %(level)s,
           %(distance_metres)s, %(at)s, %(by)s, ''
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
    needs_agreement: bool = False,
    by: Actor,
    at: datetime,
) -> int:
    """Publish the authority's areas to partners at a level; returns how many shares are new or changed.

    A partner with no agreement gets one "made by command"; with `needs_agreement` that is refused (AgreementMissing).
    The owner's coverage statement then says that it shares and looked today. Refuses areas that are not the authority's
    own (HotspotNotFound) and withdrawn ones (InvalidTransition).
    """
    hotspots = _locked(hotspot_ids, by)
    _become(hotspots, Hotspot.State.SHARED, by=by, at=at)
    found = agreements.with_partners(partner_ids, needs_agreement=needs_agreement, by=by, at=at)
    values = {
        "owner": by.authority_id,
        "hotspots": [hotspot.id for hotspot in hotspots],
        "partners": list(found),
        "agreements": list(found.values()),
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
        subject_ids=values["hotspots"] if len(hotspots) == 1 else [],
        detail={"areas": len(hotspots), "partners": len(found), "level": values["level"], "shares": added},
    )
    return added


@transaction.atomic
def unshare(hotspot_ids: Collection[UUID], *, partner_ids: Collection[UUID], by: Actor, at: datetime) -> int:
    """Tell these partners nothing more of these areas, from this moment on; returns how many shares ended."""
    hotspots = _locked(hotspot_ids, by)
    present = Share.objects.filter(
        authority_id=by.authority_id,
        hotspot_id__in=[one.id for one in hotspots],
        partner_id__in=partner_ids,
        superseded_at=None,
    )
    ended = present.update(superseded_at=at, superseded_by=by.name)
    log.record(
        operation="hotspots.share",
        subject_kind="hotspot",
        subject_ids=[one.id for one in hotspots] if len(hotspots) == 1 else [],
        detail={"areas": len(hotspots), "partners": len(set(partner_ids)), "level": "nothing", "shares": ended},
    )
    return ended


@transaction.atomic
def publish(hotspot_id: UUID, *, by: Actor, at: datetime) -> Hotspot:
    """Let an area count: for the authority's own placements, and for those with whom it is shared."""
    (hotspot,) = _locked([hotspot_id], by)
    states.move(hotspot, Hotspot.State.SHARED)
    _write_state([hotspot], "", by=by, at=at)
    _keep_coverage_up(by=by, at=at)
    log.record(operation="hotspots.publish", subject_kind="hotspot", subject_ids=[hotspot.id])
    return hotspot


@transaction.atomic
def lapse(hotspot_id: UUID, *, reason: str = "", by: Actor, at: datetime) -> Hotspot:
    """Stop telling of an area until it is published again."""
    (hotspot,) = _locked([hotspot_id], by)
    states.move(hotspot, Hotspot.State.LAPSED)
    _write_state([hotspot], reason, by=by, at=at)
    log.record(operation="hotspots.lapse", subject_kind="hotspot", subject_ids=[hotspot.id])
    return hotspot


@transaction.atomic
def withdraw(hotspot_id: UUID, *, reason: str, by: Actor, at: datetime) -> Hotspot:
    """Take an area back for good: from this moment no reader is told of it. The reason stays with the owner.

    Refuses one without a reason (AreaRefused).
    """
    if not reason.strip():
        raise AreaRefused("reason", "Say why it is withdrawn. The reason stays with you.")
    (hotspot,) = _locked([hotspot_id], by)
    states.move(hotspot, Hotspot.State.WITHDRAWN)
    _write_state([hotspot], reason.strip(), by=by, at=at)
    log.record(operation="hotspots.withdraw", subject_kind="hotspot", subject_ids=[hotspot.id])
    return hotspot


@transaction.atomic
def say_coverage(
    *, shares: bool, scope: str = "", last_looked_on: date, review_on: date | None = None, by: Actor, at: datetime
) -> Coverage:
    """Say what the authority shares and when it last looked; takes the place of what it said before, unless the same.

    Refuses a day of looking that is still to come (AreaRefused).
    """
    if last_looked_on > london_date(at):
        raise AreaRefused("last_looked_on", "You cannot have looked on a day that is still to come.")
    present = Coverage.objects.select_for_update().filter(authority_id=by.authority_id, superseded_at=None).first()
    said = {"shares": shares, "scope": scope, "last_looked_on": last_looked_on, "review_on": review_on}
    if present and all(getattr(present, name) == value for name, value in said.items()):
        return present
    if present:
        present.superseded_at = at
        present.save(update_fields=["superseded_at"])
    statement = Coverage.objects.create(authority_id=by.authority_id, said_at=at, said_by=by.name, **said)
    log.record(operation="coverage.say", subject_kind="coverage", subject_ids=[statement.id])
    nudging.check_after_commit(by.authority_id)
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


def _become(hotspots: list[Hotspot], to: Hotspot.State, *, by: Actor, at: datetime) -> None:
    """Move those that are not in the state yet."""
    moved = [hotspot for hotspot in hotspots if hotspot.state != to]
    for hotspot in moved:
        states.move(hotspot, to)
    _write_state(moved, "", by=by, at=at)


def _write_state(hotspots: list[Hotspot], reason: str, *, by: Actor, at: datetime) -> None:
    Hotspot.objects.bulk_update(hotspots, ["state"], batch_size=1_000)
    StateChange.objects.bulk_create(
        [
            StateChange(
                authority_id=hotspot.authority_id,
                hotspot=hotspot,
                state=hotspot.state,
                reason=reason,
                at=at,
                by=by.name,
            )
            for hotspot in hotspots
        ],
        batch_size=1_000,
    )


def _locked(hotspot_ids: Collection[UUID], by: Actor) -> list[Hotspot]:
    """The areas, to be changed: whatever changes who may know of them goes through here, and wakes the re-check."""
    own = Hotspot.objects.select_for_update().filter(id__in=hotspot_ids, authority_id=by.authority_id)
    hotspots = list(own.order_by("id"))
    if len(hotspots) != len(set(hotspot_ids)):
        raise HotspotNotFound
    nudging.check_after_commit(by.authority_id)
    return hotspots
