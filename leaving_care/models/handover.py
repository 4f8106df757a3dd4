"""What does the authority where a young person lives get to know, with whose agreement, and what does it offer?"""

from django.db import models
from django.db.models import Q

from placements.models.child import Child
from placements.models.owned import Owned


class Handover(Owned):
    """A handover to one authority, made with the young person. Sent, it is a document and never changes again."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="handovers")
    host = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    home = models.ForeignKey("leaving_care.Home", on_delete=models.PROTECT, null=True, related_name="handovers")
    made_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="made_into")
    document_id = models.UUIDField(null=True, unique=True)
    is_agreed_early = models.BooleanField(default=False)
    begun_at = models.DateTimeField()
    begun_by = models.TextField()
    sent_at = models.DateTimeField(null=True)
    sent_by = models.TextField(blank=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by="", document_id=None)
                | Q(sent_at__isnull=False, document_id__isnull=False) & ~Q(sent_by=""),
                name="handover_sent_at_by_and_as_what_together",
            ),
            models.CheckConstraint(condition=Q(sent_at=None) | Q(dropped_at=None), name="handover_sent_is_not_dropped"),
            models.UniqueConstraint(
                fields=["child", "host"],
                condition=Q(sent_at=None, dropped_at=None),
                name="handover_one_draft_per_host",
            ),
        ]
        indexes = [models.Index(fields=["child", "begun_at"], name="handover_of_child")]

    def __str__(self):
        return f"handover to {self.host_id}"


class HandoverPart(Owned):
    """One part of a handover: its words and days, and whether the young person agrees that the host reads it.

    Not agreed, it goes only with the reason that overrides, and who decided that. `dates` holds ISO days by the kinds
    that the part knows; `answer_taken_by` heard the young person's answer.
    """

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="parts")
    part = models.TextField()
    words = models.TextField(blank=True)
    dates = models.JSONField(default=dict)
    is_agreed = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer_taken_by = models.TextField(blank=True)
    override_reason = models.TextField(blank=True)
    override_by = models.TextField(blank=True)
    written_on = models.DateField(null=True)
    written_by = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handover", "part"], name="handover_part_once"),
            models.CheckConstraint(
                condition=Q(override_reason="", override_by="") | ~Q(override_reason="") & ~Q(override_by=""),
                name="handover_override_has_reason_and_person",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer_taken_by="")
                | Q(answered_at__isnull=False) & ~Q(answer_taken_by=""),
                name="handover_answer_taken_when_and_by_whom",
            ),
        ]

    def __str__(self):
        return self.part


class Telling(Owned):
    """That an authority was told that a young person lives in its area, or has left it (CA 1989 s. 24C(1)).

    `document_id` is the notice that said so; where it was said by other means, `words` tell how and to whom.
    """

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="tellings")
    area = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    told_on = models.DateField()
    has_left = models.BooleanField(default=False)
    document_id = models.UUIDField(null=True)
    words = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["child", "told_on"], name="telling_of_child")]
        constraints = [
            models.CheckConstraint(condition=Q(document_id__isnull=False) | ~Q(words=""), name="telling_says_how")
        ]

    def __str__(self):
        return f"{self.area_id} told on {self.told_on}"


class LocalOffer(Owned):
    """One thing that an authority offers to care leavers who live in its area, with the day to look at it again."""

    title = models.TextField()
    words = models.TextField()
    address = models.URLField(blank=True)
    review_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["authority", "title"], condition=Q(superseded_at=None), name="local_offer_by_title")
        ]
        constraints = [models.CheckConstraint(condition=~Q(title="") & ~Q(words=""), name="local_offer_says_something")]

    def __str__(self):
        return self.title
