"""Where do the areas of concern lie whose shape we may know? A drawing with a table beside it, and vector tiles."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse

from db.clock import now, today
from geo import outlines
from hotspots import maps
from hotspots.maps import Frame
from web.access import operation
from web.forms.map import STEPS, MapForm, StepForm
from web.presenters import map as presented
from web.views.answers import page

TILE = "application/vnd.mapbox-vector-tile"


@operation("map.read", methods=("GET", "POST"))
def map_page(request: HttpRequest) -> HttpResponse:
    """The map around a postcode, or one step on from the map that stands."""
    step = StepForm(request.POST) if "step" in request.POST else None
    form = MapForm(request.POST if request.method == "POST" and step is None else None, on=today())
    asked = step or form
    shown = _shown(asked.frame) if asked.is_valid() else {}
    return page(request, "map", title="Map of areas of concern", form=form, lead=presented.SAYS_NOTHING, **shown)


@operation("map.read")
def tile(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    """One vector tile, zoom 8 to 14. Its ETag spares whoever holds it the bytes, never the question."""
    if not maps.is_tile(z, x, y):
        raise Http404
    content = maps.tile(z, x, y, at=now())
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(content, content_type=TILE)
    response["ETag"] = etag
    response["Vary"] = "Cookie"
    return response


def _shown(frame: Frame) -> dict:
    areas = maps.drawn(frame, at=now())
    ground = outlines.drawn(*frame.edges, tolerance_metres=frame.half_metres / 500)
    return {
        "frame": frame,
        "drawing": presented.drawing(frame, ground, areas),
        "table": presented.table(areas, today()),
        "more": presented.more(areas),
        "steps": list(STEPS),
    }
