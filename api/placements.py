"""Where do the authority's children live, and what may be recorded about it?"""

from django.db.models import Prefetch
from rest_framework import serializers
from rest_framework.response import Response

from api import versions
from api.closed import Answer, Body, PageQuery, ordering_of
from api.fields import Code, Day, Identifier, Instant, Text, Yes
from api.idempotency import once
from api.resource import ItemResource, ListResource, Resource
from db import clock
from placements import queries
from placements.actions import placements as actions
from placements.code_labels import labels
from placements.models import Child, Ending, HostChoice, Placement
from placements.place import grants, places
from placements.place.places import Place

NOWHERE = Place()


class PlacementAnswer(Answer):
    """A restricted address, and whatever gives it away, is told only to a person who holds a grant for it."""

    id = Identifier()
    child = serializers.UUIDField(source="child_id")
    child_reference = serializers.CharField(source="child.reference")
    status = serializers.CharField()
    place_code = serializers.CharField()
    provider_code = serializers.CharField()
    legal_status = serializers.CharField()
    planned_start_on = Day(allow_null=True)
    starts_on = Day(allow_null=True)
    started_at = Instant(allow_null=True)
    ends_on = Day(allow_null=True)
    ended_at = Instant(allow_null=True)
    is_emergency = serializers.BooleanField(allow_null=True)
    is_approved = serializers.BooleanField()
    breach_reason = serializers.CharField()
    is_disputed = serializers.BooleanField()
    is_restricted = serializers.BooleanField()
    source = serializers.CharField()
    version = serializers.IntegerField()
    is_in_key_stage_four = serializers.BooleanField()
    reason_for_distance = serializers.SerializerMethodField()
    why_not_wait = serializers.SerializerMethodField()
    is_address_told = serializers.SerializerMethodField()
    address = serializers.SerializerMethodField()
    postcode = serializers.SerializerMethodField()
    home_postcode = serializers.SerializerMethodField()
    urn = serializers.SerializerMethodField()
    verdict = serializers.SerializerMethodField()
    host_choice = serializers.SerializerMethodField()
    recorded_at = Instant()
    recorded_by = serializers.CharField()

    def get_reason_for_distance(self, placement: Placement) -> str:
        return placement.reason_for_distance if self._is_told(placement) else ""

    def get_why_not_wait(self, placement: Placement) -> str:
        return placement.why_not_wait if self._is_told(placement) else ""

    def get_is_address_told(self, placement: Placement) -> bool:
        return self._is_told(placement)

    def get_address(self, placement: Placement) -> str:
        return self._place(placement).line

    def get_postcode(self, placement: Placement) -> str:
        return self._place(placement).postcode

    def get_home_postcode(self, placement: Placement) -> str:
        return self._place(placement).home_postcode

    def get_urn(self, placement: Placement) -> str:
        return self._place(placement).urn

    def get_verdict(self, placement: Placement) -> dict | None:
        if not (self._is_told(placement) and placement.current_verdicts):
            return None
        verdict = placement.current_verdicts[0]
        host = {"id": str(verdict.host.id), "name": verdict.host.name} if verdict.host else None
        said = {"on": verdict.on.isoformat(), "state": verdict.state, "relation": verdict.relation}
        return {**said, "country": verdict.country, "host": host, "detail": verdict.detail}

    def get_host_choice(self, placement: Placement) -> dict | None:
        if not (self._is_told(placement) and placement.current_host_choices):
            return None
        choice = placement.current_host_choices[0]
        host = {"id": str(choice.host.id), "name": choice.host.name}
        chosen = {"chosen_at": choice.chosen_at.isoformat(), "chosen_by": choice.chosen_by}
        return {"host": host, **chosen, "candidates": choice.candidates}

    def _is_told(self, placement: Placement) -> bool:
        return not placement.is_restricted or placement.id in self.context["view"].granted

    def _place(self, placement: Placement) -> Place:
        return self.context["view"].place_of.get(placement) or NOWHERE


class PlacementQuery(PageQuery):
    status = Code(choices=Placement.Status.choices, required=False)
    child = Identifier(required=False)
    ordering = ordering_of("starts_on", "planned_start_on", "recorded_at")


