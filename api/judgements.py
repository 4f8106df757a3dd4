"""What do people think of a place for a child, who talked it through, and where does that differ from what is shared?"""

from rest_framework import serializers

from accounts.acting import Actor
from api.closed import Answer, Body, PageQuery, Query, ordering_of
from api.fields import Code, Day, Identifier, Instant, Text
from api.idempotency import once
from api.resource import ItemResource, ListResource, Resource
from db import clock
from placements.actions.judgements import record_conversation, write_judgement
from placements.exceptions import UnreadableField
from placements.models import Conversation, ConversationWords, Judgement, Placement
from placements.overlay import ledger
from placements.place import grants

MOST_WORDS = 8_000
MOST_CHILDREN = 50


class ConversationAnswer(serializers.Serializer):
    """One conversation about one judgement: by whom, when, and its words about this child."""

    id = serializers.UUIDField(source="conversation_id")
    held_at = Instant(source="conversation.held_at")
    supervisor_name = serializers.CharField(source="conversation.supervisor_name")
    recorded_at = Instant(source="conversation.recorded_at")
    words = serializers.CharField()


class JudgementAnswer(Answer):
    id = Identifier()
    placement = serializers.UUIDField(source="placement_id")
    known_and_not_known = serializers.CharField()
    thinks_and_why = serializers.CharField()
    look_again_on = Day()
    agreement = serializers.CharField()
    screening = serializers.UUIDField(source="screening_id", allow_null=True)
    asked_whom = serializers.CharField()
    asked_on = Day(allow_null=True)
    they_said = serializers.CharField()
    written_by = serializers.CharField()
    recorded_at = Instant()
    supersedes = serializers.UUIDField(source="supersedes_id", allow_null=True)
    superseded_at = Instant(allow_null=True)
    conversations = ConversationAnswer(many=True)


class DisagreementAnswer(Answer):
    """A judgement that differs from what is shared, without the child."""

    id = Identifier()
    agreement = serializers.CharField()
    known_and_not_known = serializers.CharField()
    thinks_and_why = serializers.CharField()
    written_by = serializers.CharField()
    recorded_at = Instant()
    conversations = ConversationAnswer(many=True)


class CountsAnswer(Answer):
    starts_on = Day()
    ends_on = Day()
    shared_and_not_worried = serializers.IntegerField()
    nothing_near_and_worried = serializers.IntegerField()


class AboutAnswer(serializers.Serializer):
    judgement = serializers.UUIDField(source="judgement_id")
    words = serializers.CharField()


class RecordedConversationAnswer(Answer):
    id = Identifier()
    held_at = Instant()
    supervisor_name = serializers.CharField()
    recorded_at = Instant()
    about = AboutAnswer(many=True, source="words_told")


class JudgementQuery(PageQuery):
    ordering = ordering_of("recorded_at")


class PeriodQuery(Query):
    starts_on = Day(required=False, help_text="The first day of the period; the first of this month unless given")
    ends_on = Day(required=False, help_text="The last day of the period; today unless given")


class PeriodPageQuery(PageQuery, PeriodQuery):
    pass


class JudgementBody(Body):
    screening = Identifier(source="screening_id", allow_null=True, help_text="The check that was read; null for none")
    supersedes = Identifier(
        source="supersedes_id", allow_null=True, help_text="The judgement that was read and is replaced; null for none"
    )
    known_and_not_known = Text(max_length=MOST_WORDS)
    thinks_and_why = Text(max_length=MOST_WORDS)
    look_again_on = Day()
    agreement = Code(choices=Judgement.Agreement.choices)
    asked_whom = Text(max_length=500, required=False, allow_blank=True, default="")
    asked_on = Day(required=False, allow_null=True, default=None)
    they_said = Text(max_length=MOST_WORDS, required=False, allow_blank=True, default="")


class AboutBody(Body):
    judgement = Identifier()
    words = Text(max_length=MOST_WORDS)


class ConversationBody(Body):
    held_at = Instant()
    about = AboutBody(many=True, allow_empty=False, max_length=MOST_CHILDREN)


class AboutJudgements(Resource):
    subject_kind = "judgement"
    answer_class = JudgementAnswer

    def rows(self):
        return ledger.with_words(Judgement.objects.order_by("-recorded_at", "-id"))

    def get_queryset(self):
        return _told(super().get_queryset(), self.actor)


class JudgementsOfPlacement(AboutJudgements, ListResource):
    """Of a closed address only a person with a grant is told: what is thought of a place gives it away."""

    operations = {"GET": "judgements.read", "POST": "judgements.write"}
    query_class = JudgementQuery
    body_class = JudgementBody
    creates = True

    def filtered(self):
        return self.get_queryset().filter(placement=self.placement())

    @once
    def post(self, request, **kwargs):
        given = self.read_body()
        made = write_judgement(placement_id=self.placement().id, **given, by=self.actor, at=clock.now())
        return self.tell(self.get_queryset().get(id=made.id))

    def placement(self) -> Placement:
        return self.scoped(Placement.objects.filter(superseded_at=None)).get(id=self.kwargs["id"])


class JudgementItem(AboutJudgements, ItemResource):
    operations = {"GET": "judgements.read"}


class Conversations(Resource):
    operations = {"POST": "conversations.record"}
    subject_kind = "conversation"
    answer_class = RecordedConversationAnswer
    body_class = ConversationBody
    creates = True

    def rows(self):
        return Conversation.objects.all()

    @once
    def post(self, request):
        given = self.read_body()
        words = {one["judgement"]: one["words"] for one in given["about"]}
        if len(words) < len(given["about"]):
            raise UnreadableField("about", "A judgement stands here twice: give it once.")
        made = record_conversation(held_at=given["held_at"], words=words, by=self.actor, at=clock.now())
        made.words_told = ConversationWords.objects.filter(conversation=made).order_by("judgement__recorded_at", "id")
        return self.tell(made)


class OfAPeriod(Resource):
    def period(self):
        starts_on, ends_on = ledger.this_month(clock.now())
        return {
            "starts_on": self.query.get("starts_on", starts_on),
            "ends_on": self.query.get("ends_on", ends_on),
        }


class Disagreements(OfAPeriod, ListResource):
    operations = {"GET": "disagreements.read"}
    subject_kind = "judgement"
    answer_class = DisagreementAnswer
    query_class = PeriodPageQuery

    def rows(self):
        return ledger.disagreements(self.actor.authority_id, **self.period())


class DisagreementCounts(OfAPeriod):
    operations = {"GET": "disagreements.count"}
    subject_kind = "judgement"
    answer_class = CountsAnswer
    query_class = PeriodQuery

    def get(self, request):
        return self.tell_fields(ledger.counts(self.actor.authority_id, **self.period()))


def _told(rows, actor: Actor):
    """Without the judgements about closed addresses for which the reader holds no grant."""
    closed = Placement.objects.filter(authority_id=actor.authority_id, is_restricted=True)
    held = grants.held(closed, by=actor, at=clock.now())
    return rows.exclude(placement_id__in=[one.id for one in closed if one.id not in held])
