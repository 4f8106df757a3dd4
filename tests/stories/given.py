"""What do the stories find when they begin? Walked there by the real actions."""

from datetime import UTC, date, datetime

from accounts.acting import acting_for
from duties.actions import close_as_met
from duties.models import Duty
from hotspots import actions as hotspot_actions
from placements.actions import placements as actions
from placements.actions.children import register_child
from placements.models import Placement
from placements.place.places import Place
from tests.hotspots import world as areas
from tests.stories.conftest import ASHFORD, CARROWBY, who


def at(day: int, hour: int, minute: int) -> datetime:
    """An instant of December 2026, when England keeps UTC."""
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


def stale_area_of_carrowby() -> None:
    """Carrowby shares an area some way off; its information is past its review date of 1 September 2026."""
    areas.publish(
        CARROWBY,
        areas.square("C1", geometry=areas.polygon(east=645_000, north=455_000), review_on="2026-09-01"),
        to=ASHFORD,
    )
    grace = who("Grace Hill", CARROWBY)
    with acting_for(grace, "test"):
        hotspot_actions.say_coverage(
            shares=True,
            last_looked_on=date(2026, 3, 1),
            review_on=date(2026, 9, 1),
            by=grace,
            at=at(1, 12, 0),
        )


def kayla_with_her_foster_carers() -> Placement:
    """Kayla, AG-2041, with foster carers of Ashford's own until 21:15 of Thursday 17 December."""
    priya, jo = who("Priya Nair"), who("Jo Fenn")
    carers = Place(line="2 CANARY-AUNT Row", postcode="AG4 4HP", home_postcode="AG4 4HP")
    with acting_for(priya, "test"):
        kayla = register_child(
            reference="AG-2041",
            given_name="Kayla",
            family_name="Brent",
            born_on=date(2012, 11, 14),
            looked_after_since=date(2025, 6, 1),
            legal_status="C2",
            by=priya,
            at=at(8, 9, 0),
        )
        given = {"place_code": "U6", "provider_code": "PR1", "by": priya}
        old = actions.propose(
            child_id=kayla.id, planned_start_on=date(2026, 12, 9), place=carers, **given, at=at(8, 9, 5)
        )
        actions.start(placement_id=old.id, started_at=at(9, 15, 0), by=priya, at=at(9, 15, 5))
    with acting_for(jo, "test"):
        actions.end(placement_id=old.id, ended_at=at(17, 21, 15), how="immediate_risk", by=jo, at=at(17, 22, 0))
    return old


def dean_with_his_foster_carers() -> Placement:
    """Dean, AG-1877, with foster carers of Ashford's own since 10 December 2026; what was owed for that is done."""
    priya = who("Priya Nair")
    planned_at, began_at = at(8, 9, 30), at(10, 9, 30)
    with acting_for(priya, "test"):
        dean = register_child(
            reference="AG-1877",
            given_name="Dean",
            family_name="Marlow",
            born_on=date(2011, 5, 9),
            looked_after_since=date(2024, 6, 1),
            legal_status="C2",
            by=priya,
            at=at(8, 9, 0),
        )
        old = actions.propose(
            child_id=dean.id,
            planned_start_on=date(2026, 12, 10),
            place=Place(line="7 Mill Row", postcode="AG2 5HJ", home_postcode="AG2 5HJ"),
            place_code="U6",
            provider_code="PR1",
            by=priya,
            at=planned_at,
        )
        _meet_all(old, planned_at)
        actions.start(placement_id=old.id, started_at=began_at, by=priya, at=began_at)
        _meet_all(old, began_at)
    return old


def _meet_all(placement: Placement, moment: datetime) -> None:
    for duty in Duty.objects.filter(subject_id=placement.id, closed_at=None):
        close_as_met(duty.id, evidence="In December.", by="Priya Nair", at=moment)
