"""Which areas of concern does the authority own, and with whom does it share each?"""

from django.db.models import Prefetch
from rest_framework import serializers

from api.closed import Answer, PageQuery, ordering_of
from api.fields import Code, Day, Identifier, Text
from api.resource import ItemResource, ListResource, Resource
from hotspots.models import Hotspot, Share, Version


class ShareAnswer(serializers.Serializer):
    partner = serializers.UUIDField(source="partner_id")
    level = serializers.CharField()
    distance_metres = serializers.IntegerField()


class HotspotAnswer(Answer):
    id = Identifier()
    reference = serializers.CharField()
    state = serializers.CharField()
    version = serializers.IntegerField(source="current.number")
    name = serializers.CharField(source="current.name")
    concern = serializers.CharField(source="current.concern")
    originator = serializers.CharField(source="current.originator")
    conditions = serializers.CharField(source="current.conditions")
    first_supported_on = Day(source="current.first_supported_on", allow_null=True)
    last_supported_on = Day(source="current.last_supported_on", allow_null=True)
    review_on = Day(source="current.review_on", allow_null=True)
    expires_on = Day(source="current.expires_on", allow_null=True)
    shared_with = ShareAnswer(many=True, source="current_shares")

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
        versions = Version.objects.filter(superseded_at=None).defer("shape", "narrative", "received")
        shares = Share.objects.filter(superseded_at=None).order_by("partner_id")
        return (
            Hotspot.objects.filter(versions__superseded_at=None)
            .prefetch_related(
                Prefetch("versions", queryset=versions, to_attr="current_versions"),
                Prefetch("shares", queryset=shares, to_attr="current_shares"),
            )
            .order_by("reference", "id")
        )


class Hotspots(AboutHotspots, ListResource):
    operations = {"GET": "hotspots.read"}
    query_class = HotspotQuery

    def filtered(self):
        named = {name: self.query[name] for name in ("state", "reference") if name in self.query}
        return self.get_queryset().filter(**named)


class HotspotItem(AboutHotspots, ItemResource):
    operations = {"GET": "hotspots.read"}
