"""What do all rows of an authority share?"""

import uuid

from django.db import models


class Owned(models.Model):
    """A row of one authority, seen by nobody else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
