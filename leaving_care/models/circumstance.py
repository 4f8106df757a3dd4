"""Which facts beyond the periods of care does a leaving-care status turn on?"""

from django.db import models
from django.db.models import F, Q

from placements.models.child import Child
from placements.models.owned import Owned


class Circumstance(Owned):
    """One fact about a young person, as somebody recorded it: superseded, never edited.

    Half-open days. `ends_on` is empty while it goes on, and for what happened on one day. For a disputed age
    `starts_on` is the date of birth that the other side holds; for education in the plan `ends_on` is the day to which
    the plan sets it out.
    """

    class Kind(models.TextChoices):
        SETTLED_AT_HOME = "settled_at_home", "Living, settled, with a parent or somebody with parental responsibility"
        AT_HOME_NOT_SETTLED = "at_home_not_settled", "Living with a parent or the like, not settled"
        HELD = "held", "Detained, or in hospital"
        SPECIAL_GUARDIANSHIP = "special_guardianship", "Under a special guardianship order"
        ADOPTED = "adopted", "Adopted"
        DIED = "died", "Died"
        SUPPORT_ASKED_FOR = "support_asked_for", "Asked for support past 21"
        EDUCATION = "education", "Education or training in the pathway plan"
        AGE_DISPUTED = "age_disputed", "Age disputed: another date of birth"
        CARED_FOR_ELSEWHERE = "cared_for_elsewhere", "Looked after by another authority"
        DECIDED_ELIGIBLE = "decided_eligible", "Decided, with legal advice: an eligible child"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="circumstances")
    kind = models.TextField(choices=Kind)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    words = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["child", "kind"], condition=Q(superseded_at=None), name="circumstance_of_child")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="circumstance_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(kind="education") | Q(ends_on__isnull=False), name="circumstance_education_has_its_end"
            ),
            models.UniqueConstraint(
                fields=["child", "kind"],
                condition=Q(
                    superseded_at=None, kind__in=["adopted", "died", "education", "age_disputed", "decided_eligible"]
                ),
                name="circumstance_once_where_it_happens_once",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.starts_on}"
