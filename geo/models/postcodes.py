"""Where does a postcode lie, and which authorities may it lie in?"""

import uuid

from django.contrib.gis.db.models import PointField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Func, Q, Value

from geo.models.authorities import Authority

NATIONAL_GRID = 27700


class PostcodeDirectory(models.Model):
    """A postcode directory that was loaded: which, of when, from which file.

    A whole one replaces the whole one before it, and every extract; an extract or a local one (the example's
    invented postcodes) puts its own postcodes over those that stand. `tells_termination`: whether it says which
    postcodes are no longer in use; else that is not known.
    """

    class Kind(models.TextChoices):
        WHOLE = "whole", "The whole of the United Kingdom"
        EXTRACT = "extract", "An extract"
        LOCAL = "local", "Local postcodes"

    id = models.SmallAutoField(primary_key=True)
    name = models.TextField()
    edition = models.TextField()
    source = models.TextField()
    kind = models.TextField(choices=Kind)
    tells_termination = models.BooleanField()
    sha256 = models.TextField()
    rows = models.PositiveIntegerField()
    loaded_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "postcode directories"
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind="whole", replaced_at__isnull=True),
                name="postcode_directory_one_whole_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.edition}"


class Postcode(models.Model):
    """A postcode as a directory delivers it: metres east and north as printed there, never re-projected.

    No row refers to this table, because loading a directory replaces it (geo/importers/postcodes.py). Northern
    Ireland's numbers are on the Irish Grid (EPSG:29903) and have no point. `quality` is ONS's positional quality of the
    point, where the directory delivers it (geo/reach.py).
    """

    postcode = models.CharField(max_length=8, primary_key=True, db_collation="C")
    directory = models.ForeignKey(PostcodeDirectory, on_delete=models.PROTECT, db_index=False)
    district_code = models.TextField()
    easting = models.IntegerField(null=True)
    northing = models.IntegerField(null=True)
    irish_easting = models.IntegerField(null=True)
    irish_northing = models.IntegerField(null=True)
    terminated_on = models.DateField(null=True)
    quality = models.PositiveSmallIntegerField(null=True)
    point = models.GeneratedField(
        expression=Func(
            Func("easting", "northing", function="ST_MakePoint"), Value(NATIONAL_GRID), function="ST_SetSRID"
        ),
        output_field=PointField(srid=NATIONAL_GRID, spatial_index=False, null=True),
        db_persist=True,
    )

    class Meta:
        indexes = [GistIndex(fields=["point"], name="postcode_point")]
        constraints = [
            models.CheckConstraint(
                condition=Q(easting__isnull=True, northing__isnull=True)
                | Q(easting__isnull=False, northing__isnull=False, irish_easting__isnull=True),
                name="postcode_lies_on_one_grid_at_most",
            ),
        ]

    def __str__(self) -> str:
        return self.postcode


class PostcodeCandidate(models.Model):
    """An authority in which some addresses of a postcode lie, where a postcode crosses a boundary."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    postcode = models.CharField(max_length=8, db_collation="C")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    addresses = models.PositiveIntegerField()
    source = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["postcode", "authority"], name="postcode_candidate_once"),
            models.CheckConstraint(condition=Q(addresses__gt=0), name="postcode_candidate_has_addresses"),
        ]

    def __str__(self) -> str:
        return f"{self.postcode}: {self.addresses} addresses"
