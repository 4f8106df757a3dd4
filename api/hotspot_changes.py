"""How does a system begin an area of concern, change it, share it and take it back?"""

from datetime import datetime
from typing import Any
from uuid import UUID

import shapely
from django.contrib.gis.geos import GEOSGeometry
from rest_framework import serializers

from accounts.acting import Actor
from api import versions
from api.closed import Body
from api.fields import Anything, Code, Day, Identifier, Text, Whole
from api.hotspots import AboutHotspots, HotspotQuery
from api.idempotency import once
from api.resource import ListResource
from db import clock
from geo.models import Authority
from geo.reading.features import NATIONAL_GRID
from hotspots import actions, drafting
from hotspots.drafting import Said
from hotspots.models import Condition, Share
from placements.overlay import effect
from placements.overlay.publishing import publish_after

LONGEST_TEXT = 20_000
NOTHING = "nothing"
SRIDS = [("27700", "Metres of the National Grid"), ("4326", "Degrees of longitude and latitude")]


class AfterPreview(Identifier):
    """The preview that was read before. Named twice, nothing is done twice; refused where something else was looked at."""

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)


class HotspotSaidBody(Body):
    """What is said of an area.

    A field that is left out says nothing, also where an earlier version did, unless its own description says otherwise.
    """

    name = Text(max_length=200, required=False, allow_blank=True)
    kind_of_place = Text(max_length=200, required=False, allow_blank=True)
    concern = Text(max_length=2000, required=False, allow_blank=True)
    originator = Text(max_length=200, required=False, allow_blank=True)
    conditions = Text(max_length=2000, required=False, allow_blank=True)
    condition_kinds = serializers.ListField(
        child=Code(choices=Condition.choices), max_length=len(Condition), required=False
    )
    grading = Text(
        max_length=200,
        required=False,
        allow_blank=True,
        trim_whitespace=False,
        help_text="Exactly as received; told to nobody. Left out, what is held stays",
    )
    narrative = Text(max_length=LONGEST_TEXT, required=False, allow_blank=True)
    first_supported_on = Day(required=False, allow_null=True)
    last_supported_on = Day(required=False, allow_null=True)
    review_on = Day(required=False, allow_null=True)
    expires_on = Day(required=False, allow_null=True)
    shape = Anything(help_text="A Polygon or MultiPolygon in GeoJSON's form")
    srid = Code(choices=SRIDS, default="4326", help_text="What the shape's numbers are (EPSG)")

    def shape_and_said(self) -> dict[str, Any]:
        """The arguments `shape` and `said` of an action. Raises AreaRefused."""
        asked = self.validated_data
        said = {name: asked[name] for name in Said.__dataclass_fields__ if name in asked}
        return {"shape": drafting.shape_of(asked["shape"], int(asked["srid"])), "said": Said(**said)}


class HotspotDraftBody(HotspotSaidBody):
    reference = Text(max_length=200)


class HotspotReviseBody(HotspotSaidBody):
    """All that is said from now on. `correction` says what was wrong with the version before."""

    correction = Text(max_length=2000, required=False, allow_blank=True, default="")
    preview = AfterPreview()


class HotspotPublishBody(Body):
    preview = AfterPreview()


class HotspotWithdrawBody(Body):
    reason = Text(max_length=2000)


class HotspotLapseBody(Body):
    reason = Text(max_length=2000, required=False, allow_blank=True, default="")


class HotspotSharingBody(Body):
    """Where it says "nothing" the partners are told nothing more. The distance is the owner's, for "near or not"."""

    partners = serializers.ListField(child=Identifier(), min_length=1, max_length=400)
    level = Code(choices=[(NOTHING, "Nothing"), *Share.Level.choices])
    distance_metres = Whole(min_value=100, max_value=20_000, default=actions.DEFAULT_DISTANCE_METRES)
    preview = AfterPreview()


