"""The world's re-checks, recalls and questions about passing on: made directly where only the worker makes them."""

from uuid import UUID, uuid4

from accounts.acting import Actor, acting_for, operator
from db import clock
from hotspots.models import Audience, Output, PassingOn, PublishedAfter, Recall
from hotspots.overlay import previews
from notifications import new_lines
from placements.models import (
    AskedToPassOn,
    CheckedAgain,
    HostAlertAgreement,
    NewLine,
    PassedOn,
    RecalledHere,
    Recheck,
    Rejudging,
    Screening,
)
from tests import factories
from tests.hotspots import world as areas

OWN, ADDRESSED = factories.ROTHERHAM, factories.LEEDS
HOW = {"audience": Audience.CARER_OR_PROVIDER, "output": Output.LETTER}


def build(ids: dict[str, UUID], worker: Actor) -> dict[str, UUID]:
    """The ids by which the requests name the rows."""
    at = clock.now()
    owner = factories.authority(OWN).id
    theirs = areas.load(ADDRESSED, areas.square("L1", geometry=areas.polygon(areas.EAST + 90_000))).hotspot_ids[0]
    check = Screening(id=ids["screening"])
    with acting_for(operator(owner), "test") as by:
        own = {"authority_id": owner}
        about = {**own, "placement_id": ids["proposed"]}
        asked = {"sender_id": owner, "recipient_id": factories.authority(ADDRESSED).id, "hotspot_id": theirs, **HOW}
        waiting, answered = (PassingOn.objects.create(**asked, asked_at=at, asked_by="Priya Nair") for _ in range(2))
        PassingOn.objects.filter(id=answered.id).update(
            answer="no", answered_at=at, answered_by="Farah Aziz", words="Not this"
        )
        AskedToPassOn.objects.create(**about, question=waiting)
        PassedOn.objects.create(
            **about,
            **HOW,
            screening=check,
            words=["Something lies near"],
            versions=[],
            questions=[],
            at=at,
            by="Priya Nair",
        )
        line = NewLine.objects.create(
            **about, person_id=worker.person_id, screening=check, what="entered", words=["Something lies near"], at=at
        )
        new_lines.count_on({worker.person_id: 1}, authority_id=owner, at=at)
        CheckedAgain.objects.create(**own, screening=check, at=at)
        Rejudging.objects.create(**own, switched_at=at, began_at=at, places=3)
        Recheck.objects.create(**own, owner_id=owner, began_at=at, places=3)
        recalled = RecalledHere.objects.create(**own, owner_id=owner, source=uuid4(), versions=[uuid4()], at=at)
        Recall.objects.create(
            **own, hotspot_id=ids["draft_hotspot"], what="withdrawn", versions=[uuid4()], told=[], at=at
        )
        alerts, ended = (
            HostAlertAgreement.objects.create(
                **own, host_id=factories.authority(code).id, reference="R1", recorded_at=at, recorded_by="Priya Nair"
            )
            for code in (ADDRESSED, areas.BARNSLEY)
        )
        HostAlertAgreement.objects.filter(id=ended.id).update(ended_at=at, ended_by="Tom Oakes")
        seen = previews.keep(1, "fewer_than_five", asked="", hotspot_id=ids["draft_hotspot"], by=by, at=at)
        PublishedAfter.objects.create(**own, preview=seen, at=at, by="Farah Aziz")
    return {"passing_on": waiting.id, "new_line": line.id, "recalled": recalled.id, "host_alert": alerts.id}
