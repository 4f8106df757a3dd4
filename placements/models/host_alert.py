"""With which hosts was it agreed that they are told when something shared comes near a child's place there?"""

from django.db import models
from django.db.models import F, Q

from placements.models.owned import Owned


class HostAlertAgreement(Owned):
    """That the responsible authority and a host agreed on alerts: the reference, since when, who recorded it, until when."""

    host = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    reference = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "host"], condition=Q(ended_at=None), name="host_alert_one_open_per_host"
            ),
            models.CheckConstraint(condition=~Q(authority=F("host")), name="host_alert_is_agreed_with_another"),
            models.CheckConstraint(condition=~Q(reference=""), name="host_alert_has_a_reference"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | Q(ended_at__isnull=False) & ~Q(ended_by=""),
                name="host_alert_ended_at_and_by_together",
            ),
        ]

    def __str__(self):
        return f"alerts to {self.host_id}"
