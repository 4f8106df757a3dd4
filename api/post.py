"""What could not be delivered, how is it sent again, and how does registered post stand?"""

from rest_framework import serializers

from api.closed import Answer, Body, PageQuery, ordering_of
from api.fields import Code, Identifier, Instant, Text
from api.idempotency import once
from api.resource import ListResource, Resource
from db import clock
from notifications import health
from notifications.delivery import replays
from notifications.models import Delivery, Document


class DeadLetterAnswer(Answer):
    id = Identifier()
    document = serializers.UUIDField(source="document_id")
    reference = serializers.CharField(source="document.reference")
    recipient = serializers.UUIDField(source="recipient_id")
    endpoint = serializers.UUIDField(source="endpoint_id", allow_null=True, help_text="Which of its systems")
    channel = serializers.CharField()
    kind = serializers.CharField(source="document.kind")
    attempts_made = serializers.IntegerField()
    ended_at = Instant()


class Filtered(serializers.Serializer):
    """Which dead letters are meant; every one where nothing is given."""

    delivery = Identifier(required=False, help_text="Only this one")
    recipient = Identifier(required=False, help_text="Only what was for this authority")
    endpoint = Identifier(required=False, help_text="Only what was for this system of a recipient")
    channel = Code(choices=Delivery.Channel.choices, required=False)
    kind = Code(choices=Document.Kind.choices, required=False)
    ended_from = Instant(required=False, help_text="Only what ended from then on")
    ended_before = Instant(required=False, help_text="Only what ended before then")


class DeadLetterQuery(Filtered, PageQuery):
    ordering = ordering_of("ended_at")


class ReplayBody(Filtered, Body):
    reason = Text(help_text="What was put right")


class ReplayedAnswer(Answer):
    replayed = serializers.ListField(child=serializers.UUIDField(), help_text="The new deliveries")
    nowhere = serializers.ListField(
        child=serializers.UUIDField(),
        help_text="Deliveries of recipients without a live system or an e-mail address: a person has the task",
    )
    elsewhere = serializers.ListField(
        child=serializers.UUIDField(),
        help_text="Deliveries of documents that went, or are going, to the same recipient another way",
    )


def _which(asked: dict) -> replays.Which:
    return replays.Which(
        recipient_id=asked.get("recipient"),
        endpoint_id=asked.get("endpoint"),
        channel=asked.get("channel", ""),
        kind=asked.get("kind", ""),
        ended_from=asked.get("ended_from"),
        ended_before=asked.get("ended_before"),
        delivery_id=asked.get("delivery"),
    )


class LightAnswer(serializers.Serializer):
    name = serializers.CharField()
    what = serializers.CharField()
    stands = serializers.CharField()
    needs_somebody = serializers.BooleanField()


class HealthAnswer(Answer):
    board = LightAnswer(many=True)


class DeadLetters(ListResource):
    operations = {"GET": "deliveries.dead"}
    subject_kind = "delivery"
    scope = "sent"
    answer_class = DeadLetterAnswer
    query_class = DeadLetterQuery

    def rows(self):
        return replays.dead_letters()

    def filtered(self):
        return _which(self.query).of(self.get_queryset())


class Replay(Resource):
    operations = {"POST": "deliveries.replay"}
    subject_kind = "delivery"
    body_class = ReplayBody
    answer_class = ReplayedAnswer

    @once
    def post(self, request):
        asked = self.read_body()
        which = _which(asked)
        done = replays.replay(which, reason=asked["reason"], by=self.actor, at=clock.now())
        self.subjects = done.made if len(done.made) <= 50 else []
        return self.tell_fields({"replayed": done.made, "nowhere": done.nowhere, "elsewhere": done.elsewhere})


class Health(Resource):
    operations = {"GET": "health.read"}
    answer_class = HealthAnswer

    def get(self, request):
        return self.tell_fields({"board": health.board()})
