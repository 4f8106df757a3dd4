"""How many places did somebody ask about on a day, without a registered placement behind the question?"""

import uuid

from django.db import models
from django.db.models import Q


class Asking(models.Model):
    """One question about places: who asked, on which London day, about how many. Added to, never changed.

    `asker` is the person's or the system's own id, empty for the operator. Where was asked is not kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    asker = models.UUIDField(null=True)
    on = models.DateField()
    places = models.PositiveIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(places__gt=0), name="asking_is_about_a_place")]
        indexes = [models.Index(fields=["authority", "on"], name="asking_by_day")]

    def __str__(self):
        return f"{self.places} places on {self.on}"
