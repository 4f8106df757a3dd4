"""What do the authorities around a placement share about the place? Asked, and kept exactly as it was answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple, TypeVar
from uuid import UUID

from db.clock import london_date
from geo.areas import authorities_around
from geo.reach import reaches_of
from hotspots.overlay import fingerprints, overlay, what_if
from hotspots.sharing.closed_places import ring_only
from placements import policy
from placements.models import Placement, Screening
from placements.models import Verdict as StoredVerdict
from placements.overlay import shadow
from placements.owed import judgements_owed
from placements.place import places
from placements.place.many_places import children_of_many_places

ADULT = 18
Somewhere = TypeVar("Somewhere")


@dataclass(frozen=True)
class Located:
    """A place's point in metres of the National Grid, and how far the place may lie from it (geo/reach.py)."""

    easting: float
    northing: float
    reach_metres: float


class Spot(NamedTuple):
    """A placement as far as the question about its place needs to know: for many at once. The host as it was judged."""

    id: UUID
    child_id: UUID
    host_id: UUID | None


def screen(placements: Sequence[Placement], *, at: datetime, purpose: str) -> list[Screening]:
    """Screen placements of the authority acted for against the shared areas of concern; returns what was stored.

    Adults are not screened. A place without a point (unknown postcode, Northern Ireland) is stored as not located:
    an answer of its own, never an empty one. What the answers call for is raised: a written judgement.
    """
    stored = check(placements, at=at, purpose=purpose)
    judgements_owed.raise_for([one.placement for one in stored], by="Placewatch", at=at)
    return stored


def check(
    placements: Sequence[Placement],
    *,
    at: datetime,
    purpose: str,
    known: Mapping[tuple[UUID, int], overlay.Place] | None = None,
) -> list[Screening]:
    """As `screen`, and nothing is raised: for a re-check, which measures the answer against the one before.

    In shadow mode everything is stored as such and nothing is returned: nobody may be told of it. Where a move is tried
    out and nobody may be asked, nothing is stored either. `known`: what was found out already of where open addresses
    lie, by placement and its version.
    """
    on = london_date(at)
    minors = [one for one in placements if one.child.born_on > last_birthday_of_an_adult(on)]
    asked = _places(minors, known or {}, on=on, at=at)
    answers = _answers(list(asked.values()), at=at, purpose=purpose)
    if answers is None:
        return []
    answered = dict(zip(asked, answers, strict=True))
    is_shadow = bool(minors) and shadow.is_on(minors[0].authority_id)
    stored = Screening.everything.bulk_create(
        [_row(placement, answered.get(placement.id), at, is_shadow=is_shadow) for placement in minors], batch_size=1_000
    )
    return [] if is_shadow else stored


def _places(
    placements: Sequence[Placement], known: Mapping[tuple[UUID, int], overlay.Place], *, on: date, at: datetime
) -> dict[UUID, overlay.Place]:
    """What the overlay is asked about each placement that has a grid reference."""
    open_ones = [one for one in placements if not one.is_restricted]
    found = {one.id: known[one.id, one.version] for one in open_ones if (one.id, one.version) in known}
    others = [one for one in placements if one.id not in found]
    if others:
        hosts = _hosts(others)
        closed = {one.id for one in others if one.is_restricted}
        spots = {Spot(one.id, one.child_id, hosts.get(one.id)): where for one, where in located(others).items()}
        for spot, place in asked_about(spots, on=on, at=at).items():
            found[spot.id] = replace(place, is_closed=spot.id in closed)
    return found


def _answers(asked: list[overlay.Place], *, at: datetime, purpose: str) -> list[overlay.Answer] | None:
    """What the overlay says; of a move that is tried out as of any what-if, and None where nobody may be asked."""
    if trial := what_if.trial():
        return trial.ask(asked, radius_metres=policy.RADIUS_METRES)
    return overlay.ask(asked, radius_metres=policy.RADIUS_METRES, at=at, purpose=purpose)


def last_birthday_of_an_adult(on: date) -> date:
    """The latest date of birth of somebody who is 18 on a day (born on 29 February: 18 on 1 March, ADR 0015)."""
    try:
        return on.replace(year=on.year - ADULT)
    except ValueError:
        return date(on.year - ADULT, 2, 28)


def points_of(placements: Sequence[Placement]) -> dict[Placement, tuple[float, float]]:
    """Easting and northing of each placement that has them."""
    return {placement: (one.easting, one.northing) for placement, one in located(placements).items()}


def located(placements: Sequence[Placement]) -> dict[Placement, Located]:
    """Where each placement is that has a grid reference, and how far its address may lie from there."""
    return located_by({one: place.postcode for one, place in places.of_all(placements).items() if place})


def located_by(postcodes: Mapping[Somewhere, str]) -> dict[Somewhere, Located]:
    """The same by the postcodes of whatever is somewhere."""
    found = places.grid_references(postcodes.values())
    reaches = reaches_of(list(found))
    return {
        one: Located(*map(float, found[postcode]), reaches[postcode])
        for one, postcode in postcodes.items()
        if postcode in found
    }


def asked_about(found: Mapping[Spot, Located], *, on: date, at: datetime) -> dict[Spot, overlay.Place]:
    """What the overlay is asked: by the point, save where so many places were recorded that no child lives at them.

    Of each place, its host is to answer, and the authorities in whose areas postcodes lie within the radius.
    """
    points = [(where.easting, where.northing) for where in found.values()]
    around = authorities_around(points, policy.RADIUS_METRES, on)
    of_many_places = children_of_many_places({spot.child_id for spot in found}, at=at)
    return {
        spot: overlay.Place(
            where.easting,
            where.northing,
            frozenset(one.id for one in near).union([spot.host_id] if spot.host_id else ()),
            reach_metres=where.reach_metres,
            is_by_cell=spot.child_id in of_many_places,
        )
        for (spot, where), near in zip(found.items(), around, strict=True)
    }


def _hosts(placements: Sequence[Placement]) -> dict[UUID, UUID]:
    verdicts = StoredVerdict.objects.filter(placement__in=placements, superseded_at=None, host__isnull=False)
    return dict(verdicts.values_list("placement_id", "host_id"))


def _row(placement: Placement, answer: overlay.Answer | None, at: datetime, *, is_shadow: bool) -> Screening:
    # Of a closed address nothing is read but whom to ring, at whatever level an area is shared.
    if answer is not None and placement.is_restricted:
        answer = ring_only(answer)
    return Screening(
        authority_id=placement.authority_id,
        placement=placement,
        at=at,
        radius_metres=policy.RADIUS_METRES,
        answer={"is_located": answer is not None, "authorities": answer.stored() if answer else []},
        versions=answer.version_ids if answer else [],
        is_restricted=placement.is_restricted,
        is_shadow=is_shadow,
        fingerprint=_fingerprint(placement, answer),
    )


def _fingerprint(placement: Placement, answer: overlay.Answer | None) -> UUID | None:
    if placement.is_restricted:
        return None
    return answer.fingerprint if answer else fingerprints.NOT_LOCATED
