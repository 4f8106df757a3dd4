"""How many new lines wait for a person in the product? A count and nothing else, for whoever sends word of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class NewLines(models.Model):
    """The word owed to one person: so many new lines in Placewatch. One unsent row a person; what comes meanwhile adds to it.

    Whoever sends it sets `sent_at`. It names no child, no place and no area. For a line that only few may know of, the
    row is the person's own: nobody else of the authority reads it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField()
    since = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "new lines"
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "person"], condition=Q(sent_at=None), name="new_lines_one_unsent_per_person"
            ),
            models.CheckConstraint(condition=Q(count__gt=0), name="new_lines_are_some"),
        ]

    def __str__(self):
        return f"{self.count} for {self.person_id}"
