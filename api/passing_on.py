"""May something that others shared be passed on, and what would publishing an area bring about?"""

from typing import Any

import shapely
from django.contrib.gis.geos import GEOSGeometry
from rest_framework import serializers

from accounts.policy import Relation
from api.closed import Answer, Body, NoBody, PageQuery, ordering_of
from api.fields import Anything, Code, Identifier, Instant, Text, Whole
from api.hotspot_changes import SRIDS
from api.idempotency import once
from api.resource import ListResource, Resource
from db import clock
from geo.reading.features import NATIONAL_GRID
from hotspots import actions, drafting
from hotspots.models import Audience, Hotspot, Output, PassingOn, Share
from hotspots.overlay import previews
from hotspots.sharing import passing_on as answering
from placements.models import Placement
from placements.overlay import effect, passing_on


class PassedOnAnswer(Answer):
    id = Identifier()
    placement = serializers.UUIDField(source="placement_id")
    audience = serializers.CharField()
    output = serializers.CharField()
    words = serializers.ListField(child=serializers.CharField())
    at = Instant()
    by = serializers.CharField()


class PassingOnQuestion(Answer):
    id = Identifier()
    asked_by_authority = serializers.UUIDField(source="sender_id")
    asked_of = serializers.UUIDField(source="recipient_id")
    audience = serializers.CharField()
    output = serializers.CharField()
    asked_at = Instant()
    asked_by = serializers.CharField()
    answer = serializers.CharField()
    answered_at = Instant(allow_null=True)
    answered_by = serializers.CharField()
    words = serializers.CharField()


class AskedAnswer(Answer):
    results = serializers.ListField(child=serializers.UUIDField())


class EffectAnswer(Answer):
    own = serializers.IntegerField()
    of_partners = serializers.ChoiceField(choices=[one.value for one in effect.OfPartners])
    sentence = serializers.CharField()
    preview = serializers.UUIDField(source="preview_id", help_text="What is published after it may name it, once")


class EffectBody(Body):
    """Nothing: the area as drawn, to those with whom it is shared. With a shape, or with partners: of those instead."""

    shape = Anything(required=False, help_text="A Polygon or MultiPolygon in GeoJSON's form")
    srid = Code(choices=SRIDS, default="4326", help_text="What the shape's numbers are (EPSG)")
    partners = serializers.ListField(child=Identifier(), max_length=400, required=False)
    level = Code(choices=Share.Level.choices, default=Share.Level.PROXIMITY.value)
    distance_metres = Whole(min_value=100, max_value=20_000, default=actions.DEFAULT_DISTANCE_METRES)

    def question(self) -> dict[str, Any]:
        """The arguments of a preview beside the area. Raises AreaRefused."""
        asked, found = self.validated_data, {}
        if "shape" in asked:
            shape = drafting.shape_of(asked["shape"], int(asked["srid"]))
            found["shape"] = GEOSGeometry(memoryview(shapely.to_wkb(shape)), srid=NATIONAL_GRID)
        if "partners" in asked:
            found["shares"] = dict.fromkeys(asked["partners"], (asked["level"], asked["distance_metres"]))
        return found


class AllowanceAnswer(Answer):
    allowed = serializers.IntegerField(help_text="How many looks at this area are allowed today")


class PassOnBody(Body):
    audience = Code(choices=Audience.choices)
    output = Code(choices=Output.choices)


class PassingOnAnswerBody(Body):
    answer = Code(choices=PassingOn.Answer.choices)
    words = Text(max_length=2_000, required=False, allow_blank=True, default="")


class QuestionQuery(PageQuery):
    ordering = ordering_of("asked_at")


class AboutAPlacement(Resource):
    subject_kind = "placement"

    def rows(self):
        return Placement.objects.filter(superseded_at=None)


class PassOn(AboutAPlacement):
    """The words of the latest check that may be passed on, kept as passed on; or a refusal that names whom to ask."""

    operations = {"POST": "passing_on.do"}
    answer_class = PassedOnAnswer
    body_class = PassOnBody
    creates = True

    @once
    def post(self, request, **kwargs):
        placement = self.found()
        made = passing_on.pass_on(placement.id, **self.read_body(), by=self.actor, at=clock.now())
        self.subjects = [placement.id]
        return self.tell_fields(made)


class AskToPassOn(AboutAPlacement):
    """Ask each owner whose condition stands against it; the ids of the new questions."""

    operations = {"POST": "passing_on.ask"}
    answer_class = AskedAnswer
    body_class = PassOnBody
    creates = True

    @once
    def post(self, request, **kwargs):
        placement = self.found()
        asked = passing_on.ask(placement.id, **self.read_body(), by=self.actor, at=clock.now())
        self.subjects = [placement.id]
        return self.tell_fields({"results": [one.id for one in asked]})


class AboutQuestions(Resource):
    relation = Relation.ADDRESSED
    scope = "received"
    subject_kind = "passing_on"
    answer_class = PassingOnQuestion

    def rows(self):
        return PassingOn.objects.order_by("-asked_at", "id")


class Questions(AboutQuestions, ListResource):
    operations = {"GET": "passing_on.read"}
    query_class = QuestionQuery


class AnswerQuestion(AboutQuestions):
    operations = {"POST": "passing_on.answer"}
    body_class = PassingOnAnswerBody

    @once
    def post(self, request, **kwargs):
        question = self.found()
        return self.tell(answering.answer(question.id, **self.read_body(), by=self.actor, at=clock.now()))


class AboutAnArea(Resource):
    subject_kind = "hotspot"
    body_class = NoBody

    def rows(self):
        return Hotspot.objects.all()


class AreaEffect(AboutAnArea):
    """What publishing the area would bring about. Each question counts: five a day, then a second person is asked."""

    operations = {"POST": "previews.ask"}
    answer_class = EffectAnswer
    body_class = EffectBody

    @once
    def post(self, request, **kwargs):
        area = self.found()
        body = self.body_class(data=request.data)
        body.is_valid(raise_exception=True)
        self.subjects = [area.id]
        return self.tell_fields(effect.preview(area.id, **body.question(), by=self.actor, at=clock.now()))


class AllowPreviews(AboutAnArea):
    """A second person allows as many looks again today."""

    operations = {"POST": "previews.allow"}
    answer_class = AllowanceAnswer

    @once
    def post(self, request, **kwargs):
        area = self.found()
        self.read_body()
        self.subjects = [area.id]
        return self.tell_fields({"allowed": previews.allow_more(area.id, by=self.actor, at=clock.now())})
