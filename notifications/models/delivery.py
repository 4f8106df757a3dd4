"""What became of each envelope of a document, try by try?"""

from django.db import models
from django.db.models import Q

from notifications.models.addressed import Addressed
from notifications.models.document import Document
from notifications.models.endpoint import Endpoint


class Delivery(Addressed):
    """The envelope of one document by one way to one address: ids, times and state, nothing about a child.

    `lease` is the fencing token: a worker whose lease ran out writes no result. `leased_until` is by the database's
    own clock, every other instant by the product's. A trigger refuses any change of state that is not in
    `states.TRANSITIONS`, and every change of a delivery that has ended: to send again is a new row, which `replays`
    the one that ended, for a reason.
    """

    class Channel(models.TextChoices):
        WEBHOOK = "webhook", "The recipient’s own system"
        EMAIL = "email", "E-mail"

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting to be sent"
        SENDING = "sending", "Being sent"
        POSTED = "posted", "Handed to the e-mail service"
        GIVEN = "given", "Given"
        UNDELIVERABLE = "undeliverable", "Could not be delivered"

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.TextField(choices=Channel, default=Channel.WEBHOOK)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, null=True, related_name="deliveries")
    address = models.EmailField(blank=True)
    state = models.TextField(choices=State, default=State.QUEUED)
    attempts_made = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    posted_at = models.DateTimeField(null=True)
    provider_id = models.UUIDField(null=True)
    given_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    replays = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replayed_by")
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["document", "endpoint"], condition=Q(replays=None), name="delivery_once_per_endpoint"
            ),
            models.UniqueConstraint(
                fields=["document", "address"],
                condition=Q(replays=None, channel="email"),
                name="delivery_once_per_email_address",
            ),
            models.CheckConstraint(
                condition=Q(channel="webhook", endpoint__isnull=False, address="")
                | Q(channel="email", endpoint=None) & ~Q(address=""),
                name="delivery_has_the_address_of_its_channel",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "sending", "posted", "given", "undeliverable"]),
                name="delivery_state_is_known",
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
            models.CheckConstraint(
                condition=~Q(state="posted") | Q(posted_at__isnull=False, provider_id__isnull=False),
                name="delivery_posted_has_its_receipt",
            ),
            models.CheckConstraint(
                condition=Q(replays=None, reason="") | Q(replays__isnull=False) & ~Q(reason=""),
                name="delivery_replayed_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["endpoint", "next_at"],
                condition=Q(state__in=["queued", "sending"]),
                name="delivery_due_in_lane",
            ),
            models.Index(
                fields=["next_at"], condition=Q(state__in=["queued", "sending", "posted"]), name="delivery_due"
            ),
            models.Index(fields=["ended_at"], condition=Q(state="undeliverable"), name="delivery_dead"),
        ]

    def __str__(self):
        return f"delivery {self.id} {self.state}"


class Attempt(Addressed):
    """One try at a delivery: when, and what came of it. `http_status` is empty where no answer came."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", "The receiver took it"
        POSTED = "posted", "The e-mail service took it and sends it on"
        BOUNCED = "bounced", "The e-mail came back: nobody has it"
        REDIRECTED = "redirected", "The receiver answered with another address, which is not followed"
        REFUSED = "refused", "The receiver answered with an error"
        NOT_CONNECTED = "not_connected", "No connection to the receiver"
        BROKEN_OFF = "broken_off", "The connection broke off: it may have arrived"
        TIMED_OUT = "timed_out", "The receiver did not answer in time: it may have arrived"
        ADDRESS_REFUSED = "address_refused", "The receiver's address is not one that Placewatch may call"
        ADDRESS_ENDED = "address_ended", "The receiver has ended this address"
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
