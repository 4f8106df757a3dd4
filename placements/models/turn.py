"""When was a child visited, when was the case reviewed, and who decided that looking after ends? Days only; no case file."""

from django.db import models
from django.db.models import Q

from placements.models.child import Child
from placements.models.owned import Owned
from placements.models.placement import Placement


class Turn(Owned):
    """One turn of something that comes round, done: a visit in a placement (reg. 28), a review of the case (reg. 33).

    Nothing of what was seen or said is kept here. One recorded by mistake is taken back, with the reason.
    """

    class What(models.TextChoices):
        VISIT = "visit", "Visit"
        REVIEW = "review", "Review"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="turns")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, null=True, related_name="turns")
    what = models.TextField(choices=What)
    done_on = models.DateField()
    done_by = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.TextField(blank=True)
    taken_back_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(what="visit", placement__isnull=False) | Q(what="review", placement=None),
                name="turn_visit_names_its_placement",
            ),
            models.CheckConstraint(condition=~Q(done_by=""), name="turn_says_by_whom"),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by="", taken_back_why="")
                | Q(taken_back_at__isnull=False) & ~Q(taken_back_by="") & ~Q(taken_back_why=""),
                name="turn_taken_back_with_its_reason",
            ),
            models.UniqueConstraint(
                fields=["child", "what", "done_on"],
                condition=Q(taken_back_at=None),
                name="turn_once_a_day",
            ),
        ]

    def __str__(self):
        return f"{self.what} on {self.done_on}"


class Ceasing(Owned):
    """That a child is to cease to be looked after on a day, and who decided it (reg. 39); a newer row supersedes it."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="ceasings")
    ceases_on = models.DateField()
    is_in_care = models.BooleanField(null=True)
    decided_by = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(superseded_at=None), name="ceasing_one_current_per_child"
            ),
            models.CheckConstraint(
                condition=Q(decided_by="", decided_on=None) | ~Q(decided_by="") & Q(decided_on__isnull=False),
                name="ceasing_decided_by_and_on_together",
            ),
        ]

    def __str__(self):
        return f"ceases on {self.ceases_on}"
