"""What public facts about the ground does Placewatch keep? The service reads these tables; only loaders write them.

Dated ranges are half-open: `ends_on` is the first day that no longer belongs, null means "not ended", and a null
`starts_on` means "as far back as this table reaches". How each table is read: geo/ground.py.
"""

import uuid

from django.contrib.gis.db.models import MultiPolygonField, PointField, PolygonField
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Func, Q, Value

NATIONAL_GRID = 27700


def days_held() -> Func:
    """The half-open range of days of a dated row, for exclusion constraints."""
    return Func(F("starts_on"), F("ends_on"), function="daterange", output_field=DateRangeField())


def ends_after_start(name: str) -> models.CheckConstraint:
    """A dated row lasts at least a day."""
    return models.CheckConstraint(
        condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name=name
    )


class Country(models.TextChoices):
    """The countries whose postcodes a directory of the Office for National Statistics holds."""

    ENGLAND = "england", "England"
    WALES = "wales", "Wales"
    SCOTLAND = "scotland", "Scotland"
    NORTHERN_IRELAND = "northern_ireland", "Northern Ireland"
    CROWN_DEPENDENCY = "crown_dependency", "Crown dependency (Isle of Man or Channel Islands)"


class Authority(models.Model):
    """A council with children's services duties (in Wales, Scotland and Northern Ireland: its counterpart).

    Known by a uuid made from its slug, the same in every installation; codes are dated aliases (AuthorityCode).
    A change of code is the same authority; a Succession is new ones. `adjoining_reviewed_on` is the day on which
    its list of adjoining authorities was last reviewed whole: null means that a missing pair says nothing.
    """

    class Kind(models.TextChoices):
        UNITARY = "unitary", "Unitary authority"
        METROPOLITAN_DISTRICT = "metropolitan_district", "Metropolitan district"
        LONDON_BOROUGH = "london_borough", "London borough"
        CITY_OF_LONDON = "city_of_london", "City of London Corporation"
        SHIRE_COUNTY = "shire_county", "County council"
        ISLES_OF_SCILLY = "isles_of_scilly", "Council of the Isles of Scilly"
        PRINCIPAL_AREA = "principal_area", "Principal area (Wales)"
        COUNCIL_AREA = "council_area", "Council area (Scotland)"
        DISTRICT = "district", "District council (Northern Ireland)"

    id = models.UUIDField(primary_key=True, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.TextField()
    kind = models.TextField(choices=Kind)
    country = models.TextField(choices=Country)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    adjoining_reviewed_on = models.DateField(null=True)
    source = models.TextField()

    class Meta:
        verbose_name_plural = "authorities"
        ordering = ["name"]
        constraints = [
            ends_after_start("authority_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(country=Country.CROWN_DEPENDENCY), name="authority_lies_in_the_united_kingdom"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AuthorityCode(models.Model):
    """A code that an authority bears from one day to another: GSS (ONS) or the Department for Education's number."""

    class Scheme(models.TextChoices):
        GSS = "gss", "GSS code"
        DFE = "dfe", "Department for Education number"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="codes")
    scheme = models.TextField(choices=Scheme)
    code = models.TextField()
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="authority_code_one_per_day",
                expressions=[
                    ("scheme", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (days_held(), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="authority_bears_one_code_of_a_scheme_per_day",
                expressions=[
                    ("authority", RangeOperators.EQUAL),
                    ("scheme", RangeOperators.EQUAL),
                    (days_held(), RangeOperators.OVERLAPS),
                ],
            ),
            ends_after_start("authority_code_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.code}"


class AuthorityName(models.Model):
    """A spelling of an authority's name met in official files, or its name in Welsh."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="names")
    name = models.TextField()
    source = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "name"], name="authority_name_once")]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """An authority that ended, and one that took over all or part of its ground on that day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    predecessor = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="successions_from")
    successor = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="successions_to")
    on = models.DateField()
    source = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_is_to_another_authority"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} to {self.successor_id} on {self.on}"


class Adjoining(models.Model):
    """Two authorities whose areas adjoin, decided and maintained by people, never computed from polygons.

    One row a pair, the lower uuid first: so it reads the same from both sides and none adjoins itself. Null dates
    mean "as long as both authorities exist".
    """

    class Basis(models.TextChoices):
        LAND = "land", "Land"
        TIDAL_WATER = "tidal_water", "Tidal water only"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority_low = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="adjoining_above")
    authority_high = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="adjoining_below")
    basis = models.TextField(choices=Basis)
    source = models.TextField()
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "adjoining pairs"
        constraints = [
            models.CheckConstraint(
                condition=Q(authority_low__lt=F("authority_high")), name="adjoining_pair_stands_once_and_never_itself"
            ),
            ExclusionConstraint(
                name="adjoining_one_basis_per_day",
                expressions=[
                    ("authority_low", RangeOperators.EQUAL),
                    ("authority_high", RangeOperators.EQUAL),
                    (days_held(), RangeOperators.OVERLAPS),
                ],
            ),
            ends_after_start("adjoining_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.authority_low_id} and {self.authority_high_id} ({self.basis})"


class DistrictCode(models.Model):
    """In which authority the ground of a directory's district code lies: the roll-up from lower to upper tier.

    An abolished district's ground goes on to lie somewhere, so a code may have several rows, one after the other.
    Days without a row are answered by succession (geo/ground.py).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.TextField()
    name = models.TextField()
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="district_codes")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="district_code_one_authority_per_day",
                expressions=[("code", RangeOperators.EQUAL), (days_held(), RangeOperators.OVERLAPS)],
            ),
            ends_after_start("district_code_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class GroundVersion(models.Model):
    """One row, whose version the database changes at any change of the tables above: a process sees that its copy is old."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    version = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="ground_version_is_one_row")]

    def __str__(self) -> str:
        return str(self.version)


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
