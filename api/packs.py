"""Which inspection packs were asked for, how far are they, and what is one child's story from start to end?"""

import base64

from rest_framework import serializers

from api.closed import Answer, Body, PageQuery
from api.fields import Anything, Code, Day, Identifier, Instant
from api.idempotency import once
from api.resource import ItemResource, ListResource, Resource
from db import clock
from placements.models import Child, PackRequest
from placements.pack import requests, story
from placements.pack.files import as_json


class PackAnswer(Answer):
    id = Identifier()
    starts_on = Day()
    ends_on = Day()
    as_at = Instant()
    purpose = serializers.CharField()
    asked_by = serializers.CharField()
    asked_at = Instant()
    state = serializers.SerializerMethodField(help_text="How far the pack has come, in lower case")
    made_at = Instant(allow_null=True)
    row_count = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField()
    agreed_by = serializers.CharField()
    agreed_at = Instant(allow_null=True)
    expires_at = Instant(allow_null=True)

    def get_state(self, pack: PackRequest) -> str:
        return requests.state_of(pack, clock.now()).name.lower()


class PackFileAnswer(Answer):
    """The zip in base64: the pack, and a file that says whose copy it is."""

    id = Identifier()
    sha256 = serializers.CharField(help_text="Of the pack as it was made, before the copy was marked")
    content = serializers.CharField()


class StoryAnswer(Answer):
    child = serializers.UUIDField()
    as_at = Instant()
    tables = Anything()


class PackBody(Body):
    starts_on = Day()
    ends_on = Day()
    purpose = Code(choices=PackRequest.Purpose.choices)
    as_at = Instant(
        required=False, allow_null=True, default=None, help_text="What was recorded later is not read; now unless given"
    )


class AboutPacks(Resource):
    subject_kind = "pack"
    answer_class = PackAnswer

    def rows(self):
        return requests.packs(self.actor.authority_id)


class Packs(AboutPacks, ListResource):
    operations = {"GET": "packs.read", "POST": "packs.ask"}
    body_class = PackBody
    query_class = PageQuery
    creates = True

    @once
    def post(self, request):
        return self.tell(requests.ask(**self.read_body(), by=self.actor, at=clock.now()))


class PackItem(AboutPacks, ItemResource):
    operations = {"GET": "packs.read"}


class AgreeToPack(AboutPacks):
    operations = {"POST": "packs.agree"}
    body_class = Body

    @once
    def post(self, request, **kwargs):
        self.read_body()
        return self.tell(requests.agree(pack_id=self.found().id, by=self.actor, at=clock.now()))


class PackFile(AboutPacks):
    """Each time that a pack is taken is a line in the log-book, with what it is for."""

    operations = {"GET": "packs.take"}
    answer_class = PackFileAnswer

    def get(self, request, **kwargs):
        pack = self.found()
        copy = requests.take(pack_id=pack.id, by=self.actor, at=clock.now())
        self.subjects = [pack.id]
        content = base64.b64encode(copy).decode()
        return self.tell_fields({"id": pack.id, "sha256": pack.sha256, "content": content})


class Story(Resource):
    """What happened to one child, both authorities, by when it happened; of a closed address it tells nobody more."""

    operations = {"GET": "children.story"}
    subject_kind = "child"
    answer_class = StoryAnswer

    def rows(self):
        return Child.objects.all()

    def get(self, request, **kwargs):
        child, at = self.found(), clock.now()
        self.subjects = [child.id]
        tables = [as_json(one) for one in story.of([child], as_at=at)]
        return self.tell_fields({"child": child.id, "as_at": at, "tables": tables})
