"""What would publishing bring about? In words that cannot find one child, and not often enough to search by them.

Everything is counted by the square kilometre (db/definers/area_effect.sql, docs/adr/0102): a shape that is moved about
learns what the squares hold, and of partners nothing of fewer than five children.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.contrib.gis.geos import GEOSGeometry
from django.db import connection, transaction
from django.db.models import Case, Count, F, IntegerField, Max, QuerySet, When

from accounts import policy as permissions
from accounts.acting import Actor
from audit import log
from db.clock import london_date
from hotspots.files import uploads
from hotspots.files.importing import Reading
from hotspots.files.uploads import How
from hotspots.models import Agreement, Hotspot, Preview, Share, Upload, Version
from hotspots.overlay import previews
from hotspots.sharing import agreements
from placements import policy
from placements.overlay.screening import last_birthday_of_an_adult


class OfPartners(StrEnum):
    """How many of all partners' placements together, in three steps; none is told from one."""

    FEWER_THAN_FIVE = "fewer_than_five"
    FIVE_TO_NINETEEN = "five_to_nineteen"
    TWENTY_OR_MORE = "twenty_or_more"


WORDS = {
    OfPartners.FEWER_THAN_FIVE: "fewer than five",
    OfPartners.FIVE_TO_NINETEEN: "five to nineteen",
    OfPartners.TWENTY_OR_MORE: "twenty or more",
}


EFFECT = """
    select own, of_partners
    from area_effect(
        %s::uuid[],
        (
            select array_agg(given.shape::geometry order by given.place)
            from unnest(%s::text[]) with ordinality as given(shape, place)
        ),
        %s::integer[], %s::integer[], %s::uuid[], %s::integer[], %s::integer[], %s, %s
    )
"""


@dataclass(frozen=True)
class Effect:
    """How many placements come newly near: of one's own, of all partners together in steps. None closed, none adult.

    `preview_id` names the look; what is published after it may say so.
    """

    own: int
    of_partners: OfPartners
    preview_id: UUID | None = field(default=None, compare=False)

    @property
    def sentence(self) -> str:
        """As it is read before publishing."""
        return f"Newly near: {self.own} of our own. Of partner authorities: {WORDS[self.of_partners]}."


@dataclass(frozen=True)
class Told:
    """What is told of one area: a version, or a shape of its own; to how many partners, within how many metres at most."""

    hotspot_id: UUID
    version_id: UUID | None
    metres: int = 0
    partners: int = 0
    shape: GEOSGeometry | None = None


def question(
    hotspot_id: UUID,
    *,
    shape: GEOSGeometry | None = None,
    shares: Mapping[UUID, tuple[Share.Level, int]] | None = None,
    by: Actor,
    at: datetime,
) -> str:
    """The digest of a question about one area: the same for the same shape, version, state, shares and agreements."""
    version = Version.objects.select_related("hotspot").get(hotspot_id=hotspot_id, superseded_at=None)
    wanted = _shares(hotspot_id) if shares is None else shares
    return previews.digest(
        area=hotspot_id,
        version=version.id,
        state=version.hotspot.state,
        shape=(shape or version.shape).hex.decode(),
        shares=sorted([str(partner), str(level), metres] for partner, (level, metres) in wanted.items()),
        agreements=agreed(by, at),
    )


def agreed(by: Actor, at: datetime) -> list[str]:
    """The partners with whom an agreement is in force, as a question's digest holds them."""
    return sorted(str(partner_id) for partner_id in _in_force(by, at).values_list("partner_id", flat=True))


