"""Which places were asked before this one, and why was it none of them? For ourselves: no host is ever told."""

from rest_framework import serializers

from api.closed import Answer, Body
from api.consultations import LONG, OfPlacement
from api.fields import Day, Identifier, Instant, Text
from api.idempotency import once
from api.resource import ListResource
from db import clock
from placements.actions.considered import record_place_tried
from placements.models import PlaceTried


class PlaceTriedAnswer(Answer):
    id = Identifier()
    placement = serializers.UUIDField(source="placement_id")
    place = serializers.CharField()
    why_not = serializers.CharField()
    asked_on = Day(allow_null=True)
    recorded_at = Instant()
    recorded_by = serializers.CharField()


class PlaceTriedBody(Body):
    place = Text(max_length=200)
    why_not = Text(max_length=LONG)
    asked_on = Day(required=False)


class PlacesTried(OfPlacement, ListResource):
    operations = {"GET": "places_tried.read", "POST": "places_tried.record"}
    subject_kind = "placement"
    answer_class = PlaceTriedAnswer
    body_class = PlaceTriedBody
    creates = True

    def rows(self):
        rows = PlaceTried.objects.filter(placement_id=self.placement().id)
        return rows.order_by("recorded_at", "id") if self.is_told() else rows.none()

    @once
    def post(self, request, **kwargs):
        placement = self.placement()
        recorded = self.read_body() | {"by": self.actor, "at": clock.now()}
        return self.tell(record_place_tried(placement_id=placement.id, **recorded))
