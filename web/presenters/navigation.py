"""Where may somebody go?"""

from collections.abc import Set
from dataclasses import dataclass

from django.urls import reverse

from accounts import policy
from accounts.roles import Role

PAGES = (
    ("home", "What needs me now", "home.read"),
    ("place", "Look up a place", "jurisdiction.ask"),
    ("new_lines", "What is new", "new_lines.read"),
    ("children", "Children", "children.read"),
    ("placements", "Placements", "placements.read"),
    ("missing_reports", "Missing children", "missing.read"),
    ("enquiries", "Questions about places", "consultations.read"),
    ("leaving_care", "Leaving care", "leaving_care.list"),
    ("received_handovers", "Leaving care: received", "handovers.received"),
    ("local_offers", "Local offers", "local_offers.read"),
    ("inbox", "Notices received", "notices.received"),
    ("sent", "Notices sent", "notices.sent"),
    ("many_letters", "Letters to be written", "letters.prepare_many"),
    ("readiness", "Who can be reached", "readiness.read"),
    ("duties", "Duties", "duties.read"),
    ("cover", "Cover for absence", "covers.read"),
    ("appointments", "Acting directors", "appointments.read"),
    ("conversation", "Conversations", "conversations.record"),
    ("disagreements", "Where judgements differ", "disagreements.read"),
    ("areas_of_concern", "Areas of concern", "hotspots.read"),
    ("passing_on", "Asked to pass on", "passing_on.read"),
    ("recalls_made", "What we took back", "recalls.made"),
    ("sharing", "Who shares", "coverage.read"),
    ("map", "Map", "map.read"),
    ("validity", "How well it matches", "validity.read"),
    ("undelivered", "Could not be delivered", "deliveries.dead"),
    ("endpoints", "Our own systems", "endpoints.read"),
    ("health_board", "How the post stands", "health.read"),
    ("inspection", "Inspection packs", "packs.read"),
    ("log_book", "Log-book", "log.read"),
)


@dataclass(frozen=True)
class Item:
    text: str
    href: str
    is_here: bool


def items(permitted: Set[str], path: str) -> tuple[Item, ...]:
    """The pages that may be opened with these operations, with the one that is open now marked."""
    return tuple(
        Item(text, href, path == href or (href != "/" and path.startswith(href)))
        for name, text, operation in PAGES
        if operation in permitted
        for href in (reverse(name),)
    )


def may(role: Role, operation: str) -> bool:
    """Whether a link or button for the operation is shown to the role."""
    return policy.operations()[operation].permits(role)
