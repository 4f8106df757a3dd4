"""How does an owner keep hold of what was shared: asked before it is passed on, told back when it is taken back?"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hotspots.models.areas import Hotspot
from hotspots.models.upload import Upload


class Audience(models.TextChoices):
    """To whom a reader wants to pass something on."""

    CARER_OR_PROVIDER = "carer_or_provider", "A carer or provider"
    CHILD_OR_FAMILY = "child_or_family", "The child or family"
    OTHER_BODY = "other_body", "Another body, such as health, a school or an inspectorate"


class Output(models.TextChoices):
    """In what it would be passed on."""

    LETTER = "letter", "A letter"
    NOTICE = "notice", "A notice"
    PACK = "pack", "A pack"
    EXPORT = "export", "An export"
    WORD_OF_MOUTH = "word_of_mouth", "By word of mouth"


class PassingOn(models.Model):
    """A reader's question to an owner: may what you shared about an area be passed on? And the owner's yes or no.

    Both read it; about an area of one's own it goes to one's own analysts, who know its originator. It names no child
    and no place: only the area, to whom, and in what. A yes is for the question that it
    answers, and for as long as the owner shares the area with the reader.
    """

    class Answer(models.TextChoices):
        YES = "yes", "Yes, it may be passed on"
        NO = "no", "No, it may not be passed on"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sender = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    hotspot = models.ForeignKey(Hotspot, on_delete=models.PROTECT, related_name="+")
    audience = models.TextField(choices=Audience)
    output = models.TextField(choices=Output)
    asked_at = models.DateTimeField()
    asked_by = models.TextField()
    answer = models.TextField(choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.TextField(blank=True)
    words = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "questions about passing on"
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by="")
                | Q(answer__in=["yes", "no"], answered_at__isnull=False) & ~Q(answered_by=""),
                name="passing_on_answered_how_when_and_by_whom_together",
            ),
        ]
        indexes = [
            models.Index(fields=["recipient"], condition=Q(answer=""), name="passing_on_waits"),
            models.Index(fields=["sender", "hotspot"], name="passing_on_of_asker"),
        ]

    def __str__(self):
        return f"{self.audience}: {self.answer or 'not answered'}"


class Recall(models.Model):
    """That an owner took back what it had said of an area: all of it, or versions that were wrong.

    Each authority that was shown one of the versions is told by a document of its own. Why is the owner's alone.
    """

    class What(models.TextChoices):
        WITHDRAWN = "withdrawn", "Withdrawn"
        CORRECTED = "corrected", "Corrected"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    hotspot = models.ForeignKey(Hotspot, on_delete=models.PROTECT, related_name="recalls")
    what = models.TextField(choices=What)
    versions = ArrayField(models.UUIDField())
    told = ArrayField(models.UUIDField())
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hotspot", "what", "versions"], name="recall_once_of_the_same_versions"),
            models.CheckConstraint(condition=Q(what__in=["withdrawn", "corrected"]), name="recall_says_what"),
        ]

    def __str__(self):
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"


class Preview(models.Model):
    """That somebody asked what publishing would bring about, of an area or of a file; counted by area, person and day.

    `asked` is the digest of all that the answer depended on and `own` and `of_partners` are the answer: the same question
    on the same day is answered from here. `is_allowance`: a second person allowed as many again that day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    hotspot = models.ForeignKey(Hotspot, on_delete=models.PROTECT, null=True, related_name="previews")
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, null=True, related_name="previews")
    asker = models.UUIDField(null=True)
    on = models.DateField()
    at = models.DateTimeField()
    asked = models.TextField(blank=True, default="")
    own = models.PositiveIntegerField(null=True)
    of_partners = models.TextField(blank=True, default="")
    is_allowance = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hotspot=None) | Q(upload=None), name="preview_of_an_area_or_a_file_not_both"
            )
        ]
        indexes = [models.Index(fields=["authority", "on"], name="preview_by_day")]

    def __str__(self):
        return f"preview {self.at:%Y-%m-%d %H:%M}"


class PublishedAfter(models.Model):
    """That something was published by somebody who had read what it would bring about: once for each preview."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    preview = models.OneToOneField(Preview, on_delete=models.PROTECT, related_name="published")
    at = models.DateTimeField()
    by = models.TextField()

    class Meta:
        verbose_name_plural = "published after a preview"

    def __str__(self):
        return f"published {self.at:%Y-%m-%d %H:%M}"
