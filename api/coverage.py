"""What does each authority say that it shares? Said to all: a silence is a state that everybody may see."""

from rest_framework import serializers

from api.closed import Answer, PageQuery
from api.fields import Day, Identifier, Instant
from api.resource import ListResource
from hotspots.models import Coverage


class CoverageAnswer(Answer):
    authority = serializers.UUIDField(source="authority_id")
    shares = serializers.BooleanField()
    scope = serializers.CharField()
    last_looked_on = Day()
    review_on = Day(allow_null=True)
    said_at = Instant()


class CoverageQuery(PageQuery):
    authority = Identifier(required=False)


class Coverages(ListResource):
    operations = {"GET": "coverage.read"}
    scope = "public"
    answer_class = CoverageAnswer
    query_class = CoverageQuery

    def rows(self):
        return Coverage.objects.filter(superseded_at=None).order_by("authority__name", "id")

    def filtered(self):
        rows = self.get_queryset()
        return rows.filter(authority_id=self.query["authority"]) if "authority" in self.query else rows
