"""Which file of areas waits for somebody to say what shall become of it, or had its answer?"""

import uuid

from django.db import models
from django.db.models import Q


class Upload(models.Model):
    """A file that was read and passed the gate: kept until it is brought in or dropped, once; then its bytes are gone.

    `would` holds what it would do, or did: references that are new and changed, how many stay, and what was noted.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        BROUGHT_IN = "brought_in", "Brought in"
        DROPPED = "dropped", "Dropped"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    name = models.TextField(blank=True)
    srid = models.PositiveIntegerField(null=True)
    content = models.BinaryField()
    sha256 = models.TextField()
    would = models.JSONField()
    state = models.TextField(choices=State, default=State.WAITING)
    received_at = models.DateTimeField()
    received_by = models.TextField()
    done_at = models.DateTimeField(null=True)
    done_by = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", done_at=None) & ~Q(content=b"")
                | ~Q(state="waiting") & Q(content=b"", done_at__isnull=False),
                name="upload_is_kept_while_it_waits",
            )
        ]
        indexes = [models.Index(fields=["authority", "-received_at"], name="upload_of_authority")]

    def __str__(self):
        return f"{self.name or 'a file'}: {self.state}"
