"""What lies under the pen of somebody who draws an area? Outlines, the authority's own areas, and postcodes nearby.

Answered to the page's own script. Asked by POST, so that no place stands in an address or in a server's list of them.
"""

from django.contrib.gis.db.models import Extent
from django.contrib.gis.db.models.functions import AsSVG
from django.contrib.gis.geos import Polygon
from django.http import HttpRequest, HttpResponse, JsonResponse

from db.clock import today
from geo import outlines, signposts
from geo.models import NATIONAL_GRID, Boundary
from hotspots.maps import Frame
from hotspots.models import Hotspot, Version
from web.access import operation, own, showing
from web.forms.ground import GroundForm

MOST_AREAS = 200
# A frame as wide as England, for whoever has neither an outline nor an area yet.
ENGLAND = Frame(400_000, 330_000, 330_000)


@operation("hotspots.ground", methods=("POST",))
def ground(request: HttpRequest) -> HttpResponse:
    form = GroundForm(request.POST, on=today())
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=404 if "postcode" in form.errors else 400)
    frame = form.frame
    areas = _own_areas(request, frame)
    showing("hotspots.ground", "hotspot", [hotspot_id for hotspot_id, _, _ in areas])
    return JsonResponse(
        {
            "easting": frame.easting,
            "northing": frame.northing,
            "half_metres": frame.half_metres,
            "outlines": [
                {"name": one.name, "path": one.path}
                for one in outlines.drawn(*frame.edges, tolerance_metres=frame.half_metres / 500)
            ],
            "areas": [{"reference": reference, "path": path} for _, reference, path in areas],
            "postcodes": [vars(one) for one in signposts.within(*frame.edges)],
        }
    )


def frame_of(request: HttpRequest, version: Version | None) -> Frame:
    """Where the drawing begins: around the area, else around the authority, else with England whole."""
    if version:
        return _around(version.shape.extent, room=2)
    boundaries = Boundary.objects.filter(authority_id=request.actor.authority_id, edition__is_active=True)
    extent = boundaries.aggregate(found=Extent("shape"))["found"]
    return _around(extent, room=1) if extent else ENGLAND


def _around(extent: tuple[float, float, float, float], *, room: float) -> Frame:
    west, south, east, north = extent
    half = max(east - west, north - south) / 2 * room
    return Frame(round((west + east) / 2), round((south + north) / 2), max(round(half), 100))


def _own_areas(request: HttpRequest, frame: Frame) -> list[tuple]:
    square = Polygon.from_bbox(frame.edges)
    square.srid = NATIONAL_GRID
    rows = own(request, Version.objects.filter(superseded_at=None, shape__bboverlaps=square))
    drawn = rows.exclude(hotspot__state=Hotspot.State.WITHDRAWN).annotate(path=AsSVG("shape", precision=0))
    return list(
        drawn.order_by("hotspot__reference").values_list("hotspot_id", "hotspot__reference", "path")[:MOST_AREAS]
    )
