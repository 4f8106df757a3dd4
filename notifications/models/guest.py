"""By which link may somebody without an account open one document, with which code, until when; and who tried it?"""

from django.db import models
from django.db.models import Q

from notifications.models.addressed import Addressed
from notifications.models.document import Document


class GuestLink(Addressed):
    """One way to one document for its recipient's people, who have no account. The sender's row alone.

    The link is not kept, only its digest (`GuestDoor`); of the code, which is told on the telephone to a number on
    file, only a slow hash. `wrong_codes` counts; too many close the link.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="guest_links")
    code_hash = models.TextField()
    number = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.TextField()
    expires_at = models.DateTimeField()
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    closed_because = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["document"], name="guest_links_of_document")]
        constraints = [
            models.CheckConstraint(condition=~Q(number=""), name="guest_code_told_to_a_number_on_file"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_because="") | Q(closed_at__isnull=False) & ~Q(closed_because=""),
                name="guest_link_closed_says_why",
            ),
        ]

    def __str__(self):
        return f"guest link {self.id}"


class GuestDoor(models.Model):
    """Behind which link stands which authority's row: asked before there is an authority. A digest, and no child."""

    digest = models.TextField(primary_key=True)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    link = models.OneToOneField(GuestLink, on_delete=models.PROTECT, related_name="door")

    def __str__(self):
        return f"door of {self.link_id}"


class GuestCaller(models.Model):
    """How often somebody knocked in vain from one address since when. A keyed digest of the address, and no child."""

    digest = models.TextField(primary_key=True)
    in_vain = models.PositiveIntegerField()
    since = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["since"], name="guest_callers_by_age")]

    def __str__(self):
        return f"caller {self.digest[:8]}"


class GuestOpening(Addressed):
    """One knock at a link: when, and what came of it."""

    class Outcome(models.TextChoices):
        OPENED = "opened", "Opened with the code"
        WRONG_CODE = "wrong_code", "A wrong code"
        CLOSED = "closed", "The link was closed already"

    link = models.ForeignKey(GuestLink, on_delete=models.PROTECT, related_name="openings")
    at = models.DateTimeField()
    outcome = models.TextField(choices=Outcome)

    def __str__(self):
        return f"{self.outcome} {self.at:%Y-%m-%d %H:%M}"
