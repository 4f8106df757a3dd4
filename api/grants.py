"""Who may read a closed address, since when, until when, and why?"""

from rest_framework import serializers

from api.closed import Answer, Body
from api.consultations import OfPlacement
from api.fields import Identifier, Instant, Text
from api.idempotency import once
from api.resource import ListResource, Resource
from db import clock
from placements.actions.grants import end_grant, give_grant
from placements.models import AddressGrant
from placements.place import grants

LONG = 4_000


class GrantAnswer(Answer):
    id = Identifier()
    placement = serializers.UUIDField(source="placement_id")
    person = serializers.UUIDField(source="person_id")
    person_name = serializers.CharField(source="person.name")
    starts_at = Instant()
    ends_at = Instant(allow_null=True)
    reason = serializers.CharField()
    given_by = serializers.CharField()
    ended_by = serializers.CharField()
    ended_why = serializers.CharField()


class GrantBody(Body):
    person = Identifier(source="person_id", help_text="A person of the authority whose role reads placements")
    reason = Text(max_length=LONG, help_text="Why this person needs to know the address")
    ends_at = Instant(required=False, help_text="Until when; without it until it is taken back")


class EndGrantBody(Body):
    reason = Text(max_length=LONG)


class Grants(OfPlacement, ListResource):
    """Every grant ever given to a closed address, the latest first. It tells nothing of the address."""

    operations = {"GET": "address_grants.read", "POST": "address_grants.give"}
    subject_kind = "placement"
    answer_class = GrantAnswer
    body_class = GrantBody
    creates = True

    def rows(self):
        return grants.of_placement(self.placement())

    @once
    def post(self, request, **kwargs):
        given = self.read_body() | {"by": self.actor, "at": clock.now()}
        return self.tell(give_grant(placement_id=self.placement().id, **given))


class EndGrant(Resource):
    operations = {"POST": "address_grants.give"}
    subject_kind = "placement"
    answer_class = GrantAnswer
    body_class = EndGrantBody

    def rows(self):
        return AddressGrant.objects.select_related("person")

    @once
    def post(self, request, **kwargs):
        reason = self.read_body()["reason"]
        return self.tell(end_grant(grant_id=self.found().id, reason=reason, by=self.actor, at=clock.now()))
