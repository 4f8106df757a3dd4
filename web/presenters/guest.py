"""How are one-time links, each knock at them, and what was said without an account shown?"""

from collections.abc import Iterable

from notifications.models import DocumentFact, GuestLink
from web.presenters import dates
from web.presenters.elements import Lines, Table, Value

HEADS = ("Made", "Code told on", "Ends", "Each knock")


def links(made: Iterable[GuestLink]) -> Table | None:
    """The links to one document; None where none was made."""
    rows = tuple(
        (
            f"{dates.instant(one.made_at)}, by {one.made_by}",
            one.number,
            one.closed_because or dates.instant(one.expires_at),
            _knocks(one),
        )
        for one in made
    )
    return Table("One-time links", HEADS, rows) if rows else None


def spoken(code: str) -> str:
    """A code in two groups, as it is told on a telephone."""
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"


def person_of(fact: DocumentFact) -> str:
    """Who said it, with their post."""
    return f"{fact.person}, {fact.post}" if fact.post else fact.person


def how_said(fact: DocumentFact) -> Value:
    """Who said it and, where it was not in Placewatch, how that became known."""
    if fact.source == DocumentFact.Source.IN_PRODUCT:
        return person_of(fact)
    said = [person_of(fact), fact.get_source_display()]
    if fact.keyed_by:
        said.append(f"On {fact.telephone}; keyed by {fact.keyed_by}, {dates.instant(fact.keyed_at)}")
    return Lines(tuple(said))


def _knocks(link: GuestLink) -> Value:
    said = sorted(link.openings.all(), key=lambda knock: knock.at)
    if not said:
        return "Nobody has knocked"
    return Lines(tuple(f"{dates.instant(one.at)}: {one.get_outcome_display().lower()}" for one in said))
