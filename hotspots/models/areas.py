"""What is a hotspot, and what did its owner say of it, when? On pages: an area of concern."""

import uuid

from django.contrib.gis.db.models import MultiPolygonField
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q


class Condition(models.TextChoices):
    """A condition of the originator's that every later output must keep: who is not told without its agreement.

    A condition given in words alone, with none of these kinds, binds as all of them do: nobody may guess that it is less.
    """

    NOT_TO_CARERS_OR_PROVIDERS = (
        "not_to_carers_or_providers",
        "Not to be passed to carers or providers without agreement",
    )
    NOT_TO_CHILD_OR_FAMILY = "not_to_child_or_family", "Not to be passed to the child or family without agreement"
    NOT_IN_WRITING = "not_in_writing", "Not to be put into a letter, pack or export without agreement"
    NOT_BEYOND_READERS = "not_beyond_readers", "Not to be passed to any other body without agreement"


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


class StateChange(models.Model):
    """That a hotspot came into a state: when, by whom, why. Added to and never changed; the reason is the owner's alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    hotspot = models.ForeignKey(Hotspot, on_delete=models.PROTECT, related_name="state_changes")
    state = models.TextField(choices=Hotspot.State)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=Hotspot.State.WITHDRAWN) | ~Q(reason=""), name="hotspot_withdrawn_with_a_reason"
            )
        ]
        indexes = [models.Index(fields=["hotspot", "at"], name="hotspot_story")]

    def __str__(self):
        return f"{self.state} at {self.at}"


class Version(models.Model):
    """What the owner said of a hotspot from an instant on; never edited, only superseded.

    `grading` is the police's, exactly as received, and `received` keeps what else came with a file as it came (a count,
    a column called severity): shown to no reader, never sorted on. Past `review_on` the version is stale and still
    shown; from `expires_on` on, which the owner alone sets, it is not. `correction` says what was wrong with the version
    before, which is then not to be relied on; it is the owner's alone. What a shape must be is held by
    geo/geometry.py, and once more by constraints of migration 0003.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    hotspot = models.ForeignKey(Hotspot, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.TextField(blank=True)
    kind_of_place = models.TextField(blank=True, default="")
    concern = models.TextField(blank=True)
    originator = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    condition_kinds = ArrayField(models.TextField(choices=Condition), default=list)
    grading = models.TextField(blank=True, default="")
    narrative = models.TextField(blank=True)
    shape = MultiPolygonField(srid=27700, spatial_index=False)
    first_supported_on = models.DateField(null=True)
    last_supported_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    received = models.JSONField(default=dict)
    correction = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hotspot", "number"], name="hotspot_version_numbered_once"),
            models.UniqueConstraint(
                fields=["hotspot"], condition=Q(superseded_at=None), name="hotspot_one_current_version"
            ),
            models.CheckConstraint(
                condition=Q(condition_kinds__contained_by=Condition.values), name="hotspot_condition_kinds_are_known"
            ),
        ]
        indexes = [GistIndex(fields=["shape"], condition=Q(superseded_at=None), name="hotspot_current_shape")]

    def __str__(self):
        return f"version {self.number}"

    @property
    def binding(self) -> list[Condition]:
        """Which conditions an output must keep: those named, or every one where words alone were given."""
        if self.conditions and not self.condition_kinds:
            return list(Condition)
        return [Condition(kind) for kind in self.condition_kinds]