class MoveBody(Body):
    child = Identifier(source="child_id")
    address = Text(max_length=500, required=False, allow_blank=True, default="")
    postcode = Text(max_length=20, required=False, allow_blank=True, default="")
    home_postcode = Text(max_length=20, required=False, allow_blank=True, default="")
    urn = Text(max_length=20, required=False, allow_blank=True, default="")
    place_code = Code(choices=list(labels("place").items()), required=False)
    provider_code = Code(choices=list(labels("provider").items()), required=False)
    legal_status = Code(choices=list(labels("legal_status").items()), required=False)
    is_restricted = Yes(default=False)


class ProposeBody(MoveBody):
    planned_start_on = Day()
    is_emergency = Yes(default=False)
    why_not_wait = Text(max_length=2000, required=False, allow_blank=True, help_text="Needed in an emergency")
    is_in_key_stage_four = Yes(default=False, help_text="In key stage 4, and the move disrupts that education")
    reason_for_distance = Text(max_length=2000, required=False, allow_blank=True)
    tell_host = Yes(
        required=False,
        help_text="Whether the host is told at once; without it as the law asks: a host at a distance is asked first",
    )


class EmergencyBody(MoveBody):
    started_at = Instant()
    why_not_wait = Text(max_length=2000, required=False, allow_blank=True)


class StartBody(Body):
    started_at = Instant()
    breach_reason = Text(
        max_length=2000, required=False, allow_blank=True, help_text="Needed where an approval is missing or came after"
    )


class EndBody(Body):
    ended_at = Instant()
    how = Code(choices=Ending.How.choices, required=False)


class WithdrawBody(Body):
    reason = Text(max_length=2000)


class AboutPlacements(Resource):
    subject_kind = "placement"
    answer_class = PlacementAnswer
    is_versioned = True

    def rows(self):
        choices = HostChoice.objects.filter(ended_at=None).select_related("host")
        return queries.placements().prefetch_related(
            Prefetch("host_choices", queryset=choices, to_attr="current_host_choices")
        )

    def prepare(self, rows):
        """Which of the rows' addresses this reader may be told, and those addresses."""
        self.granted = grants.held(rows, by=self.actor, at=clock.now())
        told = [row for row in rows if not row.is_restricted or row.id in self.granted]
        self.place_of = places.of_all(told)

    def register(self, action) -> Response:
        """Register a move by an action, for a child within scope."""
        asked = self.read_body()
        place = Place(
            line=asked.pop("address"),
            postcode=asked.pop("postcode"),
            home_postcode=asked.pop("home_postcode"),
            urn=asked.pop("urn"),
        )
        if not self.children().filter(id=asked["child_id"]).exists():
            raise Child.DoesNotExist
        placement = action(**asked, place=place, by=self.actor, at=clock.now())
        return self.tell(self.get_queryset().get(id=placement.id))

    def children(self):
        return self.scoped(Child.objects.all())

    def change(self, action) -> Response:
        """Change a placement within scope by an action, on the version that the caller read."""
        version = versions.asked_for(self.request)
        placement = self.found()
        action(placement_id=placement.id, **self.read_body(), version=version, by=self.actor, at=clock.now())
        return self.tell(self.found())


class Placements(AboutPlacements, ListResource):
    operations = {"GET": "placements.read", "POST": "placements.propose"}
    body_class = ProposeBody
    query_class = PlacementQuery
    is_versioned = False
    creates = True

    def filtered(self):
        rows = self.get_queryset()
        if "status" in self.query:
            rows = rows.filter(status=self.query["status"])
        return rows.filter(child_id=self.query["child"]) if "child" in self.query else rows

    @once
    def post(self, request):
        return self.register(actions.propose)


class EmergencyStart(AboutPlacements):
    operations = {"POST": "placements.start"}
    body_class = EmergencyBody
    is_versioned = False
    creates = True

    @once
    def post(self, request):
        return self.register(actions.record_emergency_start)


class PlacementItem(AboutPlacements, ItemResource):
    operations = {"GET": "placements.read"}


class Start(AboutPlacements):
    operations = {"POST": "placements.start"}
    body_class = StartBody

    @once
    def post(self, request, **kwargs):
        return self.change(actions.start)


class End(AboutPlacements):
    operations = {"POST": "placements.end"}
    body_class = EndBody

    @once
    def post(self, request, **kwargs):
        return self.change(actions.end)


class Withdraw(AboutPlacements):
    operations = {"POST": "placements.withdraw"}
    body_class = WithdrawBody

    @once
    def post(self, request, **kwargs):
        return self.change(actions.withdraw)
