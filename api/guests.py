"""By which links was a document given to people without an account, and what did they say by telephone?"""

from django.urls import reverse
from rest_framework import serializers

from api.closed import Answer, Body
from api.fields import Identifier, Instant, Text
from api.idempotency import once
from api.notices import AboutSent
from api.resource import ListResource
from db import clock
from notifications.guests import guests, outside_answers
from notifications.models import GuestLink


class OpeningAnswer(serializers.Serializer):
    at = Instant()
    outcome = serializers.CharField()


class GuestLinkAnswer(Answer):
    id = Identifier()
    document = serializers.UUIDField(source="document_id")
    number = serializers.CharField(help_text="The number on file on which the code is told")
    made_at = Instant()
    made_by = serializers.CharField()
    expires_at = Instant()
    wrong_codes = serializers.IntegerField()
    closed_at = Instant(allow_null=True)
    closed_because = serializers.CharField()
    openings = OpeningAnswer(many=True)
    address = serializers.CharField(help_text="Told once: it is not kept")
    code = serializers.CharField(help_text="Told once: it is not kept")


class GuestLinkBody(Body):
    number = Text(max_length=40)


class TelephoneBody(Body):
    person = Text(max_length=120)
    post = Text(max_length=120)
    telephone = Text(max_length=40)
    said_at = Instant()


class GuestLinks(AboutSent, ListResource):
    """One way to one document; who may read the notice as its sender may read who opened it."""

    operations = {"GET": "guests.read", "POST": "guests.invite"}
    answer_class = GuestLinkAnswer
    body_class = GuestLinkBody
    creates = True

    def filtered(self):
        links = GuestLink.objects.filter(document=self.found()).prefetch_related("openings")
        return links.order_by("-made_at", "id")

    @once
    def post(self, request, **kwargs):
        document, number = self.found(), self.read_body()["number"]
        made = guests.invite(document_id=document.id, number=number, by=self.actor, at=clock.now())
        made.link.address, made.link.code = reverse("guest", args=[made.token]), made.code
        return self.tell(made.link)


class TelephoneAcknowledgement(AboutSent):
    operations = {"POST": "notices.key_acknowledgement"}
    body_class = TelephoneBody

    @once
    def post(self, request, **kwargs):
        said = self.read_body() | {"by": self.actor, "at": clock.now()}
        outside_answers.key_acknowledgement(document_id=self.found().id, **said)
        return self.tell(self.found())
