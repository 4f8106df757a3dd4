"""Which inspection packs were asked for, by whom and what for, who agreed, and until when can they be taken?"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from placements.models.owned import Owned


class PackRequest(Owned):
    """One pack: its question, who asked, and, once it is made, its bytes until they expire.

    The state is derived from these facts (`placements.pack.requests.state_of`). The asker and whoever agrees are two
    people. `content` is emptied when the pack expires; the same question makes the same bytes again.
    """

    class Purpose(models.TextChoices):
        INSPECTION = "inspection", "An inspection"
        OWN_REVIEW = "own_review", "Our own review of practice"
        SCRUTINY = "scrutiny", "A question from a court, a complaint or an ombudsman"

    starts_on = models.DateField()
    ends_on = models.DateField()
    as_at = models.DateTimeField()
    purpose = models.TextField(choices=Purpose)
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by = models.TextField()
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    row_count = models.PositiveIntegerField(null=True)
    sha256 = models.TextField(blank=True)
    content = models.BinaryField(null=True)
    agreer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    agreed_by = models.TextField(blank=True)
    agreed_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    versions = ArrayField(models.UUIDField(), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="pack_ends_on_or_after_its_first_day"
            ),
            models.CheckConstraint(condition=Q(as_at__lte=F("asked_at")), name="pack_asks_for_what_was_recorded"),
            models.CheckConstraint(
                condition=Q(purpose__in=["inspection", "own_review", "scrutiny"]), name="pack_has_a_purpose"
            ),
            models.CheckConstraint(
                condition=Q(made_at=None, row_count=None, sha256="", content=None, expires_at=None)
                | Q(made_at__isnull=False, row_count__isnull=False, expires_at__isnull=False) & ~Q(sha256=""),
                name="pack_made_whole_and_expires",
            ),
            models.CheckConstraint(
                condition=Q(agreer=None, agreed_by="", agreed_at=None)
                | Q(agreer__isnull=False, agreed_at__gte=F("made_at")) & ~Q(agreed_by=""),
                name="pack_agreed_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=Q(agreer=None) | ~Q(agreer=F("asker")), name="pack_agreed_by_a_second_person"
            ),
        ]
        indexes = [models.Index(fields=["authority", "-asked_at"], name="pack_by_when_asked")]

    def __str__(self):
        return f"pack {self.starts_on} to {self.ends_on}"
