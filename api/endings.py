"""How does a placement end, to which day is its start moved, and who is told or not told of it?"""

from rest_framework import serializers

from api.closed import Answer, Body
from api.consultations import OfPlacement, SendsDocument
from api.fields import Code, Day, Entries, Identifier, Instant, Text
from api.idempotency import once
from api.placements import AboutPlacements
from api.resource import ListResource, Resource
from db import clock
from placements.actions import endings as actions
from placements.actions import new_dates, withholdings
from placements.models import Ending, Withholding
from placements.telling import people

LONG = 4_000


class NewDateBody(Body):
    planned_start_on = Day()
    reason = Text(max_length=LONG)


class EndingAnswer(Answer):
    id = Identifier()
    placement = serializers.UUIDField(source="placement_id")
    how = serializers.CharField()
    planned_on = Day(allow_null=True)
    why_not_before = serializers.CharField()
    decided_by = serializers.CharField()
    decided_on = Day(allow_null=True)
    recorded_at = Instant()
    recorded_by = serializers.CharField()


class EndingBody(Body):
    how = Code(choices=Ending.How.choices)
    planned_on = Day(required=False)
    why_not_before = Text(max_length=LONG, required=False, allow_blank=True)
    decided_by = Text(max_length=200, required=False, allow_blank=True)
    decided_on = Day(required=False)


class PersonAnswer(Answer):
    who = serializers.CharField()
    is_told = serializers.BooleanField(source="telling.is_told")
    shows_address = serializers.BooleanField(source="telling.shows_address")
    basis = serializers.CharField(source="telling.recipient.basis")
    citation = serializers.CharField(source="telling.recipient.citation")
    findings = Entries()


class WithholdingAnswer(Answer):
    id = Identifier()
    placement = serializers.UUIDField(source="placement_id")
    paragraph = serializers.CharField()
    person = serializers.CharField()
    what = serializers.CharField()
    reason = serializers.CharField()
    decided_by = serializers.CharField()
    decided_on = Day()
    look_again_on = Day()
    recorded_at = Instant()
    recorded_by = serializers.CharField()
    ended_at = Instant(allow_null=True)
    ended_by = serializers.CharField()
    ended_because = serializers.CharField()


class EndWithholdingBody(Body):
    because = Text(max_length=LONG, help_text="Who decided that it ends, and why")


class WithholdingBody(Body):
    paragraph = Code(choices=sorted(people.PARAGRAPHS))
    person = Text(max_length=200)
    what = Code(choices=Withholding.What.choices)
    reason = Text(max_length=LONG)
    decided_by = Text(max_length=200)
    decided_on = Day()
    look_again_on = Day()


class NewDate(AboutPlacements):
    operations = {"POST": "placements.new_date"}
    body_class = NewDateBody

    @once
    def post(self, request, **kwargs):
        return self.change(new_dates.move_start)


class Endings(OfPlacement, ListResource):
    """What is known of how a placement ends, the newest first; what it superseded stands behind it."""

    operations = {"GET": "endings.read", "POST": "endings.record"}
    subject_kind = "placement"
    answer_class = EndingAnswer
    body_class = EndingBody
    creates = True

    def rows(self):
        return Ending.objects.filter(placement_id=self.placement().id).order_by("-recorded_at", "id")

    @once
    def post(self, request, **kwargs):
        recorded = self.read_body() | {"by": self.actor, "at": clock.now()}
        return self.tell(actions.record_ending(placement_id=self.placement().id, **recorded))


class EndingNotice(SendsDocument):
    operations = {"POST": "endings.tell_host"}
    body_class = Body

    @once
    def post(self, request, **kwargs):
        self.read_body()
        placement = self.placement()
        document = actions.tell_host_of_ending(placement_id=placement.id, by=self.actor, at=clock.now())
        return self.tell_document(document)


class PeopleToTell(OfPlacement, ListResource):
    operations = {"GET": "people_to_tell.read"}
    subject_kind = "placement"
    answer_class = PersonAnswer

    def get_queryset(self):
        return people.to_tell(self.placement(), on=clock.today())

    def logged_ids(self, rows):
        return [self.kwargs["id"]]


class Withholdings(OfPlacement, ListResource):
    operations = {"GET": "withholdings.read", "POST": "withholdings.decide"}
    subject_kind = "placement"
    answer_class = WithholdingAnswer
    body_class = WithholdingBody
    creates = True

    def rows(self):
        return Withholding.objects.filter(placement_id=self.placement().id).order_by("recorded_at", "id")

    @once
    def post(self, request, **kwargs):
        decided = self.read_body() | {"by": self.actor, "at": clock.now()}
        return self.tell(withholdings.withhold(placement_id=self.placement().id, **decided))


class EndWithholding(Resource):
    operations = {"POST": "withholdings.decide"}
    subject_kind = "placement"
    answer_class = WithholdingAnswer
    body_class = EndWithholdingBody

    def rows(self):
        return Withholding.objects.all()

    @once
    def post(self, request, **kwargs):
        ended = self.read_body() | {"by": self.actor, "at": clock.now()}
        return self.tell(withholdings.end_withholding(withholding_id=self.found().id, **ended))
