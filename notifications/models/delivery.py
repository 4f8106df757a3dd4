"""Where does a recipient's own system take documents, and what became of each envelope?"""

import uuid

from django.db import models
from django.db.models import Q

from notifications.models.addressed import Addressed
from notifications.models.document import Document


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
