"""What was a host asked about a place, what did it answer, and which care plan does it hold?"""

from rest_framework import serializers

from accounts.policy import Relation
from api.closed import Answer, Body
from api.fields import Anything, Day, Identifier, Instant, Text, Yes
from api.idempotency import once
from api.notices import AboutReceived, AuthorityNamed, SentAnswer
from api.resource import ListResource, Resource
from db import clock
from notifications.models import Document
from placements import queries
from placements.actions import care_plans as care_plan_actions
from placements.actions import complete_notices
from placements.actions import consultations as actions
from placements.exceptions import PlacementNotFound
from placements.models import CarePlanSupply, CarePlanVersion, Child, Placement, TelephoneTry
from placements.place import grants
from placements.telling import consultations
from placements.telling.care_plans import CarePlan
from placements.telling.consultations import BOXES

LONG = 4_000


class QuestionAnswer(serializers.Serializer):
    reference = serializers.CharField()
    kind = serializers.CharField()
    recipient = AuthorityNamed()
    body = Anything()


class ReplyAnswer(serializers.Serializer):
    at = Instant(source="composed_at")
    by = serializers.CharField(source="composed_by")
    body = Anything()


class RungAnswer(serializers.Serializer):
    rung = serializers.CharField()
    at = Instant(source="rung_at")
    words = serializers.CharField()


class ConsultationAnswer(Answer):
    id = Identifier()
    question = QuestionAnswer()
    asked_at = Instant(source="question.composed_at")
    answer_hoped_for_by = Instant(source="hoped_for_by", allow_null=True)
    answer = ReplyAnswer(allow_null=True, help_text="null: no reply yet. It is never late: no law obliges a host")
    telephone_tries = RungAnswer(many=True, source="tries")


class GivenAnswer(Answer):
    id = Identifier()
    reference = serializers.CharField()
    body = Anything()
    composed_at = Instant()
    composed_by = serializers.CharField()


class TryAnswer(Answer):
    id = Identifier()
    placement = serializers.UUIDField(source="placement_id")
    rung = serializers.CharField()
    rung_at = Instant()
    words = serializers.CharField()
    recorded_at = Instant()
    recorded_by = serializers.CharField()


class VersionAnswer(Answer):
    id = Identifier()
    child = serializers.UUIDField(source="child_id")
    version = serializers.CharField()
    became_on = Day()
    recorded_at = Instant()
    recorded_by = serializers.CharField()


class SupplyAnswer(Answer):
    id = Identifier()
    placement = serializers.UUIDField(source="placement_id")
    supplied_to = serializers.UUIDField(source="supplied_to_id")
    version = serializers.CharField()
    supplied_at = Instant()
    channel = serializers.CharField()
    recorded_at = Instant()
    recorded_by = serializers.CharField()


class CarePlanBody(Body):
    """The care plan as it was given: recorded as a fact, never stored."""

    version = Text(max_length=40)
    supplied_at = Instant()
    channel = Text(max_length=200)

    @staticmethod
    def of(asked: dict) -> CarePlan | None:
        """The care plan that a body holds, taken out of it; None where it holds none."""
        given = asked.pop("care_plan", None)
        return CarePlan(**given) if given else None


class AskBody(Body):
    question = Text(max_length=LONG, required=False, allow_blank=True)
    answer_hoped_for_by = Instant(required=False)
    is_child_named = Yes(default=True)
    care_plan = CarePlanBody(required=False)


class EnquiryBody(Body):
    postcode = Text(max_length=20)
    host = Identifier(
        source="host_id", required=False, help_text="Which area is asked, where the postcode lies in several"
    )
    question = Text(max_length=LONG)
    kind_of_place = Text(max_length=200, required=False, allow_blank=True)
    planned_start_on = Day(required=False)
    answer_hoped_for_by = Instant(required=False)


class AnswerBody(Body):
    """Five short boxes, none of them compulsory."""

    place = Text(max_length=LONG, required=False, allow_blank=True, default="")
    health = Text(max_length=LONG, required=False, allow_blank=True, default="")
    school = Text(max_length=LONG, required=False, allow_blank=True, default="")
    contact = Text(max_length=LONG, required=False, allow_blank=True, default="")
    call_us = Text(max_length=LONG, required=False, allow_blank=True, default="")
    post = Text(max_length=120, required=False, allow_blank=True, default="")


class TryBody(Body):
    rung = Text(max_length=200)
    rung_at = Instant()
    words = Text(max_length=LONG)


class VersionBody(Body):
    version = Text(max_length=40)
    became_on = Day()


class CompleteBody(Body):
    needs_and_suitability = Text(max_length=20_000)
    care_plan = CarePlanBody(required=False)


