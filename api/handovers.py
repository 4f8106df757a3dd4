"""How is a handover made and sent, what does the host answer, and what do authorities offer to care leavers?"""

from rest_framework import serializers

from api import notices
from api.closed import Answer, Body, NoBody, PageQuery
from api.consultations import GivenAnswer
from api.fields import Day, Identifier, Instant, Text, Yes
from api.idempotency import once
from api.leaving_care import OfYoungPerson
from api.notices import AuthorityNamed
from api.resource import ListResource, Resource
from db import clock
from leaving_care.actions import handovers, hosting, replies, telling
from leaving_care.actions.handovers import Written
from leaving_care.models import Handover, HandoverPart, LocalOffer
from leaving_care.parts import PARTS, Part
from notifications import documents
from placements.models import Child

LONG = 10_000


class PartAnswer(serializers.ModelSerializer):
    class Meta:
        model = HandoverPart
        fields = (
            "part",
            "words",
            "dates",
            "is_agreed",
            "answered_at",
            "answer_taken_by",
            "override_reason",
            "override_by",
            "written_on",
            "written_by",
        )


class HandoverAnswer(Answer):
    id = Identifier()
    child = serializers.UUIDField(source="child_id")
    host = AuthorityNamed()
    parts = PartAnswer(many=True)
    begun_at = Instant()
    begun_by = serializers.CharField()
    sent_at = Instant(allow_null=True)
    sent_by = serializers.CharField()
    document = serializers.UUIDField(source="document_id", allow_null=True)


class OfferAnswer(Answer):
    id = Identifier()
    authority = AuthorityNamed()
    title = serializers.CharField()
    words = serializers.CharField()
    address = serializers.CharField()
    review_on = Day()


class ToldAnswer(Answer):
    id = Identifier()


class BeginBody(Body):
    host = Identifier(source="host_id")


class PartBody(Body):
    words = Text(max_length=LONG, required=False, allow_blank=True)
    is_agreed = serializers.BooleanField(required=False, allow_null=True)
    override_reason = Text(max_length=LONG, required=False, allow_blank=True)
    override_by = Text(required=False, allow_blank=True)
    written_on = Day(required=False)
    written_by = Text(required=False, allow_blank=True)


def part_body(part: Part) -> PartBody:
    """The body of one part, with a field for each day that it may name."""
    if not part.dates:
        return PartBody(required=False)
    name = "".join(word.capitalize() for word in part.key.split("_"))
    days = {kind: Day(required=False, help_text=title) for kind, title in part.dates.items()}
    dates = type(f"{name}Dates", (Body,), days)
    return type(f"{name}Part", (PartBody,), {"dates": dates(required=False)})(required=False)


# One field for each part; the parts are a reference table.
PartsBody = type("PartsBody", (Body,), {key: part_body(part) for key, part in PARTS.items()})


class SendBody(Body):
    is_agreed_early = Yes(
        default=False, help_text="Before leaving care or 18: the young person agrees to sending it now"
    )


class ReplyBody(Body):
    words = Text(max_length=LONG)


class TellBody(Body):
    area = Identifier(source="area_id")
    has_left = Yes(default=False)


class HandoverAnswerBody(Body):
    contact_name = Text()
    contact_telephone = Text(max_length=40, required=False, allow_blank=True)
    contact_email = Text(max_length=254, required=False, allow_blank=True)
    offers = serializers.ListField(child=Identifier(), max_length=50, required=False, source="offer_ids")
    question = Text(max_length=LONG, required=False, allow_blank=True)
    post = Text(max_length=120, required=False, allow_blank=True)


class OfferBody(Body):
    title = Text()
    words = Text(max_length=LONG)
    address = serializers.URLField(required=False, max_length=200)
    review_on = Day()
    in_place_of = Identifier(required=False)


class AboutHandovers(Resource):
    subject_kind = "handover"
    answer_class = HandoverAnswer

    def rows(self):
        rows = Handover.objects.select_related("host").prefetch_related("parts")
        return rows.order_by("-begun_at", "id")


