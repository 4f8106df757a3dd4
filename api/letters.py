"""To whom is written about a placement, what was sent, and what was done with each letter?"""

import base64
from uuid import UUID

from rest_framework import serializers

from api.closed import Answer, Body
from api.consultations import OfPlacement
from api.fields import Code, Day, Identifier, Instant, Text, Yes
from api.idempotency import once
from api.resource import ItemResource, ListResource, Resource
from db import clock
from placements.letters import correspondents, given, jobs, offered, prepare
from placements.models import Channel, Correspondent, Letter, LetterFact, LetterJob
from placements.rules.people_to_tell import RECIPIENTS

LONG = 4_000
CODES = sorted({one.code for one in RECIPIENTS} | {"carer"})
FACTS = [choice for choice in LetterFact.Fact.choices if choice[0] != LetterFact.Fact.SHOWN]


class CorrespondentAnswer(Answer):
    id = Identifier()
    placement = serializers.UUIDField(source="placement_id")
    code = serializers.CharField()
    name = serializers.CharField()
    nobody_because = serializers.CharField()
    channel = serializers.CharField()
    postal_address = serializers.CharField()
    email = serializers.CharField()
    recorded_at = Instant()
    recorded_by = serializers.CharField()
    removed_at = Instant(allow_null=True)
    removed_by = serializers.CharField()


class LetterFactAnswer(serializers.Serializer):
    fact = serializers.CharField()
    on = Day()
    by = serializers.CharField()
    recorded_at = Instant()
    recorded_by = serializers.CharField()


class LetterAnswer(Answer):
    id = Identifier()
    placement = serializers.UUIDField(source="placement_id")
    correspondent = serializers.UUIDField(source="correspondent_id")
    about = serializers.CharField()
    reference = serializers.CharField()
    shows_address = serializers.BooleanField()
    correction = serializers.CharField()
    supersedes = serializers.UUIDField(source="supersedes_id", allow_null=True)
    batch = serializers.UUIDField()
    sha256 = serializers.CharField(help_text="Of the bytes exactly as they were sent")
    composed_at = Instant()
    composed_by = serializers.CharField()
    facts = LetterFactAnswer(many=True)


class LetterFileAnswer(Answer):
    """The letter's bytes in base64, exactly as they were made."""

    id = Identifier()
    sha256 = serializers.CharField()
    content = serializers.CharField()


class ManyLettersAnswer(Answer):
    """Letters for many children, which a worker makes: ask again how far they are."""

    batch = serializers.UUIDField(source="id", help_text="Of the letters, and of this job")
    about = serializers.CharField()
    asked_at = Instant()
    children = serializers.SerializerMethodField()
    done = serializers.SerializerMethodField(help_text="For how many children: with letters, or refused")
    made_at = Instant(allow_null=True, help_text="When every child was done, and the file for the printer made")
    letters = serializers.SerializerMethodField()
    refused = serializers.SerializerMethodField(help_text="By placement: why none of its letters was made")

    def get_children(self, job: LetterJob) -> int:
        return job.lines.count()

    def get_done(self, job: LetterJob) -> int:
        return job.lines.exclude(done_at=None).count()

    def get_letters(self, job: LetterJob) -> list[UUID]:
        return list(offered.of_batch(job.id).order_by("composed_at", "id").values_list("id", flat=True))

    def get_refused(self, job: LetterJob) -> dict[str, str]:
        return {str(one.placement_id): one.refused for one in jobs.progress(job).refused}


class CorrespondentBody(Body):
    code = Code(choices=CODES)
    name = Text(max_length=200, required=False, allow_blank=True)
    nobody_because = Text(max_length=LONG, required=False, allow_blank=True)
    channel = Code(choices=Channel.choices, required=False)
    postal_address = Text(max_length=LONG, required=False, allow_blank=True)
    email = Text(max_length=254, required=False, allow_blank=True)


class DecisionMeantBody(Body):
    withholding = Identifier()
    is_the_one = Yes()


class TakeOverBody(Body):
    from_placement = Identifier()


class LettersBody(Body):
    about = Code(choices=Letter.About.choices)
    correspondents = serializers.ListField(child=Identifier(), min_length=1, max_length=100)


class ManyLettersBody(Body):
    about = Code(choices=Letter.About.choices)
    placements = serializers.ListField(child=Identifier(), min_length=1, max_length=jobs.CHILDREN_AT_ONCE)


class LetterFactBody(Body):
    fact = Code(choices=FACTS)
    on = Day()
    done_by = Text(max_length=200, required=False, allow_blank=True)


class CorrectionBody(Body):
    correction = Text(max_length=LONG, help_text="A sentence to the reader: what was wrong")


