"""Which partner was shown which of the authority's own areas of concern, when and for what? Never of which child."""

from rest_framework import serializers

from api.closed import Answer, PageQuery, ordering_of
from api.fields import Identifier, Instant
from api.resource import ListResource
from hotspots.models import Disclosure


class DisclosureAnswer(Answer):
    id = Identifier()
    reader = serializers.UUIDField(source="recipient_id")
    versions = serializers.ListField(child=serializers.UUIDField())
    level = serializers.CharField()
    purpose = serializers.CharField()
    at = Instant()


class DisclosureQuery(PageQuery):
    reader = Identifier(required=False)
    ordering = ordering_of("at")


class Disclosures(ListResource):
    operations = {"GET": "disclosures.read"}
    scope = "sent"
    subject_kind = "disclosure"
    answer_class = DisclosureAnswer
    query_class = DisclosureQuery

    def rows(self):
        return Disclosure.objects.order_by("-at", "id")

    def filtered(self):
        rows = self.get_queryset()
        return rows.filter(recipient_id=self.query["reader"]) if "reader" in self.query else rows
