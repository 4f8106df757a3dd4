"""Where does a young person live after care, under which power, in whose area?"""

from django.contrib.gis.db.models import PointField
from django.db import models
from django.db.models import F, Q

from placements.models.child import Child
from placements.models.owned import Owned


class Home(Owned):
    """Where somebody lives from a day until a day (half-open); superseded, never edited.

    While looked after, placements tell that; from 18 or leaving care, these rows do. `power` is the section of the
    Children Act 1989 under which we provide it. `area` is the authority whose area it is, empty where nobody knows.
    The same address under another power is a row of its own.
    """

    class Power(models.TextChoices):
        S23B = "s23B", "Provided by us under section 23B"
        S24B = "s24B", "Provided by us with section 24B help"
        S23C = "s23C", "Provided by us under section 23C"
        THEIR_OWN = "their_own", "Their own, or not provided by us"
        NOT_KNOWN = "not_known", "Not known yet"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="homes_after_care")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    line = models.TextField(blank=True)
    postcode = models.TextField(blank=True)
    point = PointField(srid=27700, null=True)
    area = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, null=True, related_name="+")
    why_this_area = models.TextField(blank=True)
    power = models.TextField(choices=Power, default=Power.NOT_KNOWN)
    is_foster_home = models.BooleanField(default=False)
    how_they_are = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["child", "starts_on"], condition=Q(superseded_at=None), name="home_after_care_of_child"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="home_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["child"],
                condition=Q(superseded_at=None, ends_on=None),
                name="home_one_at_a_time",
            ),
        ]

    def __str__(self):
        return f"home from {self.starts_on}"
