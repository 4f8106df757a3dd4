"""How does a test make areas of concern? By the real import and the real actions, on ground of whole numbers.

The square `square(...)` is 200 metres wide, in National Grid metres; distances to it are then read off by hand.
"""

import json
from datetime import date

from accounts.acting import acting_for, operator
from db import clock
from geo.areas import authority_by_code
from hotspots import actions
from hotspots.files.importing import import_file
from hotspots.models import Hotspot, Share
from hotspots.overlay import overlay
from hotspots.overlay.overlay import Place

ROTHERHAM, SHEFFIELD, DONCASTER, BARNSLEY = "E08000018", "E08000039", "E08000017", "E08000038"
EAST, NORTH = 440_000, 390_000
# The square's south-western corner is (EAST, NORTH): a point this many metres east of its eastern edge.
LONG_AGO, FAR_AHEAD = date(2020, 1, 31), date(2090, 1, 31)


def authority(code):
    return authority_by_code(code)


def polygon(east=EAST, north=NORTH, width=200):
    corners = [(east, north), (east + width, north), (east + width, north + width), (east, north + width)]
    return {"type": "Polygon", "coordinates": [[list(corner) for corner in [*corners, corners[0]]]]}


def square(reference="A1", *, geometry=None, **properties):
    return {
        "type": "Feature",
        "properties": {"ref": reference, **properties},
        "geometry": geometry or polygon(),
    }


def file(*features, **members):
    grid = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}
    return json.dumps({"type": "FeatureCollection", "crs": grid, "features": features} | members).encode()


def acting(code, purpose="a test"):
    return acting_for(operator(authority(code).id), purpose)


def load(code, *features, content=None):
    """Import an owner's file; its new areas are drafts."""
    with acting(code) as by:
        return import_file(content or file(*features), owner=authority(code), by=by, at=clock.now())


def share(code, hotspot_ids, partner, level=Share.Level.PROXIMITY, distance_metres=1_000):
    with acting(code) as by:
        return actions.share(
            hotspot_ids,
            partner_ids=[authority(partner).id],
            level=level,
            distance_metres=distance_metres,
            by=by,
            at=clock.now(),
        )


def publish(code, *features, to, level=Share.Level.PROXIMITY, distance_metres=1_000):
    """Import and share; returns the areas' ids."""
    imported = load(code, *features)
    share(code, imported.hotspot_ids, to, level, distance_metres)
    return imported.hotspot_ids


def ask(code, metres_east_of_the_edge, *, around=(), radius_metres=1_000):
    """The answers by authority code's name, for one point east of the square, halfway up it."""
    place = Place(EAST + 200 + metres_east_of_the_edge, NORTH + 100, frozenset(authority(one).id for one in around))
    with acting(code, "a placement"):
        (answer,) = overlay.ask([place], radius_metres=radius_metres, at=clock.now(), purpose="a placement")
    return {one.authority_id: one for one in answer.authorities}


def ask_about(owner, code, metres_east_of_the_edge, **how):
    """What one authority's information says to another."""
    return ask(code, metres_east_of_the_edge, around=[owner], **how)[authority(owner).id]


def hotspot(code, reference):
    with acting(code):
        return Hotspot.objects.get(reference=reference, authority=authority(code))
