"""By whom is an authority reached, for what, from when, and who said so last?"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Contact(models.Model):
    """Whom an authority is reached by for a purpose, from a day until a day, and who last confirmed it.

    How its approvers are reached at night is the authority's own to know; every other contact is read by all. What
    another authority found out by ringing (`kept_by`) is that one's own: a mistake there misleads nobody else.
    """

    class Purpose(models.TextChoices):
        PLACEMENT_NOTICES = "placement_notices", "Placement notices"
        EXPLOITATION_LEAD = "exploitation_lead", "Exploitation lead"
        LEAVING_CARE = "leaving_care", "Leaving care"
        DUTY_DESK = "duty_desk", "Duty desk"
        OUT_OF_HOURS = "out_of_hours", "Out of hours"
        DIRECTOR = "director", "Director of children’s services"
        NOMINATED_OFFICER = "nominated_officer", "Nominated officer"
        DEPUTY = "deputy", "Deputy for placement notices"
        POLICE_MISSING_COORDINATOR = "police_missing_coordinator", "Police missing coordinator"
        HEALTH_BODY = "health_body", "Health body"

    class Channel(models.TextChoices):
        EMAIL = "email", "E-mail"
        SECURE_EMAIL = "secure_email", "Secure e-mail"
        PORTAL = "portal", "The authority’s own portal"
        TELEPHONE = "telephone", "Telephone"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    kept_by = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, null=True, related_name="+")
    purpose = models.TextField(choices=Purpose)
    team = models.TextField(blank=True)
    channel = models.TextField(choices=Channel, default=Channel.EMAIL)
    email = models.EmailField(blank=True)
    telephone = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    confirmed_on = models.DateField()
    confirmed_by = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "purpose", "kept_by"],
                condition=Q(ends_on=None),
                nulls_distinct=False,
                name="contact_one_current_per_purpose",
            ),
            models.CheckConstraint(
                condition=Q(kept_by=None) | ~Q(kept_by=F("authority")), name="contact_kept_by_another_authority"
            ),
            models.CheckConstraint(condition=~Q(email="", telephone=""), name="contact_can_be_reached"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="contact_ends_after_it_starts"
            ),
        ]

    def __str__(self):
        return f"{self.purpose} of {self.authority_id}"


class ContactChange(models.Model):
    """A new address that somebody gave: it counts once a second person has rung a number on file and heard it there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    of = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField(choices=Contact.Purpose)
    team = models.TextField(blank=True)
    channel = models.TextField(choices=Contact.Channel, default=Contact.Channel.EMAIL)
    email = models.EmailField(blank=True)
    telephone = models.TextField(blank=True)
    starts_on = models.DateField(null=True)
    said_by = models.TextField()
    proposed_at = models.DateTimeField()
    proposed_by = models.TextField()
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    number_rung = models.TextField(blank=True)
    spoke_to = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.TextField(blank=True)
    confirmer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "of", "purpose"],
                condition=Q(confirmed_at=None, withdrawn_at=None),
                name="contact_change_one_waits_per_purpose",
            ),
            models.CheckConstraint(condition=~Q(email="", telephone=""), name="contact_change_can_be_reached"),
            models.CheckConstraint(
                condition=Q(confirmer=None) | ~Q(confirmer=F("proposer")), name="contact_change_by_a_second_person"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by="", number_rung="", spoke_to="")
                | Q(confirmed_at__isnull=False, withdrawn_at=None)
                & ~Q(confirmed_by="")
                & ~Q(number_rung="")
                & ~Q(spoke_to=""),
                name="contact_change_confirmed_by_a_call_back",
            ),
        ]

    def __str__(self):
        return f"change of {self.purpose} of {self.of_id}"
