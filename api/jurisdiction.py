"""Whose area does a place lie in, and what does that mean? No child is named; nothing is kept."""

from rest_framework import serializers

from api.closed import Answer, Body
from api.fields import Anything, Day, Entries, Metres, Text
from api.resource import Resource
from geo.areas import authority_by_code
from placements.place.jurisdiction import Question, meaning_of, verdict


class JurisdictionBody(Body):
    authority = Text(max_length=20, help_text="The responsible authority: GSS code or Department for Education number")
    on = Day()
    postcode = Text(max_length=20, required=False)
    easting = Metres(min_value=0, max_value=800_000, required=False)
    northing = Metres(min_value=0, max_value=1_300_000, required=False)
    home_postcode = Text(max_length=20, required=False, allow_blank=True)

    exactly_one = (("postcode",), ("easting", "northing"))


class VerdictAnswer(Answer):
    authority = serializers.UUIDField()
    on = Day()
    postcode = serializers.CharField()
    state = serializers.CharField(allow_null=True)
    relation = serializers.CharField(allow_null=True)
    country = serializers.CharField(allow_null=True)
    host = Anything(allow_null=True)
    host_gss = serializers.CharField(allow_null=True)
    pl_la = serializers.CharField(allow_null=True)
    pl_location = serializers.CharField(allow_null=True)
    pl_distance = serializers.FloatField(allow_null=True)
    over_20_miles = serializers.BooleanField(allow_null=True)
    geodesic_metres = serializers.FloatField(allow_null=True)
    source = serializers.CharField(allow_null=True)
    precision = serializers.CharField()
    termination = serializers.CharField()
    terminated_on = serializers.CharField(allow_null=True)
    reason = serializers.CharField(allow_null=True)
    candidates = Entries()
    meaning = Entries()


class Jurisdiction(Resource):
    operations = {"POST": "jurisdiction.ask"}
    is_question = True
    answer_class = VerdictAnswer
    body_class = JurisdictionBody

    def post(self, request):
        asked = self.read_body()
        on = asked.pop("on")
        answer = verdict(authority=authority_by_code(asked.pop("authority"), on), on=on, question=Question(**asked))
        meaning = [finding.as_dict() for finding in meaning_of(answer)]
        return self.tell_fields({**answer.as_dict(), "meaning": meaning})
