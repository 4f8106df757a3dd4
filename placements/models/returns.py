"""What did the SSDA903 return say? Every row as it was delivered; placements are derived from it, nothing is dropped.

The columns keep the return's own names: this is its border.
"""

from django.db import models
from django.db.models import Q

from placements.models.child import Child
from placements.models.owned import Owned
from placements.models.placement import Placement


class Return(Owned):
    """One import of a collection year; a corrected file of the same year supersedes it."""

    collection_year = models.TextField()
    sha256 = models.TextField()
    rows = models.JSONField()
    imported_at = models.DateTimeField()
    imported_by = models.TextField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "collection_year"],
                condition=Q(superseded_at=None),
                name="return_one_current_per_year",
            )
        ]

    def __str__(self):
        return f"{self.collection_year} of {self.authority_id}"


class DeliveredRow(models.Model):
    """A row of a file of a return: which import, which line."""

    id = models.BigAutoField(primary_key=True)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    delivered_in = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveIntegerField()
    child = models.TextField()

    class Meta:
        abstract = True

    def __str__(self):
        return f"line {self.line}"


class DeliveredHeader(DeliveredRow):
    """A row of Header.csv."""

    sex = models.TextField()
    dob = models.TextField()
    ethnic = models.TextField()
    upn = models.TextField()
    mother = models.TextField()
    mc_dob = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivered_in", "child"], name="delivered_header_once")]


class Episode(DeliveredRow):
    """A row of Episodes.csv as delivered, with its two dates read and the placement derived from it.

    In a row with a restricted address PL_POST and URN are blank here and sealed in a RestrictedEpisode.
    """

    decom = models.TextField()
    rne = models.TextField()
    ls = models.TextField()
    cin = models.TextField()
    place = models.TextField()
    place_provider = models.TextField()
    dec = models.TextField()
    rec = models.TextField()
    reason_place_change = models.TextField()
    home_post = models.TextField()
    pl_post = models.TextField()
    urn = models.TextField()
    decom_on = models.DateField()
    dec_on = models.DateField(null=True)
    is_restricted = models.BooleanField(default=False)
    register_child = models.ForeignKey(Child, on_delete=models.PROTECT, null=True, related_name="episodes")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, null=True, related_name="episodes")

    class Meta:
        indexes = [
            models.Index(fields=["delivered_in", "line"], name="episode_in_delivered_order"),
            models.Index(fields=["authority", "child", "decom_on"], name="episode_of_child"),
        ]


class RestrictedEpisode(models.Model):
    """PL_POST and URN of an episode whose address is restricted, encrypted."""

    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, primary_key=True, related_name="restricted")
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, null=True, related_name="+")
    sealed = models.BinaryField()

    def __str__(self):
        return f"restricted columns of episode {self.episode_id}"


class DeliveredMissing(DeliveredRow):
    """A row of Missing.csv."""

    dob = models.TextField()
    missing = models.TextField()
    mis_start = models.TextField()
    mis_end = models.TextField()


class DeliveredUnaccompanied(DeliveredRow):
    """A row of UASC.csv."""

    sex = models.TextField()
    dob = models.TextField()
    duc = models.TextField()
