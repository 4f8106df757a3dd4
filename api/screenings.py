"""What did the overlay answer for a placement, each time it was asked? As it was read then, never worked out anew."""

from django.db.models import Max, Q
from rest_framework import serializers

from api.closed import Answer, PageQuery, ordering_of
from api.fields import Anything, Identifier, Instant
from api.resource import ListResource
from db import clock
from placements.models import Placement, Screening
from placements.place import grants


class ScreeningAnswer(Answer):
    id = Identifier()
    placement = serializers.UUIDField(source="placement_id")
    at = Instant()
    radius_metres = serializers.IntegerField()
    answer = Anything()
    versions = serializers.ListField(child=serializers.UUIDField())
    checked_again_at = Instant(allow_null=True, help_text="When a later check last read the very same")


class ScreeningQuery(PageQuery):
    ordering = ordering_of("at")


class Screenings(ListResource):
    """Of a restricted placement only a person with a grant is told: what lies near gives the place away."""

    operations = {"GET": "screenings.read"}
    subject_kind = "screening"
    answer_class = ScreeningAnswer
    query_class = ScreeningQuery

    def rows(self):
        return Screening.objects.annotate(checked_again_at=Max("checked_again__at")).order_by("-at", "id")

    def filtered(self):
        placement = self.scoped(Placement.objects.filter(superseded_at=None)).get(id=self.kwargs["id"])
        granted = grants.held([placement], by=self.actor, at=clock.now())
        return self.get_queryset().filter(Q(is_restricted=False) | Q(placement_id__in=granted), placement=placement)
