"""Who lives near Canal Street, who works with them, and what Brackwater does with its area? For story 6."""

import json
from datetime import UTC, date, datetime

import shapely
from django.contrib.gis.geos import Polygon

from accounts.acting import Actor, acting_for, operator
from db import clock
from example import ground
from example.ground import rectangle
from geo.areas import authority_by_code
from hotspots import actions
from hotspots.files.importing import import_file
from hotspots.models import Hotspot, Share
from hotspots.sharing import agreements
from placements.actions import placements as placing
from placements.actions.children import register_child
from placements.models import AddressGrant, NewLine, Placement, Screening
from placements.overlay import effect, recheck
from placements.place.places import Place
from tests import databases
from tests.stories.conftest import ASHFORD, BRACKWATER, CARROWBY, who

REGISTERED_AT = datetime(2027, 3, 2, 10, 0, tzinfo=UTC)
POINTS = {
    "Ola": (BRACKWATER, "BK4 1GS"),
    "Kit": (ASHFORD, "BK4 8GS"),
    "Lee": (ASHFORD, "BK7 5LD"),
    "Remy": (ASHFORD, "BK4 3GS"),
    "Noor": (CARROWBY, "BK4 2GS"),
}
WHOLE = {
    "ref": "BW-AC-07",
    "name": "Canal Street",
    "concern": "collected by car, evenings",
    "originator": "Norrowshire Police",
    "conditions": "Not to carers or providers without the originator's agreement",
    "condition_kinds": ["not_to_carers_or_providers"],
    "narrative": "CANARY-CANAL",
    "police_grading": "2 B C",
    "last_supported_on": "2027-03-20",
}


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of spring 2027 by London's clock."""
    return datetime(2027, month, day, hour, minute, tzinfo=clock.LONDON)


class CanalStreet:
    """The spring of 2027 around one area, one method a step."""

    def __init__(self):
        clock.set_to(REGISTERED_AT)
        self.farah, self.mark = who("Farah Aziz", BRACKWATER), who("DC Mark Tolley", BRACKWATER)
        self.kits = who("Sam Ortiz")
        self.noors = who("Nell Achebe", CARROWBY)
        self.olas = who("Una Frost", BRACKWATER)
        self.workers = {ASHFORD: self.kits, BRACKWATER: self.olas, CARROWBY: self.noors}
        self.placements = {name: self._register(name, *where) for name, where in POINTS.items()}
        self.granted = [who("Priya Nair"), who("Tom Oakes")]
        self._grant(self.placements["Remy"])

    def _register(self, name: str, code: str, postcode: str) -> Placement:
        by = self.workers[code]
        with acting_for(by, "test"):
            child = register_child(
                reference=f"{name}-1",
                given_name=name,
                family_name="Invented",
                born_on=date(2012, 5, 5),
                legal_status="C2",
                by=by,
                at=REGISTERED_AT,
            )
            return placing.propose(
                child_id=child.id,
                planned_start_on=date(2027, 4, 26),
                place=Place(line=f"{name}'s place", postcode=postcode),
                place_code="U6",
                is_restricted=name == "Remy",
                tell_host=False,
                by=by,
                at=REGISTERED_AT,
            )

    def _grant(self, remy: Placement) -> None:
        with acting_for(operator(remy.authority_id), "test"):
            AddressGrant.objects.filter(placement=remy).delete()
            for one in self.granted:
                AddressGrant.objects.create(
                    authority_id=remy.authority_id,
                    placement=remy,
                    person_id=one.person_id,
                    starts_at=REGISTERED_AT,
                    reason="Works with Remy",
                    given_by="Tom Oakes",
                )

    def file(self, west: int, *, review: str) -> bytes:
        shape = rectangle(west, 10_000, west + 200, 10_100)
        feature = {
            "type": "Feature",
            "geometry": shapely.geometry.mapping(shape),
            "properties": WHOLE | {"review_on": review},
        }
        crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
        return json.dumps({"type": "FeatureCollection", "crs": crs, "features": [feature]}).encode()

    def say(self, moment: datetime, *, west: int = 30_000, review: str = "2027-07-09") -> Hotspot:
        """Brackwater's area as it is drawn from then on."""
        clock.set_to(moment)
        with acting_for(self.farah, "test"):
            owner = authority_by_code(BRACKWATER)
            (hotspot_id,) = import_file(
                self.file(west, review=review), owner=owner, by=self.farah, at=moment
            ).hotspot_ids
            return Hotspot.objects.get(id=hotspot_id)

    def publish(self, moment: datetime) -> Hotspot:
        hotspot = self.say(moment)
        with acting_for(self.farah, "test"):
            for code, level in ((ASHFORD, Share.Level.PROXIMITY), (CARROWBY, Share.Level.CONTACT)):
                partners = [authority_by_code(code).id]
                actions.share([hotspot.id], partner_ids=partners, level=level, by=self.farah, at=moment)
        return hotspot

    def preview(self, moment: datetime, *, by: Actor | None = None, west: int = 30_000) -> str:
        """What publishing the area as drawn would bring about, as it is read, for the partners of the agreements."""
        clock.set_to(moment)
        by = by or self.farah
        x, y = ground.ORIGIN
        shape = Polygon.from_bbox((x + west, y + 10_000, x + west + 200, y + 10_100))
        shape.srid = 27700
        wanted = {
            authority_by_code(code).id: (level, 1_000)
            for code, level in ((ASHFORD, Share.Level.PROXIMITY), (CARROWBY, Share.Level.CONTACT))
        }
        with acting_for(by, "test"):
            return effect.preview(self.hotspot.id, shape=shape, shares=wanted, by=by, at=moment).sentence

    def agree(self, moment: datetime) -> None:
        """The agreements under which Brackwater tells Ashford-on-Grid and Carrowby."""
        for code in (ASHFORD, CARROWBY):
            with acting_for(self.farah, "test"):
                agreements.make(
                    partner_id=authority_by_code(code).id,
                    purpose="Protecting children",
                    basis="Joint protocol",
                    reference=f"BW-{code}",
                    starts_at=moment,
                    by=self.farah,
                    at=moment,
                )

    def recheck(self, moment: datetime) -> None:
        """What the worker does within minutes, for every owner."""
        clock.set_to(moment)
        with databases.as_role("WORKER_DATABASE_URL"):
            for code in (ASHFORD, BRACKWATER, CARROWBY):
                recheck.answer_changes(authority_by_code(code).id, at=moment)

    def lines(self, reader: Actor, name: str) -> list[NewLine]:
        """A person's lines about one child, the oldest first."""
        with acting_for(reader, "test"):
            return list(NewLine.objects.filter(placement=self.placements[name]).order_by("at"))

    def checks(self, reader: Actor, name: str) -> list[Screening]:
        """What a person reads of the checks of one child's place, the oldest first."""
        with acting_for(reader, "test"):
            return list(Screening.objects.filter(placement=self.placements[name]).order_by("at"))
