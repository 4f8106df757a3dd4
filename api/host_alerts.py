"""With which hosts is it agreed that they are told when something shared comes near a child's place there?"""

from rest_framework import serializers

from api.closed import Answer, Body, NoBody, PageQuery, ordering_of
from api.fields import Identifier, Instant, Text
from api.idempotency import once
from api.resource import ListResource, Resource
from db import clock
from placements.models import HostAlertAgreement
from placements.overlay import host_alerts


class HostAlertAnswer(Answer):
    id = Identifier()
    host = serializers.UUIDField(source="host_id")
    reference = serializers.CharField()
    recorded_at = Instant()
    recorded_by = serializers.CharField()
    ended_at = Instant(allow_null=True)
    ended_by = serializers.CharField()


class HostAlertQuery(PageQuery):
    ordering = ordering_of("recorded_at")


class HostAlertBody(Body):
    host = Identifier(source="host_id")
    reference = Text(max_length=500, help_text="Where the agreement is written down")


class AboutHostAlerts(Resource):
    subject_kind = "host_alert"
    answer_class = HostAlertAnswer

    def rows(self):
        return HostAlertAgreement.objects.order_by("-recorded_at", "id")


class HostAlerts(AboutHostAlerts, ListResource):
    operations = {"GET": "host_alerts.read", "POST": "host_alerts.agree"}
    query_class = HostAlertQuery
    body_class = HostAlertBody
    creates = True

    @once
    def post(self, request):
        return self.tell(host_alerts.agree(**self.read_body(), by=self.actor, at=clock.now()))


class EndHostAlert(AboutHostAlerts):
    operations = {"POST": "host_alerts.end"}
    body_class = NoBody

    @once
    def post(self, request, **kwargs):
        held = self.found()
        self.read_body()
        return self.tell(host_alerts.end(held.id, by=self.actor, at=clock.now()))
