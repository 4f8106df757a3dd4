"""Who does another's work while they are away?"""

from uuid import UUID

from rest_framework import serializers

from accounts import cover
from accounts.models import Membership
from api.closed import Answer, Body, PageQuery, ordering_of
from api.fields import Day, Identifier, Instant
from api.idempotency import once
from api.resource import ItemResource, ListResource, Resource
from db import clock


class CoverAnswer(Answer):
    id = Identifier()
    person = serializers.UUIDField(source="person_id")
    person_name = serializers.CharField(source="person.name")
    covered_by = serializers.UUIDField(source="covered_by_id")
    covered_by_name = serializers.CharField(source="covered_by.name")
    starts_on = Day()
    ends_on = Day(help_text="The first day on which the cover no longer runs")
    set_at = Instant()
    set_by = serializers.CharField()
    ended_at = Instant(allow_null=True)
    ended_by = serializers.CharField()


class CoverBody(Body):
    person = Identifier(required=False, help_text="Who is away; oneself where it is left out")
    covered_by = Identifier(help_text="Who does the work meanwhile")
    starts_on = Day()
    ends_on = Day(help_text="The first day on which the cover no longer runs")


class CoverQuery(PageQuery):
    ordering = ordering_of("starts_on")


class AboutCovers(Resource):
    subject_kind = "cover"
    answer_class = CoverAnswer

    def rows(self):
        return cover.visible_to(self.actor)


class Covers(AboutCovers, ListResource):
    operations = {"GET": "covers.read", "POST": "covers.set"}
    body_class = CoverBody
    query_class = CoverQuery
    creates = True

    @once
    def post(self, request):
        asked = self.read_body()
        people = {"person_id": asked.pop("person", self.actor.person_id), "covered_by_id": asked.pop("covered_by")}
        for person_id in people.values():
            of_ours(self, person_id)
        made = cover.set_cover(**people, **asked, by=self.actor, at=clock.now())
        return self.tell(self.get_queryset().get(id=made.id))


class CoverItem(AboutCovers, ItemResource):
    operations = {"GET": "covers.read"}


class EndCover(AboutCovers):
    operations = {"POST": "covers.set"}
    body_class = Body

    @once
    def post(self, request, **kwargs):
        self.read_body()
        cover.end_cover(cover_id=self.found().id, by=self.actor, at=clock.now())
        return self.tell(self.found())


def of_ours(view: Resource, person_id: UUID) -> None:
    """A person whom a body names is, or was, one of the authority's; anybody else is not there to be named."""
    if not view.scoped(Membership.objects.filter(user_id=person_id)).exists():
        raise Membership.DoesNotExist
