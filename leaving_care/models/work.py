"""Who advises a young person, and what has been done?"""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from placements.models.child import Child, DateRange
from placements.models.owned import Owned


class Advising(Owned):
    """That somebody is a young person's adviser, from a day until a day; one at a time."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="advising")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()

    class Meta:
        verbose_name_plural = "advising"
        indexes = [models.Index(fields=["person"], condition=Q(ends_on=None), name="advising_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="advising_ends_on_or_after_start"
            ),
            ExclusionConstraint(
                name="advising_one_adviser_at_a_time",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return f"adviser from {self.starts_on}"


class Step(Owned):
    """One thing done for a young person on a day: an assessment, a plan, a review, a visit, a talk, an offer."""

    class Kind(models.TextChoices):
        PLANNED = "planned", "Talked about what comes"
        NEEDS_ASSESSED = "needs_assessed", "Needs assessed"
        PLAN_MADE = "plan_made", "Pathway plan made"
        REVIEW_ASKED = "review_asked", "Review of the pathway plan asked for by the young person"
        REVIEWED = "reviewed", "Pathway plan reviewed"
        VISITED = "visited", "Visited"
        IN_TOUCH = "in_touch", "In touch"
        STAYING_PUT_DECIDED = "staying_put_decided", "Staying put decided"
        OFFERED = "offered", "Support to 25 offered"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="leaving_care_steps")
    kind = models.TextField(choices=Kind)
    done_on = models.DateField()
    words = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["child", "done_on"], condition=Q(superseded_at=None), name="leaving_care_step_of_child"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "kind", "done_on"],
                condition=Q(superseded_at=None),
                name="leaving_care_step_once_a_day",
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.done_on}"


class ReturnAnswer(Owned):
    """What the return's file OC3 asks of one birthday: in touch, activity, accommodation (SSDA903, codes as there)."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="return_answers")
    age = models.PositiveSmallIntegerField()
    in_touch = models.TextField()
    activity = models.TextField()
    accommodation = models.TextField()
    on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "age"], condition=Q(superseded_at=None), name="return_answer_once_per_birthday"
            ),
            models.CheckConstraint(condition=Q(age__gte=17, age__lte=25), name="return_answer_of_a_care_leaver"),
        ]

    def __str__(self):
        return f"answer at {self.age}"


class FeedKey(Owned):
    """The key in the address of a person's calendar feed, kept as a hash; a new one ends the old one."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    key_hash = models.TextField(unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "person"], condition=Q(ended_at=None), name="feed_key_one_per_person"
            )
        ]

    def __str__(self):
        return f"feed of {self.person_id}"
