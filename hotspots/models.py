"""What is a hotspot, who owns it, and what was agreed about telling others? On pages: an area of concern."""

import uuid

from django.contrib.gis.db.models import MultiPolygonField
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q


class Hotspot(models.Model):
    """An area of concern: the owner's reference and its state. What it says is in its versions."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SHARED = "shared", "Shared"
        LAPSED = "lapsed", "Lapsed"
        WITHDRAWN = "withdrawn", "Withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    reference = models.TextField()
    state = models.TextField(choices=State, default=State.DRAFT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "reference"], name="hotspot_reference_once_per_owner"),
            models.CheckConstraint(condition=~Q(reference=""), name="hotspot_has_a_reference"),
        ]

    def __str__(self):
        return self.reference


class Version(models.Model):
    """What the owner said of a hotspot from an instant on; never edited, only superseded.

    `received` keeps what came with it as it came (a police grading, a count, a column called severity): shown to no
    reader, never sorted on. Past `review_on` the version is stale and still shown; from `expires_on` on it is not. What
    a shape must be is held by geo/geometry.py, and once more by constraints of migration 0003.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    hotspot = models.ForeignKey(Hotspot, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.TextField(blank=True)
    concern = models.TextField(blank=True)
    originator = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    narrative = models.TextField(blank=True)
    shape = MultiPolygonField(srid=27700, spatial_index=False)
    first_supported_on = models.DateField(null=True)
    last_supported_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    received = models.JSONField(default=dict)
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hotspot", "number"], name="hotspot_version_numbered_once"),
            models.UniqueConstraint(
                fields=["hotspot"], condition=Q(superseded_at=None), name="hotspot_one_current_version"
            ),
        ]
        indexes = [GistIndex(fields=["shape"], condition=Q(superseded_at=None), name="hotspot_current_shape")]

    def __str__(self):
        return f"version {self.number}"


class Agreement(models.Model):
    """What two authorities agreed about sharing: who tells whom, for which purpose, on which basis, from when until when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField()
    basis = models.TextField()
    reference = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(authority=F("partner")), name="agreement_has_two_parties"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="agreement_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["authority", "partner"], condition=Q(ends_at=None), name="agreement_one_open_per_partner"
            ),
        ]

    def __str__(self):
        return self.reference


class Share(models.Model):
    """What one partner may be told of one hotspot, under one agreement; superseded, never edited."""

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

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hotspot", "partner"], condition=Q(superseded_at=None), name="share_one_level_per_partner"
            ),
            models.CheckConstraint(condition=~Q(authority=F("partner")), name="share_leaves_the_owner"),
        ]
        indexes = [
            models.Index(fields=["partner", "authority"], name="share_by_partner"),
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

    Both sides may read it; it is added to and never changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sender = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    versions = ArrayField(models.UUIDField())
    level = models.TextField()
    purpose = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["sender", "-at"], name="disclosure_by_owner"),
            models.Index(fields=["recipient", "-at"], name="disclosure_by_reader"),
        ]

    def __str__(self):
        return f"disclosure {self.id}"
