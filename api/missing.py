"""Which of the authority's children are missing or came back, and with whom is the interview after the return?"""

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from accounts.policy import Relation
from api.closed import Answer, Body, NoBody, PageQuery, ordering_of
from api.fields import Code, Identifier, Instant, Text, Yes
from api.idempotency import once
from api.resource import ItemResource, ListResource, Resource
from db import clock
from notifications.models import Document
from placements import missing, queries
from placements.actions import missing as actions
from placements.actions.missing_answers import answer
from placements.missing import Exchange, Word
from placements.models import Child, MissingReport, PoliceMessage
from placements.return_interviews import finding_of
from placements.rules.missing import InterviewEnding
from placements.telling import police_message

NOT_TOLD = Exchange()


class MissingAnswer(Answer):
    """Of a child at a restricted address the host is told to holders of a grant only: it gives the area away."""

    id = Identifier()
    child = serializers.UUIDField(source="child_id")
    child_reference = serializers.CharField(source="child.reference")
    placement = serializers.UUIDField(source="placement_id", allow_null=True)
    is_whereabouts_known = serializers.BooleanField()
    missing_since = Instant()
    last_seen = serializers.CharField()
    returned_at = Instant(allow_null=True)
    interview_due_at = Instant(allow_null=True)
    interview_with = serializers.SerializerMethodField()
    interview_line = serializers.SerializerMethodField()
    interview_is_late = serializers.SerializerMethodField()
    interview_outcome = serializers.CharField()
    interview_at = Instant(allow_null=True)
    interview_by = serializers.SerializerMethodField()
    interview_words = serializers.CharField()
    said_by_host = serializers.SerializerMethodField()
    findings = serializers.SerializerMethodField()
    recorded_at = Instant()
    recorded_by = serializers.CharField()

    @extend_schema_field({"type": "string", "nullable": True, "description": "The name of the authority that owns it"})
    def get_interview_with(self, report: MissingReport) -> str | None:
        if not (report.returned_at and self._is_told(report)):
            return None
        exchange = self._exchange(report)
        return (exchange.host if exchange.is_with_host else report.authority).name

    def get_interview_line(self, report: MissingReport) -> str:
        return missing.line_of(report, self._exchange(report)) if self._is_told(report) else ""

    @extend_schema_field({"type": "boolean", "nullable": True})
    def get_interview_is_late(self, report: MissingReport) -> bool | None:
        found = self._finding(report)
        return found.is_late if found else None

    def get_interview_by(self, report: MissingReport) -> str:
        return report.interview_by if self._is_told(report) else ""

    @extend_schema_field({"type": "array", "items": {}})
    def get_said_by_host(self, report: MissingReport) -> list:
        return [said.body | {"by": said.composed_by} for said in self._exchange(report).answers]

    @extend_schema_field({"type": "array", "items": {}})
    def get_findings(self, report: MissingReport) -> list:
        found = self._finding(report)
        return [found.finding.as_dict()] if found and self._is_told(report) else []

    def _finding(self, report: MissingReport):
        return finding_of(report, self._exchange(report), now=self.context["view"].now)

    def _is_told(self, report: MissingReport) -> bool:
        return report.id in self.context["view"].exchanges

    def _exchange(self, report: MissingReport) -> Exchange:
        return self.context["view"].exchanges.get(report.id, NOT_TOLD)


class MissingQuery(PageQuery):
    state = Code(choices=["missing", "back"], required=False)
    child = Identifier(required=False)
    ordering = ordering_of("missing_since", "returned_at", "interview_due_at")


class ReportBody(Body):
    child = Identifier(source="child_id")
    missing_since = Instant()
    last_seen = Text(max_length=2000)
    place_postcode = Text(required=False, default="", max_length=10, help_text="Counted only; never told back.")
    is_whereabouts_known = Yes(default=False)
    returned_at = Instant(required=False)


class ReturnBody(Body):
    returned_at = Instant()


class InterviewBody(Body):
    ending = Code(choices=[(one.value, one.name) for one in InterviewEnding])
    interviewed_at = Instant()
    interviewed_by = Text()
    words = Text(max_length=2000, required=False, allow_blank=True, help_text="Short of done: the reason")


