"""What do the register and the directory know already of somebody who is to be put on a list? A person looks it over."""

from datetime import date
from uuid import UUID

from notifications.directory import directory
from notifications.models import Contact
from placements import endings
from placements.letters import kinds
from placements.models import Channel, Placement
from placements.place.verdicts import current as current_verdict

HEALTH, POLICE = Contact.Purpose.HEALTH_BODY, Contact.Purpose.POLICE_MISSING_COORDINATOR
PURPOSES = {"health_body_now": HEALTH, "health_body_to_be": HEALTH, "police": POLICE}


def suggested(placement: Placement, code: str, *, on: date) -> dict[str, str]:
    """The fields of a line of that kind that can be filled in; empty where nothing is known."""
    if code == kinds.CHILD:
        return {"name": placement.child.name, "channel": Channel.BY_HAND}
    if code == kinds.REVIEWING_OFFICER:
        return {"channel": Channel.IN_PRODUCT}
    if code not in PURPOSES:
        return {}
    lived_in = endings.of_the_child_now(placement) if code == "health_body_now" else placement
    contact = directory.current_contact(_area_of(lived_in, placement), PURPOSES[code], on)
    if contact is None or not contact.email:
        return {}
    return {"name": _name(contact), "channel": Channel.SECURE_EMAIL, "email": contact.email}


def _area_of(lived_in: Placement | None, placement: Placement) -> UUID:
    """Whose area the child lives in there; our own where that is not known, or where no placement was before."""
    judged = current_verdict(lived_in) if lived_in else None
    return judged.host.id if judged and judged.host else placement.authority_id


def _name(contact: Contact) -> str:
    if contact.purpose == HEALTH:
        return contact.team
    force = contact.team if "police" in contact.team.lower() else f"{contact.team} Police"
    return f"{force}, missing coordinator".strip()
