"""How is a row dated? By a half-open range of days: from its first day until the first that no longer belongs."""

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Q


def days_held() -> Func:
    """The half-open range of days of a dated row, for exclusion constraints."""
    return Func(F("starts_on"), F("ends_on"), function="daterange", output_field=DateRangeField())


def ends_after_start(name: str) -> models.CheckConstraint:
    """A dated row lasts at least a day."""
    return models.CheckConstraint(
        condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name=name
    )
