"""What does each authority say that it shares? Said to all: a silence is a state that everybody may see."""

from rest_framework import serializers

from api.closed import Answer, Body, PageQuery
from api.fields import Day, Identifier, Instant, Text, Yes
from api.idempotency import once
from api.resource import ListResource
from db import clock
from hotspots import actions
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


class CoverageBody(Body):
    """What the authority says from now on: whether it shares, what, when it last looked, when it will look again."""

    shares = Yes()
    scope = Text(max_length=2000, required=False, allow_blank=True, default="")
    last_looked_on = Day()
    review_on = Day(required=False, allow_null=True, default=None)


class Coverages(ListResource):
    operations = {"GET": "coverage.read", "POST": "coverage.say"}
    body_class = CoverageBody
    creates = True
    scope = "public"
    answer_class = CoverageAnswer
    query_class = CoverageQuery

    def rows(self):
        return Coverage.objects.filter(superseded_at=None).order_by("authority__name", "id")

    def filtered(self):
        rows = self.get_queryset()
        return rows.filter(authority_id=self.query["authority"]) if "authority" in self.query else rows

    @once
    def post(self, request):
        said = actions.say_coverage(**self.read_body(), by=self.actor, at=clock.now())
        return self.tell(said)
