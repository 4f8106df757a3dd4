"""What came of checking places anew after an area of concern changed, and who is to read it?"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from placements.models.owned import Owned
from placements.models.placement import Placement
from placements.models.verdict import Screening


class Recheck(Owned):
    """One re-check of this authority's places after areas of one owner changed, with its progress.

    Closed addresses are checked too and counted nowhere: not even that they were checked is told.
    """

    owner = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    places = models.PositiveIntegerField()
    checked = models.PositiveIntegerField(default=0)
    entered = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    other_words = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(checked__lte=F("places")), name="recheck_checks_no_more_than_its_places")
        ]
        indexes = [models.Index(fields=["authority", "-began_at"], name="recheck_newest")]

    def __str__(self):
        return f"re-check {self.began_at:%Y-%m-%d %H:%M}"


class NewLine(Owned):
    """One line for one person: what is new about a place that they work with. Read by that person alone.

    `words` are the sentences as they were read then; the check that they come from is stored whole.
    """

    class What(models.TextChoices):
        ENTERED = "entered", "Something shared now lies near"
        LEFT = "left", "No longer near, as far as is shared"
        OTHER_WORDS = "other_words", "What is shared reads otherwise"
        RECALLED = "recalled", "Withdrawn or corrected: do not rely on it"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="new_lines")
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="+")
    what = models.TextField(choices=What)
    words = models.JSONField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "screening", "what"], name="new_line_once_per_person_and_check"),
            models.CheckConstraint(
                condition=Q(what__in=["entered", "left", "other_words", "recalled"]), name="new_line_says_what"
            ),
        ]
        indexes = [models.Index(fields=["person", "-at"], condition=Q(read_at=None), name="new_line_unread")]

    def __str__(self):
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"
