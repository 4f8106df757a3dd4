"""What do the authorities around a placement share about the place? Asked, and kept exactly as it was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from db.clock import london_date
from geo.areas import authorities_around
from geo.reach import reaches_of
from hotspots import overlay, what_if
from hotspots.closed_places import ring_only
from placements import judgements_owed, places, policy, shadow
from placements.many_places import children_of_many_places
from placements.models import Placement, Screening
from placements.models import Verdict as StoredVerdict

ADULT = 18


@dataclass(frozen=True)
class Located:
    """A place's point in metres of the National Grid, and how far the place may lie from it (geo/reach.py)."""

    easting: float
    northing: float
    reach_metres: float


def screen(placements: Sequence[Placement], *, at: datetime, purpose: str) -> list[Screening]:
    """Screen placements of the authority acted for against the shared areas of concern; returns what was stored.

    Adults are not screened. A place without a point (unknown postcode, Northern Ireland) is stored as not located:
    an answer of its own, never an empty one. What the answers call for is raised: a written judgement.
    """
    stored = check(placements, at=at, purpose=purpose)
    judgements_owed.raise_for([one.placement for one in stored], by="Placewatch", at=at)
    return stored


def check(placements: Sequence[Placement], *, at: datetime, purpose: str) -> list[Screening]:
    """As `screen`, and nothing is raised: for a re-check, which measures the answer against the one before.

    In shadow mode everything is stored as such and nothing is returned: nobody may be told of it. Where a move is tried
    out and nobody may be asked, nothing is stored either.
    """
    on = london_date(at)
    minors = [one for one in placements if one.child.born_on > last_birthday_of_an_adult(on)]
    found = located(minors)
    answers = _answers(_asked(found, on=on, at=at), at=at, purpose=purpose)
    if answers is None:
        return []
    answered = dict(zip(found, answers, strict=True))
    is_shadow = bool(minors) and shadow.is_on(minors[0].authority_id)
    stored = Screening.everything.bulk_create(
        [_row(placement, answered.get(placement), at, is_shadow=is_shadow) for placement in minors], batch_size=1_000
    )
    return [] if is_shadow else stored


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
    postcodes = {placement: place.postcode for placement, place in places.of_all(placements).items() if place}
    found = places.points_of(postcodes.values())
    reaches = reaches_of(list(found))
    return {
        placement: Located(*found[postcode].coords, reaches[postcode])
        for placement, postcode in postcodes.items()
        if postcode in found
    }


def _asked(found: dict[Placement, Located], *, on: date, at: datetime) -> list[overlay.Place]:
    """What the overlay is asked: by the point, save where so many places were recorded that no child lives at them."""
    around = _authorities_around({placement: (one.easting, one.northing) for placement, one in found.items()}, on)
    of_many_places = children_of_many_places(list(found), at=at)
    return [
        overlay.Place(
            one.easting,
            one.northing,
            frozenset(around[placement]),
            reach_metres=one.reach_metres,
            is_by_cell=placement.child_id in of_many_places,
        )
        for placement, one in found.items()
    ]


def _authorities_around(points: dict[Placement, tuple[float, float]], on: date) -> dict[Placement, set[UUID]]:
    """The host, and the authorities in whose areas postcodes lie within the radius."""
    verdicts = StoredVerdict.objects.filter(placement__in=points, superseded_at=None, host__isnull=False)
    hosts = dict(verdicts.values_list("placement_id", "host_id"))
    near = authorities_around(list(points.values()), policy.RADIUS_METRES, on)
    return {
        placement: {one.id for one in around} | ({hosts[placement.id]} if placement.id in hosts else set())
        for placement, around in zip(points, near, strict=True)
    }


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
    )
