"""Which partner was shown which of the authority's own areas of concern, on which day and for what? Never of which child.

A row stands for a day, however often somebody asked on it; a row without an area says that they asked and nothing lay near.
"""

from rest_framework import serializers

from api.closed import Answer, PageQuery, ordering_of
from api.fields import Day, Identifier
from api.resource import ListResource
from hotspots.models import Shown


class DisclosureAnswer(Answer):
    id = Identifier()
    reader = serializers.UUIDField(source="reader_id")
    hotspot = serializers.UUIDField(source="hotspot_id", allow_null=True)
    version = serializers.IntegerField(source="version_number", allow_null=True)
    level = serializers.CharField()
    purpose = serializers.CharField()
    on = Day()


class DisclosureQuery(PageQuery):
    reader = Identifier(required=False)
    hotspot = Identifier(required=False)
    ordering = ordering_of("on")


class Disclosures(ListResource):
    operations = {"GET": "disclosures.read"}
    scope = "shown"
    subject_kind = "disclosure"
    answer_class = DisclosureAnswer
    query_class = DisclosureQuery

    def rows(self):
        return Shown.objects.order_by("-on", "id")

    def filtered(self):
        rows = self.get_queryset()
        named = {f"{name}_id": self.query[name] for name in ("reader", "hotspot") if name in self.query}
        return rows.filter(**named)
