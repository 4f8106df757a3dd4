"""To whom is written about a placement, what exactly was sent, and when was it printed, posted, handed over or sent?"""

import uuid

from django.db import models
from django.db.models import Q

from placements.models.approval import Withholding
from placements.models.owned import Owned
from placements.models.placement import Placement


class Channel(models.TextChoices):
    """How a letter reaches its reader."""

    BY_HAND = "by_hand", "By hand"
    POST = "post", "Post"
    SECURE_EMAIL = "secure_email", "Secure e-mail"
    IN_PRODUCT = "in_product", "In Placewatch"


class Correspondent(Owned):
    """A person or body to whom is written about a placement, or that a kind of reg. 13(2) has nobody, and why.

    `code` is the kind of `rules.people_to_tell`, or `carer` for whoever has the child now (reg. 14(2)(c)(ii)). Never
    edited: who moves is taken off the list and put on it anew.
    """

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="correspondents")
    code = models.TextField()
    name = models.TextField(blank=True)
    nobody_because = models.TextField(blank=True)
    channel = models.TextField(choices=Channel, blank=True)
    postal_address = models.TextField(blank=True)
    email = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["placement"], name="correspondents_of_placement")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(channel="") & Q(nobody_because="")
                | Q(name="", channel="", postal_address="", email="") & ~Q(nobody_because=""),
                name="correspondent_is_somebody_or_says_why_nobody",
            ),
            models.CheckConstraint(
                condition=~Q(channel="post") | ~Q(postal_address=""), name="correspondent_by_post_has_an_address"
            ),
            models.CheckConstraint(
                condition=~Q(channel="secure_email") | ~Q(email=""), name="correspondent_by_email_has_an_address"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by="") | Q(removed_at__isnull=False) & ~Q(removed_by=""),
                name="correspondent_removed_at_and_by_together",
            ),
        ]

    def __str__(self):
        return f"correspondent {self.id}"


class DecisionAbout(Owned):
    """Whether a decision to withhold is about a correspondent. Until somebody says so, nothing is written to them."""

    correspondent = models.ForeignKey(Correspondent, on_delete=models.PROTECT, related_name="decisions")
    withholding = models.ForeignKey(Withholding, on_delete=models.PROTECT, related_name="about")
    is_the_one = models.BooleanField()
    said_at = models.DateTimeField()
    said_by = models.TextField()

    class Meta:
        verbose_name_plural = "decisions about"
        constraints = [
            models.UniqueConstraint(fields=["correspondent", "withholding"], name="decision_said_once_of_each_person")
        ]

    def __str__(self):
        return f"{self.correspondent_id}: {self.is_the_one}"


class Letter(Owned):
    """One letter to one reader: its bytes exactly as sent, and their hash. A corrected one supersedes it.

    `html` is what the bytes were printed from, so that many letters go to the printer as one job. `batch` names the
    letters that were made at once.
    """

    class About(models.TextChoices):
        PLACEMENT = "placement", "The placement"
        NEW_DATE = "new_date", "A new date of the move"
        INTENTION = "intention", "That the placement is to end"
        ENDED = "ended", "That the placement has ended"

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="letters")
    correspondent = models.ForeignKey(Correspondent, on_delete=models.PROTECT, related_name="letters")
    about = models.TextField(choices=About)
    reference = models.TextField(unique=True)
    shows_address = models.BooleanField()
    correction = models.TextField(blank=True)
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")
    batch = models.UUIDField(default=uuid.uuid4)
    html = models.TextField()
    content = models.BinaryField()
    sha256 = models.TextField()
    composed_at = models.DateTimeField()
    composed_by = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["placement", "composed_at"], name="letters_of_placement"),
            models.Index(fields=["authority", "batch"], name="letters_made_at_once"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["correspondent", "about"],
                condition=Q(supersedes=None) & ~Q(about="new_date"),
                name="letter_written_once",
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None, correction="") | Q(supersedes__isnull=False) & ~Q(correction=""),
                name="letter_corrected_says_what",
            ),
        ]

    def __str__(self):
        return self.reference


class LetterFact(Owned):
    """What was done with a letter, on which day, and who recorded it when."""

    class Fact(models.TextChoices):
        PRINTED = "printed", "Printed"
        POSTED = "posted", "Posted"
        HANDED_OVER = "handed_over", "Handed over"
        SENT = "sent", "Sent"
        SHOWN = "shown", "Given in Placewatch"

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="facts")
    fact = models.TextField(choices=Fact)
    on = models.DateField()
    by = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "fact"], name="letter_fact_once")]

    def __str__(self):
        return f"{self.fact} {self.on}"