@transaction.atomic
def preview(
    hotspot_id: UUID,
    *,
    shape: GEOSGeometry | None = None,
    shares: Mapping[UUID, tuple[Share.Level, int]] | None = None,
    by: Actor,
    at: datetime,
) -> Effect:
    """The effect of publishing one of the authority's areas: as drawn or with another shape, to today's partners or others.

    `shares` gives level and distance in metres by partner; only partners under an agreement in force count. Counts
    against the day's looks; the same question has the same answer all day. Refuses with NotPermitted,
    HotspotNotFound, PreviewsSpent.
    """
    permissions.require("previews.ask", by.role)
    previews.require_own(hotspot_id, by=by)
    asked = question(hotspot_id, shape=shape, shares=shares, by=by, at=at)
    previews.require_left(hotspot_id=hotspot_id, by=by, at=at)
    answer = previews.answered_today(asked, by=by, at=at) or _of_area(hotspot_id, shape, shares, by=by, at=at)
    made = previews.keep(*answer, asked=asked, by=by, at=at, hotspot_id=hotspot_id)
    log.record(operation="previews.ask", subject_kind="hotspot", subject_ids=[hotspot_id])
    return _told_as(made)


def _of_area(
    hotspot_id: UUID,
    shape: GEOSGeometry | None,
    shares: Mapping[UUID, tuple[Share.Level, int]] | None,
    *,
    by: Actor,
    at: datetime,
) -> tuple[int, OfPartners]:
    wanted = _shares(hotspot_id) if shares is None else shares
    standing = set(_in_force(by, at).values_list("partner_id", flat=True))
    metres = [_metres(level, far) for partner_id, (level, far) in wanted.items() if partner_id in standing]
    after = Told(hotspot_id, None, max(metres, default=0), len(metres), shape)
    return _ask([after], _told(by, at, [hotspot_id]), at=at)


@transaction.atomic
def preview_of_many(
    asked: str, act: Callable[[], Collection[UUID]], *, upload_id: UUID | None = None, by: Actor, at: datetime
) -> Effect:
    """The effect of many areas as one answer: `act` brings a file in, or shares them, says which they are, and is taken back.

    `asked` is the digest of the question. Counts as one look. Refuses with NotPermitted, PreviewsSpent, and as `act` does.
    """
    permissions.require("previews.ask", by.role)
    previews.require_left(hotspot_id=None, by=by, at=at)
    answer = previews.answered_today(asked, by=by, at=at) or _taken_back(act, by=by, at=at)
    made = previews.keep(*answer, asked=asked, by=by, at=at, upload_id=upload_id)
    log.record(operation="previews.ask", subject_kind="preview", subject_ids=[made.id])
    return _told_as(made)


def _taken_back(act: Callable[[], Collection[UUID]], *, by: Actor, at: datetime) -> tuple[int, OfPartners]:
    with transaction.atomic():
        before = _told(by, at)
        answer = _ask(_told(by, at, act()).values(), before, at=at)
        transaction.set_rollback(True)
    return answer


@transaction.atomic
def preview_of_upload(upload_id: UUID, how: How, *, by: Actor, at: datetime) -> Effect:
    """The effect of bringing in a file that waits. Refuses as `preview_of_many` and `uploads.bring_in` do."""
    upload = uploads.waiting(upload_id, by=by)
    return _of_upload(upload, how, lambda: uploads.reading(upload), by=by, at=at)


@transaction.atomic
def preview_of_rows(upload: Upload, how: How, rows: Reading, *, by: Actor, at: datetime) -> Effect:
    """As `preview_of_upload`, of a file that a worker has read."""
    return _of_upload(upload, how, lambda: rows, by=by, at=at)


def looked_at_today(upload_id: UUID, how: How, *, by: Actor, at: datetime) -> Effect | None:
    """What a worker found today that bringing in a large file so would bring about, where it still stands."""
    asked = question_of_upload(upload_id, how, by=by, at=at)
    kept = Preview.objects.filter(authority_id=by.authority_id, upload_id=upload_id, on=london_date(at), asked=asked)
    latest = kept.filter(own__isnull=False).order_by("-at").first()
    return _told_as(latest) if latest else None


def _of_upload(upload: Upload, how: How, read: Callable[[], Reading], *, by: Actor, at: datetime) -> Effect:
    def act() -> Collection[UUID]:
        return uploads.carry_out(upload, how, read(), by=by, at=at).hotspot_ids

    asked = question_of_upload(upload.id, how, by=by, at=at)
    return preview_of_many(asked, act, upload_id=upload.id, by=by, at=at)


