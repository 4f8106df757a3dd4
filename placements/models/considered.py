"""What was gathered before somebody decided: which places were asked and why not, and evidence, item by item?"""

from django.db import models
from django.db.models import Q

from placements.models.approval import Approval
from placements.models.owned import Owned
from placements.models.placement import Placement


class PlaceTried(Owned):
    """A place, or whoever offers places, that was asked before this one, and why it was not that; never told to a host.

    Added to only. `asked_on` is null where nobody remembers the day.
    """

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="places_tried")
    place = models.TextField()
    why_not = models.TextField()
    asked_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()

    class Meta:
        verbose_name_plural = "places tried"
        constraints = [
            models.CheckConstraint(condition=~Q(place=""), name="place_tried_is_named"),
            models.CheckConstraint(condition=~Q(why_not=""), name="place_tried_says_why_not"),
        ]
        indexes = [models.Index(fields=["placement", "recorded_at"], name="place_tried_of_placement")]

    def __str__(self):
        return f"a place tried for {self.placement_id}"


class GatheredEvidence(Owned):
    """Evidence for one thing that an approver must be satisfied of, or the reason why there is none; before the decision.

    It belongs to the approval that is asked: what was gathered about another place does not carry over.
    """

    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="gathered")
    code = models.TextField()
    evidence = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "gathered evidence"
        constraints = [
            models.UniqueConstraint(
                fields=["approval", "code"], condition=Q(superseded_at=None), name="evidence_one_current_per_item"
            ),
            models.CheckConstraint(
                condition=Q(evidence="") & ~Q(reason="") | ~Q(evidence="") & Q(reason=""),
                name="evidence_or_a_reason_never_both",
            ),
        ]

    def __str__(self):
        return f"evidence for {self.code}"
