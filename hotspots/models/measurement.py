"""How often was the matching wrong, measured on generated data with known truth? Public figures of no authority."""

import uuid

from django.db import models
from django.db.models import F, Q


class Measurement(models.Model):
    """One figure of one run: so many times out of so many. `method` is the version of the matching that was measured.

    `seed` makes the same streets and areas again, and so the same figures; None where it was not kept.
    Written by `bin/manage measure_matching` as the tables' owner; the service only reads it.
    """

    class Ground(models.TextChoices):
        TOWN = "town", "Town: terraces, a house every 8 metres"
        SUBURB = "suburb", "Suburb: a house every 15 metres"
        VILLAGES = "villages", "Villages: a house every 60 metres"
        HILLS = "hills", "Hills: a house every 200 metres"

    class What(models.TextChoices):
        INSIDE_TOLD_OUTSIDE = "inside_told_outside", "An address inside, told to be certainly outside"
        OUTSIDE_TOLD_INSIDE = "outside_told_inside", "Told to be certainly inside, and outside"
        INSIDE_TOLD_POSSIBLY = "inside_told_possibly", "An address inside, told to be possibly inside"
        NEAR_TOLD_NOTHING = "near_told_nothing", "An address within 1,000 metres, told that nothing is near"
        FAR_TOLD_NEAR = "far_told_near", "Told that something is near, and farther than 1,000 metres"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measured_at = models.DateTimeField()
    method = models.TextField()
    seed = models.PositiveIntegerField(null=True)
    ground = models.TextField(choices=Ground)
    what = models.TextField(choices=What)
    times = models.PositiveIntegerField()
    out_of = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(times__lte=F("out_of")), name="measurement_is_a_part_of_its_whole"),
            models.UniqueConstraint(fields=["measured_at", "ground", "what"], name="measurement_once_a_run"),
        ]

    def __str__(self):
        return f"{self.what}, {self.ground}: {self.times} of {self.out_of}"
