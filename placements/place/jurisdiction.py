"""Whose area does a place lie in, for an authority on a day, and what does that mean? The verdict.

Put together from the ground's facts (geo/place.py) and the law's reading of them (placements/rules/). Nothing here
is stored, and no child is known to it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from geo.distance import geodesic_metres
from geo.exceptions import NotAPostcode
from geo.ground import Ground, current_ground
from geo.models import Authority, Country
from geo.place import Place, places_of_points, places_on, settled
from geo.postcodes import Fault, normalise
from placements.exceptions import PlacementError
from placements.owed.calendar import holidays
from placements.rules import area, meaning
from placements.rules.distance import DistanceFromHome, GridPoint, distance_from_home
from placements.rules.finding import Finding
from placements.rules.placement_facts import PlacementFacts
from placements.rules.working_days import CalendarNotKnown

COLUMNS = (
    "postcode",
    "state",
    "relation",
    "country",
    "host_gss",
    "pl_la",
    "pl_location",
    "pl_distance",
    "over_20_miles",
    "source",
    "reason",
)
PL_LA_OUTSIDE_ENGLAND = {  # NUK: outside the United Kingdom
    Country.WALES: "WAL",
    Country.SCOTLAND: "SCO",
    Country.NORTHERN_IRELAND: "NIR",
    Country.CROWN_DEPENDENCY: "NUK",
}
NEVER_ADJOINING = {Country.NORTHERN_IRELAND, Country.CROWN_DEPENDENCY}


class NotAnEnglishAuthority(PlacementError):
    """The regulations bind English authorities only."""

    def __init__(self, authority: Authority):
        super().__init__(
            f"{authority.name} is not an English authority, and these regulations bind only those. "
            f"Ask on behalf of an English authority."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A place as somebody gave it: a postcode as typed, or else a point in EPSG:27700; and the child's home, if known.

    `host_id` is whom somebody chose where the postcode lies in several areas.
    """

    postcode: str = ""
    easting: float | None = None
    northing: float | None = None
    home_postcode: str = ""
    host_id: UUID | None = None

    @property
    def is_point(self) -> bool:
        return self.easting is not None and self.northing is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer to one question. `place.host` is None where it is not certain whose area this is: see `reason`.

    `is_blank`: no postcode was given, so nothing is asserted at all.
    """

    question: Question
    authority: Authority
    on: date
    place: Place
    home: Place | None
    area: area.AreaAnswer
    distance: DistanceFromHome | None
    reason: str
    is_blank: bool

    @property
    def pl_la(self) -> str:
        """The host as the 903 return writes it; blank where it is not known."""
        if self.place.country is None or self.place.country is Country.ENGLAND:
            return self.place.host_dfe
        return PL_LA_OUTSIDE_ENGLAND[self.place.country]

    @property
    def pl_location(self) -> str:
        """IN or OUT of the authority's own area, as the 903 return writes it; blank where it cannot be told."""
        if self.area.state is area.State.CANNOT_TELL:
            return ""
        return "OUT" if self.area.is_out_of_area else "IN"

    @property
    def geodesic_metres(self) -> float | None:
        """Metres from home along the Earth; None where either point is not held."""
        ends = (self.home, self.place)
        if not all(end and end.latitude is not None for end in ends):
            return None
        first, second = ((end.latitude, end.longitude) for end in ends)
        return round(geodesic_metres(first, second), 1)

    def as_row(self) -> dict[str, Any]:
        """The answer by the names of COLUMNS; None where a thing is not told."""
        said = not self.is_blank
        return {
            "postcode": self.place.postcode or self.question.postcode,
            "state": self.area.state.value if said else None,
            "relation": self.area.relation.value if said else None,
            "country": self.area.country.value if said else None,
            "host_gss": self.place.host_gss or None,
            "pl_la": self.pl_la or None,
            "pl_location": self.pl_location or None,
            "pl_distance": self.distance.miles if self.distance else None,
            "over_20_miles": self.distance.over_20_miles if self.distance else None,
            "source": self.place.source or None,
            "reason": self.reason or None,
        }

    def as_dict(self) -> dict[str, Any]:
        """The row, and all that stands behind it: host, candidates, precision and the geodesic distance."""
        host = self.place.host
        return {
            **self.as_row(),
            "authority": str(self.authority.id),
            "on": self.on.isoformat(),
            "host": {"id": str(host.id), "name": host.name} if host else None,
            "candidates": [
                {
                    "id": str(one.authority.id),
                    "name": one.authority.name,
                    "evidence": one.evidence,
                    "addresses": one.addresses,
                }
                for one in self.place.candidates
            ],
            "precision": self.place.precision.value,
            "termination": self.place.termination.value,
            "terminated_on": self.place.terminated_on.isoformat() if self.place.terminated_on else None,
            "geodesic_metres": self.geodesic_metres,
        }


