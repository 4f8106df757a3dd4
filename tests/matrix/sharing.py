"""The world's sharing: an area that the addressed authority holds the shape of, a draft, an agreement, a statement."""

from datetime import date
from uuid import UUID

from accounts.acting import Actor, acting_for
from db import clock
from hotspots import actions
from hotspots.files import uploads
from hotspots.models import Agreement, Hotspot, Share
from hotspots.overlay import budgets
from placements.overlay import shadow
from tests import factories
from tests.hotspots import world as areas

OWN, ADDRESSED, UNPARTNERED = factories.ROTHERHAM, factories.LEEDS, areas.DONCASTER


def build(worker: Actor) -> dict[str, UUID]:
    """The ids by which the requests name the rows."""
    feature = areas.square(
        "A1", name="The arcade", category="county lines", narrative="said by a child", grading="2 B C"
    )
    draft = areas.square("A2", geometry=areas.polygon(areas.EAST + 50_000))
    shared, drafted = areas.load(OWN, feature, draft).hotspot_ids
    areas.share(OWN, [shared], ADDRESSED, Share.Level.GEOMETRY)
    with acting_for(worker, "test"):
        actions.say_coverage(shares=True, scope="all", last_looked_on=date(2026, 11, 1), by=worker, at=clock.now())
        budgets.spend(1, by=worker, at=clock.now())
    with areas.acting(OWN) as by:
        shadow.start(owner="Ann Other, manager", reason="A trial", by=by, at=clock.now())
        shadow.end(by=by, at=clock.now())
    with acting_for(worker, "test"):
        waiting = uploads.receive(areas.file(areas.square("A9")), name="areas.geojson", by=worker, at=clock.now())
        large = b" " * (uploads.AT_ONCE_BYTES + 1)
        being_read = uploads.receive(large, name="large.geojson", by=worker, at=clock.now())
        return {
            "upload": waiting.id,
            "upload_being_read": being_read.id,
            "hotspot": Hotspot.objects.get(id=shared).id,
            "draft_hotspot": drafted,
            "agreement": Agreement.objects.get(authority_id=worker.authority_id).id,
            "partner": factories.authority(ADDRESSED).id,
            "unpartnered": factories.authority(UNPARTNERED).id,
        }
