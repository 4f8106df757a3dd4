"""Is a place in our area, in an adjoining authority's, or at a distance in law?"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from placements.rules.finding import Citation, Finding
from placements.rules.instruments import care_planning

AREA_AUTHORITY = care_planning("reg. 2 (area authority)")
AT_A_DISTANCE = care_planning("reg. 11(5)")
AT_A_DISTANCE_ACROSS_A_BORDER = care_planning("reg. 11(5)", reading="ADR 0012")
OUTSIDE_ENGLAND = care_planning("reg. 11(1)")


class Relation(StrEnum):
    """What the table of adjoining pairs says of the two authorities. Boundaries only, never miles."""

    SAME = "same"
    ADJOINING_LAND = "adjoining_land"
    ADJOINING_TIDAL_WATER = "adjoining_tidal_water"
    NOT_ADJOINING = "not_adjoining"
    UNKNOWN = "unknown"


class Country(StrEnum):
    """The country of the place."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"
    CROWN_DEPENDENCY = "crown_dependency"
    OUTSIDE_THE_UK = "outside_the_uk"
    UNKNOWN = "unknown"


class State(StrEnum):
    """What the law makes of the place."""

    IN_AREA = "in_area"
    OUT_OF_AREA_ADJOINING = "out_of_area_adjoining"
    OUT_OF_AREA_DISTANT = "out_of_area_distant"
    CANNOT_TELL = "cannot_tell"


class ContradictoryFacts(ValueError):
    """The facts given cannot all be true."""


# No body of these countries is a "local authority" of the Children Act 1989, s. 105(1), so none can adjoin.
NEVER_ADJOINING = frozenset({Country.NORTHERN_IRELAND, Country.CROWN_DEPENDENCY, Country.OUTSIDE_THE_UK})
ADJOINING = frozenset({Relation.ADJOINING_LAND, Relation.ADJOINING_TIDAL_WATER})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFacts:
    """The two authorities, by any key that is equal for the same body on the day asked about.

    `responsible_authority` is an English authority: the regulations bind no other. `host_name` is only
    for the sentences. Raises ContradictoryFacts where key and relation disagree.
    """

    responsible_authority: str
    host_authority: str | None
    relation: Relation
    country: Country
    host_name: str | None = None

    def __post_init__(self) -> None:
        if self.host_authority is None:
            return
        is_same = self.host_authority == self.responsible_authority
        if is_same != (self.relation is Relation.SAME) and self.relation is not Relation.UNKNOWN:
            raise ContradictoryFacts(
                f"Responsible authority {self.responsible_authority} and host {self.host_authority} cannot "
                f"be related as {self.relation.value}. Correct the table of adjoining authorities or the host."
            )


@dataclass(frozen=True, slots=True)
class AreaAnswer:
    """Three answers that stay apart: what the law makes of it, what the boundaries are, which country."""

    state: State
    relation: Relation
    country: Country
    host_name: str | None
    findings: tuple[Finding, ...]

    @property
    def is_out_of_area(self) -> bool:
        return self.state in (State.OUT_OF_AREA_ADJOINING, State.OUT_OF_AREA_DISTANT)

    @property
    def host(self) -> str:
        """What a sentence calls the host."""
        return self.host_name or "the area authority"

    def as_dict(self) -> dict[str, Any]:
        return {
            "state": self.state.value,
            "relation": self.relation.value,
            "country": self.country.value,
            "findings": [finding.as_dict() for finding in self.findings],
        }


def area_of(facts: PlaceFacts) -> AreaAnswer:
    """Whose area the place lies in, as the regulations divide places. Refuses to guess: cannot_tell.

    Outside the area is any area but the responsible authority's, in England or not (regs. 2, 11(1)).
    "At a distance" is outside the area and not within an adjoining local authority's (reg. 11(5));
    a Welsh or Scottish neighbour adjoins, by land or tidal water (ADR 0012, ADR 0013).
    """
    state = _state(facts)
    findings = [_state_finding(facts, state)]
    if facts.country not in (Country.ENGLAND, Country.UNKNOWN):
        findings.append(
            Finding(
                "outside_england",
                "Outside England: out of area all the same, and the same people approve and are told. Outside "
                "England and Wales the Children Act 1989, Schedule 2, paragraph 19 and reg. 12 come on top.",
                OUTSIDE_ENGLAND,
            )
        )
    return AreaAnswer(state, facts.relation, facts.country, facts.host_name, tuple(findings))


def _state(facts: PlaceFacts) -> State:
    if facts.relation is Relation.SAME or facts.host_authority == facts.responsible_authority:
        return State.IN_AREA
    if facts.country in NEVER_ADJOINING:
        return State.OUT_OF_AREA_DISTANT
    if facts.relation in ADJOINING:
        return State.OUT_OF_AREA_ADJOINING
    if facts.relation is Relation.NOT_ADJOINING:
        return State.OUT_OF_AREA_DISTANT
    return State.CANNOT_TELL


def _state_finding(facts: PlaceFacts, state: State) -> Finding:
    host = facts.host_name or "The area authority"
    match state:
        case State.IN_AREA:
            return Finding("in_area", "In our own area.", AREA_AUTHORITY)
        case State.OUT_OF_AREA_ADJOINING:
            water = " across tidal water" if facts.relation is Relation.ADJOINING_TIDAL_WATER else ""
            sentence = f"Out of area, not at a distance: {host} adjoins us{water}."
            return Finding("out_of_area_adjoining", sentence, _adjoining_citation(facts))
        case State.OUT_OF_AREA_DISTANT:
            sentence = f"Out of area and at a distance: {host} adjoins no boundary of ours."
            return Finding("out_of_area_distant", sentence, AT_A_DISTANCE)
        case State.CANNOT_TELL:
            sentence = (
                "The place is outside our area, but whether it is at a distance cannot be told."
                if _is_elsewhere(facts)
                else "It cannot be told in whose area the place lies: nothing is assumed. Find the address."
            )
            return Finding("cannot_tell", sentence, AREA_AUTHORITY)


def _is_elsewhere(facts: PlaceFacts) -> bool:
    return facts.host_authority is not None or facts.country not in (Country.ENGLAND, Country.UNKNOWN)


def _adjoining_citation(facts: PlaceFacts) -> Citation:
    if facts.country is not Country.ENGLAND:
        return AT_A_DISTANCE_ACROSS_A_BORDER
    if facts.relation is Relation.ADJOINING_TIDAL_WATER:
        return care_planning("reg. 11(5)", reading="ADR 0013")
    return AT_A_DISTANCE
