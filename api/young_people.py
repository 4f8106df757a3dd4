"""Whom does an adviser have, what stands on a manager's lists, who is coming to live in a host's area?"""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from accounts.roles import Role
from api.closed import Answer, PageQuery, Query
from api.duties import AboutDuties
from api.fields import Code, Day, Identifier, Instant
from api.handovers import OfLeavingCare
from api.notices import AuthorityNamed
from api.resource import ListResource, Resource
from db import clock
from db.clock import london_date
from duties.board import is_late
from duties.models import Duty
from leaving_care import host_list, overviews, team
from leaving_care.overviews import Line
from leaving_care.rules.recorded import Home
from notifications import documents
from notifications.models import Document
from notifications.states import state_of

OF_DUTIES: dict[str, Callable[..., QuerySet]] = {"late": team.late, "unowned": team.unowned}
OF_YOUNG_PEOPLE: dict[str, Callable[..., QuerySet]] = {
    "no_adviser": team.without_adviser,
    "no_reply": team.awaiting_reply,
    "ages": team.turning_soon,
    "elsewhere": team.out_of_area,
}


class NextAnswer(serializers.Serializer):
    """The open duty that is due first."""

    id = Identifier()
    kind = serializers.CharField()
    title = serializers.CharField()
    basis = serializers.CharField()
    citation = serializers.CharField()
    due_on = Day(allow_null=True)
    is_late = serializers.SerializerMethodField()

    def get_is_late(self, duty: Duty) -> bool:
        return is_late(duty, self.context["view"].now)


class LivesAnswer(serializers.Serializer):
    """Where somebody lives now, as far as it is recorded: in whose area, since when, provided under which power."""

    area = serializers.SerializerMethodField(help_text="The authority's id; null where nobody knows whose area it is")
    is_in_our_area = serializers.BooleanField()
    since = Day(source="from_on")
    power = serializers.CharField()

    def get_area(self, home: Home) -> UUID | None:
        return UUID(home.area) if home.area else None


class AgeAheadAnswer(serializers.Serializer):
    age = serializers.CharField(source="words")
    on = Day()


class YoungPersonAnswer(Answer):
    """One line of a list: who, the status of the day, what is next and why, where, what the host said."""

    child = serializers.UUIDField(source="child.id")
    reference = serializers.CharField(source="child.reference")
    given_name = serializers.CharField(source="child.given_name")
    family_name = serializers.CharField(source="child.family_name")
    status = serializers.CharField(source="answer.status")
    since = Day(source="answer.since", allow_null=True)
    adviser = serializers.UUIDField(source="adviser_id", allow_null=True)
    next = NextAnswer(allow_null=True)
    lives = LivesAnswer(source="home", allow_null=True)
    ages_ahead = AgeAheadAnswer(source="ahead", many=True)
    handover = serializers.UUIDField(source="handover.id", default=None, allow_null=True)
    host = AuthorityNamed(source="handover.host", default=None, allow_null=True)
    handed_over_at = Instant(source="handover.sent_at", default=None, allow_null=True)
    answered_at = Instant(source="host_said.composed_at", default=None, allow_null=True, help_text="null: no reply yet")
    contact_name = serializers.CharField(source="host_said.body.contact_name", default="")
    question = serializers.CharField(source="host_said.body.question", default="")
    replied_at = Instant(source="reply.composed_at", default=None, allow_null=True)


class TeamAnswer(Answer):
    """How many stand on each list."""

    late = serializers.IntegerField()
    unowned = serializers.IntegerField()
    no_adviser = serializers.IntegerField()
    no_reply = serializers.IntegerField()
    ages = serializers.IntegerField()
    elsewhere = serializers.IntegerField()


class ComingAnswer(Answer):
    """One leaving-care document of the host's list. The name is read by opening it."""

    id = Identifier()
    reference = serializers.CharField()
    kind = serializers.CharField()
    sender = AuthorityNamed()
    composed_at = Instant()
    state = serializers.SerializerMethodField()
    lives_from = serializers.SerializerMethodField()
    left_on = serializers.SerializerMethodField()
    asked = serializers.SerializerMethodField(
        help_text="answer, answered, question, read, taken_back or superseded: what is asked of the recipient"
    )

    def get_state(self, document: Document) -> str:
        return state_of(document)

    def get_lives_from(self, document: Document) -> date | None:
        return host_list.day_told(document, "lives_from")

    def get_left_on(self, document: Document) -> date | None:
        return host_list.day_told(document, "left_on")

    def get_asked(self, document: Document) -> str:
        return host_list.asked(document, self.context["view"].answered)


class TeamDutyQuery(PageQuery):
    list = Code(choices=list(OF_DUTIES), help_text="late: by who can act. unowned: no person has it")


class TeamQuery(PageQuery):
    list = Code(
        choices=list(OF_YOUNG_PEOPLE),
        help_text="Without an adviser, no reply from the host yet, turning 16, 17½, 18 or 21 soon, living elsewhere",
    )


class AboutYoungPeople(ListResource):
    subject_kind = "child"
    answer_class = YoungPersonAnswer

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        self.now = clock.now()
        self.today = london_date(self.now)

    def as_told(self, rows) -> list[Line]:
        return overviews.lines(rows, on=self.today)


class YoungPeople(AboutYoungPeople):
    """An adviser's own and covered ones; for everybody else all of the authority's."""

    operations = {"GET": "leaving_care.list"}
    query_class = PageQuery

    def rows(self):
        if self.actor.role == Role.LEAVING_CARE_ADVISER:
            return overviews.mine(self.actor, on=self.today)
        return overviews.in_view(self.actor.authority_id, on=self.today)


class Team(Resource):
    """The lists of a leaving-care team, each with its number."""

    operations = {"GET": "leaving_care.team"}
    subject_kind = "child"
    answer_class = TeamAnswer
    query_class = Query

    def get(self, request):
        on = clock.today()
        lists = OF_DUTIES | OF_YOUNG_PEOPLE
        counts = {name: self.scoped(rows(self.actor.authority_id, on=on)).count() for name, rows in lists.items()}
        return self.tell_fields(counts)


class TeamDuties(AboutDuties, ListResource):
    """What is late, by who can act, or what no person has."""

    operations = {"GET": "leaving_care.team_duties"}
    query_class = TeamDutyQuery

    def rows(self):
        return OF_DUTIES[self.query["list"]](self.actor.authority_id, on=self.today)


class TeamYoungPeople(AboutYoungPeople):
    """Who is on one of the lists of young people, in that list's order."""

    operations = {"GET": "leaving_care.team_list"}
    query_class = TeamQuery

    def rows(self):
        return OF_YOUNG_PEOPLE[self.query["list"]](self.actor.authority_id, on=self.today)


class Coming(OfLeavingCare, ListResource):
    """Who is coming to live here, and what is asked, those first that nobody has read."""

    operations = {"GET": "handovers.coming"}
    answer_class = ComingAnswer
    query_class = PageQuery

    def rows(self):
        return documents.unread_first(self.actor.authority_id).filter(kind__in=documents.OF_LEAVING_CARE)

    def filtered(self):
        return self.get_queryset()

    def prepare(self, rows):
        self.answered = host_list.answered(rows)
        documents.note_received(rows, actor=self.actor, at=clock.now())
