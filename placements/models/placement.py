"""Where does a child live, or is about to, since when, and what happened to that?"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from placements.models.child import Child, DateRange
from placements.models.owned import Owned


class Placement(Owned):
    """One placement of a child. Its address is a row of its own; its state moves only through `placements.states`.

    Planned and actual dates, effective and recorded times are kept apart. `is_emergency` is null where nobody said
    (a return does not). `approver_needed` is the grade that the law asks for, blank for nobody; `breach_reason` says why
    a placement started without it. A disputed placement (overlapping episodes of a return) stands outside the rule that a child
    is in one place at a time; each raises a duty. Without `screening_wanted` the sweep leaves a placement unjudged and
    unscreened (a benchmark's import).
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        APPROVED = "approved", "Approved"
        DECLINED = "declined", "Declined"
        STARTED = "started", "Current"
        ENDED = "ended", "Ended"
        WITHDRAWN = "withdrawn", "Did not go ahead"

    class Source(models.TextChoices):
        REGISTER = "register", "Registered here"
        RETURN = "return", "Imported from a return"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="placements")
    status = models.TextField(choices=Status, default=Status.PROPOSED)
    place_code = models.TextField(blank=True)
    provider_code = models.TextField(blank=True)
    urn = models.TextField(blank=True)
    legal_status = models.TextField(blank=True)
    planned_start_on = models.DateField(null=True)
    starts_on = models.DateField(null=True)
    started_at = models.DateTimeField(null=True)
    ends_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    is_emergency = models.BooleanField(null=True)
    is_disputed = models.BooleanField(default=False)
    is_restricted = models.BooleanField(default=False)
    source = models.TextField(choices=Source, default=Source.REGISTER)
    screening_wanted = models.BooleanField(default=True)
    approver_needed = models.TextField(blank=True)
    breach_reason = models.TextField(blank=True)
    is_approved = models.BooleanField(default=False)
    why_not_wait = models.TextField(blank=True)
    care_is_meant_to_last_to_18 = models.BooleanField(default=False)
    is_in_key_stage_four = models.BooleanField(default=False)
    reason_for_distance = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="placement_ends_on_or_after_start"
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["proposed", "approved"],
                    starts_on=None,
                    planned_start_on__isnull=False,
                )
                | Q(status__in=["withdrawn", "declined"], starts_on=None)
                | Q(status="started", starts_on__isnull=False, ends_on=None)
                | Q(status="ended", starts_on__isnull=False, ends_on__isnull=False),
                name="placement_dates_agree_with_status",
            ),
            models.CheckConstraint(
                # A start without the approval that it needed is recordable as what it is: a breach, with its reason.
                condition=~Q(status__in=["started", "ended"])
                | Q(source="return")
                | Q(approver_needed="")
                | Q(is_approved=True)
                | ~Q(breach_reason=""),
                name="placement_started_is_approved_or_breach",
            ),
            models.CheckConstraint(
                # A stay within one day is no night: without its times it would be two places at once.
                condition=Q(ends_on=None)
                | Q(ends_on__gt=F("starts_on"))
                | Q(started_at__isnull=False, ended_at__gte=F("started_at")),
                name="placement_within_a_day_has_its_times",
            ),
            ExclusionConstraint(
                name="placement_child_not_in_two_places",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(status__in=["started", "ended"], is_disputed=False, superseded_at=None),
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "status"], name="placement_by_status"),
            models.Index(fields=["child", "starts_on"], name="placement_of_child"),
            # After each change of an area the closed addresses of its readers are asked about apart.
            models.Index(fields=["authority"], condition=Q(is_restricted=True), name="placement_restricted"),
        ]

    def __str__(self):
        return f"placement {self.id}"


class PlacementEvent(Owned):
    """One line of a placement's timeline: what happened, when, when it was recorded, by whom."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="events")
    what = models.TextField()
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    words = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["placement", "recorded_at"], name="placement_timeline")]

    def __str__(self):
        return f"{self.what} {self.happened_at:%Y-%m-%d %H:%M}"


class ToldBefore(Owned):
    """A person's statement that the host was told before Placewatch: neither met nor breached, a state of its own."""

    placement = models.OneToOneField(Placement, on_delete=models.PROTECT, related_name="told_before")
    told_on = models.DateField()
    evidence = models.TextField()
    stated_at = models.DateTimeField()
    stated_by = models.TextField()

    class Meta:
        verbose_name_plural = "told before"
        constraints = [models.CheckConstraint(condition=~Q(evidence=""), name="told_before_has_evidence")]

    def __str__(self):
        return f"told {self.told_on}"
