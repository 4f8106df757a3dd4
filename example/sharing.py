"""What do Norrowshire's authorities share about their ground? Brackwater much, Carrowby old news, the others nothing."""

import json
from datetime import date, datetime

import shapely

from accounts.acting import Actor
from example.ground import rectangle
from example.moments import Step, day, moment
from example.tables import rows
from geo.areas import authority_by_code
from geo.reading.features import NATIONAL_GRID
from hotspots import actions
from hotspots.files.importing import import_file
from hotspots.models import Share

ASHFORD, BRACKWATER, CARROWBY = "X06000001", "X06000002", "X06000004"
# Who is told what of an owner's areas; whoever is not named is told nothing.
LEVELS = {
    BRACKWATER: {ASHFORD: Share.Level.PROXIMITY, CARROWBY: Share.Level.CONTACT},
    CARROWBY: {ASHFORD: Share.Level.PROXIMITY, BRACKWATER: Share.Level.PROXIMITY},
}


def steps(start: date) -> list[Step]:
    """The sharing of the areas, and what each authority says of its own sharing."""
    found = [_share(row, start) if row["shared"] else _draft(row, start) for row in rows("areas_of_concern.csv")]
    found.append(_say(ASHFORD, "Ada Lowe", "-60 12:00", start, shares=False))
    found.append(_say(BRACKWATER, "Farah Aziz", "-1 16:00", start, scope="Streets and parks of the town", review="89"))
    found.append(_say(CARROWBY, "", "-249 11:30", start, scope="The station and the harbour", review="-80"))
    return found


def _share(row: dict[str, str], start: date) -> Step:
    owner = authority_by_code(row["owner"])

    def do(by: Actor, at: datetime) -> None:
        imported = import_file(_file(row, start), owner=owner, srid=NATIONAL_GRID, by=by, at=at)
        for partner, level in LEVELS[row["owner"]].items():
            partner_ids = [authority_by_code(partner).id]
            actions.share(imported.hotspot_ids, partner_ids=partner_ids, level=level, by=by, at=at)

    return Step(moment(row["shared"], start), owner, row["by"], do)


def _draft(row: dict[str, str], start: date) -> Step:
    """An area that waits for somebody to preview, publish and share it; nobody is told of it yet."""
    owner = authority_by_code(row["owner"])

    def do(by: Actor, at: datetime) -> None:
        import_file(_file(row, start), owner=owner, srid=NATIONAL_GRID, by=by, at=at)

    return Step(moment(row["drafted"], start), owner, row["by"], do)


def _file(row: dict[str, str], start: date) -> bytes:
    """The area as its owner's file would hold it."""
    edges = (int(row[edge]) for edge in ("west", "south", "east", "north"))
    said = ("ref", "name", "concern", "originator", "condition_kinds", "conditions", "narrative", "police_grading")
    feature = {
        "type": "Feature",
        "geometry": shapely.geometry.mapping(rectangle(*edges)),
        "properties": {
            **{name: row[name] for name in said if row[name]},
            "last_supported_on": day(row["last_supported"], start).isoformat(),
            "review_on": day(row["review"], start).isoformat(),
        },
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def _say(
    code: str, person: str, when: str, start: date, *, shares: bool = True, scope: str = "", review: str = ""
) -> Step:
    def do(by: Actor, at: datetime) -> None:
        actions.say_coverage(
            shares=shares,
            scope=scope,
            last_looked_on=moment(when, start).date(),
            review_on=day(review, start) if review else None,
            by=by,
            at=at,
        )

    return Step(moment(when, start), authority_by_code(code), person, do)
