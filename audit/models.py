"""What is a line of the log-book, and how is it sealed? Tables that are added to and never changed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func


class ClockTimestamp(Func):
    """The database's own clock, offset or not."""

    template = "clock_timestamp()"
    output_field = models.DateTimeField()


class LogEntry(models.Model):
    """One operation by one actor for one authority, with the ids that it touched. No personal data, ever.

    Written by `audit.log.record` only; who, for whom and why come from the transaction's context. `at` is the
    product's time, `written_at` the database's own; `digest` is computed by the database over all other columns.
    """

    id = models.BigAutoField(primary_key=True)
    authority_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    written_at = models.DateTimeField(db_default=ClockTimestamp())
    person_id = models.UUIDField(null=True)
    client_id = models.UUIDField(null=True)
    role = models.TextField()
    purpose = models.TextField()
    operation = models.TextField()
    subject_kind = models.TextField()
    subject_ids = ArrayField(models.UUIDField())
    fields = models.TextField()
    outcome = models.TextField()
    request_id = models.UUIDField(null=True)
    detail = models.JSONField()
    digest = models.BinaryField(null=True)

    class Meta:
        indexes = [models.Index(fields=["authority_id", "-id"], name="logentry_authority_recent")]

    def __str__(self):
        return f"{self.operation} {self.outcome} {self.at:%Y-%m-%d %H:%M:%S}"


class Unsealed(models.Model):
    """A log row that waits for its seal; the database adds it with the row, the sealer takes it away."""

    entry_id = models.BigIntegerField(primary_key=True)

    def __str__(self):
        return f"log row {self.entry_id} unsealed"


class Head(models.Model):
    """The last position and hash of an authority's chain (the nil uuid: rows of no authority)."""

    chain = models.UUIDField(primary_key=True)
    position = models.BigIntegerField()
    hash = models.BinaryField()

    def __str__(self):
        return f"chain {self.chain} at {self.position}"


class Seal(models.Model):
    """A log row's place in its authority's chain: hash = sha256(previous hash, position, digest of the row)."""

    entry_id = models.BigIntegerField(primary_key=True)
    chain = models.UUIDField()
    position = models.BigIntegerField()
    hash = models.BinaryField()
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "position"], name="seal_one_row_per_position")]

    def __str__(self):
        return f"chain {self.chain} position {self.position}"


class SignOfLife(models.Model):
    """When a part of the service was last seen at work (the health page reads it)."""

    part = models.TextField(primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self):
        return f"{self.part} seen {self.seen_at}"