class OfPlacement(Resource):
    """An address under one placement of the authority, whose address this reader may be told."""

    def placement(self) -> Placement:
        found = self.scoped(queries.placements()).filter(id=self.kwargs["id"]).first()
        if found is None:
            raise PlacementNotFound
        return found

    def is_told(self) -> bool:
        """Whether the reader may know where it is: whom was asked gives a closed address away."""
        found = self.placement()
        return not found.is_restricted or found.id in grants.held([found], by=self.actor, at=clock.now())


class SendsDocument(OfPlacement):
    """An address whose POST composes a document and tells it as its sender reads it."""

    subject_kind = "document"
    answer_class = SentAnswer
    creates = True

    def tell_document(self, document: Document):
        sent = Document.objects.select_related("recipient").prefetch_related("facts", "deliveries__attempts")
        return self.tell(sent.get(id=document.id))


class Consultations(OfPlacement, ListResource):
    operations = {"GET": "consultations.read"}
    subject_kind = "document"
    answer_class = ConsultationAnswer

    def get_queryset(self):
        if not self.is_told():
            return Document.objects.none()
        return consultations.questions(self.actor.authority_id).filter(subject_id=self.placement().id)

    def paginate_queryset(self, rows):
        return consultations.with_answers(super().paginate_queryset(rows))


class Ask(SendsDocument):
    operations = {"POST": "consultations.ask"}
    body_class = AskBody

    @once
    def post(self, request, **kwargs):
        asked, placement = self.read_body(), self.placement()
        care_plan = CarePlanBody.of(asked)
        arguments = {"placement_id": placement.id, "care_plan": care_plan, "by": self.actor, "at": clock.now()}
        return self.tell_document(actions.ask_host(**asked, **arguments))


class Enquiries(SendsDocument):
    operations = {"POST": "consultations.ask"}
    body_class = EnquiryBody

    @once
    def post(self, request):
        return self.tell_document(actions.enquire(**self.read_body(), by=self.actor, at=clock.now()))


class AnswerQuestion(AboutReceived):
    operations = {"POST": "consultations.answer"}
    relation = Relation.ADDRESSED
    answer_class = GivenAnswer
    body_class = AnswerBody
    creates = True

    @once
    def post(self, request, **kwargs):
        question, written = self.found(), self.read_body()
        boxes = {name: written[name] for name in BOXES}
        given = actions.answer(
            question_id=question.id, boxes=boxes, post=written["post"], by=self.actor, at=clock.now()
        )
        return self.tell(given)


class Tries(OfPlacement):
    operations = {"POST": "telephone_tries.record"}
    subject_kind = "placement"
    answer_class = TryAnswer
    body_class = TryBody
    creates = True

    def rows(self):
        return TelephoneTry.objects.all()

    @once
    def post(self, request, **kwargs):
        placement = self.placement()
        recorded = self.read_body() | {"by": self.actor, "at": clock.now()}
        return self.tell(actions.record_telephone_try(placement_id=placement.id, **recorded))


class Versions(ListResource):
    operations = {"GET": "care_plans.read_versions", "POST": "care_plans.record_version"}
    subject_kind = "child"
    answer_class = VersionAnswer
    body_class = VersionBody
    creates = True

    def rows(self):
        return CarePlanVersion.objects.filter(child_id=self.child().id).order_by("became_on", "recorded_at", "id")

    def child(self) -> Child:
        return self.scoped(Child.objects.all()).get(id=self.kwargs["id"])

    @once
    def post(self, request, **kwargs):
        recorded = self.read_body() | {"by": self.actor, "at": clock.now()}
        return self.tell(care_plan_actions.record_version(child_id=self.child().id, **recorded))


class Supplies(OfPlacement, ListResource):
    operations = {"GET": "care_plans.read_supplies", "POST": "care_plans.supply"}
    subject_kind = "placement"
    answer_class = SupplyAnswer
    body_class = CarePlanBody
    creates = True

    def rows(self):
        rows = CarePlanSupply.objects.filter(placement_id=self.placement().id)
        return rows.order_by("supplied_at", "id") if self.is_told() else rows.none()

    @once
    def post(self, request, **kwargs):
        placement = self.placement()
        recorded = self.read_body() | {"by": self.actor, "at": clock.now()}
        return self.tell(care_plan_actions.supply(placement_id=placement.id, **recorded))


class CompleteNotice(SendsDocument):
    operations = {"POST": "notices.complete"}
    body_class = CompleteBody

    @once
    def post(self, request, **kwargs):
        placement, asked = self.placement(), self.read_body()
        care_plan = CarePlanBody.of(asked)
        arguments = {"placement_id": placement.id, "care_plan": care_plan, "by": self.actor, "at": clock.now()}
        return self.tell_document(complete_notices.complete_notice(**asked, **arguments))