class Handovers(AboutHandovers, ListResource):
    """A young person's handovers, drafts and sent ones."""

    operations = {"GET": "leaving_care.read_handovers", "POST": "leaving_care.hand_over"}
    body_class = BeginBody
    creates = True

    def child(self) -> Child:
        return self.scoped(Child.objects.all()).get(id=self.kwargs["id"])

    def rows(self):
        return super().rows().filter(child_id=self.child().id)

    @once
    def post(self, request, **kwargs):
        made = handovers.begin(child_id=self.child().id, **self.read_body(), by=self.actor, at=clock.now())
        return self.tell(self.rows().get(id=made.id))


class OneHandover(AboutHandovers):
    operations = {"POST": "leaving_care.hand_over"}

    def change(self, action, **given):
        handover = self.found()
        action(handover_id=handover.id, **given, by=self.actor, at=clock.now())
        return self.tell(self.found())


class Parts(OneHandover):
    body_class = PartsBody

    @once
    def post(self, request, **kwargs):
        written = {key: Written(**part) for key, part in self.read_body().items()}
        return self.change(handovers.write, parts=written)


class Send(OneHandover):
    body_class = SendBody

    @once
    def post(self, request, **kwargs):
        return self.change(handovers.send, **self.read_body())


class Drop(OneHandover):
    body_class = NoBody

    @once
    def post(self, request, **kwargs):
        self.read_body()
        return self.change(handovers.drop)


class Reply(OneHandover):
    """Reply to what the host asked in its newest answer."""

    body_class = ReplyBody

    @once
    def post(self, request, **kwargs):
        return self.change(replies.reply, **self.read_body())


class Tellings(OfYoungPerson):
    """Tell an authority that a young person lives in its area, or has left it."""

    operations = {"POST": "leaving_care.tell"}
    answer_class = ToldAnswer
    body_class = TellBody
    creates = True

    @once
    def post(self, request, **kwargs):
        child = self.found()
        told = telling.tell_authority(child_id=child.id, **self.read_body(), by=self.actor, at=clock.now())
        return self.tell(told)


class OfLeavingCare(notices.AboutReceived):
    """The leaving-care documents that are addressed to the authority: read as other notices are, by other roles."""

    def rows(self):
        return super().rows().filter(kind__in=documents.OF_LEAVING_CARE)


class Received(OfLeavingCare, ListResource):
    operations = {"GET": "handovers.received"}
    query_class = PageQuery

    def prepare(self, rows):
        documents.note_received(rows, actor=self.actor, at=clock.now())


class ReceivedItem(OfLeavingCare, notices.ReceivedItem):
    """A person's first reading is a fact that the sender learns."""

    operations = {"GET": "handovers.received"}


class Acknowledge(OfLeavingCare, notices.Acknowledge):
    operations = {"POST": "handovers.acknowledge"}


class AnswerHandover(OfLeavingCare):
    operations = {"POST": "handovers.answer"}
    answer_class = GivenAnswer
    body_class = HandoverAnswerBody
    creates = True

    @once
    def post(self, request, **kwargs):
        document = self.found()
        given = self.read_body() | {"by": self.actor, "at": clock.now()}
        return self.tell(hosting.answer_handover(document_id=document.id, **given))


class LocalOffers(ListResource):
    """What every authority offers: published, so nobody's secret."""

    operations = {"GET": "local_offers.read", "POST": "local_offers.keep"}
    scope = "public"
    answer_class = OfferAnswer
    body_class = OfferBody
    creates = True

    def rows(self):
        return hosting.current_offers().select_related("authority")

    @once
    def post(self, request):
        offer = hosting.keep_offer(**self.read_body(), by=self.actor, at=clock.now())
        return self.tell(self.rows().get(id=offer.id))


class EndOffer(Resource):
    operations = {"POST": "local_offers.keep"}
    subject_kind = "local_offer"
    answer_class = OfferAnswer
    body_class = NoBody

    def rows(self):
        return LocalOffer.objects.filter(superseded_at=None).select_related("authority")

    @once
    def post(self, request, **kwargs):
        self.read_body()
        return self.tell(hosting.end_offer(offer_id=self.found().id, by=self.actor, at=clock.now()))
