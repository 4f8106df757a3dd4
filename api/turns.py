"""On which days was a child visited and the case reviewed, and who approves that looking after ends?"""

from rest_framework import serializers

from api.closed import Answer, Body
from api.consultations import OfPlacement
from api.fields import Day, Identifier, Instant, Text, Yes
from api.idempotency import once
from api.resource import ListResource, Resource
from db import clock
from placements.actions.ceasing import decide_ceasing, plan_ceasing
from placements.actions.turns import record_review, record_visit, take_back
from placements.approving import ceasings
from placements.models import Ceasing, Child, Turn


class TurnAnswer(Answer):
    id = Identifier()
    child = serializers.UUIDField(source="child_id")
    placement = serializers.UUIDField(source="placement_id", allow_null=True)
    what = serializers.CharField()
    done_on = Day()
    done_by = serializers.CharField()
    recorded_at = Instant()
    recorded_by = serializers.CharField()
    taken_back_at = Instant(allow_null=True)
    taken_back_by = serializers.CharField()
    taken_back_why = serializers.CharField()


class VisitBody(Body):
    visited_on = Day()
    visited_by = Text(max_length=200, help_text="Who visited")


class ReviewBody(Body):
    reviewed_on = Day()
    reviewed_by = Text(max_length=200, help_text="Who chaired the review")


class TakeTurnBackBody(Body):
    reason = Text(max_length=4_000)


class CeasingAnswer(Answer):
    id = Identifier()
    child = serializers.UUIDField(source="child_id")
    ceases_on = Day()
    is_in_care = serializers.BooleanField(allow_null=True)
    approver = serializers.SerializerMethodField()
    decided_by = serializers.CharField()
    decided_on = Day(allow_null=True)
    recorded_at = Instant()
    recorded_by = serializers.CharField()
    superseded_at = Instant(allow_null=True)

    def get_approver(self, plan: Ceasing) -> str:
        said = ceasings.answer(plan)
        return said.approver.value if said else "calendar_not_known"


class CeasingBody(Body):
    ceases_on = Day()
    is_in_care = Yes(required=False, help_text="Needed only where the legal status on record does not say")


class DecideCeasingBody(Body):
    decided_by = Text(max_length=200, help_text="Who approved it")
    decided_on = Day()


class AboutTurns(Resource):
    subject_kind = "turn"
    answer_class = TurnAnswer

    def rows(self):
        return Turn.objects.order_by("-done_on", "id")


class OfChild(Resource):
    """An address under one child of the authority."""

    def child(self) -> Child:
        return self.scoped(Child.objects.all()).get(id=self.kwargs["id"])


class Visits(AboutTurns, OfPlacement, ListResource):
    """The visits in one placement, the latest first; those taken back stand among them."""

    operations = {"GET": "turns.read", "POST": "visits.record"}
    body_class = VisitBody
    creates = True

    def filtered(self):
        return self.get_queryset().filter(placement_id=self.placement().id)

    @once
    def post(self, request, **kwargs):
        said = self.read_body() | {"by": self.actor, "at": clock.now()}
        return self.tell(record_visit(placement_id=self.placement().id, **said))


class Reviews(AboutTurns, OfChild, ListResource):
    """The reviews of one child's case, the latest first."""

    operations = {"GET": "turns.read", "POST": "reviews.record"}
    body_class = ReviewBody
    creates = True

    def filtered(self):
        return self.get_queryset().filter(child=self.child(), what=Turn.What.REVIEW)

    @once
    def post(self, request, **kwargs):
        said = self.read_body() | {"by": self.actor, "at": clock.now()}
        return self.tell(record_review(child_id=self.child().id, **said))


class TakeBack(AboutTurns):
    operations = {"POST": "turns.take_back"}
    body_class = TakeTurnBackBody

    @once
    def post(self, request, **kwargs):
        reason = self.read_body()["reason"]
        return self.tell(take_back(turn_id=self.found().id, reason=reason, by=self.actor, at=clock.now()))


class AboutCeasings(Resource):
    subject_kind = "ceasing"
    answer_class = CeasingAnswer

    def rows(self):
        return Ceasing.objects.select_related("child").order_by("-recorded_at", "id")


class Ceasings(AboutCeasings, OfChild, ListResource):
    """On which day a child is to cease to be looked after, the newest plan first, with whoever must approve it."""

    operations = {"GET": "ceasings.read", "POST": "ceasings.plan"}
    body_class = CeasingBody
    creates = True

    def filtered(self):
        return self.get_queryset().filter(child=self.child())

    @once
    def post(self, request, **kwargs):
        said = self.read_body() | {"by": self.actor, "at": clock.now()}
        return self.tell(plan_ceasing(child_id=self.child().id, **said))


class DecideCeasing(AboutCeasings):
    operations = {"POST": "ceasings.decide"}
    body_class = DecideCeasingBody

    @once
    def post(self, request, **kwargs):
        said = self.read_body() | {"by": self.actor, "at": clock.now()}
        return self.tell(decide_ceasing(ceasing_id=self.found().id, **said))
