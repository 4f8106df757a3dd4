"""Whose area did a placement lie in, and what was said of the place, as it was worked out at the time?"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from placements.models.owned import Owned
from placements.models.placement import Placement


class Verdict(Owned):
    """The answer of placements.jurisdiction for a placement on a day, as it was given; superseded, never edited.

    For a restricted placement it gives the place away, so only a person with a grant reads it.
    """

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="verdicts")
    on = models.DateField()
    state = models.TextField()
    relation = models.TextField()
    country = models.TextField()
    host = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, null=True, related_name="+")
    detail = models.JSONField(default=dict)
    is_restricted = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["placement"], condition=Q(superseded_at=None), name="verdict_one_current_per_placement"
            )
        ]

    def __str__(self):
        return f"{self.state} on {self.on}"


class ShownScreenings(models.Manager):
    """Screenings that may be shown: those of shadow mode are left out, wherever nobody asks for them by name."""

    def get_queryset(self):
        return super().get_queryset().filter(is_shadow=False)


class Screening(Owned):
    """What the overlay answered for a placement, exactly as it was read then. Immutable.

    `answer` holds one entry an authority around the place: its state (near, nothing_near, stale, shares_nothing) and
    what its levels allow. `versions` are the hotspot versions that were read. `is_shadow`: stored while the authority
    tried the overlay out; shown to nobody, and only `everything` holds it. `fingerprint` stands for all that the answer
    was made of (hotspots/overlay/fingerprints.py); empty for a closed address, which is always asked about anew.
    """

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="screenings")
    at = models.DateTimeField()
    radius_metres = models.PositiveIntegerField()
    answer = models.JSONField()
    versions = ArrayField(models.UUIDField())
    is_restricted = models.BooleanField(default=False)
    is_shadow = models.BooleanField(default=False)
    fingerprint = models.UUIDField(null=True)

    objects = ShownScreenings()
    everything = models.Manager()

    class Meta:
        indexes = [
            models.Index(fields=["placement", "-at"], name="screening_of_placement"),
            GinIndex(fields=["versions"], name="screening_by_version_read"),
        ]

    def __str__(self):
        return f"screening {self.at:%Y-%m-%d %H:%M}"


class CheckedAgain(Owned):
    """That a later check of the place read the very same as a stored one: when. Added to, never changed.

    Never of a closed address.
    """

    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="checked_again")
    at = models.DateTimeField()

    def __str__(self):
        return f"checked again {self.at:%Y-%m-%d %H:%M}"
