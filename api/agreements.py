"""What has the authority agreed with others about sharing areas of concern, and what have others agreed with it?"""

from rest_framework import serializers

from api.closed import Answer, Body, PageQuery, ordering_of
from api.fields import Identifier, Instant, Text
from api.idempotency import once
from api.resource import ItemResource, ListResource, Resource
from db import clock
from geo.models import Authority
from hotspots.models import Agreement
from hotspots.sharing import agreements


class AgreementAnswer(Answer):
    id = Identifier()
    authority = serializers.UUIDField(source="authority_id")
    partner = serializers.UUIDField(source="partner_id")
    purpose = serializers.CharField()
    basis = serializers.CharField()
    reference = serializers.CharField()
    made_how = serializers.CharField()
    starts_at = Instant()
    ends_at = Instant(allow_null=True)
    recorded_at = Instant()
    recorded_by = serializers.CharField()
    end_recorded_at = Instant(allow_null=True)
    end_recorded_by = serializers.CharField()


class AgreementBody(Body):
    """Without `starts_at` it begins now; without `ends_at` it runs until it is ended."""

    partner = Identifier()
    purpose = Text(max_length=500)
    basis = Text(max_length=500)
    reference = Text(max_length=200)
    starts_at = Instant(required=False)
    ends_at = Instant(required=False, allow_null=True, default=None)


class AgreementEndBody(Body):
    """Without `ends_at` it ends now."""

    ends_at = Instant(required=False)


class AgreementQuery(PageQuery):
    partner = Identifier(required=False)
    ordering = ordering_of("starts_at")


class AboutAgreements(Resource):
    subject_kind = "agreement"
    answer_class = AgreementAnswer

    def rows(self):
        return Agreement.objects.order_by("-starts_at", "id")


class Agreements(AboutAgreements, ListResource):
    operations = {"GET": "agreements.read", "POST": "agreements.make"}
    query_class = AgreementQuery
    body_class = AgreementBody
    creates = True

    def filtered(self):
        rows = self.get_queryset()
        return rows.filter(partner_id=self.query["partner"]) if "partner" in self.query else rows

    @once
    def post(self, request):
        asked, at = self.read_body(), clock.now()
        partner = Authority.objects.get(id=asked.pop("partner"))
        asked.setdefault("starts_at", at)
        made = agreements.make(partner_id=partner.id, **asked, by=self.actor, at=at)
        return self.tell(self.get_queryset().get(id=made.id))


class AgreementItem(AboutAgreements, ItemResource):
    operations = {"GET": "agreements.read"}


class AgreementEnd(AboutAgreements):
    operations = {"POST": "agreements.end"}
    body_class = AgreementEndBody

    @once
    def post(self, request, **kwargs):
        asked = self.read_body()
        agreements.end(self.found().id, ends_at=asked.get("ends_at"), by=self.actor, at=clock.now())
        return self.tell(self.found())


class AgreementsWithUs(AboutAgreements, ListResource):
    """What other authorities agreed to tell this one."""

    operations = {"GET": "agreements.received"}
    scope = "promised"
