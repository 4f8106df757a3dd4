"""What do the authority's people owe, and how is it closed?"""

from rest_framework import serializers

from api.closed import Answer, Body, PageQuery, ordering_of
from api.fields import Code, Day, Entries, Identifier, Instant, Text
from api.idempotency import once
from api.resource import ItemResource, ListResource, Resource
from db import clock
from duties import board
from duties.actions import close_as_met, close_as_not_owed
from duties.models import Basis, Duty


class DutyAnswer(Answer):
    id = Identifier()
    kind = serializers.CharField()
    title = serializers.CharField()
    basis = serializers.CharField()
    citation = serializers.CharField()
    subject_kind = serializers.CharField()
    subject_id = serializers.UUIDField()
    subject_reference = serializers.CharField()
    due_on = Day(allow_null=True)
    due_at = Instant(allow_null=True)
    late_from = Day(allow_null=True)
    is_late = serializers.SerializerMethodField()
    working = Entries()
    role = serializers.CharField()
    team = serializers.CharField()
    raised_at = Instant()
    closed_at = Instant(allow_null=True)
    closed_by = serializers.CharField()
    closing = serializers.CharField()
    evidence = serializers.CharField()
    reason = serializers.CharField()

    def get_is_late(self, duty: Duty) -> bool:
        return board.is_late(duty, self.context["view"].today)


class DutyQuery(PageQuery):
    state = Code(choices=["open", "closed"], required=False)
    basis = Code(choices=Basis.choices, required=False)
    kind = Text(max_length=60, required=False)
    subject = Identifier(required=False, help_text="The id of the child, placement or authority it is about")
    ordering = ordering_of("due_on", "raised_at")


class CloseBody(Body):
    evidence = Text(max_length=2000, required=False, help_text="What was done: the duty is met")
    reason = Text(max_length=2000, required=False, help_text="Why it is not owed after all")

    exactly_one = (("evidence",), ("reason",))


class AboutDuties(Resource):
    subject_kind = "duty"
    answer_class = DutyAnswer

    def rows(self):
        return Duty.objects.order_by("due_on", "raised_at", "id")

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        self.today = clock.today()


class Duties(AboutDuties, ListResource):
    operations = {"GET": "duties.read"}
    query_class = DutyQuery

    def filtered(self):
        rows = self.get_queryset()
        if "state" in self.query:
            rows = rows.filter(closed_at__isnull=self.query["state"] == "open")
        if "subject" in self.query:
            rows = rows.filter(subject_id=self.query["subject"])
        named = {name: self.query[name] for name in ("basis", "kind") if name in self.query}
        return rows.filter(**named)


class DutyItem(AboutDuties, ItemResource):
    operations = {"GET": "duties.read"}


class CloseDuty(AboutDuties):
    operations = {"POST": "duties.close"}
    body_class = CloseBody

    @once
    def post(self, request, **kwargs):
        duty, words = self.found(), self.read_body()
        close = close_as_met if "evidence" in words else close_as_not_owed
        return self.tell(close(duty.id, **words, by=self.actor.name, at=clock.now()))