class AboutMissing(Resource):
    subject_kind = "missing_report"
    answer_class = MissingAnswer

    def rows(self):
        return queries.missing_reports()

    def prepare(self, rows):
        """What was told about the rows, and which of their hosts this reader may know."""
        self.now = clock.now()
        self.exchanges = missing.exchanges_known_to(self.actor, rows, at=self.now)

    def change(self, action) -> Response:
        """Change a report within scope by an action."""
        report = self.found()
        action(report_id=report.id, **self.read_body(), by=self.actor, at=clock.now())
        return self.tell(self.found())


class MissingReports(AboutMissing, ListResource):
    operations = {"GET": "missing.read", "POST": "missing.report"}
    body_class = ReportBody
    query_class = MissingQuery
    creates = True

    def filtered(self):
        rows = self.get_queryset()
        if "state" in self.query:
            rows = rows.filter(returned_at__isnull=self.query["state"] == "missing")
        return rows.filter(child_id=self.query["child"]) if "child" in self.query else rows

    @once
    def post(self, request):
        asked = self.read_body()
        if not self.scoped(Child.objects.all()).filter(id=asked["child_id"]).exists():
            raise Child.DoesNotExist
        report = actions.report_missing(**asked, by=self.actor, at=clock.now())
        return self.tell(self.get_queryset().get(id=report.id))


class MissingItem(AboutMissing, ItemResource):
    operations = {"GET": "missing.read"}


class Return(AboutMissing):
    operations = {"POST": "missing.report"}
    body_class = ReturnBody

    @once
    def post(self, request, **kwargs):
        return self.change(actions.record_return)


class AskHost(AboutMissing):
    operations = {"POST": "missing.interview"}
    body_class = NoBody

    @once
    def post(self, request, **kwargs):
        return self.change(actions.ask_host)


class EndInterview(AboutMissing):
    operations = {"POST": "missing.interview"}
    body_class = InterviewBody

    @once
    def post(self, request, **kwargs):
        return self.change(actions.record_interview)


class TakeInterviewBackBody(Body):
    reason = Text(max_length=2000)


class TakeInterviewBack(AboutMissing):
    operations = {"POST": "missing.take_interview_back"}
    body_class = TakeInterviewBackBody

    @once
    def post(self, request, **kwargs):
        return self.change(actions.take_interview_back)


class PoliceGivenAnswer(serializers.Serializer):
    given_at = Instant()
    given_by = serializers.CharField()
    given_to = serializers.CharField()
    text = serializers.CharField()


class PoliceAnswer(Answer):
    report = serializers.UUIDField(source="id")
    text = serializers.SerializerMethodField()
    given = PoliceGivenAnswer(many=True, source="police_messages")

    def get_text(self, report: MissingReport) -> str:
        return police_message.text_of(report, at=self.context["view"].now)


class PoliceGivenBody(Body):
    given_at = Instant()
    given_to = Text(help_text="Who took the message")


class PoliceMessages(AboutMissing, ItemResource):
    """The message by template as it reads now, and when it was given. Placewatch sends nothing to the police."""

    operations = {"GET": "missing.police", "POST": "missing.police"}
    answer_class = PoliceAnswer
    body_class = PoliceGivenBody

    def rows(self):
        given = PoliceMessage.objects.order_by("given_at")
        return super().rows().prefetch_related(Prefetch("police_messages", given))

    @once
    def post(self, request, **kwargs):
        return self.change(actions.log_police_message)


class HostAnswer(Answer):
    id = Identifier()
    reference = serializers.CharField()
    notice = serializers.UUIDField(source="subject_id")
    word = serializers.CharField(source="body.word")
    happened_at = serializers.CharField(source="body.happened_at")
    words = serializers.CharField(source="body.words")
    post = serializers.CharField(source="body.post")
    sent_at = Instant(source="composed_at")


class HostAnswerBody(Body):
    word = Code(choices=Word.choices)
    happened_at = Instant(required=False)
    words = Text(max_length=2000, required=False, allow_blank=True)
    post = Text(help_text="What the person is there, such as: Duty manager")


class AnswerMissing(Resource):
    """A person of the host answers a notice that a child is missing."""

    operations = {"POST": "missing.answer"}
    relation = Relation.ADDRESSED
    scope = "received"
    subject_kind = "document"
    answer_class = HostAnswer
    body_class = HostAnswerBody
    creates = True

    def rows(self):
        return Document.objects.filter(kind=Document.Kind.MISSING_NOTICE)

    @once
    def post(self, request, **kwargs):
        notice = self.found()
        return self.tell(answer(document_id=notice.id, **self.read_body(), by=self.actor, at=clock.now()))
