"""What is a young person entitled to, what is owed by when, and how is what was done recorded?"""

from rest_framework import serializers

from api.closed import Answer, Body, Query
from api.fields import Anything, Code, Day, Entries, Identifier, Text, Whole, Yes
from api.idempotency import once
from api.resource import Resource
from db import clock
from leaving_care import facts, milestone_duties, oc3
from leaving_care.actions import advisers, circumstances, homes, work
from leaving_care.entitlements import entitlement_of
from leaving_care.models import Circumstance, Home, Step
from placements.models import Child
from placements.owed import calendar

LONG = 4_000


class LeavingCareAnswer(Answer):
    child = serializers.UUIDField()
    on = Day()
    status = serializers.CharField()
    since = Day(allow_null=True)
    eligible_since = Day(allow_null=True)
    projected_on = Day(allow_null=True)
    is_owed_support = serializers.BooleanField()
    count = Anything()
    findings = Entries()
    questions = Entries()


class MilestonesAnswer(Answer):
    child = serializers.UUIDField()
    on = Day()
    milestones = Entries()


class RecordedAnswer(Answer):
    id = Identifier()


class DayQuery(Query):
    on = Day(required=False, help_text="The day asked about; today unless given")


class CircumstanceBody(Body):
    kind = Code(choices=Circumstance.Kind.choices)
    starts_on = Day()
    ends_on = Day(required=False, help_text="The first day on which it no longer holds")
    words = Text(max_length=LONG, required=False, allow_blank=True)


class EndCircumstanceBody(Body):
    ends_on = Day()


class TakeBackBody(Body):
    reason = Text(max_length=LONG)


class StepBody(Body):
    kind = Code(choices=Step.Kind.choices)
    done_on = Day()
    words = Text(max_length=LONG, required=False, allow_blank=True)


class MoveBody(Body):
    """The four answers of a move: when, where, who provides it, how they are."""

    moved_on = Day()
    line = Text(max_length=500, required=False, allow_blank=True)
    postcode = Text(max_length=20, required=False, allow_blank=True)
    power = Code(choices=Home.Power.choices, default=Home.Power.NOT_KNOWN)
    how_they_are = Text(max_length=LONG, required=False, allow_blank=True)
    area = Identifier(
        source="area_id", required=False, help_text="Where the postcode lies in several areas, or in none"
    )
    is_foster_home = Yes(default=False)


class PowerBody(Body):
    from_on = Day()
    power = Code(choices=Home.Power.choices)


class ReturnAnswerBody(Body):
    age = Whole(min_value=oc3.AGES.start, max_value=oc3.AGES.stop - 1)
    in_touch = Code(choices=list(oc3.IN_TOUCH.items()))
    activity = Code(choices=list(oc3.ACTIVITY.items()), default=oc3.NOT_ASKED)
    accommodation = Code(choices=list(oc3.ACCOMMODATION.items()), default=oc3.NOT_ASKED)
    on = Day()


class AppointBody(Body):
    children = serializers.ListField(child=Identifier(), min_length=1, max_length=500, source="child_ids")
    person = Identifier(source="person_id")
    starts_on = Day()
    reason = Text(max_length=LONG, required=False, allow_blank=True)


class OfYoungPerson(Resource):
    """An address under one young person of the authority."""

    subject_kind = "child"

    def rows(self):
        return Child.objects.all()


class LeavingCare(OfYoungPerson):
    operations = {"GET": "leaving_care.read"}
    answer_class = LeavingCareAnswer
    query_class = DayQuery

    def get(self, request, **kwargs):
        child = self.found()
        answer = entitlement_of(child, on=self.query.get("on") or clock.today())
        self.subjects = [child.id]
        return self.tell_fields({**answer.as_dict(), "child": child.id})


class Milestones(OfYoungPerson):
    operations = {"GET": "leaving_care.read_milestones"}
    answer_class = MilestonesAnswer
    query_class = DayQuery

    def get(self, request, **kwargs):
        child = self.found()
        on = self.query.get("on") or clock.today()
        known = facts.of_child(child, on=on)
        _, found = milestone_duties.milestones_of(known, on=on, holidays=calendar.holidays())
        self.subjects = [child.id]
        return self.tell_fields({"child": child.id, "on": on, "milestones": [one.as_dict() for one in found]})


class Recording(OfYoungPerson):
    """An address under which something about one young person is recorded; it answers with the new row's id."""

    operations = {"POST": "leaving_care.record"}
    answer_class = RecordedAnswer
    creates = True

    def record(self, action):
        child = self.found()
        made = action(child_id=child.id, **self.read_body(), by=self.actor, at=clock.now())
        return self.tell(made)


class Facts(Recording):
    body_class = CircumstanceBody

    @once
    def post(self, request, **kwargs):
        return self.record(circumstances.record_circumstance)


class Steps(Recording):
    body_class = StepBody

    @once
    def post(self, request, **kwargs):
        return self.record(work.record_step)


class Homes(Recording):
    body_class = MoveBody

    @once
    def post(self, request, **kwargs):
        return self.record(homes.record_move)


class WhoProvides(Recording):
    body_class = PowerBody

    @once
    def post(self, request, **kwargs):
        return self.record(homes.say_who_provides)


class ReturnAnswers(Recording):
    body_class = ReturnAnswerBody

    @once
    def post(self, request, **kwargs):
        return self.record(work.answer_return)


class OfRow(Resource):
    """An address of one recorded row, to end it or to take it back."""

    operations = {"POST": "leaving_care.record"}
    answer_class = RecordedAnswer


class OfFact(OfRow):
    subject_kind = "circumstance"

    def rows(self):
        return Circumstance.objects.filter(superseded_at=None)


class EndFact(OfFact):
    body_class = EndCircumstanceBody

    @once
    def post(self, request, **kwargs):
        changed = self.read_body() | {"by": self.actor, "at": clock.now()}
        return self.tell(circumstances.end_circumstance(circumstance_id=self.found().id, **changed))


class TakeBackFact(OfFact):
    body_class = TakeBackBody

    @once
    def post(self, request, **kwargs):
        changed = self.read_body() | {"by": self.actor, "at": clock.now()}
        return self.tell(circumstances.take_back_circumstance(circumstance_id=self.found().id, **changed))


class TakeBackStep(OfRow):
    subject_kind = "leaving_care_step"
    body_class = TakeBackBody

    def rows(self):
        return Step.objects.filter(superseded_at=None)

    @once
    def post(self, request, **kwargs):
        changed = self.read_body() | {"by": self.actor, "at": clock.now()}
        return self.tell(work.take_back_step(step_id=self.found().id, **changed))


class AppointedAnswer(Answer):
    appointed = serializers.IntegerField()


class Advisers(Resource):
    """One adviser for one young person or for many: all, or none."""

    operations = {"POST": "leaving_care.appoint"}
    subject_kind = "child"
    answer_class = AppointedAnswer
    body_class = AppointBody
    creates = True

    @once
    def post(self, request):
        asked = self.read_body()
        if self.scoped(Child.objects.all()).filter(id__in=asked["child_ids"]).count() != len(set(asked["child_ids"])):
            raise Child.DoesNotExist
        made = advisers.appoint(**asked, by=self.actor, at=clock.now())
        self.subjects = [one.child_id for one in made]
        return self.tell_fields({"appointed": len(made)})
