"""What was passed on of what others shared, to whom, and with whose yes; and what was taken back by its owner?"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from placements.models.owned import Owned
from placements.models.placement import Placement
from placements.models.verdict import Screening


class AskedToPassOn(Owned):
    """About which placement an owner was asked whether something may be passed on. The owner never reads it."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="+")
    question = models.OneToOneField("hotspots.PassingOn", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "asked to pass on"

    def __str__(self):
        return f"asked about {self.placement_id}"


class PassedOn(Owned):
    """That sentences of a check left the authority's own workers: in what, to whom, the exact words, and the versions read.

    `questions` are the owners' yeses that it rests on, none where no condition binds. Added to and never changed: a
    recall finds it by its versions.
    """

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="passed_on")
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="+")
    audience = models.TextField()
    output = models.TextField()
    words = models.JSONField()
    versions = ArrayField(models.UUIDField())
    questions = ArrayField(models.UUIDField())
    at = models.DateTimeField()
    by = models.TextField()

    class Meta:
        verbose_name_plural = "passed on"

    def __str__(self):
        return f"passed on {self.at:%Y-%m-%d %H:%M}"


class RecalledHere(Owned):
    """That an owner took back versions which this authority may have read: from then on, whatever used them is listed.

    `source` is the document by which it was told, or the owner's own recall.
    """

    owner = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    source = models.UUIDField(unique=True)
    is_correction = models.BooleanField(default=False)
    versions = ArrayField(models.UUIDField())
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "recalled here"

    def __str__(self):
        return f"recalled {self.at:%Y-%m-%d %H:%M}"
