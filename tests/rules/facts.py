"""Which calendar and places do the tests of the rules share?"""

from datetime import date
from pathlib import Path

from placements.rules.area import AreaAnswer, Country, PlaceFacts, Relation, area_of
from placements.rules.working_days import Holidays

PROJECT = Path(__file__).parent.parent.parent
SHARED = PROJECT.parent / "shared" / "data"
BANK_HOLIDAYS = PROJECT / "geo" / "reference" / "bank_holidays.csv"

with BANK_HOLIDAYS.open(encoding="utf-8") as lines:
    HOLIDAYS = Holidays.from_csv(lines)


def day(iso: str) -> date:
    return date.fromisoformat(iso)


def place(relation: Relation, *, country: Country = Country.ENGLAND, host: str | None = "host") -> AreaAnswer:
    """A place as Ashford-on-Grid sees it."""
    host_authority = "ours" if relation is Relation.SAME else host
    return area_of(
        PlaceFacts(
            responsible_authority="ours",
            host_authority=host_authority,
            relation=relation,
            country=country,
            host_name="Carrowby" if host_authority else None,
        )
    )


AT_A_DISTANCE = place(Relation.NOT_ADJOINING)
ADJOINING = place(Relation.ADJOINING_LAND)
IN_AREA = place(Relation.SAME)
NOWHERE = place(Relation.UNKNOWN, country=Country.UNKNOWN, host=None)
