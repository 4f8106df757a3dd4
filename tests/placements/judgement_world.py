"""How does a test stand a child before what others share? Leeds shares a square around LS1 8ED, or has one past its day."""

from datetime import date, datetime

from accounts.acting import Actor
from accounts.roles import Role
from geo.models import Postcode
from placements.actions.judgements import current_judgement, latest_screening, write_judgement
from placements.models import Judgement, Placement
from placements.overlay import screening
from tests import factories
from tests.databases import NOON
from tests.hotspots import world as areas

BOXES = {
    "known_and_not_known": "He knows nobody there. What the carers know of the arcade is not known.",
    "thinks_and_why": "CANARY-JUDGEMENT: no worry for him, he is driven everywhere.",
}
ASKED = {"asked_whom": "PC Lang, Leeds", "asked_on": date(2026, 11, 30), "they_said": "Nothing known of the street."}
LOOK_AGAIN_ON = date(2027, 1, 13)


def leeds_shares(*, review_on: date | None = None, near: bool = True) -> None:
    """Leeds shares with Rotherham an area around the place, or one five kilometres away from it."""
    point = Postcode.objects.get(postcode="LS1 8ED")
    east = point.easting - 100 if near else point.easting + 5_000
    said = {"category": "parties"} | ({"review_on": review_on.isoformat()} if review_on else {})
    shape = areas.polygon(east=east, north=point.northing - 100)
    areas.publish(factories.LEEDS, areas.square("L1", geometry=shape, **said), to=factories.ROTHERHAM)


def check(placement: Placement, by: Actor, at: datetime) -> None:
    """Look at the place again."""
    with factories.acting(by):
        screening.screen([placement], at=at, purpose="test")


def write(placement: Placement, by: Actor, at: datetime = NOON, **changes) -> Judgement:
    """A judgement on what was last read about the place."""
    with factories.acting(by):
        read, before = latest_screening(placement), current_judgement(placement)
        given = {
            "placement_id": placement.id,
            "screening_id": read.id if read else None,
            "supersedes_id": before.id if before else None,
            **BOXES,
            "look_again_on": LOOK_AGAIN_ON,
            "agreement": Judgement.Agreement.NOTHING_SAID,
            **ASKED,
        }
        return write_judgement(**(given | changes), by=by, at=at)


def social_worker(name: str = "Sam Field") -> Actor:
    return factories.person(role=Role.SOCIAL_WORKER, name=name)


def supervisor(name: str = "Ruth Adeyemi") -> Actor:
    return factories.person(role=Role.SUPERVISOR, name=name)
