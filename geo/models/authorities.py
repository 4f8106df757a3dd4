"""Which authorities are there, under which codes and names, who came of whom, and who adjoins whom?"""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from geo.models.dated import days_held, ends_after_start


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
