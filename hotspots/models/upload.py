"""Which file of areas is worked on, waits for somebody to say what shall become of it, or had its answer?"""

import uuid

from django.db import models
from django.db.models import Q


class Upload(models.Model):
    """A file that somebody sent: kept until it is refused, brought in or dropped, once; then its bytes are gone.

    A small file is read while its sender waits. On a large one a worker does what was asked last, holds it under a
    lease and says how many of its `rows` it has read. `would` holds what it would do, or did: references that are new
    and changed, how many stay, and what was noted. `refused` is why it was not taken, or not brought in: a sentence, a
    code and the bad rows. `how` is how it is to be brought in. The work is done in the name of whoever asked for it.
    """

    class State(models.TextChoices):
        READING = "reading", "Being read"
        WAITING = "waiting", "Waiting"
        LOOKING = "looking", "What it would bring about is being worked out"
        BRINGING_IN = "bringing_in", "Being brought in"
        BROUGHT_IN = "brought_in", "Brought in"
        REFUSED = "refused", "Refused"
        DROPPED = "dropped", "Dropped"

    WORKED_ON = (State.READING, State.LOOKING, State.BRINGING_IN)
    KEPT = (*WORKED_ON, State.WAITING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    name = models.TextField(blank=True)
    srid = models.PositiveIntegerField(null=True)
    content = models.BinaryField()
    size = models.PositiveIntegerField(default=0)
    sha256 = models.TextField()
    would = models.JSONField(null=True)
    refused = models.JSONField(null=True)
    how = models.JSONField(null=True)
    state = models.TextField(choices=State, default=State.WAITING)
    rows = models.PositiveIntegerField(null=True)
    rows_read = models.PositiveIntegerField(null=True)
    received_at = models.DateTimeField()
    received_by = models.TextField()
    asked_by = models.TextField(blank=True, default="")
    role = models.TextField(blank=True, default="")
    person_id = models.UUIDField(null=True)
    client_id = models.UUIDField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["reading", "looking", "bringing_in", "waiting"], done_at=None) & ~Q(content=b"")
                | ~Q(state__in=["reading", "looking", "bringing_in", "waiting"])
                & Q(content=b"", done_at__isnull=False),
                name="upload_is_kept_while_it_waits",
            ),
            models.CheckConstraint(
                condition=Q(lease=None, leased_until=None)
                | Q(lease__isnull=False, leased_until__isnull=False, state__in=["reading", "looking", "bringing_in"]),
                name="upload_leased_only_while_it_is_worked_on",
            ),
            models.CheckConstraint(
                condition=Q(would__isnull=False) | Q(state__in=["reading", "refused", "dropped"]),
                name="upload_waits_once_it_was_read",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | Q(refused__isnull=False), name="upload_refused_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "-received_at"], name="upload_of_authority"),
            models.Index(
                fields=["authority", "received_at"],
                condition=Q(state__in=["reading", "looking", "bringing_in"]),
                name="uploads_worked_on",
            ),
        ]

    def __str__(self):
        return f"{self.name or 'a file'}: {self.state}"
