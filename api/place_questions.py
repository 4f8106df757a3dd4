"""What is shared about a place where no child is placed? By squares of 1 km below geometry level, and so often a day."""

from rest_framework import serializers

from api.closed import Answer, Body
from api.fields import Entries, Text
from api.idempotency import once
from api.resource import Resource
from db import clock
from placements.overlay import place_questions


class PlaceQuestionBody(Body):
    postcode = Text(max_length=20)


class PlaceQuestionAnswer(Answer):
    postcode = serializers.CharField()
    is_located = serializers.BooleanField(help_text="False: no grid reference, so nobody was asked")
    radius_metres = serializers.IntegerField()
    authorities = Entries(help_text="One answer an authority, as a screening keeps it, with its sentences")


class PlaceQuestions(Resource):
    """Each question counts against the day's budget, and is disclosed to every owner that shares."""

    operations = {"POST": "place_questions.ask"}
    subject_kind = "place_question"
    answer_class = PlaceQuestionAnswer
    body_class = PlaceQuestionBody

    @once
    def post(self, request):
        return self.tell_fields(place_questions.ask(**self.read_body(), by=self.actor, at=clock.now()))
