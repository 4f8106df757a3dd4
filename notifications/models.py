"""What is sent from authority to authority, how is it delivered, and who acknowledged it?"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Addressed(models.Model):
    """A row that its sender and its recipient may read, and nobody else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sender = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Contact(models.Model):
    """Whom an authority is reached by for a purpose, from a day until a day, and who last confirmed it.

    How its approvers are reached at night is the authority's own to know; every other contact is read by all.
    """

    class Purpose(models.TextChoices):
        PLACEMENT_NOTICES = "placement_notices", "Placement notices"
        EXPLOITATION_LEAD = "exploitation_lead", "Exploitation lead"
        LEAVING_CARE = "leaving_care", "Leaving care"
        DUTY_DESK = "duty_desk", "Duty desk"
        OUT_OF_HOURS = "out_of_hours", "Out of hours"
        DIRECTOR = "director", "Director of children’s services"
        NOMINATED_OFFICER = "nominated_officer", "Nominated officer"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField(choices=Purpose)
    email = models.EmailField(blank=True)
    telephone = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    confirmed_on = models.DateField()
    confirmed_by = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "purpose"], condition=Q(ends_on=None), name="contact_one_current_per_purpose"
            ),
            models.CheckConstraint(condition=~Q(email="", telephone=""), name="contact_can_be_reached"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="contact_ends_after_it_starts"
            ),
        ]

    def __str__(self):
        return f"{self.purpose} of {self.authority_id}"


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

    `person` and `post` are text: a reader in the other authority learns them, and nothing else about the person.
    """

    class Fact(models.TextChoices):
        OPENED = "opened", "Opened"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        DISPUTED = "disputed", "Disputed"

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="facts")
    fact = models.TextField(choices=Fact)
    at = models.DateTimeField()
    person = models.TextField()
    post = models.TextField(blank=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "fact"],
                condition=Q(fact__in=["acknowledged", "disputed"]),
                name="document_answered_once_in_each_way",
            ),
            models.CheckConstraint(condition=~Q(person=""), name="document_fact_names_a_person"),
        ]

    def __str__(self):
        return f"{self.fact} {self.at:%Y-%m-%d %H:%M}"


class Endpoint(models.Model):
    """Where a recipient's own system takes webhooks. The secret is encrypted; it is shown once, when it is made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    url = models.URLField(max_length=2000)
    secret = models.BinaryField()
    live_from = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    added_by = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "url"], condition=Q(ended_at=None), name="endpoint_one_live_per_address"
            )
        ]

    def __str__(self):
        return f"endpoint {self.id}"


class Delivery(Addressed):
    """The envelope of one document to one endpoint: ids, times and state, nothing about a child.

    `lease` is the fencing token: a worker whose lease ran out writes no result. `leased_until` is by the database's
    own clock, every other instant by the product's. A trigger refuses any change of state that is not in
    `states.TRANSITIONS`, and every change of a delivery that has ended.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting to be sent"
        SENDING = "sending", "Being sent"
        GIVEN = "given", "Given"
        UNDELIVERABLE = "undeliverable", "Could not be delivered"

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="deliveries")
    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="deliveries")
    state = models.TextField(choices=State, default=State.QUEUED)
    attempts_made = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["document", "endpoint"], name="delivery_once_per_endpoint"),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "sending", "given", "undeliverable"]), name="delivery_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="sending", lease__isnull=False, leased_until__isnull=False)
                | ~Q(state="sending") & Q(lease=None, leased_until=None),
                name="delivery_leased_only_while_sending",
            ),
            models.CheckConstraint(
                condition=Q(state="given", given_at__isnull=False) | ~Q(state="given") & Q(given_at=None),
                name="delivery_given_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["next_at"], condition=Q(state__in=["queued", "sending"]), name="delivery_due")]

    def __str__(self):
        return f"delivery {self.id} {self.state}"


class Attempt(Addressed):
    """One try at a delivery: when, and what came of it. `http_status` is empty where no answer came."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", "The receiver took it"
        REDIRECTED = "redirected", "The receiver answered with another address, which is not followed"
        REFUSED = "refused", "The receiver answered with an error"
        NOT_CONNECTED = "not_connected", "No connection to the receiver"
        BROKEN_OFF = "broken_off", "The connection broke off: it may have arrived"
        TIMED_OUT = "timed_out", "The receiver did not answer in time: it may have arrived"
        ADDRESS_REFUSED = "address_refused", "The receiver's address is not one that Placewatch may call"
        OUR_FAULT = "our_fault", "A fault of Placewatch's own"
        INTERRUPTED = "interrupted", "The worker stopped in the middle: it may have arrived"

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    outcome = models.TextField(choices=Outcome)
    http_status = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["delivery", "number"], name="attempt_numbered_once")]

    def __str__(self):
        return f"attempt {self.number}: {self.outcome}"
