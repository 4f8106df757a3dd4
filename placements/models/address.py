"""At which address is a placement, and who may know it? A restricted address is a record apart (security R18)."""

from django.conf import settings
from django.contrib.gis.db.models import PointField
from django.db import models
from django.db.models import F, Q

from placements.models.owned import Owned
from placements.models.placement import Placement


class PlacementAddress(Owned):
    """The address of a placement that is not restricted, with the child's home postcode and both points (EPSG:27700)."""

    placement = models.OneToOneField(Placement, on_delete=models.PROTECT, related_name="address")
    line = models.TextField(blank=True)
    postcode = models.TextField(blank=True)
    point = PointField(srid=27700, null=True)
    home_postcode = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "placement addresses"

    def __str__(self):
        return f"address of {self.placement_id}"


class RestrictedAddress(Owned):
    """An address that nobody without a named grant gets, nor its point, nor anything that gives it away.

    `sealed` is encrypted JSON: line, postcode, home postcode, easting, northing, URN.
    """

    placement = models.OneToOneField(Placement, on_delete=models.PROTECT, related_name="restricted_address")
    sealed = models.BinaryField()

    class Meta:
        verbose_name_plural = "restricted addresses"

    def __str__(self):
        return f"restricted address of {self.placement_id}"


class AddressGrant(Owned):
    """That one person may read one placement's restricted address, from an instant until an instant, and why.

    `ended_why` says why it was taken back; a grant that ran out by itself has none.
    """

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="address_grants")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    reason = models.TextField()
    given_by = models.TextField()
    ended_by = models.TextField(blank=True)
    ended_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="address_grant_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="address_grant_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(ended_by="", ended_why="") | Q(ends_at__isnull=False) & ~Q(ended_by="") & ~Q(ended_why=""),
                name="address_grant_taken_back_with_its_reason",
            ),
        ]
        indexes = [models.Index(fields=["placement", "person"], name="address_grant_of_person")]

    def __str__(self):
        return f"grant on {self.placement_id}"
