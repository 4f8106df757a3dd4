"""How far was the ladder climbed for a document that nobody answered?"""

from django.db import models
from django.db.models import Q

from duties.models import CurrentPerson
from notifications.models.addressed import Addressed
from notifications.models.document import Document


class Climb(Addressed):
    """How far the ladder of a document has been climbed while no person acknowledged it. The sender's own to read.

    `ladder` is what was promised when the document was composed: steps in order, each with its instant. What a
    receiver's system answers ends nothing: only a person's answer does. At the ladder's end stands an owned duty.
    """

    class Ending(models.TextChoices):
        ANSWERED = "answered", "A person answered"
        NOT_STANDING = "not_standing", "Superseded or recalled"

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="climb")
    ladder = models.JSONField()
    taken = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    named_person_id = models.UUIDField(null=True, editable=False, db_default=CurrentPerson())
    ended_at = models.DateTimeField(null=True)
    ending = models.TextField(choices=Ending, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(next_at__isnull=False, ended_at=None, ending="")
                | Q(next_at=None, ended_at__isnull=False) & ~Q(ending=""),
                name="climb_goes_on_or_has_ended",
            )
        ]
        indexes = [models.Index(fields=["next_at"], condition=Q(ended_at=None), name="climb_due")]

    def __str__(self):
        return f"climb of {self.document_id}: {self.taken} of {len(self.ladder)}"


class Rung(Addressed):
    """One step of a ladder that was taken: when, and what was done, in a sentence. Never changed."""

    climb = models.ForeignKey(Climb, on_delete=models.PROTECT, related_name="rungs")
    number = models.PositiveSmallIntegerField()
    step = models.TextField()
    due_at = models.DateTimeField()
    at = models.DateTimeField()
    words = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["climb", "number"], name="rung_taken_once")]

    def __str__(self):
        return f"{self.step} {self.at:%Y-%m-%d %H:%M}"
