"""Where does the authority's own system take notices, and how is its secret changed?"""

from datetime import timedelta

from rest_framework import serializers

from api.closed import Answer, Body, PageQuery, ordering_of
from api.fields import Identifier, Instant, Text, Whole
from api.idempotency import once
from api.resource import ItemResource, ListResource, Resource
from db import clock
from notifications.delivery import endpoints
from notifications.models import Endpoint


class EndpointAnswer(Answer):
    id = Identifier()
    url = serializers.CharField()
    added_at = Instant()
    added_by = serializers.CharField()
    proved_at = Instant(allow_null=True)
    challenge_outcome = serializers.CharField(help_text="What came of the last challenge, in words")
    agreed_at = Instant(allow_null=True)
    agreed_by = serializers.CharField()
    live_from = Instant(allow_null=True, help_text="Empty until it was proved and a second person agreed")
    second_until = Instant(allow_null=True, help_text="Until when messages are signed with the earlier secret too")
    failures = serializers.IntegerField(help_text="Calls that failed in a row")
    failing_since = Instant(allow_null=True)
    ended_at = Instant(allow_null=True)
    ended_by = serializers.CharField()
    secret = serializers.CharField(source="shown_secret", help_text="Shown this once")


class EndpointBody(Body):
    url = Text(max_length=2000, help_text="https, port 443, a public address")


class RotateBody(Body):
    overlap_hours = Whole(
        min_value=0,
        max_value=336,
        required=False,
        default=24,
        help_text="For how long the earlier secret signs too: 24 to 336 hours, or 0 after a leak",
    )


class EndpointQuery(PageQuery):
    ordering = ordering_of("added_at")


class AboutEndpoints(Resource):
    subject_kind = "endpoint"
    answer_class = EndpointAnswer

    def rows(self):
        return Endpoint.objects.order_by("-added_at", "id")

    def tell_secret(self, endpoint: Endpoint, secret: str):
        """The endpoint with its new secret, this once."""
        endpoint.shown_secret = secret
        return self.tell(endpoint)


class Endpoints(AboutEndpoints, ListResource):
    operations = {"GET": "endpoints.read", "POST": "endpoints.add"}
    body_class = EndpointBody
    query_class = EndpointQuery
    creates = True

    @once
    def post(self, request):
        made, secret = endpoints.propose(**self.read_body(), by=self.actor, at=clock.now())
        return self.tell_secret(made, secret)


class EndpointItem(AboutEndpoints, ItemResource):
    operations = {"GET": "endpoints.read"}


class RotateSecret(AboutEndpoints):
    operations = {"POST": "endpoints.rotate"}
    body_class = RotateBody

    @once
    def post(self, request, **kwargs):
        overlap = timedelta(hours=self.read_body()["overlap_hours"])
        secret = endpoints.rotate(self.found().id, overlap=overlap, by=self.actor, at=clock.now())
        return self.tell_secret(self.found(), secret)


class AskForProof(AboutEndpoints):
    operations = {"POST": "endpoints.prove"}
    body_class = Body

    @once
    def post(self, request, **kwargs):
        self.read_body()
        endpoints.ask_for_proof(self.found().id, by=self.actor, at=clock.now())
        return self.tell(self.found())


class AgreeToEndpoint(AboutEndpoints):
    operations = {"POST": "endpoints.agree"}
    body_class = Body

    @once
    def post(self, request, **kwargs):
        self.read_body()
        endpoints.agree(self.found().id, by=self.actor, at=clock.now())
        return self.tell(self.found())


class EndEndpoint(AboutEndpoints):
    operations = {"POST": "endpoints.end"}
    body_class = Body

    @once
    def post(self, request, **kwargs):
        self.read_body()
        endpoints.end(self.found().id, by=self.actor, at=clock.now())
        return self.tell(self.found())
