"""Which approvals does a placement need, how do they stand, and how is a decision given, recorded and confirmed?"""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.closed import Answer, Body, NoBody
from api.fields import Code, Identifier, Instant, Text, Yes
from api.idempotency import once
from api.resource import ItemResource, ListResource, Resource
from db import clock
from placements.actions.approvals import confirm, decide
from placements.actions.considered import gather
from placements.approving import approvals
from placements.exceptions import UnreadableField
from placements.models import Approval, Placement
from placements.place import grants
from placements.rules.satisfied_of import Answer as Satisfied

MOST_WORDS = 4_000
MOST_ITEMS = 10


class ApprovalAnswer(Answer):
    """One approval: asked of whom, decided by whom, and each thing to be satisfied of with its standing.

    The items are those of the decision; until then as they stand now. Of a closed address they are told only to a
    person with a grant: they name the authority in whose area it lies.
    """

    id = Identifier()
    placement = serializers.UUIDField(source="placement_id")
    under = serializers.CharField()
    grade = serializers.SerializerMethodField()
    requested_at = Instant()
    requested_by = serializers.CharField()
    decision = serializers.CharField()
    decided_as = serializers.SerializerMethodField()
    decided_by = serializers.CharField()
    is_deputy = serializers.BooleanField()
    decided_at = Instant(allow_null=True)
    recorded_at = Instant(allow_null=True)
    recorded_by = serializers.CharField()
    is_by_telephone = serializers.BooleanField()
    confirmed_at = Instant(allow_null=True)
    words = serializers.CharField()
    items = serializers.SerializerMethodField()
    superseded_at = Instant(allow_null=True)

    def get_grade(self, approval: Approval) -> str:
        """Who decides says how far away a place lies: blank about a closed address without a grant."""
        return approval.grade if self._is_told(approval) else ""

    def get_decided_as(self, approval: Approval) -> str:
        return approval.decided_as if self._is_told(approval) else ""

    def _is_told(self, approval: Approval) -> bool:
        placement = approval.placement
        return not placement.is_restricted or placement.id in self.context["view"].granted

    @extend_schema_field({"type": "array", "items": {}})
    def get_items(self, approval: Approval) -> list:
        if not self._is_told(approval):
            return []
        if approval.decision or approval.superseded_at:
            return approval.items
        return [item.as_dict() for item in approvals.items(approval, {}, at=clock.now())]


class ItemBody(Body):
    code = Text(help_text="The code of the requirement, as the items of the approval name it")
    evidence = Text(max_length=MOST_WORDS, required=False, allow_blank=True, default="")
    reason = Text(max_length=MOST_WORDS, required=False, allow_blank=True, default="")


class DecideBody(Body):
    decision = Code(choices=Approval.Decision.choices)
    answers = ItemBody(many=True, required=False, max_length=MOST_ITEMS)
    words = Text(
        max_length=MOST_WORDS, required=False, allow_blank=True, default="", help_text="Needed where it is declined"
    )


class RecordBody(DecideBody):
    decider = Identifier(source="decider_id", help_text="The person who decided")
    decided_at = Instant(help_text="When they decided; when it is recorded is now")
    is_by_telephone = Yes(default=True)


class GatherBody(Body):
    """Evidence, or the reason why there is none; items that are not named stay as they are."""

    answers = ItemBody(many=True, max_length=MOST_ITEMS)


class AboutApprovals(Resource):
    subject_kind = "approval"
    answer_class = ApprovalAnswer

    def rows(self):
        rows = Approval.objects.select_related("placement__child", "placement__authority")
        return rows.order_by("-requested_at", "grade", "under", "id")

    def prepare(self, rows):
        self.granted = grants.held([row.placement for row in rows], by=self.actor, at=clock.now())

    def decide(self):
        """Decide an approval within scope by the action."""
        given = self.read_body()
        approval = self.found()
        answers = _answers(given.pop("answers", []))
        decide(approval_id=approval.id, answers=answers, **given, by=self.actor, at=clock.now())
        return self.tell(self.found())


class ApprovalsOfPlacement(AboutApprovals, ListResource):
    operations = {"GET": "approvals.read"}

    def filtered(self):
        placement = self.scoped(Placement.objects.filter(superseded_at=None)).get(id=self.kwargs["id"])
        return self.get_queryset().filter(placement=placement)


class ApprovalItem(AboutApprovals, ItemResource):
    operations = {"GET": "approvals.read"}


class Gather(AboutApprovals):
    operations = {"POST": "approvals.gather"}
    body_class = GatherBody

    @once
    def post(self, request, **kwargs):
        answers = _answers(self.read_body()["answers"])
        gather(approval_id=self.found().id, answers=answers, by=self.actor, at=clock.now())
        return self.tell(self.found())


class Decide(AboutApprovals):
    operations = {"POST": "approvals.decide"}
    body_class = DecideBody

    @once
    def post(self, request, **kwargs):
        return self.decide()


class Record(AboutApprovals):
    operations = {"POST": "approvals.record"}
    body_class = RecordBody

    @once
    def post(self, request, **kwargs):
        return self.decide()


class Confirm(AboutApprovals):
    operations = {"POST": "approvals.confirm"}
    body_class = NoBody

    @once
    def post(self, request, **kwargs):
        self.read_body()
        confirm(approval_id=self.found().id, by=self.actor, at=clock.now())
        return self.tell(self.found())


def _answers(given: list[dict]) -> dict[str, Satisfied]:
    answers = {one["code"]: Satisfied(evidence=one["evidence"], reason=one["reason"]) for one in given}
    if len(answers) < len(given):
        raise UnreadableField("answers", "One requirement stands here twice: answer it once.")
    return answers
