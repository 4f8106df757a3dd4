"""Where may somebody go? A few rooms on every page; within a room, its pages."""

import re
from collections.abc import Set
from dataclasses import dataclass

from django.urls import reverse

from accounts import policy
from accounts.roles import Role

ROOMS = {
    "What needs me now": (
        ("home", "What needs me now", "home.read"),
        ("new_lines", "What is new", "new_lines.read"),
        ("duties", "Duties", "duties.read"),
        ("cover", "Cover for absence", "covers.read"),
        ("appointments", "Acting directors", "appointments.read"),
    ),
    "Children": (
        ("children", "Children", "children.read"),
        ("placements", "Placements", "placements.read"),
        ("place", "Look up a place", "jurisdiction.ask"),
        ("missing_reports", "Missing children", "missing.read"),
        ("enquiries", "Questions about places", "consultations.read"),
        ("conversation", "Conversations", "conversations.record"),
        ("disagreements", "Where judgements differ", "disagreements.read"),
    ),
    "Leaving care": (
        ("leaving_care", "Young people", "leaving_care.list"),
        ("leaving_care_team", "The team", "leaving_care.team"),
        ("received_handovers", "Handovers received", "handovers.received"),
        ("local_offers", "Local offers", "local_offers.read"),
    ),
    "Notices": (
        ("inbox", "Received", "notices.received"),
        ("sent", "Sent", "notices.sent"),
        ("many_letters", "Letters to be written", "letters.prepare_many"),
        ("readiness", "Who can be reached", "readiness.read"),
        ("undelivered", "Could not be delivered", "deliveries.dead"),
        ("endpoints", "Our own systems", "endpoints.read"),
        ("health_board", "How the post stands", "health.read"),
    ),
    "Areas of concern": (
        ("areas_of_concern", "Areas", "hotspots.read"),
        ("map", "Map", "map.read"),
        ("sharing", "Who shares", "coverage.read"),
        ("passing_on", "Asked to pass on", "passing_on.read"),
        ("recalls_made", "What we took back", "recalls.made"),
        ("validity", "How well it matches", "validity.read"),
    ),
    "Records": (
        ("inspection", "Inspection packs", "packs.read"),
        ("log_book", "Log-book", "log.read"),
    ),
}

# Pages that belong to another page than the one that their address begins with.
BELONG_TO = (
    (re.compile(r"/children/[^/]+/leaving-care/"), "leaving_care"),
    (re.compile(r"/handovers/(?!received/)"), "leaving_care"),
)


@dataclass(frozen=True)
class Item:
    text: str
    href: str
    is_here: bool


@dataclass(frozen=True)
class Menu:
    """`rooms` stand on every page, each leading to its first page; `pages` are those of the room that is open now."""

    rooms: tuple[Item, ...]
    pages: tuple[Item, ...]
    title: str


def menu(permitted: Set[str], path: str) -> Menu:
    """The rooms and pages that may be opened with these operations, with those that are open now marked."""
    open_to_them = {
        room: {reverse(name): text for name, text, operation in pages if operation in permitted}
        for room, pages in ROOMS.items()
    }
    open_to_them = {room: pages for room, pages in open_to_them.items() if pages}
    everywhere = [href for pages in open_to_them.values() for href in pages]
    above = _above(path)
    here = max((href for href in everywhere if _is_within(above, href)), key=len, default="")
    title = next((room for room, pages in open_to_them.items() if here in pages), "")
    return Menu(
        rooms=tuple(Item(room, next(iter(pages)), room == title) for room, pages in open_to_them.items()),
        pages=tuple(Item(text, href, href == here) for href, text in open_to_them.get(title, {}).items()),
        title=title,
    )


def _above(path: str) -> str:
    """The path by which a page is found in the menu: its own, or that of the page to which it belongs."""
    return next((reverse(name) for belongs, name in BELONG_TO if belongs.match(path)), path)


def _is_within(path: str, href: str) -> bool:
    return path == href or (href != "/" and path.startswith(href))


def may(role: Role, operation: str) -> bool:
    """Whether a link or button for the operation is shown to the role."""
    return policy.operations()[operation].permits(role)
