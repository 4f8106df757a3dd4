"""Which changes of an owner's areas wait to be checked against registers, and which does time itself bring about?

Within the owner's `acting_for`. The storey above answers them (placements/overlay). Expiry, an agreement's end
and a review date that goes by are instants at which nobody presses anything: `let_time_pass` finds whatever they brought
since it last ran, by the database's clock, however long ago that was.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from accounts.acting import Actor
from audit import log
from db.clock import london_date
from geo.ground import current_ground
from geo.models import Country
from hotspots import actions
from hotspots.models import Change, Hotspot, Share

# An agreement made for a later day opens its areas then: a change that nobody writes.
BEGAN = """
insert into hotspots_change (id, authority_id, hotspot_id, since, times)
select gen_random_uuid(), share.authority_id, share.hotspot_id, min(agreement.starts_at), 1
from hotspots_share share
join hotspots_agreement agreement on agreement.id = share.agreement_id
join hotspots_hotspot hotspot on hotspot.id = share.hotspot_id
where share.authority_id = %(owner)s and share.superseded_at is null and hotspot.state = 'shared'
    and agreement.starts_at > share.recorded_at and agreement.starts_at <= %(at)s
    and (agreement.ends_at is null or agreement.ends_at > %(at)s)
    and not exists (
        select from hotspots_change known
        where known.hotspot_id = share.hotspot_id and known.since >= agreement.starts_at
    )
group by share.authority_id, share.hotspot_id
on conflict (hotspot_id) where answered_at is null do update set times = hotspots_change.times + 1
"""
# A review date that goes by is read otherwise from the next midnight on: of the area itself, and of what is told elsewhere.
WENT_STALE = """
insert into hotspots_change (id, authority_id, hotspot_id, since, times)
select gen_random_uuid(), version.authority_id, version.hotspot_id, midnight.since, 1
from hotspots_version version
join hotspots_hotspot hotspot on hotspot.id = version.hotspot_id
cross join lateral (select (version.review_on + 1)::timestamp at time zone 'Europe/London' as since) midnight
where version.authority_id = %(owner)s and version.superseded_at is null and hotspot.state = 'shared'
    and version.review_on < %(on)s
    and not exists (
        select from hotspots_change known
        where known.hotspot_id = version.hotspot_id and known.since >= midnight.since
    )
on conflict (hotspot_id) where answered_at is null do update set times = hotspots_change.times + 1
"""
WORD_WENT_STALE = """
insert into hotspots_change (id, authority_id, hotspot_id, since, times)
select gen_random_uuid(), said.authority_id, null, midnight.since, 1
from hotspots_coverage said
cross join lateral (select (said.review_on + 1)::timestamp at time zone 'Europe/London' as since) midnight
where said.authority_id = %(owner)s and said.superseded_at is null and said.review_on < %(on)s
    and not exists (
        select from hotspots_change known
        where known.authority_id = said.authority_id and known.hotspot_id is null and known.since >= midnight.since
    )
