"""Which placements began before Placewatch, and was the host of each told then? Answered for many at once."""

from django.db.models import Prefetch
from rest_framework import serializers

from api.closed import Answer, Body
from api.fields import Code, Day, Identifier, Text
from api.idempotency import once
from api.placements import AboutPlacements
from api.resource import ListResource, Resource
from db import clock
from placements import queries
from placements.actions.told_before import say_no_trace, state_told_before
from placements.models import HostChoice

MOST_AT_ONCE = 200
PLANNED, EMERGENCY = "planned", "emergency"


class StatedAnswer(Answer):
    stated = serializers.IntegerField(help_text="For how many placements")


class ToldBeforeBody(Body):
    """That the hosts were told, when and how that is known; or that no trace of it is found, and how they were made."""

    placements = serializers.ListField(child=Identifier(), min_length=1, max_length=MOST_AT_ONCE)
    told_on = Day(required=False)
    evidence = Text(max_length=2000, required=False)
    no_trace = Code(
        choices=[(PLANNED, "It was planned"), (EMERGENCY, "It was an emergency")],
        required=False,
        help_text="Notice is then owed as for any other placement, and late from the day of the law",
    )

    exactly_one = (("told_on", "evidence"), ("no_trace",))


class BeforeWeBegan(AboutPlacements, ListResource):
    operations = {"GET": "placements.before_we_began"}
    is_versioned = False

    def rows(self):
        choices = HostChoice.objects.filter(ended_at=None).select_related("host")
        return queries.before_we_began().prefetch_related(
            Prefetch("host_choices", queryset=choices, to_attr="current_host_choices")
        )


class AnswerBeforeWeBegan(Resource):
    """For some of the list, all or none."""

    operations = {"POST": "placements.state_told_before"}
    subject_kind = "placement"
    answer_class = StatedAnswer
    body_class = ToldBeforeBody

    @once
    def post(self, request):
        asked = self.read_body()
        about = {"placement_ids": asked["placements"], "by": self.actor, "at": clock.now()}
        if "no_trace" in asked:
            stated = say_no_trace(is_emergency=asked["no_trace"] == EMERGENCY, **about)
        else:
            stated = state_told_before(told_on=asked["told_on"], evidence=asked["evidence"], **about)
        self.subjects = asked["placements"]
        return self.tell_fields({"stated": len(stated)})
