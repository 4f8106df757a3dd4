"""What do all rows between two authorities share?"""

import uuid

from django.db import models


class Addressed(models.Model):
    """A row that its sender and its recipient may read, and nobody else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sender = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
