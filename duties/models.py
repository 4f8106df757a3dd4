"""What is a duty? The one thing owed: basis, due date with its working, and how it was closed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q


class CurrentPerson(Func):
    """The person for whose request the transaction runs; null for a system and for Placewatch itself."""

    template = "current_person()"
    output_field = models.UUIDField()


class Basis(models.TextChoices):
    """Which of four kinds a duty is (decisions, section 6). Every duty says it."""

    LAW = "law", "Law"
    STATUTORY_GUIDANCE = "statutory_guidance", "Statutory guidance"
    LOCAL_RULE = "local_rule", "Our own rule"
    PRACTICE = "practice", "Practice"


class Closing(models.TextChoices):
    """How a duty ended: met with evidence; found not to be owed, with a reason; or replaced by a newer one."""

    MET = "met", "Met"
    NOT_OWED = "not_owed", "Not owed"
    REPLACED = "replaced", "Replaced"


class Duty(models.Model):
    """Something that somebody in an authority owes.

    `key` names the duty within the authority (kind, subject and trigger), so that a sweep which finds it again raises
    nothing twice. `late_from` is the first day on which it counts as late: a planned
    notice is late from the start day itself, others from the day after they were due. Neither changes when the duty
    is found late. `done_at` is when it was met, `closed_at` when somebody recorded that.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    key = models.TextField()
    kind = models.TextField()
    title = models.TextField()
    basis = models.TextField(choices=Basis)
    citation = models.TextField()
    subject_kind = models.TextField()
    subject_id = models.UUIDField()
    subject_reference = models.TextField()
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    late_from = models.DateField(null=True)
    working = models.JSONField(default=list)
    role = models.TextField(blank=True)
    team = models.TextField(blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    raised_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.TextField(blank=True)
    closing = models.TextField(choices=Closing, blank=True)
    evidence = models.TextField(blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(fields=["authority", "key"], name="duty_raised_once"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="duty_has_a_basis"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closing="", closed_by="")
                | Q(closed_at__isnull=False, closing__in=Closing.values) & ~Q(closed_by=""),
                name="duty_closed_at_by_and_how_together",
            ),
            models.CheckConstraint(
                condition=~Q(closing=Closing.MET) | ~Q(evidence="") & Q(done_at__isnull=False),
                name="duty_met_only_with_evidence",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(closing=Closing.MET, closed_at__gte=F("done_at")),
                name="duty_recorded_as_met_after_it_was",
            ),
            models.CheckConstraint(
                condition=~Q(closing__in=[Closing.NOT_OWED, Closing.REPLACED]) | ~Q(reason=""),
                name="duty_not_owed_only_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["authority", "due_on"], condition=Q(closed_at=None), name="duty_open_by_due_date"),
            models.Index(fields=["authority", "subject_kind", "subject_id"], name="duty_by_subject"),
        ]

    def __str__(self):
        return f"{self.kind} for {self.subject_reference}"


class DutyEvent(models.Model):
    """One line of a duty's history: raised, assigned, due date changed, closed; by whom, for whom and why.

    `for_person` is whose duty it was when that happened: its owner, or the person whom the doer covered. The database
    itself writes who did it, as in the log-book.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="history")
    at = models.DateTimeField()
    by = models.TextField()
    by_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_default=CurrentPerson(),
    )
    for_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    what = models.TextField()
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["duty", "at"], name="duty_history"),
            models.Index(
                fields=["for_person", "at"], condition=Q(for_person__isnull=False), name="duty_history_for_a_person"
            ),
        ]

    def __str__(self):
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"
