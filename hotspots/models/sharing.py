"""Who was promised what about an owner's areas, what does each authority say of its sharing, and who was shown what?"""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from hotspots.models.areas import Hotspot


class InstantRange(models.Func):
    """From an instant to another that no longer counts; without an end where that is none."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


class Agreement(models.Model):
    """What two authorities agreed about sharing: who tells whom, for which purpose, on which basis, from when until when.

    Never edited; only its end is set, ahead of that moment, with who set it.
    """

    class MadeHow(models.TextChoices):
        COMMAND = "command", "Made by command"
        PERSON = "person", "Entered by a person"
        SYSTEM = "system", "Entered by a system"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField()
    basis = models.TextField()
    reference = models.TextField()
    made_how = models.TextField(choices=MadeHow, default=MadeHow.COMMAND)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    end_recorded_at = models.DateTimeField(null=True)
    end_recorded_by = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(authority=F("partner")), name="agreement_has_two_parties"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="agreement_ends_after_it_starts"
            ),
            ExclusionConstraint(
                name="agreement_one_at_a_time_per_partner",
                expressions=[
                    ("authority", RangeOperators.EQUAL),
                    ("partner", RangeOperators.EQUAL),
                    (InstantRange("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return self.reference


class Share(models.Model):
    """What one partner may be told of one hotspot, under one agreement; superseded, never edited. No row: nothing."""

    class Level(models.TextChoices):
        CONTACT = "contact", "Contact only"
        PROXIMITY = "proximity", "Near or not, within the owner's distance"
        GEOMETRY = "geometry", "Shape and metres"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    hotspot = models.ForeignKey(Hotspot, on_delete=models.PROTECT, related_name="shares")
    partner = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="shares")
    level = models.TextField(choices=Level, default=Level.PROXIMITY)
    distance_metres = models.PositiveIntegerField(default=1000)
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    superseded_at = models.DateTimeField(null=True)
    superseded_by = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hotspot", "partner"], condition=Q(superseded_at=None), name="share_one_level_per_partner"
            ),
            models.CheckConstraint(condition=~Q(authority=F("partner")), name="share_leaves_the_owner"),
        ]
        indexes = [
            models.Index(
                fields=["partner", "authority", "level", "distance_metres"],
                condition=Q(superseded_at=None),
                name="share_by_level",
            ),
            models.Index(fields=["partner", "distance_metres"], condition=Q(superseded_at=None), name="share_farthest"),
        ]

    def __str__(self):
        return f"{self.level} to {self.partner_id}"


class Coverage(models.Model):
    """What an authority says about its own sharing, and when it last looked. Every authority may read it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    shares = models.BooleanField()
    scope = models.TextField(blank=True)
    last_looked_on = models.DateField()
    review_on = models.DateField(null=True)
    said_at = models.DateTimeField()
    said_by = models.TextField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority"], condition=Q(superseded_at=None), name="coverage_one_current_statement"
            )
        ]

    def __str__(self):
        return f"{self.authority_id} shares: {self.shares}"


class Disclosure(models.Model):
    """That an owner's hotspots were read by a partner: which versions, at which level, when, for what; never which child.

    Its reader's own row, added to and never changed; `asker` is the person there, none for a system, a command or a sweep.
    The owner learns of it through `Shown` alone: how many times a reader asked, and at which minute, would tell how many
    children it has there. Of a closed address (`is_closed`) the owner learns nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sender = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    versions = ArrayField(models.UUIDField())
    level = models.TextField()
    purpose = models.TextField()
    at = models.DateTimeField()
    asker = models.UUIDField(null=True, db_default=Func(function="current_person"))
    is_closed = models.BooleanField(default=False, db_default=False)

    class Meta:
        indexes = [
            models.Index(fields=["sender", "-at"], name="disclosure_by_owner"),
            models.Index(fields=["recipient", "-at"], name="disclosure_by_reader"),
        ]

    def __str__(self):
        return f"disclosure {self.id}"


class Shown(models.Model):
    """For an owner: on which day a reader was shown which version of its areas, at which level, for which purpose.

    One row however often it was shown that day; the last 92 days. `hotspot` is empty where a reader asked and nothing lay near.
    Answered by hotspots_shown.sql for the authority acted for; no table of its own.
    """

    id = models.UUIDField(primary_key=True)
    owner = models.ForeignKey("geo.Authority", on_delete=models.DO_NOTHING, related_name="+")
    reader = models.ForeignKey("geo.Authority", on_delete=models.DO_NOTHING, related_name="+")
    hotspot = models.ForeignKey(Hotspot, on_delete=models.DO_NOTHING, null=True, related_name="+")
    version_id = models.UUIDField(null=True)
    version_number = models.PositiveIntegerField(null=True)
    level = models.TextField()
    purpose = models.TextField()
    on = models.DateField()

    class Meta:
        managed = False
        db_table = "hotspots_shown_to"

    def __str__(self):
        return f"shown on {self.on}"