def verdict(*, authority: Authority, on: date, question: Question) -> Verdict:
    """The verdict on one place. Raises NotAnEnglishAuthority."""
    return verdicts(authority=authority, on=on, questions=[question])[0]


def verdicts(*, authority: Authority, on: date, questions: Sequence[Question]) -> list[Verdict]:
    """The verdicts on many places, in their order; a handful of queries however many there are."""
    return verdicts_on(authority=authority, asked=[(question, on) for question in questions])


def verdicts_on(*, authority: Authority, asked: Sequence[tuple[Question, date]]) -> list[Verdict]:
    """The same, each place on a day of its own. Raises NotAnEnglishAuthority."""
    if authority.country != Country.ENGLAND:
        raise NotAnEnglishAuthority(authority)
    readings = {text: _read(text) for one, _ in asked for text in (one.postcode, one.home_postcode)}
    wanted = ((readings[text][0], on) for one, on in asked for text in (one.postcode, one.home_postcode))
    places = places_on((text, on) for text, on in wanted if text)
    points = _places_of_points(asked)
    ground = current_ground()
    found = []
    for question, on in asked:
        normalised, fault = readings[question.postcode]
        home_postcode, home_fault = readings[question.home_postcode]
        if question.is_point:
            place = points[question, on]
        elif fault:
            place = Place(on=on, reason=str(fault))
        else:
            place = settled(places[normalised, on], question.host_id)
        home = places.get((home_postcode, on))
        distance = distance_from_home(home=_grid_point(home), place=_grid_point(place))
        found.append(
            Verdict(
                question=question,
                authority=authority,
                on=on,
                place=place,
                home=home,
                area=area.area_of(_place_facts(ground, authority, place)),
                distance=distance,
                reason=_reason(question, place, home, home_fault, distance),
                is_blank=not question.is_point and fault is not None and fault.fault is Fault.MISSING,
            )
        )
    return found


def meaning_of(verdict: Verdict, placement: PlacementFacts | None = None) -> tuple[Finding, ...]:
    """What the place means in law: who approves, who is told or asked, by when.

    Without facts of a placement, one that starts on the verdict's day. Where the bank holidays of that time are not
    known the rules are said and nothing is dated.
    """
    placement = placement or PlacementFacts(starts_on=verdict.on)
    known = holidays()
    try:
        return meaning.meaning(area=verdict.area, placement=placement, holidays=known)
    except CalendarNotKnown:
        return meaning.meaning(area=verdict.area, placement=PlacementFacts(), holidays=known)


def _places_of_points(asked: Sequence[tuple[Question, date]]) -> dict[tuple[Question, date], Place]:
    by_day = defaultdict(list)
    for question, on in asked:
        if question.is_point:
            by_day[on].append(question)
    return {
        (question, on): place
        for on, questions in by_day.items()
        for question, place in zip(
            questions, places_of_points([(one.easting, one.northing) for one in questions], on), strict=True
        )
    }


def _read(text: str) -> tuple[str, NotAPostcode | None]:
    try:
        return normalise(text), None
    except NotAPostcode as fault:
        return "", fault


def _place_facts(ground: Ground, authority: Authority, place: Place) -> area.PlaceFacts:
    # A register goes on through a reorganisation: for a day before it, the authority is the one that it succeeded.
    (responsible, *others) = ground.as_at(authority, place.on) or (authority,)
    return area.PlaceFacts(
        responsible_authority=str(responsible.id),
        host_authority=str(place.host.id) if place.host else None,
        relation=area.Relation.UNKNOWN if others else _relation(ground, responsible, place),
        country=area.Country(place.country.value) if place.country else area.Country.UNKNOWN,
        host_name=place.host.name if place.host else None,
    )


def _relation(ground: Ground, responsible: Authority, place: Place) -> area.Relation:
    """The relation to the host; where there are only candidates, that of all of them, if it is the same."""
    if place.country in NEVER_ADJOINING:
        return area.Relation.NOT_ADJOINING
    possible: Iterable[Authority] = [place.host] if place.host else [one.authority for one in place.candidates]
    relations = {ground.relation(responsible, one, place.on) for one in possible}
    return area.Relation(relations.pop().value) if len(relations) == 1 else area.Relation.UNKNOWN


def _grid_point(place: Place | None) -> GridPoint | None:
    if place is None or place.easting is None or place.northing is None:
        return None
    return GridPoint(place.easting, place.northing)


def _reason(
    question: Question,
    place: Place,
    home: Place | None,
    home_fault: NotAPostcode | None,
    distance: DistanceFromHome | None,
) -> str:
    """Why something is not told, in sentences; blank where all is."""
    sentences = [place.reason]
    if question.home_postcode and distance is None:
        if home_fault:
            sentences.append(f"Distance not given: home: {home_fault}")
        elif home and home.easting is None:
            sentences.append("Distance not given: the home has no British grid reference.")
        else:
            sentences.append("Distance not given: the place has no British grid reference.")
    return " ".join(sentence for sentence in sentences if sentence)
