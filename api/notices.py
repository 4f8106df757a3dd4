"""What was sent to which authority and what became of it; what came in, and who acknowledged it?"""

from django.db.models import Prefetch
from rest_framework import serializers

from accounts.policy import Relation
from api.closed import Answer, Body, PageQuery, ordering_of
from api.fields import Anything, Code, Day, Identifier, Instant, Text
from api.idempotency import once
from api.resource import ItemResource, ListResource, Resource
from db import clock
from notifications import documents
from notifications.models import Document, DocumentFact
from notifications.states import state_of
from placements.place import grants


class AuthorityNamed(serializers.Serializer):
    id = Identifier()
    name = serializers.CharField()


class FactAnswer(serializers.Serializer):
    fact = serializers.CharField()
    at = Instant()
    person = serializers.CharField()
    post = serializers.CharField()
    words = serializers.CharField()
    source = serializers.CharField(help_text="in_product, guest (a one-time link) or telephone (keyed by the sender)")
    telephone = serializers.CharField()
    keyed_by = serializers.CharField()
    keyed_at = Instant(allow_null=True)


class AttemptAnswer(serializers.Serializer):
    number = serializers.IntegerField()
    started_at = Instant()
    ended_at = Instant()
    outcome = serializers.CharField()
    http_status = serializers.IntegerField(allow_null=True)


class DeliveryAnswer(serializers.Serializer):
    id = Identifier()
    state = serializers.CharField()
    attempts_made = serializers.IntegerField()
    next_at = Instant()
    given_at = Instant(allow_null=True)
    ended_at = Instant(allow_null=True)
    attempts = AttemptAnswer(many=True)


class NoticeAnswer(Answer):
    id = Identifier()
    reference = serializers.CharField()
    kind = serializers.CharField()
    urgency = serializers.CharField()
    due_on = Day(allow_null=True)
    composed_at = Instant()
    state = serializers.SerializerMethodField()
    facts = FactAnswer(many=True)

    def get_state(self, document: Document) -> str:
        return state_of(document)


class SentAnswer(NoticeAnswer):
    recipient = AuthorityNamed()
    subject_id = serializers.UUIDField()
    body = Anything()
    composed_by = serializers.CharField()
    deliveries = DeliveryAnswer(many=True)


class ReceivedAnswer(NoticeAnswer):
    sender = AuthorityNamed()
    body = serializers.SerializerMethodField()

    def get_body(self, document: Document) -> dict | None:
        return document.told


class NoticeQuery(PageQuery):
    kind = Code(choices=Document.Kind.choices, required=False)
    reference = Text(max_length=40, required=False)
    ordering = ordering_of("composed_at", "due_on")


class AcknowledgeBody(Body):
    post = Text(help_text="What the person is there, such as: Notifications officer")


class DisputeBody(AcknowledgeBody):
    words = Text(max_length=4000, help_text="What is wrong, or what was done")


class AboutNotices(Resource):
    subject_kind = "document"

    def rows(self):
        facts = Prefetch("facts", queryset=DocumentFact.objects.order_by("at"))
        return (
            Document.objects.select_related("sender", "recipient", "superseded_by")
            .prefetch_related(facts, "deliveries__attempts")
            .order_by("-composed_at", "-id")
        )

    def filtered(self):
        named = {name: self.query[name] for name in ("kind", "reference") if name in self.query}
        return self.get_queryset().filter(**named)


class AboutSent(AboutNotices):
    """What tells of a closed address is told to whoever may know that."""

    scope = "sent"
    answer_class = SentAnswer

    def get_queryset(self):
        opened = grants.open_matters(by=self.actor, at=clock.now())
        return documents.told_of(super().get_queryset(), opened)


class AboutReceived(AboutNotices):
    relation = Relation.ADDRESSED
    scope = "received"
    answer_class = ReceivedAnswer


class Sent(AboutSent, ListResource):
    operations = {"GET": "notices.sent"}
    query_class = NoticeQuery


class SentItem(AboutSent, ItemResource):
    operations = {"GET": "notices.sent"}


class Received(AboutReceived, ListResource):
    operations = {"GET": "notices.received"}
    query_class = NoticeQuery

    def prepare(self, rows):
        documents.note_received(rows, actor=self.actor, at=clock.now())


class ReceivedItem(AboutReceived, ItemResource):
    """A person's first reading is a fact that the sender learns, “opened”; a system's is “received”: it is no person."""

    operations = {"GET": "notices.received"}

    def get(self, request, **kwargs):
        document = self.found()
        if self.actor.person_id:
            documents.open_document(document.id, actor=self.actor, at=clock.now())
        else:
            documents.note_received([document], actor=self.actor, at=clock.now())
        return self.tell(self.found())


class Acknowledge(AboutReceived):
    operations = {"POST": "notices.acknowledge"}
    body_class = AcknowledgeBody

    @once
    def post(self, request, **kwargs):
        document = self.found()
        documents.acknowledge(document.id, actor=self.actor, **self.read_body(), at=clock.now())
        return self.tell(self.found())


class Dispute(AboutReceived):
    operations = {"POST": "notices.acknowledge"}
    body_class = DisputeBody

    @once
    def post(self, request, **kwargs):
        documents.dispute(self.found().id, actor=self.actor, **self.read_body(), at=clock.now())
        return self.tell(self.found())


class ActOn(AboutReceived):
    operations = {"POST": "notices.acknowledge"}
    body_class = DisputeBody

    @once
    def post(self, request, **kwargs):
        documents.act_on(self.found().id, actor=self.actor, **self.read_body(), at=clock.now())
        return self.tell(self.found())
