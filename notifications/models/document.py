"""What does one authority tell another, and what did a person there answer?"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from notifications.models.addressed import Addressed


class Document(Addressed):
    """A paper from one authority to another. Its body's fields were chosen once, when it was composed.

    Never edited: a newer one supersedes it, or it is recalled. `body` is the whole of what the recipient is told.
    `only_for`: the people of the sender who may read it, where even the recipient's name gives a closed address away;
    null for everybody.
    """

    class Kind(models.TextChoices):
        PLACEMENT_NOTICE = "placement_notice", "Notice of a placement"
        NEW_DATE = "new_date", "New date of a placement"
        NOT_GOING_AHEAD = "not_going_ahead", "A placement does not go ahead"
        ENDING_NOTICE = "ending_notice", "Notice that a placement ends"
        CONSULTATION = "consultation", "Question about a place for a child"
        ENQUIRY = "enquiry", "Question about a place, no child named"
        ANSWER = "answer", "Answer to a question about a place"
        MISSING_NOTICE = "missing_notice", "A child is missing"
        MISSING_ANSWER = "missing_answer", "Word from the host about a missing child"
        FIRE_DRILL = "fire_drill", "Fire drill, about no child"
        HANDOVER = "handover", "Leaving-care handover"
        HANDOVER_ANSWER = "handover_answer", "Answer to a leaving-care handover"
        HANDOVER_REPLY = "handover_reply", "Reply to what was asked of a leaving-care handover"
        LEAVING_CARE_NOTICE = "leaving_care_notice", "Where a care leaver lives"
        AREA_RECALL = "area_recall", "What was shared is taken back"
        AREA_ALERT = "area_alert", "What is shared about a place has changed"

    class Urgency(models.TextChoices):
        ORDINARY = "ordinary", "Ordinary"
        URGENT = "urgent", "Urgent"

    reference = models.TextField(unique=True)
    kind = models.TextField(choices=Kind)
    urgency = models.TextField(choices=Urgency, default=Urgency.ORDINARY)
    subject_id = models.UUIDField()
    body = models.JSONField()
    only_for = ArrayField(models.UUIDField(), null=True)
    due_on = models.DateField(null=True)
    composed_at = models.DateTimeField()
    composed_by = models.TextField()
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")
    recalled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "-composed_at"], name="document_inbox"),
            models.Index(fields=["sender", "-composed_at"], name="document_sent"),
            models.Index(fields=["subject_id"], name="document_by_subject"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(sender=F("recipient")), name="document_leaves_the_authority"),
            models.UniqueConstraint(
                fields=["sender", "recipient", "kind", "subject_id"],
                condition=Q(supersedes=None),
                name="document_composed_once",
            ),
        ]

    def __str__(self):
        return self.reference

    @property
    def told(self) -> dict | None:
        """What its recipient is told; nothing any more once the sender recalled it."""
        return None if self.recalled_at else self.body


class DocumentFact(Addressed):
    """A dated fact of a document: opened, acknowledged … The document's state is derived from these.

    `person` and `post` are text: a reader in the other authority learns them, and nothing else about the person. What
    was said by telephone is keyed by the sender: who, on which number, when; `keyed_by` and `keyed_at` tell it apart.
    """

    class Fact(models.TextChoices):
        RECEIVED = "received", "Received"
        OPENED = "opened", "Opened"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        DISPUTED = "disputed", "Disputed"
        ACTED_ON = "acted_on", "Acted on"

    class Source(models.TextChoices):
        IN_PRODUCT = "in_product", "In Placewatch"
        GUEST = "guest", "By a one-time link, without an account"
        TELEPHONE = "telephone", "Said by telephone"

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="facts")
    fact = models.TextField(choices=Fact)
    at = models.DateTimeField()
    person = models.TextField()
    post = models.TextField(blank=True)
    words = models.TextField(blank=True)
    source = models.TextField(choices=Source, default=Source.IN_PRODUCT)
    telephone = models.TextField(blank=True)
    keyed_by = models.TextField(blank=True)
    keyed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(source="telephone", keyed_at__isnull=False) & ~Q(telephone="") & ~Q(keyed_by="")
                | ~Q(source="telephone") & Q(telephone="", keyed_by="", keyed_at=None),
                name="document_fact_by_telephone_says_who_keyed_it",
            ),
            models.UniqueConstraint(fields=["document"], condition=Q(fact="received"), name="document_received_once"),
            models.UniqueConstraint(
                fields=["document", "fact"],
                condition=Q(fact__in=["acknowledged", "disputed"]),
                name="document_answered_once_in_each_way",
            ),
            models.CheckConstraint(condition=~Q(person=""), name="document_fact_names_a_person"),
        ]

    def __str__(self):
        return f"{self.fact} {self.at:%Y-%m-%d %H:%M}"
