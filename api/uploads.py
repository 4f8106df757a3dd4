"""How does a system send a file of areas of concern, see what it would do, and bring it in or drop it?"""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.exceptions import UnsupportedMediaType

from api.closed import Answer, Body, PageQuery, Query
from api.fields import Code, Identifier, Instant, Text, Whole
from api.hotspot_changes import SRIDS, AfterPreview
from api.idempotency import once
from api.passing_on import EffectAnswer
from api.resource import ItemResource, ListResource, Resource
from db import clock
from hotspots import actions
from hotspots.files import uploads
from hotspots.models import Share, Upload
from placements.overlay import effect
from placements.overlay.publishing import publish_after

FILE = "application/octet-stream"
# What systems call the formats; what a file is, its bytes say.
TAKEN = (
    FILE,
    "application/json",
    "application/geo+json",
    "application/vnd.google-earth.kml+xml",
    "application/vnd.google-earth.kmz",
    "application/geopackage+sqlite3",
    "application/zip",
)


class WouldAnswer(serializers.Serializer):
    """What a file would do, or did: the owner's references, and how many areas stay as they are."""

    added = serializers.ListField(child=serializers.CharField())
    changed = serializers.ListField(child=serializers.CharField())
    unchanged = serializers.IntegerField()
    notes = serializers.ListField(child=serializers.CharField(), help_text="Rows left out, heights left out, and why")


class RefusedAnswer(serializers.Serializer):
    """Why a large file was not taken, or not brought in."""

    sentence = serializers.CharField()
    code = serializers.CharField()
    rows = serializers.ListField(child=serializers.CharField(), help_text="Each bad row by its number, and why")


class UploadAnswer(Answer):
    """A large file is worked on while its state is `reading` or `bringing_in`: ask again. `would` is null until it was read."""

    id = Identifier()
    name = serializers.CharField()
    srid = serializers.IntegerField(allow_null=True)
    size = serializers.IntegerField(help_text="Bytes")
    sha256 = serializers.CharField()
    state = serializers.CharField()
    rows = serializers.IntegerField(allow_null=True, help_text="How many rows a large file holds")
    rows_read = serializers.IntegerField(allow_null=True, help_text="How many of them have been looked at")
    would = WouldAnswer(allow_null=True)
    refused = RefusedAnswer(allow_null=True)
    received_at = Instant()
    received_by = serializers.CharField()
    done_at = Instant(allow_null=True)
    done_by = serializers.CharField()


class UploadEffectAnswer(EffectAnswer):
    own = serializers.IntegerField(allow_null=True)
    of_partners = serializers.ChoiceField(choices=[one.value for one in effect.OfPartners], allow_null=True)
    preview = serializers.UUIDField(
        source="preview_id", allow_null=True, help_text="What is published after it may name it, once"
    )


class UploadQuery(PageQuery):
    state = Code(choices=Upload.State.choices, required=False)


class FileQuery(Query):
    name = Text(max_length=200, required=False, help_text="What the sender calls the file")
    srid = Code(choices=SRIDS, required=False, help_text="What the numbers are (EPSG), where the file does not say so")


class BringInBody(Body):
    """With `is_published` or partners new areas count at once; else they are drafts. Partners need an agreement."""

    is_published = serializers.BooleanField(default=False)
    partners = serializers.ListField(child=Identifier(), max_length=400, required=False)
    level = Code(choices=Share.Level.choices, default=Share.Level.PROXIMITY.value)
    distance_metres = Whole(min_value=100, max_value=20_000, default=actions.DEFAULT_DISTANCE_METRES)


class PublishedBringInBody(BringInBody):
    preview = AfterPreview()


class AboutUploads(Resource):
    subject_kind = "upload"
    answer_class = UploadAnswer

    def rows(self):
        return Upload.objects.defer("content").order_by("-received_at", "id")


class Uploads(AboutUploads, ListResource):
    """The body is the file itself, at most 64 MiB, whatever it is called. Over 1 MiB it is read after the answer."""

    operations = {"GET": "uploads.read", "POST": "uploads.receive"}
    query_class = UploadQuery
    body_described = {FILE: OpenApiTypes.BINARY}
    most_body_bytes = uploads.MOST_BYTES
    creates = True

    def queries(self, method):
        return FileQuery if method == "POST" else super().queries(method)

    def filtered(self):
        rows = self.get_queryset()
        return rows.filter(state=self.query["state"]) if "state" in self.query else rows

    @once
    def post(self, request):
        if self.raw_body and request.content_type.partition(";")[0].strip().lower() not in TAKEN:
            raise UnsupportedMediaType(request.content_type)
        srid = self.query.get("srid")
        upload = uploads.receive(
            self.raw_body,
            name=self.query.get("name", ""),
            srid=int(srid) if srid else None,
            by=self.actor,
            at=clock.now(),
        )
        return self.tell(upload)


class UploadItem(AboutUploads, ItemResource):
    operations = {"GET": "uploads.read"}


class UploadEffect(AboutUploads):
    """What bringing the file in so would bring about: of all its areas as one answer.

    Of a large file a worker finds it out, which is asked for with the first request: `own`, `of_partners` and `preview`
    are null until it has. Ask again, with another key, once the file waits.
    """

    operations = {"POST": "previews.ask"}
    answer_class = UploadEffectAnswer
    body_class = BringInBody

    @once
    def post(self, request, **kwargs):
        how, upload = _how(self.read_body()), self.found()
        who = {"by": self.actor, "at": clock.now()}
        self.subjects = [upload.id]
        if not uploads.is_large(upload):
            return self.tell_fields(effect.preview_of_upload(upload.id, how, **who))
        if found := effect.looked_at_today(upload.id, how, **who):
            return self.tell_fields(found)
        asked = uploads.look_ahead(upload.id, how, **who)
        unknown = dict.fromkeys(("own", "of_partners", "preview_id"))
        return self.tell_fields({"sentence": f"{asked.get_state_display()}.", **unknown})


class UploadBringIn(AboutUploads):
    operations = {"POST": "uploads.bring_in"}
    body_class = PublishedBringInBody

    @once
    def post(self, request, **kwargs):
        asked = self.read_body()
        preview_id, how = asked.pop("preview", None), _how(asked)
        upload_id, who = self.found().id, {"by": self.actor, "at": clock.now()}
        publish_after(
            preview_id,
            lambda: effect.question_of_upload(upload_id, how, **who),
            lambda: uploads.bring_in(upload_id, how, **who),
            **who,
        )
        return self.tell(self.found())


class UploadDrop(AboutUploads):
    operations = {"POST": "uploads.drop"}
    body_class = Body

    @once
    def post(self, request, **kwargs):
        self.read_body()
        return self.tell(uploads.drop(self.found().id, by=self.actor, at=clock.now()))


def _how(asked: dict[str, Any]) -> uploads.How:
    return uploads.How(asked["is_published"], asked.get("partners", ()), asked["level"], asked["distance_metres"])
