"""What stands in the authority's log-book? Who read or did what, when and for what; never a child's data."""

from rest_framework import serializers

from api.closed import Answer, PageQuery, ordering_of
from api.fields import Identifier, Instant, Text
from api.resource import ListResource
from audit.models import LogEntry


class LogAnswer(Answer):
    id = serializers.IntegerField()
    at = Instant()
    person = serializers.UUIDField(source="person_id", allow_null=True)
    client = serializers.UUIDField(source="client_id", allow_null=True)
    role = serializers.CharField()
    purpose = serializers.CharField()
    operation = serializers.CharField()
    subject_kind = serializers.CharField()
    subject_ids = serializers.ListField(child=serializers.UUIDField())
    fields_told = serializers.CharField(source="fields")
    outcome = serializers.CharField()


class LogQuery(PageQuery):
    operation = Text(max_length=60, required=False)
    subject = Identifier(required=False, help_text="The id of a row that was read or written")
    person = Identifier(required=False)
    ordering = ordering_of("id")


class Log(ListResource):
    operations = {"GET": "log.read"}
    subject_kind = "log"
    answer_class = LogAnswer
    query_class = LogQuery

    def rows(self):
        return LogEntry.objects.order_by("-id")

    def filtered(self):
        rows = self.get_queryset()
        if "operation" in self.query:
            rows = rows.filter(operation=self.query["operation"])
        if "subject" in self.query:
            rows = rows.filter(subject_ids__contains=[self.query["subject"]])
        if "person" in self.query:
            rows = rows.filter(person_id=self.query["person"])
        return rows

    def ordered(self, rows):
        return rows.order_by(self.query.get("ordering", "-id"))

    def logged_ids(self, rows):
        # A reading of the log-book is logged as such; which lines it showed is not a matter of rows with a uuid.
        return []
