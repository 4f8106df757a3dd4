"""Which children does the authority look after?"""

from rest_framework import serializers

from api.closed import Answer, Body, PageQuery, ordering_of
from api.fields import Code, Day, Identifier, Instant, Text, Yes
from api.idempotency import once
from api.resource import ItemResource, ListResource, Resource
from db import clock
from placements import queries
from placements.actions.children import register_child
from placements.actions.identify import identify_child
from placements.code_labels import labels
from placements.models import Child


class ChildAnswer(Answer):
    id = Identifier()
    reference = serializers.CharField()
    given_name = serializers.CharField()
    family_name = serializers.CharField()
    born_on = Day()
    is_born_on_estimated = serializers.BooleanField()
    sex = serializers.CharField()
    recorded_at = Instant()


class ChildBody(Body):
    reference = Text(max_length=50, help_text="The authority's own id for the child")
    given_name = Text(allow_blank=True)
    family_name = Text(allow_blank=True)
    born_on = Day()
    is_born_on_estimated = Yes(default=False)
    sex = Code(choices=Child.Sex.choices, default=Child.Sex.UNKNOWN)
    looked_after_since = Day(required=False)
    legal_status = Code(choices=list(labels("legal_status").items()), required=False)


class ChildQuery(PageQuery):
    reference = Text(required=False)
    ordering = ordering_of("reference", "born_on")


class Children(ListResource):
    operations = {"GET": "children.read", "POST": "children.register"}
    subject_kind = "child"
    answer_class = ChildAnswer
    body_class = ChildBody
    query_class = ChildQuery
    creates = True

    def rows(self):
        return queries.children()

    def filtered(self):
        rows = self.get_queryset()
        return rows.filter(reference=self.query["reference"]) if "reference" in self.query else rows

    @once
    def post(self, request):
        return self.tell(register_child(**self.read_body(), by=self.actor, at=clock.now()))


class ChildItem(ItemResource):
    operations = {"GET": "children.read"}
    subject_kind = "child"
    answer_class = ChildAnswer

    def rows(self):
        return Child.objects.all()


class Identify(Resource):
    """Who a child is that was registered in an emergency under a provisional reference."""

    operations = {"POST": "children.identify"}
    subject_kind = "child"
    answer_class = ChildAnswer
    body_class = ChildBody

    def rows(self):
        return Child.objects.all()

    @once
    def post(self, request, **kwargs):
        said = self.read_body() | {"by": self.actor, "at": clock.now()}
        return self.tell(identify_child(child_id=self.found().id, **said))
