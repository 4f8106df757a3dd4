"""Where does a recipient's own system take documents, who let it, and does it answer?"""

import uuid

from django.db import models
from django.db.models import F, Q


class Endpoint(models.Model):
    """Where a recipient's own system takes webhooks. Secrets are encrypted; each is shown once, when it is made.

    Live from `live_from`: after its system proved that it holds the secret and a second person agreed, or by the
    operator's command. `second_secret` signs beside the first one until `second_until`, while a receiver changes over.
    `failures` in a row open its circuit: nothing but one probe is sent until `rests_until` has passed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    url = models.URLField(max_length=2000)
    secret = models.BinaryField()
    second_secret = models.BinaryField(null=True)
    second_until = models.DateTimeField(null=True)
    added_at = models.DateTimeField()
    added_by = models.TextField()
    added_by_person = models.UUIDField(null=True)
    is_by_operator = models.BooleanField(default=False)
    challenge_at = models.DateTimeField(null=True)
    challenge_outcome = models.TextField(blank=True)
    proved_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.TextField(blank=True)
    agreed_by_person = models.UUIDField(null=True)
    live_from = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(blank=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "url"], condition=Q(ended_at=None), name="endpoint_one_live_per_address"
            ),
            models.CheckConstraint(
                condition=Q(live_from=None)
                | Q(is_by_operator=True)
                | Q(proved_at__isnull=False, agreed_at__isnull=False) & ~Q(agreed_by_person=F("added_by_person")),
                name="endpoint_live_only_proved_and_agreed_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(second_secret=None, second_until=None)
                | Q(second_secret__isnull=False, second_until__isnull=False),
                name="endpoint_second_secret_has_its_end",
            ),
        ]

    def __str__(self):
        return f"endpoint {self.id}"