class Hotspots(AboutHotspots, ListResource):
    operations = {"GET": "hotspots.read", "POST": "hotspots.draft"}
    query_class = HotspotQuery
    body_class = HotspotDraftBody
    creates = True

    def filtered(self):
        named = {name: self.query[name] for name in ("state", "reference") if name in self.query}
        return self.get_queryset().filter(**named)

    @once
    def post(self, request):
        body = read(self)
        made = drafting.draft(
            reference=body.validated_data["reference"], **body.shape_and_said(), by=self.actor, at=clock.now()
        )
        return self.tell(self.get_queryset().get(id=made.id))


class HotspotRevise(AboutHotspots):
    operations = {"POST": "hotspots.revise"}
    body_class = HotspotReviseBody
    is_versioned = True

    @once
    def post(self, request, **kwargs):
        body, number = read(self), versions.asked_for(request)
        area, who, given = self.found().id, {"by": self.actor, "at": clock.now()}, body.shape_and_said()
        shape = GEOSGeometry(memoryview(shapely.to_wkb(given["shape"])), srid=NATIONAL_GRID)
        how = {"number": number, "correction": body.validated_data["correction"]}
        publish_after(
            body.validated_data.get("preview"),
            lambda: effect.question(area, shape=shape, **who),
            lambda: drafting.revise(area, **given, **how, **who),
            **who,
        )
        return self.tell(self.found())

    def tell_fields(self, answer):
        answer.version = answer.current_versions[0].number
        return super().tell_fields(answer)


class HotspotStep(AboutHotspots):
    """A step of one area's state, with the body's words."""

    body_class = HotspotLapseBody
    step = staticmethod(actions.lapse)

    @once
    def post(self, request, **kwargs):
        self.step(self.found().id, **self.read_body(), by=self.actor, at=clock.now())
        return self.tell(self.found())


class HotspotPublish(AboutHotspots):
    operations = {"POST": "hotspots.publish"}
    body_class = HotspotPublishBody

    @once
    def post(self, request, **kwargs):
        asked, area, who = self.read_body(), self.found().id, {"by": self.actor, "at": clock.now()}
        publish_after(
            asked.get("preview"),
            lambda: effect.question(area, **who),
            lambda: actions.publish(area, **who),
            **who,
        )
        return self.tell(self.found())


class HotspotLapse(HotspotStep):
    operations = {"POST": "hotspots.lapse"}


class HotspotWithdraw(HotspotStep):
    operations = {"POST": "hotspots.withdraw"}
    body_class = HotspotWithdrawBody
    step = staticmethod(actions.withdraw)


class HotspotShare(AboutHotspots):
    operations = {"POST": "hotspots.share"}
    body_class = HotspotSharingBody

    @once
    def post(self, request, **kwargs):
        asked, area = self.read_body(), self.found().id
        partners = set(asked["partners"])
        if Authority.objects.filter(id__in=partners).count() != len(partners):
            raise Authority.DoesNotExist
        who = {"by": self.actor, "at": clock.now()}
        how = (asked["level"], asked["distance_metres"])
        publish_after(
            asked.get("preview"),
            lambda: effect.question(area, shares=dict.fromkeys(asked["partners"], how), **who),
            lambda: _share(area, partners, *how, **who),
            **who,
        )
        return self.tell(self.found())


def _share(area: UUID, partners: set[UUID], level: str, distance_metres: int, *, by: Actor, at: datetime) -> None:
    whom = {"partner_ids": partners, "by": by, "at": at}
    if level == NOTHING:
        actions.unshare([area], **whom)
    else:
        actions.share([area], level=level, distance_metres=distance_metres, needs_agreement=True, **whom)


def read(view: AboutHotspots) -> HotspotSaidBody:
    """The validated body itself: it knows how to make a shape of what it holds."""
    body = view.body_class(data=view.request.data)
    body.is_valid(raise_exception=True)
    return body
