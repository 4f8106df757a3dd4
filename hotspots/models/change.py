"""What changed about an area that readers may be told of, or about what its owner says, and is not yet checked?"""

import uuid

from django.db import models
from django.db.models import Q

from hotspots.models.areas import Hotspot


class Change(models.Model):
    """That an area's version, state or shares changed `since`: a row until every reader's register was checked anew.

    Without an area: that what the owner says of its own sharing changed, or its review date went by.

    The database writes it with the change itself (a trigger of its migration), so that nobody who changes an area can
    forget it. What changes while it waits is counted in `times`; it is answered only as often as it was seen. How far
    the check has come with which reader is not the owner's to know: that would tell who has children there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    hotspot = models.ForeignKey(Hotspot, on_delete=models.PROTECT, null=True, related_name="changes")
    since = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hotspot"], condition=Q(answered_at=None), name="change_one_unanswered_per_hotspot"
            ),
            models.UniqueConstraint(
                fields=["authority"],
                condition=Q(answered_at=None, hotspot=None),
                name="change_one_unanswered_of_what_an_owner_says",
            ),
        ]
        indexes = [models.Index(fields=["authority", "-since"], name="change_of_owner")]

    def __str__(self):
        return f"change since {self.since:%Y-%m-%d %H:%M}"
