"""How is it said where a system takes notices, what could not be delivered, and how the post stands?"""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from notifications.health import Light
from notifications.models import Delivery, Endpoint
from web.presenters import dates
from web.presenters.elements import Link, Row, Table, Tag


def state(endpoint: Endpoint) -> str:
    """In a few words."""
    if endpoint.ended_at:
        return "Ended"
    if endpoint.live_from:
        return "Takes notices, but fails now" if endpoint.failures else "Takes notices"
    return "Waits for a second person" if endpoint.proved_at else "Waits for its proof"


def table(endpoints: Iterable[Endpoint]) -> Table:
    """Every address, the newest first."""
    rows = tuple(
        (
            Link(one.url, reverse("endpoint", args=[one.id])),
            Tag(state(one)),
            f"{dates.instant(one.added_at)}, by {one.added_by}",
        )
        for one in endpoints
    )
    return Table(
        "Our own systems",
        ("Address", "State", "Added"),
        rows,
        "No system of ours takes notices: they stand in the inbox.",
    )


def rows(endpoint: Endpoint, *, at: datetime) -> tuple[Row, ...]:
    """One address, whole; never its secret."""
    shown = [
        Row("Address", endpoint.url),
        Row("State", Tag(state(endpoint))),
        Row("Added", f"{dates.instant(endpoint.added_at)}, by {endpoint.added_by}"),
        Row("Proved", dates.instant(endpoint.proved_at) if endpoint.proved_at else "Not yet"),
        Row(
            "Last challenge",
            endpoint.challenge_outcome or ("Is being sent" if endpoint.challenge_at else "None was sent"),
        ),
        Row("Agreed by a second person", _agreed(endpoint)),
        Row("Takes notices since", dates.instant(endpoint.live_from) if endpoint.live_from else "Not yet"),
    ]
    if endpoint.second_until and endpoint.second_until > at:
        shown.append(Row("The earlier secret ends", dates.instant(endpoint.second_until)))
    if endpoint.failing_since:
        since = dates.instant(endpoint.failing_since)
        shown.append(
            Row("Fails", f"{endpoint.failures} times in a row, since {since}. Every notice stands in the inbox.")
        )
    if endpoint.ended_at:
        shown.append(Row("Ended", f"{dates.instant(endpoint.ended_at)}, by {endpoint.ended_by}"))
    return tuple(shown)


def dead_letters(deliveries: Iterable[Delivery]) -> Table:
    """What nobody and nothing could deliver."""
    rows = tuple(
        (
            Link(one.document.reference, reverse("sent_notice", args=[one.document_id])),
            one.document.get_kind_display(),
            one.recipient.name,
            one.get_channel_display(),
            str(one.attempts_made),
            dates.instant(one.ended_at),
        )
        for one in deliveries
    )
    heads = ("Reference", "What", "To", "Way", "Tries", "Given up")
    return Table("Could not be delivered", heads, rows, "Everything that was sent was given, or is still being tried.")


def sent_again(deliveries: Iterable[Delivery]) -> Table:
    """What was sent again, why, and what became of it."""
    rows = tuple(
        (
            Link(one.document.reference, reverse("sent_notice", args=[one.document_id])),
            one.recipient.name,
            dates.instant(one.created_at),
            one.reason,
            Tag(one.get_state_display()),
        )
        for one in deliveries
    )
    heads = ("Reference", "To", "Sent again", "Why", "What became of it")
    return Table("Sent again", heads, rows, "Nothing was sent again.")


def sent_again_in_words(made: int, nowhere: int, elsewhere: int) -> str:
    """What became of what somebody wanted sent again, and whose work the rest is."""
    words = f"Sent again: {made}. What becomes of them stands below."
    if elsewhere:
        words += f" Not sent twice: {elsewhere}. They went to the same authority another way, or are going."
    if not nowhere:
        return words
    return (
        f"{words} Not sent again: {nowhere}. No system and no e-mail address is on file for whoever they are for: "
        "give them another way. A task says which."
    )


def how_many(notices: int, authorities: int) -> str:
    """How many notices a filter means, and for how many authorities."""
    return (
        f"{notices} {'notice' if notices == 1 else 'notices'}, "
        f"to {authorities} {'authority' if authorities == 1 else 'authorities'}."
    )


def meant(chosen: Iterable[tuple[str, str]]) -> tuple[Row, ...]:
    """What a filter means, in words."""
    return tuple(Row(label, words) for label, words in chosen) or (Row("Which", "All of them"),)


def board(lights: Iterable[Light]) -> Table:
    """What is watched, and what somebody must look at."""
    rows = tuple((one.what, one.stands, Tag("Look at this") if one.needs_somebody else "Nothing") for one in lights)
    return Table("What is watched", ("What", "How it stands", "What to do"), rows)


def _agreed(endpoint: Endpoint) -> str:
    if endpoint.agreed_at:
        return f"{dates.instant(endpoint.agreed_at)}, by {endpoint.agreed_by}"
    return "Not needed: the operator added it" if endpoint.is_by_operator else "Not yet"
