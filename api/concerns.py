"""What worries people about the exploitation of a child, as assessed when and by whom, and how did a worry close?"""

from rest_framework import serializers

from api.closed import Answer, Body, PageQuery
from api.fields import Day, Identifier, Instant, Text
from api.idempotency import once
from api.resource import ItemResource, ListResource, Resource
from db import clock
from placements.actions.concerns import assess_concern, close_concern, raise_concern
from placements.models import Child, Concern
from placements.overlay import ledger

MOST_WORDS = 8_000


class AssessmentAnswer(serializers.Serializer):
    assessed_on = Day()
    words = serializers.CharField()
    not_known = serializers.CharField()
    author = serializers.CharField()
    recorded_at = Instant()


class ConcernAnswer(Answer):
    """A concern with its assessments, the newest first, and how many days ago it was last looked at."""

    id = Identifier()
    child = serializers.UUIDField(source="child_id")
    raised_at = Instant()
    raised_by = serializers.CharField()
    last_looked_on = serializers.SerializerMethodField()
    days_since_looked = serializers.SerializerMethodField()
    assessments = AssessmentAnswer(many=True, source="looked_at")
    closed_at = Instant(allow_null=True)
    closed_by = serializers.CharField()
    closing_reason = serializers.CharField()
    closing_supervisor = serializers.CharField()
    look_again_on = Day(allow_null=True)

    def get_last_looked_on(self, concern: Concern) -> str:
        return ledger.last_looked_on(concern).isoformat()

    def get_days_since_looked(self, concern: Concern) -> int:
        return ledger.days_since_looked(concern, self.context["view"].today)


class AssessmentBody(Body):
    assessed_on = Day()
    words = Text(max_length=MOST_WORDS, help_text="What is thought, and on what it rests")
    not_known = Text(max_length=MOST_WORDS, required=False, allow_blank=True, default="")


class CloseConcernBody(Body):
    reason = Text(max_length=MOST_WORDS)
    supervisor = Identifier(source="supervisor_id", help_text="The supervisor with whom it was agreed")
    look_again_on = Day()


class AboutConcerns(Resource):
    subject_kind = "concern"
    answer_class = ConcernAnswer

    def rows(self):
        return ledger.with_assessments(Concern.objects.order_by("-raised_at", "id"))

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        self.today = clock.today()

    def change(self, action):
        """Change a concern within scope by an action."""
        concern = self.found()
        action(concern_id=concern.id, **self.read_body(), by=self.actor, at=clock.now())
        return self.tell(self.found())


class ConcernsOfChild(AboutConcerns, ListResource):
    operations = {"GET": "concerns.read", "POST": "concerns.write"}
    query_class = PageQuery
    body_class = AssessmentBody
    creates = True

    def filtered(self):
        return self.scoped(ledger.concerns_about(self.child()))

    @once
    def post(self, request, **kwargs):
        made = raise_concern(child_id=self.child().id, **self.read_body(), by=self.actor, at=clock.now())
        return self.tell(self.get_queryset().get(id=made.id))

    def child(self) -> Child:
        return self.scoped(Child.objects.all()).get(id=self.kwargs["id"])


class ConcernItem(AboutConcerns, ItemResource):
    operations = {"GET": "concerns.read"}


class AssessConcern(AboutConcerns):
    operations = {"POST": "concerns.write"}
    body_class = AssessmentBody

    @once
    def post(self, request, **kwargs):
        return self.change(assess_concern)


class CloseConcern(AboutConcerns):
    operations = {"POST": "concerns.write"}
    body_class = CloseConcernBody

    @once
    def post(self, request, **kwargs):
        return self.change(close_concern)
