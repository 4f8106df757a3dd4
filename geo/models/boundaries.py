"""Where does a publisher say that an authority ends?"""

import uuid

from django.contrib.gis.db.models import MultiPolygonField, PolygonField
from django.contrib.postgres.indexes import GistIndex
from django.db import models

from geo.models.authorities import Authority
from geo.models.postcodes import NATIONAL_GRID


class BoundaryEdition(models.Model):
    """A set of boundaries of one publisher and date. Only active editions give evidence, and are the ground of the map.

    Compared with the postcode directory of that day: `agreeing` postcodes lie in their own authority's boundary,
    `elsewhere` in another's alone, `nowhere` in none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.TextField()
    edition_on = models.DateField()
    source = models.TextField()
    sha256 = models.TextField(blank=True, default="")
    is_active = models.BooleanField(default=False)
    switched_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    agreeing = models.PositiveIntegerField(default=0)
    elsewhere = models.PositiveIntegerField(default=0)
    nowhere = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "edition_on"], name="boundary_edition_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.edition_on})"

    @property
    def compared(self) -> int:
        """With how many postcodes it was compared."""
        return self.agreeing + self.elsewhere + self.nowhere


class Boundary(models.Model):
    """The area of an authority in one edition, in British National Grid metres as published."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(BoundaryEdition, on_delete=models.PROTECT, related_name="boundaries")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="boundaries")
    shape = MultiPolygonField(srid=NATIONAL_GRID, spatial_index=False)

    class Meta:
        verbose_name_plural = "boundaries"
        indexes = [GistIndex(fields=["shape"], name="boundary_shape")]
        constraints = [models.UniqueConstraint(fields=["edition", "authority"], name="boundary_one_per_edition")]

    def __str__(self) -> str:
        return f"{self.authority_id} in {self.edition_id}"


class BoundaryPiece(models.Model):
    """A boundary cut into small pieces, so that whose ground a point lies on is found without reading a whole coast."""

    id = models.BigAutoField(primary_key=True)
    boundary = models.ForeignKey(Boundary, on_delete=models.CASCADE, related_name="pieces")
    shape = PolygonField(srid=NATIONAL_GRID, spatial_index=False)

    class Meta:
        indexes = [GistIndex(fields=["shape"], name="boundary_piece_shape")]

    def __str__(self) -> str:
        return f"piece of {self.boundary_id}"