on conflict (authority_id) where answered_at is null and hotspot_id is null
do update set times = hotspots_change.times + 1
"""
# Whether one of these changes may alter what is said of the owner where none of its areas lies near: another statement,
# state, share or agreement since, or a review date gone by. Else only shapes and words of what stays shared changed.
# Rows carry the instant at which a request began, changes that of their writing: an hour is allowed for.
SAYS_OTHERWISE = """
select exists (
    select
    from hotspots_change change
    cross join lateral (select change.since - interval '1 hour' as since) from_then
    where change.id = any(%(changes)s::uuid[]) and (
        change.hotspot_id is null
        or exists (
            select from hotspots_statechange moved
            where moved.hotspot_id = change.hotspot_id and moved.at >= from_then.since
        )
        or exists (
            select from hotspots_share share
            join hotspots_agreement agreement on agreement.id = share.agreement_id
            where share.hotspot_id = change.hotspot_id
                and from_then.since <= any(array[share.recorded_at, share.superseded_at, agreement.starts_at])
        )
        or exists (
            select from hotspots_version version
            where version.hotspot_id = change.hotspot_id and version.review_on < %(on)s
                and (version.superseded_at is null or version.superseded_at >= from_then.since)
        )
    )
)
"""


def let_time_pass(*, by: Actor, at: datetime) -> int:
    """Lapse what has expired, end the shares of agreements that ended, note what began or went stale; how many rows moved.

    A share under an agreement that has ended is superseded as from that instant: a new agreement is a new share.
    """
    expired = Hotspot.objects.filter(
        authority_id=by.authority_id,
        state=Hotspot.State.SHARED,
        versions__superseded_at=None,
        versions__expires_on__lte=london_date(at),
    )
    lapsed = list(expired.values_list("id", flat=True))
    for hotspot_id in lapsed:
        actions.lapse(hotspot_id, by=by, at=at)
    ended = Share.objects.filter(authority_id=by.authority_id, superseded_at=None, agreement__ends_at__lte=at)
    ending = list(ended.select_related("agreement").select_for_update(of=("self",)))
    for share in ending:
        share.superseded_at, share.superseded_by = share.agreement.ends_at, by.name
    Share.objects.bulk_update(ending, ["superseded_at", "superseded_by"], batch_size=1_000)
    with connection.cursor() as cursor:
        cursor.execute(BEGAN, {"owner": by.authority_id, "at": at})
        began = cursor.rowcount
        went_stale = 0
        for statement in (WENT_STALE, WORD_WENT_STALE):
            cursor.execute(statement, {"owner": by.authority_id, "on": london_date(at)})
            went_stale += cursor.rowcount
    if moved := len(lapsed) + len(ending) + began + went_stale:
        log.record(
            operation="hotspots.time",
            subject_kind="hotspot",
            subject_ids=lapsed[:50],
            detail={
                "lapsed": len(lapsed),
                "shares_ended": len(ending),
                "began": began,
                "went_stale": went_stale,
            },
        )
    return moved


def owners() -> list[UUID]:
    """Every authority that may own areas."""
    known = current_ground().authorities.values()
    return [one.id for one in known if one.country in (Country.ENGLAND, Country.WALES)]


def owners_waiting() -> list[UUID]:
    """The authorities of whose areas something waits: one question for all of them. It never leaves one out."""
    with connection.cursor() as cursor:
        cursor.execute("select owners_waiting(%s::uuid[])", [owners()])
        return [owner_id for (owner_id,) in cursor.fetchall()]


def unanswered(owner_id: UUID, *, most: int) -> list[Change]:
    """The owner's changes that wait, the oldest first."""
    return list(Change.objects.filter(authority_id=owner_id, answered_at=None).order_by("since", "id")[:most])


def is_what_the_owner_says(changes: Sequence[Change]) -> bool:
    """Whether one of them is a change of what the owner says of its own sharing, which every authority reads."""
    return any(change.hotspot_id is None for change in changes)


def may_say_otherwise(changes: Sequence[Change], *, at: datetime) -> bool:
    """Whether these changes may alter what is said of the owner where none of its areas lies near. It never misses one."""
    with connection.cursor() as cursor:
        cursor.execute(SAYS_OTHERWISE, {"changes": [change.id for change in changes], "on": london_date(at)})
        return cursor.fetchone()[0]


def readers(changes: Sequence[Change]) -> set[UUID]:
    """The owner, and whoever is told of the areas or was told before they changed."""
    shares = Share.objects.filter(
        Q(superseded_at=None) | Q(superseded_at__gte=F("hotspot__changes__since")),
        hotspot__changes__in=[change.id for change in changes],
    )
    return {change.authority_id for change in changes} | set(shares.values_list("partner_id", flat=True).distinct())


def begin(changes: Sequence[Change], *, at: datetime) -> None:
    """Say that the check of these changes runs."""
    Change.objects.filter(id__in=[change.id for change in changes]).update(begun_at=at)


def answer(changes: Sequence[Change], *, at: datetime) -> None:
    """Close these changes, each as it was seen: what changed again since then waits on."""
    seen: dict[int, list[UUID]] = defaultdict(list)
    for change in changes:
        seen[change.times].append(change.id)
    for times, ids in seen.items():
        Change.objects.filter(id__in=ids, times=times, answered_at=None).update(answered_at=at)
    log.record(
        operation="changes.answer",
        subject_kind="hotspot",
        subject_ids=[change.hotspot_id for change in changes if change.hotspot_id][:50],
        detail={"changes": len(changes)},
    )
