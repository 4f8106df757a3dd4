"""In whose area does a place lie whose postcode lies in several? Somebody says, and who said it is kept."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from accounts.acting import Actor
from geo.exceptions import NotAPostcode
from geo.place import Candidate, places_of_postcodes
from geo.postcodes import normalise
from placements.exceptions import UnreadableField
from placements.models import HostChoice, Placement


def possible(postcode: str, *, on: date) -> tuple[Candidate, ...]:
    """The authorities between which somebody has to choose; empty where it is certain, or nobody knows."""
    return places_of_postcodes([postcode], on)[postcode].candidates if postcode else ()


def possible_for(text: str, *, on: date) -> tuple[Candidate, ...]:
    """The same for a postcode as somebody typed it; empty for one that cannot be read."""
    try:
        return possible(normalise(text), on=on)
    except NotAPostcode:
        return ()


def current(placement: Placement) -> HostChoice | None:
    """The choice that holds now."""
    return HostChoice.objects.filter(placement=placement, ended_at=None).select_related("host").first()


def chosen(placements: Iterable[Placement]) -> dict[UUID, UUID]:
    """The authority chosen for each placement for which one is, by the placement's id; one query for all."""
    rows = HostChoice.objects.filter(placement__in=list(placements), ended_at=None)
    return dict(rows.values_list("placement_id", "host_id"))


def choose(placement: Placement, postcode: str, host_id: UUID, *, on: date, by: Actor, at: datetime) -> HostChoice:
    """Keep a choice, with what there was to choose between. Raises UnreadableField for any other authority."""
    candidates = possible(postcode, on=on)
    if host_id not in {one.authority.id for one in candidates}:
        raise UnreadableField("host", "This postcode does not lie in that authority’s area, as far as is known.")
    return HostChoice.objects.create(
        authority_id=placement.authority_id,
        placement=placement,
        host_id=host_id,
        candidates=[
            {"id": str(one.authority.id), "name": one.authority.name, "addresses": one.addresses} for one in candidates
        ],
        is_restricted=placement.is_restricted,
        chosen_at=at,
        chosen_by=by.name,
    )


def take_back(choice: HostChoice, *, why: str, by: Actor, at: datetime) -> None:
    """End a choice that is known to be wrong; the row stays."""
    choice.ended_at, choice.ended_by, choice.ended_why = at, by.name, why
    choice.save(update_fields=["ended_at", "ended_by", "ended_why"])


def in_words(candidate: Candidate) -> str:
    """ "Brackwater, 12 addresses": what speaks for an authority."""
    evidence = f"{candidate.addresses} addresses" if candidate.addresses else candidate.evidence
    return f"{candidate.authority.name}, {evidence}"
