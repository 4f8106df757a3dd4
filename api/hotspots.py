"""Which areas of concern does the authority own, what did it say of each, when, and with whom does it share it?"""

from dataclasses import dataclass

from django.db.models import Prefetch
from rest_framework import serializers

from api.closed import Answer, PageQuery, ordering_of
from api.fields import Anything, Code, Day, Identifier, Instant, Text
from api.resource import ItemResource, ListResource, Resource
from hotspots.models import Hotspot, Share, StateChange, Version


class HotspotShareAnswer(serializers.Serializer):
    partner = serializers.UUIDField(source="partner_id")
    level = serializers.CharField()
    distance_metres = serializers.IntegerField()


class HotspotAnswer(Answer):
    id = Identifier()
    reference = serializers.CharField()
    state = serializers.CharField()
    version = serializers.IntegerField(source="current.number")
    name = serializers.CharField(source="current.name")
    kind_of_place = serializers.CharField(source="current.kind_of_place")
    concern = serializers.CharField(source="current.concern")
    originator = serializers.CharField(source="current.originator")
    conditions = serializers.CharField(source="current.conditions")
    condition_kinds = serializers.ListField(child=serializers.CharField(), source="current.condition_kinds")
    first_supported_on = Day(source="current.first_supported_on", allow_null=True)
    last_supported_on = Day(source="current.last_supported_on", allow_null=True)
    review_on = Day(source="current.review_on", allow_null=True)
    expires_on = Day(source="current.expires_on", allow_null=True)
    shared_with = HotspotShareAnswer(many=True, source="current_shares")

    def to_representation(self, instance):
        instance.current = instance.current_versions[0]
        return super().to_representation(instance)


class HotspotQuery(PageQuery):
    state = Code(choices=Hotspot.State.choices, required=False)
    reference = Text(required=False)
    ordering = ordering_of("reference")


class AboutHotspots(Resource):
    subject_kind = "hotspot"
    answer_class = HotspotAnswer

    def rows(self):
        versions = Version.objects.filter(superseded_at=None).defer("shape", "narrative", "received", "grading")
        shares = Share.objects.filter(superseded_at=None).order_by("partner_id")
        return (
            Hotspot.objects.filter(versions__superseded_at=None)
            .prefetch_related(
                Prefetch("versions", queryset=versions, to_attr="current_versions"),
                Prefetch("shares", queryset=shares, to_attr="current_shares"),
            )
            .order_by("reference", "id")
        )


class HotspotItem(AboutHotspots, ItemResource):
    operations = {"GET": "hotspots.read"}


@dataclass(frozen=True)
class Whole:
    """An area's current version with all that its owner may read."""

    hotspot: Hotspot
    said: Version

    @property
    def shape(self) -> dict:
        """GeoJSON's own form, in metres of the National Grid."""
        return {"type": "MultiPolygon", "coordinates": self.said.shape.coords}


class HotspotWholeAnswer(Answer):
    """What the owner reads of its own area. What the police wrote beside it, and what came with a file, are told to nobody."""

    id = Identifier(source="hotspot.id")
    reference = serializers.CharField(source="hotspot.reference")
    version = serializers.IntegerField(source="said.number")
    narrative = serializers.CharField(source="said.narrative")
    correction = serializers.CharField(source="said.correction")
    shape = Anything(help_text="A MultiPolygon in GeoJSON's form, in metres of the National Grid (EPSG:27700)")
    recorded_at = Instant(source="said.recorded_at")
    recorded_by = serializers.CharField(source="said.recorded_by")


class HotspotWhole(AboutHotspots):
    operations = {"GET": "hotspots.whole"}
    answer_class = HotspotWholeAnswer

    def get(self, request, **kwargs):
        hotspot = self.found()
        self.subjects = [hotspot.id]
        return self.tell_fields(Whole(hotspot, Version.objects.get(hotspot=hotspot, superseded_at=None)))


class HotspotVersionAnswer(Answer):
    version = serializers.IntegerField(source="number")
    correction = serializers.CharField()
    recorded_at = Instant()
    recorded_by = serializers.CharField()
    superseded_at = Instant(allow_null=True)


class OfOneHotspot(ListResource):
    """Rows that hang on one area: the area is found within scope first."""

    subject_kind = "hotspot"

    def filtered(self):
        hotspot = self.scoped(Hotspot.objects.filter(id=self.kwargs["id"])).get()
        return self.get_queryset().filter(hotspot=hotspot)

    def logged_ids(self, rows):
        return [self.kwargs["id"]]


class HotspotVersions(OfOneHotspot):
    operations = {"GET": "hotspots.versions"}
    answer_class = HotspotVersionAnswer

    def rows(self):
        return Version.objects.defer("shape", "narrative", "received", "grading").order_by("-number")


class HotspotStateAnswer(Answer):
    state = serializers.CharField()
    reason = serializers.CharField()
    at = Instant()
    by = serializers.CharField()


class HotspotStates(OfOneHotspot):
    operations = {"GET": "hotspots.states"}
    answer_class = HotspotStateAnswer

    def rows(self):
        return StateChange.objects.order_by("-at", "id")
