"""Which letters are being made for many children, how far are they, and what is the one file for the printer?"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from placements.models.letter import Letter
from placements.models.owned import Owned
from placements.models.placement import Placement


class LetterJob(Owned):
    """Letters of one kind for many children, asked for at once; their `batch` is the job's id.

    `content` is the job for the printer: the letters `holds`, in the order of their envelopes. It is emptied when it
    expires, or a letter of it may not go out any more; the letters themselves stay.
    """

    about = models.TextField(choices=Letter.About)
    asked_at = models.DateTimeField()
    asked_by = models.TextField()
    role = models.TextField()
    person_id = models.UUIDField(null=True)
    client_id = models.UUIDField(null=True)
    made_at = models.DateTimeField(null=True)
    content = models.BinaryField(null=True)
    holds = ArrayField(models.TextField(), default=list)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at__isnull=False, expires_at__isnull=False)
                | Q(made_at=None, content=None, holds=[], expires_at=None),
                name="letter_job_made_whole_and_expires",
            )
        ]
        indexes = [
            models.Index(fields=["authority"], condition=Q(made_at=None), name="letter_jobs_being_made"),
            models.Index(fields=["authority", "-asked_at"], name="letter_jobs_by_when_asked"),
        ]

    def __str__(self):
        return f"letter job {self.id}"


class LetterJobLine(Owned):
    """One child of a job. Held by one worker at a time; done once, with its letters or with why there are none."""

    job = models.ForeignKey(LetterJob, on_delete=models.PROTECT, related_name="lines")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    tries = models.PositiveSmallIntegerField(default=0)
    lease = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    refused = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "placement"], name="letter_job_names_a_placement_once"),
            models.CheckConstraint(
                condition=Q(lease=None, leased_until=None)
                | Q(lease__isnull=False, leased_until__isnull=False, done_at=None),
                name="letter_job_line_leased_only_while_it_waits",
            ),
            models.CheckConstraint(
                condition=Q(refused="") | Q(done_at__isnull=False), name="letter_job_line_refused_is_done"
            ),
        ]
        indexes = [models.Index(fields=["job", "number"], condition=Q(done_at=None), name="letter_job_lines_waiting")]

    def __str__(self):
        return f"line {self.number} of letter job {self.job_id}"