class OnTheList(Resource):
    """Addresses about one correspondent who still stands on the list."""

    subject_kind = "correspondent"
    answer_class = CorrespondentAnswer
    operations = {"POST": "letters.list"}

    def rows(self):
        return Correspondent.objects.filter(removed_at=None)


class Correspondents(OfPlacement, ListResource):
    operations = {"GET": "letters.list", "POST": "letters.list"}
    subject_kind = "correspondent"
    answer_class = CorrespondentAnswer
    body_class = CorrespondentBody
    creates = True

    def rows(self):
        return Correspondent.objects.filter(placement_id=self.placement().id).order_by("recorded_at", "id")

    @once
    def post(self, request, **kwargs):
        said = self.read_body() | {"by": self.actor, "at": clock.now()}
        return self.tell(correspondents.add(placement_id=self.placement().id, **said))


class TakeOver(OfPlacement):
    """Fill an empty list from the one of another placement of the child; it tells the first line."""

    operations = {"POST": "letters.list"}
    subject_kind = "correspondent"
    answer_class = CorrespondentAnswer
    body_class = TakeOverBody

    @once
    def post(self, request, **kwargs):
        source = self.read_body()["from_placement"]
        arguments = {"from_placement_id": source, "by": self.actor, "at": clock.now()}
        taken = correspondents.take_over(placement_id=self.placement().id, **arguments)
        return self.tell(taken[0])


class RemoveCorrespondent(OnTheList):
    body_class = Body

    @once
    def post(self, request, **kwargs):
        self.read_body()
        return self.tell(correspondents.remove(correspondent_id=self.found().id, by=self.actor, at=clock.now()))


class SayAbout(OnTheList):
    """Whether a decision to withhold is about this person."""

    body_class = DecisionMeantBody

    @once
    def post(self, request, **kwargs):
        asked, found = self.read_body(), self.found()
        correspondents.say_about(
            correspondent_id=found.id,
            withholding_id=asked["withholding"],
            is_the_one=asked["is_the_one"],
            by=self.actor,
            at=clock.now(),
        )
        return self.tell(found)


class AboutLetters(Resource):
    subject_kind = "letter"
    answer_class = LetterAnswer

    def rows(self):
        return Letter.objects.defer("content", "html").prefetch_related("facts").order_by("composed_at", "id")


class Letters(OfPlacement, AboutLetters, ListResource):
    operations = {"GET": "letters.read", "POST": "letters.prepare"}
    body_class = LettersBody
    creates = True

    def rows(self):
        return super().rows().filter(placement_id=self.placement().id)

    @once
    def post(self, request, **kwargs):
        """The letters to those who are named; it tells the first, and all of them have its batch."""
        asked = self.read_body()
        made = prepare.prepare(
            placement_id=self.placement().id,
            about=asked["about"],
            correspondent_ids=asked["correspondents"],
            by=self.actor,
            at=clock.now(),
        )
        return self.tell(made[0])


class AboutManyLetters(Resource):
    subject_kind = "letter_job"
    answer_class = ManyLettersAnswer

    def rows(self):
        return LetterJob.objects.defer("content")


class ManyLetters(AboutManyLetters):
    operations = {"POST": "letters.prepare_many"}
    body_class = ManyLettersBody
    creates = True

    @once
    def post(self, request, **kwargs):
        asked = self.read_body()
        job = jobs.ask(placement_ids=asked["placements"], about=asked["about"], by=self.actor, at=clock.now())
        return self.tell(job)


class LettersOfMany(AboutManyLetters, ItemResource):
    operations = {"GET": "letters.prepare_many"}


class LetterFacts(AboutLetters):
    operations = {"POST": "letters.mark"}
    body_class = LetterFactBody

    @once
    def post(self, request, **kwargs):
        said = self.read_body() | {"by": self.actor, "at": clock.now()}
        given.mark(letter_ids=[self.found().id], **said)
        return self.tell(self.found())


class CorrectLetter(AboutLetters):
    operations = {"POST": "letters.prepare"}
    body_class = CorrectionBody
    creates = True

    @once
    def post(self, request, **kwargs):
        words = self.read_body()["correction"]
        made = prepare.correct(letter_id=self.found().id, correction=words, by=self.actor, at=clock.now())
        return self.tell(made)


class LetterFile(AboutLetters):
    operations = {"GET": "letters.take"}
    answer_class = LetterFileAnswer

    def get(self, request, **kwargs):
        letter = self.found()
        self.subjects = [letter.id]
        content = base64.b64encode(bytes(letter.content)).decode()
        return self.tell_fields({"id": letter.id, "sha256": letter.sha256, "content": content})
