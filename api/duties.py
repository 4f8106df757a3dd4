"""What do the authority's people owe, who can act on it, and how is it closed, given away and handed over?"""

from rest_framework import serializers

from accounts.roles import Role
from api import errors
from api.closed import Answer, Body, PageQuery, ordering_of
from api.covers import of_ours
from api.fields import Code, Day, Entries, Identifier, Instant, Text
from api.idempotency import once
from api.resource import ItemResource, ListResource, Resource
from db import clock
from db.clock import london_date
from duties import board, bulk, handling
from duties.bulk import Result
from duties.models import Basis, Duty
from duties.roster import Roster


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
    owner = serializers.UUIDField(source="owner_id", allow_null=True)
    can_act = serializers.SerializerMethodField()
    raised_at = Instant()
    done_at = Instant(allow_null=True)
    closed_at = Instant(allow_null=True)
    closed_by = serializers.CharField()
    closing = serializers.CharField()
    evidence = serializers.CharField()
    reason = serializers.CharField()

    def get_is_late(self, duty: Duty) -> bool:
        return board.is_late(duty, self.context["view"].now)

    def get_can_act(self, duty: Duty) -> list[dict]:
        """Who can act on it now, each with whom they cover where it is not their own; nobody once it is closed."""
        if duty.closed_at:
            return []
        hands = self.context["view"].roster.who_can_act(duty)
        return [
            {"person": str(one.person_id), "name": one.name, "covers": str(one.covers_id) if one.covers_id else None}
            for one in hands
        ]


class DutyQuery(PageQuery):
    state = Code(choices=["open", "closed"], required=False)
    basis = Code(choices=Basis.choices, required=False)
    kind = Text(max_length=60, required=False)
    role = Code(choices=Role.choices, required=False)
    team = Text(max_length=60, required=False)
    owner = Identifier(required=False, help_text="The id of the person who has it")
    waiting_for = Code(
        choices=["me", "nobody"],
        required=False,
        help_text="Open duties that one can act on, by name, by role or by cover; or those that no person has",
    )
    subject = Identifier(required=False, help_text="The id of the child, placement or authority it is about")
    ordering = ordering_of("due_on", "raised_at")


class CloseBody(Body):
    evidence = Text(max_length=2000, required=False, help_text="What was done: the duty is met")
    reason = Text(max_length=2000, required=False, help_text="Why it is not owed after all")
    done_at = Instant(required=False, help_text="When it was done; without it, now")

    exactly_one = (("evidence",), ("reason",))


class WhyLateBody(Body):
    words = Text(max_length=2000)


class ManyBody(Body):
    duties = serializers.ListField(child=Identifier(), min_length=1, max_length=200)
    owner = Identifier(required=False, help_text="The person to whom they are given")
    evidence = Text(max_length=2000, required=False, help_text="What was done: each is met")
    reason = Text(max_length=2000, required=False, help_text="Why none is owed after all")

    exactly_one = (("owner",), ("evidence",), ("reason",))


class HandOverBody(Body):
    whose = Identifier(help_text="The person who hands over")
    owner = Identifier(help_text="The person to whom all of it is given")


class ManyAnswer(Answer):
    """How many were done, how many refused, and each one's result in the order asked."""

    done = serializers.IntegerField()
    refused = serializers.IntegerField()
    results = Entries()


class AboutDuties(Resource):
    subject_kind = "duty"
    answer_class = DutyAnswer

    def rows(self):
        return Duty.objects.order_by("due_on", "raised_at", "id")

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        self.now = clock.now()
        self.today = london_date(self.now)

    def prepare(self, rows):
        """Who is there today, read once for all of them."""
        self.roster = Roster(self.actor.authority_id, on=self.today)


class Duties(AboutDuties, ListResource):
    operations = {"GET": "duties.read"}
    query_class = DutyQuery

    def filtered(self):
        rows = self.get_queryset()
        if "state" in self.query:
            rows = rows.filter(closed_at__isnull=self.query["state"] == "open")
        if "subject" in self.query:
            rows = rows.filter(subject_id=self.query["subject"])
        if "owner" in self.query:
            rows = rows.filter(owner_id=self.query["owner"])
        if "waiting_for" in self.query:
            rows = rows.filter(id__in=self.waiting().values("id"))
        named = {name: self.query[name] for name in ("basis", "kind", "role", "team") if name in self.query}
        return rows.filter(**named)

    def waiting(self):
        """The open duties that wait for the caller, or those that no person has."""
        if self.query["waiting_for"] == "me":
            return board.waiting_for(self.actor, on=self.today)
        return board.unowned(self.actor.authority_id, on=self.today)


class DutyItem(AboutDuties, ItemResource):
    operations = {"GET": "duties.read"}


class CloseDuty(AboutDuties):
    operations = {"POST": "duties.close"}
    body_class = CloseBody

    @once
    def post(self, request, **kwargs):
        duty, words = self.found(), self.read_body()
        return self.tell(handling.close(duty.id, **words, by=self.actor, at=clock.now()))


class WhyLate(AboutDuties):
    operations = {"POST": "duties.say_why_late"}
    body_class = WhyLateBody

    @once
    def post(self, request, **kwargs):
        duty, words = self.found(), self.read_body()["words"]
        return self.tell(handling.say_why_late(duty.id, words=words, by=self.actor, at=clock.now()))


class ManyDuties(Resource):
    """The same done to many. A refusal of one is a line of the answer, and takes back nothing of the others."""

    operations = {"POST": "duties.bulk"}
    subject_kind = "duty"
    answer_class = ManyAnswer
    body_class = ManyBody

    @once
    def post(self, request):
        asked = self.read_body()
        duty_ids, at = asked.pop("duties"), clock.now()
        if "owner" in asked:
            return self.tell_results(bulk.give_each(duty_ids, to_id=asked["owner"], by=self.actor, at=at))
        return self.tell_results(bulk.close_each(duty_ids, **asked, by=self.actor, at=at))

    def tell_results(self, results: list[Result]):
        """What came of each. A duty is named only where the authority has one of that id."""
        self.subjects = [one.duty.id for one in results if one.duty]
        done = sum(one.is_done for one in results)
        return self.tell_fields(
            {"done": done, "refused": len(results) - done, "results": [_told(one) for one in results]}
        )


class HandOver(ManyDuties):
    operations = {"POST": "duties.hand_over"}
    body_class = HandOverBody

    @once
    def post(self, request):
        asked = self.read_body()
        for person_id in asked.values():
            of_ours(self, person_id)
        results = bulk.hand_over(from_id=asked["whose"], to_id=asked["owner"], by=self.actor, at=clock.now())
        return self.tell_results(results)


def _told(result: Result) -> dict:
    duty_id = str(result.duty.id) if result.duty else None
    if result.refusal is None:
        return {"duty": duty_id, "done": True, "code": "done", "detail": ""}
    code, detail = errors.code_and_sentence(result.refusal)
    return {"duty": duty_id, "done": False, "code": code, "detail": detail}
