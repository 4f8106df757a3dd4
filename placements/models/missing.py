"""Since when was a child missing, where last seen, and who talks with the child on return?"""

from django.db import models
from django.db.models import F, Q

from placements.models.child import Child
from placements.models.owned import Owned
from placements.models.placement import Placement


class MissingReport(Owned):
    """A child missing or away without authorisation, as it is happening; the return home interview has one owner.

    `place_postcode` is the place of the incident, where somebody recorded it: for counting only (placements/overlay).
    The 72 hours are clock hours from the return (statutory guidance). Done, declined and not possible are three
    endings; offered and declined is not done.
    """

    class Outcome(models.TextChoices):
        DONE = "done", "Interview completed"
        DECLINED = "declined", "Offered, and the child declined"
        NOT_POSSIBLE = "not_possible", "Not possible"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="missing_reports")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, null=True, related_name="missing_reports")
    is_whereabouts_known = models.BooleanField(default=False)
    missing_since = models.DateTimeField()
    last_seen = models.TextField()
    place_postcode = models.TextField(blank=True, default="")
    returned_at = models.DateTimeField(null=True)
    interview_due_at = models.DateTimeField(null=True)
    interview_owner = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    interview_outcome = models.TextField(choices=Outcome, blank=True)
    interview_at = models.DateTimeField(null=True)
    interview_by = models.TextField(blank=True)
    interview_words = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(returned_at=None, interview_due_at=None)
                | Q(returned_at__gte=F("missing_since"), interview_due_at__isnull=False),
                name="missing_report_return_starts_the_clock",
            ),
            models.CheckConstraint(
                condition=Q(interview_outcome="", interview_at=None)
                | ~Q(interview_outcome="") & Q(interview_at__isnull=False, returned_at__isnull=False),
                name="missing_report_interview_after_return",
            ),
            models.UniqueConstraint(
                fields=["child"], condition=Q(returned_at=None), name="missing_report_one_open_per_child"
            ),
            models.CheckConstraint(condition=~Q(last_seen=""), name="missing_report_says_where_last_seen"),
            models.CheckConstraint(
                condition=Q(interview_outcome="", interview_by="", interview_words="")
                | Q(interview_outcome="done") & ~Q(interview_by="")
                | Q(interview_outcome__in=["declined", "not_possible"]) & ~Q(interview_by="") & ~Q(interview_words=""),
                name="missing_report_interview_short_of_done_has_its_reason",
            ),
        ]

    def __str__(self):
        return f"missing since {self.missing_since:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        """Whether the child has not come back."""
        return self.returned_at is None


class PoliceMessage(Owned):
    """That a message by template was given to the police missing coordinator: its text, by whom, to whom, when.

    Placewatch sends nothing to the police; a person rang, or sent it by their own secure e-mail.
    """

    report = models.ForeignKey(MissingReport, on_delete=models.PROTECT, related_name="police_messages")
    text = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.TextField()
    given_to = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(recorded_at__gte=F("given_at")), name="police_message_recorded_after_it_was_given"
            ),
            models.CheckConstraint(
                condition=~Q(given_by="") & ~Q(given_to="") & ~Q(text=""), name="police_message_says_who_told_whom_what"
            ),
        ]

    def __str__(self):
        return f"given to the police {self.given_at:%Y-%m-%d %H:%M}"
