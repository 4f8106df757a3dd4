"""By whom is an authority reached, for what, from when, and who said so last?"""

import uuid

from django.db import models
from django.db.models import F, Q


class Contact(models.Model):
    """Whom an authority is reached by for a purpose, from a day until a day, and who last confirmed it.

    How its approvers are reached at night is the authority's own to know; every other contact is read by all.
    """

    class Purpose(models.TextChoices):
        PLACEMENT_NOTICES = "placement_notices", "Placement notices"
        EXPLOITATION_LEAD = "exploitation_lead", "Exploitation lead"
        LEAVING_CARE = "leaving_care", "Leaving care"
        DUTY_DESK = "duty_desk", "Duty desk"
        OUT_OF_HOURS = "out_of_hours", "Out of hours"
        DIRECTOR = "director", "Director of children’s services"
        NOMINATED_OFFICER = "nominated_officer", "Nominated officer"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField(choices=Purpose)
    email = models.EmailField(blank=True)
    telephone = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    confirmed_on = models.DateField()
    confirmed_by = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "purpose"], condition=Q(ends_on=None), name="contact_one_current_per_purpose"
            ),
            models.CheckConstraint(condition=~Q(email="", telephone=""), name="contact_can_be_reached"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="contact_ends_after_it_starts"
            ),
        ]

    def __str__(self):
        return f"{self.purpose} of {self.authority_id}"
