"""What would publishing an area bring about? In words that cannot find one child, and not often enough to search by them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.contrib.gis.geos import GEOSGeometry
from django.db import connection, transaction

from accounts import policy as permissions
from accounts.acting import Actor
from audit import log
from db.clock import london_date
from hotspots import previews
from hotspots.models import Share, Version
from placements import policy
from placements.screening import last_birthday_of_an_adult


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


@dataclass(frozen=True)
class Effect:
    """How many placements come newly near: of one's own exactly, of all partners together in steps. None closed, none adult."""

    own: int
    of_partners: OfPartners

    @property
    def sentence(self) -> str:
        """As it is read before publishing."""
        return f"Newly near: {self.own} of our own. Of partner authorities: {WORDS[self.of_partners]}."


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
    against the day's looks. Refuses with NotPermitted, HotspotNotFound, PreviewsSpent.
    """
    permissions.require("previews.ask", by.role)
    previews.spend(hotspot_id, by=by, at=at)
    if shape is None:
        shape = Version.objects.get(hotspot_id=hotspot_id, superseded_at=None).shape
    wanted = _shares(hotspot_id) if shares is None else shares
    metres = [policy.RADIUS_METRES if level == Share.Level.GEOMETRY else far for level, far in wanted.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            "select own, of_partners from area_effect(%s, %s::geometry, %s::uuid[], %s::integer[], %s, %s)",
            [
                hotspot_id,
                shape.hexewkb.decode(),
                list(wanted),
                metres,
                policy.RADIUS_METRES,
                last_birthday_of_an_adult(london_date(at)),
            ],
        )
        own, of_partners = cursor.fetchone()
    log.record(operation="previews.ask", subject_kind="hotspot", subject_ids=[hotspot_id])
    return Effect(own, OfPartners(of_partners))


def _shares(hotspot_id: UUID) -> dict[UUID, tuple[Share.Level, int]]:
    rows = Share.objects.filter(hotspot_id=hotspot_id, superseded_at=None)
    return {
        partner_id: (Share.Level(level), metres)
        for partner_id, level, metres in rows.values_list("partner_id", "level", "distance_metres")
    }
