"""Bea's list of thirteen, as in story 3: who is written to, how, and about whom somebody decided otherwise."""

from datetime import date

from accounts.acting import Actor
from placements.actions.withholdings import withhold
from placements.letters import correspondents
from placements.models import Placement
from tests.factories import NOON, acting

FATHER = "Sam Tolland"
SENT = {"channel": "secure_email", "email": "desk@reader.example"}
PEOPLE = (
    {"code": "child", "name": "Bea Tolland", "channel": "by_hand"},
    {"code": "parents", "name": "Ros Tolland", "channel": "post", "postal_address": "8 Chapel Walk\nBrackwater"},
    {
        "code": "contact_in_care",
        "name": "Ann Tolland",
        "channel": "post",
        "postal_address": "2 Quay Street\nBrackwater",
    },
    {"code": "previous_carer", "name": "Jan Ode", "channel": "by_hand"},
    {"code": "health_body_now", "name": "NHS Norrow West ICB", **SENT},
    {"code": "health_body_to_be", "name": "NHS Norrow East ICB", **SENT},
    {"code": "gp_now", "name": "Mill Surgery", **SENT},
    {"code": "gp_to_be", "name": "Lock Surgery", **SENT},
    {"code": "school", "name": "Brackwater High", **SENT},
    {"code": "iro", "name": "Pat Hume", "channel": "in_product"},
    {"code": "school_to_be", "name": "Dunmere High", **SENT},
    {"code": "police", "name": "Norrowshire Police, missing coordinator", **SENT},
)


def listed(placement: Placement, by: Actor) -> dict[str, object]:
    """The twelve of the list, by their kind; the host is told by notice."""
    with acting(by):
        return {one["code"]: correspondents.add(placement_id=placement.id, **one, by=by, at=NOON) for one in PEOPLE}


def decide(placement: Placement, by: Actor, paragraph: str, person: str, what: str):
    """That somebody is not told, or not the address."""
    with acting(by):
        return withhold(
            placement_id=placement.id,
            paragraph=paragraph,
            person=person,
            what=what,
            reason="It would put her at risk of significant harm.",
            decided_by="Tom Oakes",
            decided_on=date(2026, 11, 30),
            look_again_on=date(2027, 5, 31),
            by=by,
            at=NOON,
        )


def decided_as_in_the_story(placement: Placement, by: Actor) -> None:
    """The father is not told; mother and grandmother are told without the address."""
    decide(placement, by, "b", FATHER, "notice")
    decide(placement, by, "b", "Ros Tolland", "address")
    decide(placement, by, "c", "Ann Tolland", "address")
