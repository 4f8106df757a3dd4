"""Who approved a placement, as what, when, on which evidence; and who recorded it for whom?"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from placements.models.owned import Owned
from placements.models.placement import Placement
from placements.models.verdict import Verdict


class Approval(Owned):
    """One decision asked of one grade under one regulation; never edited, only superseded.

    It rests on the verdict of the place that was decided about: approval of another place does not carry over. Who
    decided and who recorded it, and when each, are kept apart; what a decider did not record, they confirm.
    `items` holds what the approver had to be satisfied of: code, sentence, citation, evidence or reason.
    """

    class Under(models.TextChoices):
        REG_11 = "reg_11", "reg. 11, a placement out of area"
        REG_10 = "reg_10", "reg. 10, a change in key stage 4"
        REG_18 = "reg_18", "reg. 18, a placement with parents"

    class Grade(models.TextChoices):
        NOMINATED_OFFICER = "nominated_officer", "Nominated officer"
        DIRECTOR = "director", "Director of children's services"

    class Decision(models.TextChoices):
        APPROVED = "approved", "Approved"
        DECLINED = "declined", "Declined"

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="approvals")
    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="approvals")
    under = models.TextField(choices=Under)
    grade = models.TextField(choices=Grade)
    requested_at = models.DateTimeField()
    requested_by = models.TextField()
    decision = models.TextField(choices=Decision, blank=True)
    decided_as = models.TextField(choices=Grade, blank=True)
    decided_by = models.TextField(blank=True)
    decider = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    is_deputy = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True)
    recorded_by = models.TextField(blank=True)
    recorded_at = models.DateTimeField(null=True)
    is_by_telephone = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True)
    items = models.JSONField(default=list)
    words = models.TextField(blank=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "under"], condition=Q(superseded_at=None), name="approval_one_current_per_rule"
            ),
            models.CheckConstraint(
                condition=Q(
                    decision="", decided_by="", decided_at=None, recorded_by="", recorded_at=None, decided_as=""
                )
                | Q(decided_at__isnull=False, recorded_at__isnull=False)
                & ~Q(decision="")
                & ~Q(decided_by="")
                & ~Q(recorded_by="")
                & ~Q(decided_as=""),
                name="approval_decided_and_recorded_together",
            ),
            models.CheckConstraint(
                # A director may stand for the nominated officer, never the other way (ADR 0024).
                condition=Q(decided_as="") | Q(decided_as=F("grade")) | Q(decided_as="director"),
                name="approval_approver_matches_requirement",
            ),
            models.CheckConstraint(
                condition=Q(is_deputy=False) | Q(decided_as="director"), name="approval_deputy_acts_as_the_director"
            ),
            models.CheckConstraint(condition=~Q(decision="declined") | ~Q(words=""), name="approval_declined_says_why"),
            models.CheckConstraint(
                condition=Q(recorded_at=None) | Q(recorded_at__gte=F("decided_at")),
                name="approval_recorded_after_it_was_decided",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(decided_at__isnull=False), name="approval_confirmed_once_decided"
            ),
        ]

    def __str__(self):
        return f"{self.under} by {self.grade}: {self.decision or 'asked'}"


class CarePlanSupply(Owned):
    """That a version of the care plan was given to an authority: which, when, how, by whom. The plan is not kept here."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="care_plan_supplies")
    supplied_to = models.ForeignKey("geo.Authority", on_delete=models.PROTECT, related_name="+")
    version = models.TextField()
    supplied_at = models.DateTimeField()
    channel = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()

    class Meta:
        verbose_name_plural = "care plan supplies"
        constraints = [models.CheckConstraint(condition=~Q(version=""), name="care_plan_supply_names_the_version")]

    def __str__(self):
        return f"version {self.version}"


class CarePlanVersion(Owned):
    """That a child's care plan became a version on a day: so that it shows when a host holds an older one."""

    child = models.ForeignKey("placements.Child", on_delete=models.PROTECT, related_name="care_plan_versions")
    version = models.TextField()
    became_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["child", "version"], name="care_plan_version_once_per_child")]

    def __str__(self):
        return f"version {self.version} of {self.became_on}"


class TelephoneTry(Owned):
    """That somebody rang about a placement: whom, when, and what came of it. "No reply" is an answer."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="telephone_tries")
    rung = models.TextField()
    rung_at = models.DateTimeField()
    words = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()

    class Meta:
        verbose_name_plural = "telephone tries"
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="telephone_try_says_what_came_of_it")]

    def __str__(self):
        return f"rung {self.rung_at:%Y-%m-%d %H:%M}"


class Withholding(Owned):
    """A decision that somebody is not told of a placement (reg. 13(3)), or not its address; until when, and why."""

    class What(models.TextChoices):
        NOTICE = "notice", "Not told at all (reg. 13(3))"
        ADDRESS = "address", "Told without the address"

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="withholdings")
    paragraph = models.TextField()
    person = models.TextField()
    what = models.TextField(choices=What)
    reason = models.TextField()
    decided_by = models.TextField()
    decided_on = models.DateField()
    look_again_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.TextField(blank=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(what="notice") | Q(paragraph__in=["b", "c", "d", "e"]), name="withheld_only_from_b_to_e"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="withholding_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | Q(ended_at__isnull=False) & ~Q(ended_by=""),
                name="withholding_ended_at_and_by_together",
            ),
        ]

    def __str__(self):
        return f"{self.what} withheld, paragraph {self.paragraph}"
