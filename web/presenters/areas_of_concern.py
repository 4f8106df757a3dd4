"""How are areas of concern, and what authorities say of their sharing, said?"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from hotspots.models import Coverage, Hotspot, Share
from web.presenters import dates
from web.presenters.elements import Details, Lines, Table, Tag, Value


def own(hotspots: Iterable[Hotspot], on: date) -> Table:
    """The authority's own: what, until when it was looked at, and with whom it is shared at which level."""
    rows = tuple(
        (
            one.reference,
            one.current_versions[0].concern.replace("_", " ").capitalize() or "Not said",
            Tag(one.get_state_display()),
            _review(one.current_versions[0].review_on, on),
            _partners(one.current_shares),
        )
        for one in hotspots
    )
    heads = ("Reference", "Concern", "State", "Review", "Shared with")
    return Table("Our own areas of concern", heads, rows, "Your authority has entered none.")


def sharing(said: Iterable[Coverage], on: date) -> Table:
    """What each authority says of its own sharing. Who is not listed has said nothing, which is no good news."""
    rows = tuple(
        (
            one.authority.name,
            "Shares" if one.shares else "Shares nothing yet",
            one.scope or "Not said",
            dates.short_day(one.last_looked_on),
            _review(one.review_on, on),
        )
        for one in said
    )
    heads = ("Authority", "Says", "About", "Last looked", "Review")
    return Table("What authorities say", heads, rows, "None has said anything.")


def _review(review_on: date | None, on: date) -> Value:
    written = dates.short_day(review_on, otherwise="no date set")
    if review_on and review_on < on:
        return Lines((written, "Past its review date: old news, not good news"))
    return written


def _partners(shares: Iterable[Share]) -> Value:
    by_level: dict[str, list[str]] = defaultdict(list)
    for share in shares:
        by_level[share.get_level_display()].append(share.partner.name)
    if not by_level:
        return "Nobody"
    return Lines(
        tuple(
            Details(f"{level}: {_how_many(names)}", tuple(sorted(names))) for level, names in sorted(by_level.items())
        )
    )


def _how_many(names: list[str]) -> str:
    return "1 authority" if len(names) == 1 else f"{len(names)} authorities"
