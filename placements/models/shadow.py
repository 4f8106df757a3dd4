"""Since when does an authority try the overlay out, with what it answers shown to nobody?"""

from django.db import models
from django.db.models import F, Q

from placements.models.owned import Owned


class ShadowMode(Owned):
    """A time in which screenings are stored and measured and shown to nobody: who answers for it, from when to when, why.

    `followed_at`: when, after it ended, what had been shown before it began was checked anew.
    """

    started_at = models.DateTimeField()
    started_by = models.TextField()
    owner = models.TextField()
    reason = models.TextField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(blank=True)
    followed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority"], condition=Q(ended_at=None), name="shadow_mode_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | Q(ended_at__gte=F("started_at")) & ~Q(ended_by=""),
                name="shadow_mode_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(followed_at=None) | Q(followed_at__gte=F("ended_at")),
                name="shadow_mode_followed_after_its_end",
            ),
            models.CheckConstraint(
                condition=~Q(owner="") & ~Q(reason=""), name="shadow_mode_has_an_owner_and_a_reason"
            ),
        ]

    def __str__(self):
        return f"shadow mode since {self.started_at:%Y-%m-%d}"
