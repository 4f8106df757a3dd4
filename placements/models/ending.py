"""How and when does a placement end, and why was somebody not told of it before?"""

from django.db import models
from django.db.models import Q

from placements.models.owned import Owned
from placements.models.placement import Placement
from placements.rules.ending import HowEnded


class Ending(Owned):
    """What is known of an ending, as far as reg. 14 asks; a newer row supersedes it.

    `planned_on` is the day for which an ending without a move is planned; a move is planned as the next placement.
    `why_not_before` is the recorded reason why it was not reasonably practicable to tell people before it.
    """

    class How(models.TextChoices):
        BY_US = HowEnded.BY_US.value, "We end it: a move, or another decision of ours"
        IMMEDIATE_RISK = HowEnded.IMMEDIATE_RISK.value, "Immediate risk of significant harm, or to protect others"
        PARENTS_NOT_CONFIRMED = HowEnded.PARENTS_NOT_CONFIRMED.value, "A placement with parents was not confirmed"
        EMERGENCY_FOSTERING_OVER = HowEnded.EMERGENCY_FOSTERING_OVER.value, "An emergency foster placement ran out"
        TEMPORARY_APPROVAL_OVER = HowEnded.TEMPORARY_APPROVAL_OVER.value, "A carer’s temporary approval ended"
        INTO_OTHER_ARRANGEMENTS = HowEnded.INTO_OTHER_ARRANGEMENTS.value, "A move into other arrangements (s. 22D)"
        AGE_18 = HowEnded.AGE_18.value, "The child is 18"
        ADOPTION = HowEnded.ADOPTION.value, "The child is adopted"
        COURT = HowEnded.COURT.value, "A court ended it"
        TAKEN_HOME = HowEnded.TAKEN_HOME.value, "A parent ended it"
        NOT_KNOWN = HowEnded.NOT_KNOWN.value, "Not known yet"

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="endings")
    how = models.TextField(choices=How)
    planned_on = models.DateField(null=True)
    why_not_before = models.TextField(blank=True)
    decided_by = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["placement"], condition=Q(superseded_at=None), name="ending_one_current_per_placement"
            ),
            models.CheckConstraint(
                condition=Q(why_not_before="", decided_by="", decided_on=None)
                | ~Q(why_not_before="") & ~Q(decided_by="") & Q(decided_on__isnull=False),
                name="ending_not_told_before_has_reason_and_decider",
            ),
        ]

    def __str__(self):
        return f"ending of {self.placement_id}"
