"""What is new about places after areas changed, how far have re-checks come, and what was taken back?"""

from rest_framework import serializers

from api.closed import Answer, Body, PageQuery, ordering_of
from api.fields import Identifier, Instant
from api.idempotency import once
from api.resource import ListResource, Resource
from db import clock
from hotspots.models import Recall
from hotspots.sharing import recall
from placements.models import NewLine, RecalledHere, Recheck, Rejudging
from placements.overlay import new_lines, recalls

MOST_LINES = 200


class NewLineAnswer(Answer):
    id = Identifier()
    placement = serializers.UUIDField(source="placement_id")
    what = serializers.CharField()
    words = serializers.ListField(child=serializers.CharField())
    at = Instant()
    read_at = Instant(allow_null=True)


class ReadAnswer(Answer):
    read = serializers.IntegerField(help_text="How many were not read before")


class RecheckAnswer(Answer):
    id = Identifier()
    owner = serializers.UUIDField(source="owner_id")
    began_at = Instant()
    ended_at = Instant(allow_null=True)
    places = serializers.IntegerField()
    checked = serializers.IntegerField()
    entered = serializers.IntegerField()
    left = serializers.IntegerField()
    other_words = serializers.IntegerField()


class RejudgingAnswer(Answer):
    id = Identifier()
    switched_at = Instant()
    began_at = Instant()
    ended_at = Instant(allow_null=True)
    places = serializers.IntegerField()
    judged = serializers.IntegerField()
    changed = serializers.IntegerField()
    uncertain = serializers.IntegerField()


class RecalledAnswer(Answer):
    id = Identifier()
    owner = serializers.UUIDField(source="owner_id")
    is_correction = serializers.BooleanField()
    at = Instant()


class ReadingAnswer(serializers.Serializer):
    """Who opened such a check, about which placement, and when first."""

    by = serializers.CharField()
    placement = serializers.UUIDField(source="placement_id")
    at = Instant()


class UsesAnswer(Answer):
    screenings = serializers.ListField(child=serializers.UUIDField(), source="screening_ids")
    judgements = serializers.ListField(child=serializers.UUIDField(), source="judgement_ids")
    passed_on = serializers.ListField(child=serializers.UUIDField(), source="passed_on_ids")
    packs = serializers.ListField(child=serializers.UUIDField(), source="pack_ids")
    alerts = serializers.ListField(
        child=serializers.UUIDField(), source="alert_ids", help_text="Documents that hosts got because of such a check"
    )
    readings = ReadingAnswer(many=True)
    other_readings = serializers.ListField(child=serializers.UUIDField(), source="other_reading_ids")


class ProofAnswer(serializers.Serializer):
    """One authority that was told, and whether somebody there opened or acknowledged it."""

    authority = serializers.UUIDField(source="recipient_id")
    document = serializers.UUIDField(source="id")
    facts = serializers.SerializerMethodField()

    def get_facts(self, document) -> list[str]:
        return [fact.fact for fact in document.facts.all()]


class RecallMadeAnswer(Answer):
    id = Identifier()
    hotspot = serializers.UUIDField(source="hotspot_id")
    what = serializers.CharField()
    at = Instant()
    told = ProofAnswer(many=True, source="proof")


class ReadBody(Body):
    lines = serializers.ListField(child=Identifier(), min_length=1, max_length=MOST_LINES)


class Newest(PageQuery):
    ordering = ordering_of("at")


class NewestRun(PageQuery):
    ordering = ordering_of("began_at")


class NewLines(ListResource):
    """The lines of the person who asks; a system has none."""

    operations = {"GET": "new_lines.read"}
    subject_kind = "new_line"
    answer_class = NewLineAnswer
    query_class = Newest

    def rows(self):
        return NewLine.objects.filter(person_id=self.actor.person_id).order_by("-at", "id")


class ReadLines(Resource):
    """Say that one has read lines of one's own; others' and unknown ones are left alone."""

    operations = {"POST": "new_lines.mark_read"}
    subject_kind = "new_line"
    answer_class = ReadAnswer
    body_class = ReadBody

    def rows(self):
        return NewLine.objects.filter(person_id=self.actor.person_id)

    @once
    def post(self, request):
        given = self.read_body()["lines"]
        self.subjects = list(self.get_queryset().filter(id__in=given).values_list("id", flat=True))
        return self.tell_fields({"read": new_lines.mark_read(given, by=self.actor, at=clock.now())})


class Rechecks(ListResource):
    operations = {"GET": "rechecks.read"}
    subject_kind = "recheck"
    answer_class = RecheckAnswer
    query_class = NewestRun

    def rows(self):
        return Recheck.objects.order_by("-began_at", "id")


class Rejudgings(ListResource):
    operations = {"GET": "rejudgings.read"}
    subject_kind = "rejudging"
    answer_class = RejudgingAnswer
    query_class = NewestRun

    def rows(self):
        return Rejudging.objects.order_by("-began_at", "id")


class Recalls(ListResource):
    operations = {"GET": "recalls.read"}
    subject_kind = "recall"
    answer_class = RecalledAnswer
    query_class = Newest

    def rows(self):
        return RecalledHere.objects.order_by("-at", "id")


class RecallUses(Resource):
    """Everything of the authority's that used what was taken back, by id; of closed addresses only with a grant."""

    operations = {"GET": "recalls.uses"}
    subject_kind = "recall"
    answer_class = UsesAnswer

    def rows(self):
        return RecalledHere.objects.all()

    def get(self, request, **kwargs):
        recalled = self.found()
        self.subjects = [recalled.id]
        uses = recalls.uses(recalled)
        named = {
            "screening_ids": uses.screenings,
            "judgement_ids": uses.judgements,
            "passed_on_ids": uses.passed_on,
            "pack_ids": uses.packs,
            "alert_ids": uses.alerts,
            "other_reading_ids": uses.other_readings,
        }
        return self.tell_fields(
            {name: [one.id for one in rows if one.id] for name, rows in named.items()} | {"readings": uses.readings}
        )


class RecallsMade(ListResource):
    operations = {"GET": "recalls.made"}
    subject_kind = "recall"
    answer_class = RecallMadeAnswer
    query_class = Newest

    def rows(self):
        return Recall.objects.order_by("-at", "id")

    def prepare(self, rows):
        for row in rows:
            row.proof = recall.proof(row)