def question_of_many(hotspot_ids: Collection[UUID], *, by: Actor, at: datetime, **how: object) -> str:
    """The digest of a question about areas of one's own: the same for the same versions, states, shares and agreements."""
    own = {"authority_id": by.authority_id, "hotspot_id__in": hotspot_ids, "superseded_at": None}
    areas = Version.objects.filter(**own).values_list("id", "hotspot__state")
    return previews.digest(
        areas=sorted([str(version_id), state] for version_id, state in areas),
        shares=sorted(map(str, Share.objects.filter(**own).values_list("id", flat=True))),
        agreements=agreed(by, at),
        **how,
    )


def question_of_upload(upload_id: UUID, how: How, *, by: Actor, at: datetime) -> str:
    """The digest of a question about a file."""
    return previews.digest(**uploads.question(upload_id, how), agreements=agreed(by, at))


def _told_as(kept: Preview) -> Effect:
    return Effect(kept.own, OfPartners(kept.of_partners), kept.id)


def _ask(after: Iterable[Told], before: Mapping[UUID, Told], *, at: datetime) -> tuple[int, OfPartners]:
    """Counts of own and of partners' placements that are near what would be told, and not near what is told."""
    wanted = list(after)
    was = [before.get(one.hotspot_id) for one in wanted]
    with connection.cursor() as cursor:
        cursor.execute(
            EFFECT,
            [
                [one.hotspot_id for one in wanted],
                [one.shape.hexewkb.decode() if one.shape else None for one in wanted],
                [one.metres for one in wanted],
                [one.partners for one in wanted],
                [one.version_id if one else None for one in was],
                [one.metres if one else 0 for one in was],
                [one.partners if one else 0 for one in was],
                policy.RADIUS_METRES,
                last_birthday_of_an_adult(london_date(at)),
            ],
        )
        own, of_partners = cursor.fetchone()
    return own, OfPartners(of_partners)


def _told(by: Actor, at: datetime, only: Collection[UUID] | None = None) -> dict[UUID, Told]:
    """The authority's areas that count now (of these, or all), and how far they are told."""
    versions = Version.objects.filter(
        authority_id=by.authority_id, superseded_at=None, hotspot__state=Hotspot.State.SHARED
    )
    shares = Share.objects.filter(authority_id=by.authority_id, superseded_at=None, agreement__in=_in_force(by, at))
    if only is not None:
        versions, shares = versions.filter(hotspot_id__in=only), shares.filter(hotspot_id__in=only)
    far = Case(
        When(level=Share.Level.GEOMETRY, then=policy.RADIUS_METRES),
        default=F("distance_metres"),
        output_field=IntegerField(),
    )
    reach = {
        hotspot_id: (metres, partners)
        for hotspot_id, metres, partners in shares.values("hotspot_id")
        .annotate(metres=Max(far), partners=Count("id"))
        .values_list("hotspot_id", "metres", "partners")
    }
    return {
        hotspot_id: Told(hotspot_id, version_id, *reach.get(hotspot_id, (0, 0)))
        for hotspot_id, version_id in versions.values_list("hotspot_id", "id")
    }


def _in_force(by: Actor, at: datetime) -> QuerySet[Agreement]:
    return Agreement.objects.filter(agreements.stands(at), authority_id=by.authority_id, starts_at__lte=at)


def _metres(level: str, distance_metres: int) -> int:
    return policy.RADIUS_METRES if level == Share.Level.GEOMETRY else distance_metres


def _shares(hotspot_id: UUID) -> dict[UUID, tuple[Share.Level, int]]:
    rows = Share.objects.filter(hotspot_id=hotspot_id, superseded_at=None)
    return {
        partner_id: (Share.Level(level), metres)
        for partner_id, level, metres in rows.values_list("partner_id", "level", "distance_metres")
    }
