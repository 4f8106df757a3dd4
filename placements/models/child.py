"""Who is looked after, since when, under which legal status?"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from placements.models.owned import Owned


class DateRange(Func):
    """daterange(start, end): half-open, an empty end means that it goes on."""

    function = "daterange"
    output_field = DateRangeField()


class Child(Owned):
    """A child, known by an authority's own reference (the 903's CHILD): unique within the authority only.

    A return brings no name; a date of birth may be estimated (age disputes).
    """

    class Sex(models.TextChoices):
        FEMALE = "F", "Female"
        MALE = "M", "Male"
        UNKNOWN = "U", "Not known"

    reference = models.TextField()
    given_name = models.TextField(blank=True)
    family_name = models.TextField(blank=True)
    born_on = models.DateField()
    is_born_on_estimated = models.BooleanField(default=False)
    sex = models.TextField(choices=Sex, default=Sex.UNKNOWN)
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()

    class Meta:
        verbose_name_plural = "children"
        constraints = [
            models.UniqueConstraint(fields=["authority", "reference"], name="child_reference_once_per_authority"),
            models.CheckConstraint(condition=~Q(reference=""), name="child_has_a_reference"),
        ]

    def __str__(self):
        return self.reference

    @property
    def name(self) -> str:
        """The child's name, or the authority's reference where no name is held."""
        return f"{self.given_name} {self.family_name}".strip() or self.reference


class CarePeriod(Owned):
    """A period of being looked after; half-open: the day it ends is not a night in care."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="care_periods")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    end_code = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="care_period_ends_after_it_starts"
            ),
            ExclusionConstraint(
                name="care_period_one_at_a_time",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return f"{self.starts_on} to {self.ends_on or 'now'}"


class LegalStatus(Owned):
    """The legal status under which a child is looked after (903 code), from a day until a day."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="legal_statuses")
    code = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "legal statuses"
        indexes = [models.Index(fields=["child", "starts_on"], name="legal_status_of_child")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="legal_status_ends_after_it_starts"
            )
        ]

    def __str__(self):
        return f"{self.code} {self.starts_on} to {self.ends_on or 'now'}"


class MissingEpisode(Owned):
    """A child missing (M) or away without authorisation (A), as a return delivered it."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="missing_episodes")
    kind = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["child", "starts_on"], name="missing_episode_of_child")]

    def __str__(self):
        return f"{self.kind} {self.starts_on}"


class GoLive(Owned):
    """The day from which an authority's placements raise duties one by one (unset: the day of its first import)."""

    on = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority"], name="go_live_one_day_per_authority")]

    def __str__(self):
        return f"{self.authority_id} live on {self.on}"
