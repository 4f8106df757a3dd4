"""Which authority's area did somebody choose for a place, and what did a placement's facts say before they changed?"""

from django.db import models
from django.db.models import Q

from placements.models.owned import Owned
from placements.models.placement import Placement


class HostChoice(Owned):
    """That somebody said in whose area a placement lies, where its postcode lies in several: who, when, and between which.

    `candidates` names what there was to choose between, with the evidence for each. Superseded by another choice, or
    taken back: `ended_why` then says how it is known to be wrong. For a restricted placement it gives the place away,
    so only a person with a grant reads it.
    """

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="host_choices")
    host = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    candidates = models.JSONField()
    is_restricted = models.BooleanField(default=False)
    chosen_at = models.DateTimeField()
    chosen_by = models.TextField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(blank=True)
    ended_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["placement"], condition=Q(ended_at=None), name="host_choice_one_current_per_placement"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="", ended_why="")
                | Q(ended_at__isnull=False) & ~Q(ended_by="") & ~Q(ended_why=""),
                name="host_choice_ended_with_its_reason",
            ),
        ]

    def __str__(self):
        return f"host of {self.placement_id} chosen {self.chosen_at:%Y-%m-%d %H:%M}"


class Amendment(Owned):
    """That a placement's facts changed, or had been recorded wrongly: what they said until then, from when, and why.

    `earlier` holds the facts by their names as they stood in `version`; `earlier_place` the address as it stood,
    encrypted and bound to this row, empty where the place did not change. Added to, never changed.
    """

    class Kind(models.TextChoices):
        AMENDED = "amended", "Changed"
        MOVED_HOUSE = "moved_house", "The carer moved house"
        CORRECTED = "corrected", "Corrected"

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="amendments")
    kind = models.TextField(choices=Kind)
    version = models.PositiveIntegerField()
    earlier = models.JSONField()
    earlier_place = models.BinaryField(null=True)
    is_restricted = models.BooleanField(default=False)
    effective_on = models.DateField()
    reason = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="amendment_has_a_reason"),
            models.UniqueConstraint(fields=["placement", "version"], name="amendment_once_per_version"),
        ]

    def __str__(self):
        return f"{self.kind} from version {self.version}"
