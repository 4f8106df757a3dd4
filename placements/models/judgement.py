"""What does a professional think, and with whom was it talked through? Words; never a number, rank or level."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from placements.models.child import Child
from placements.models.owned import Owned
from placements.models.placement import Placement
from placements.models.verdict import Screening


class Conversation(Owned):
    """A supervisor's conversation: who, when. One may cover several children, each with words of its own."""

    supervisor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    supervisor_name = models.TextField()
    held_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()

    def __str__(self):
        return f"conversation {self.held_at:%Y-%m-%d}"


class Judgement(Owned):
    """A written professional judgement about a place for a child; superseded, never edited.

    It names the screening that was read, and says whether it agrees with it: disagreement both ways is kept and
    counted by period, never by child. Where nothing is shared, it says who was asked about the place, when, and what
    they said. The supervisor's words are rows of their own: `talked_through`. About a closed address it is read only
    with a grant: what is thought of a place gives it away.
    """

    class Agreement(models.TextChoices):
        AGREES = "agrees", "Agrees with what is shared about the place"
        NOT_WORRIED = "not_worried", "Something is shared, and it is no worry for this child"
        WORRIED = "worried", "Nothing is near, and there is a worry all the same"
        NOTHING_SAID = "nothing_said", "Nothing is shared that one could agree or disagree with"

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="judgements")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="judgements")
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, null=True, related_name="judgements")
    known_and_not_known = models.TextField()
    thinks_and_why = models.TextField()
    look_again_on = models.DateField()
    agreement = models.TextField(choices=Agreement)
    asked_whom = models.TextField(blank=True)
    asked_on = models.DateField(null=True)
    they_said = models.TextField(blank=True)
    is_restricted = models.BooleanField(default=False)
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_by = models.TextField()
    recorded_at = models.DateTimeField()
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="superseded_by")
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["placement"], condition=Q(superseded_at=None), name="judgement_one_current_per_placement"
            ),
            models.CheckConstraint(
                condition=~Q(known_and_not_known="") & ~Q(thinks_and_why=""), name="judgement_is_written"
            ),
            models.CheckConstraint(
                condition=Q(asked_whom="", asked_on=None, they_said="")
                | Q(asked_on__isnull=False) & ~Q(asked_whom="") & ~Q(they_said=""),
                name="judgement_says_whom_when_and_what_together",
            ),
            models.CheckConstraint(
                condition=Q(agreement__in=["agrees", "not_worried", "worried", "nothing_said"]),
                name="judgement_agreement_is_known",
            ),
        ]
        indexes = [models.Index(fields=["authority", "recorded_at"], name="judgement_by_period")]

    def __str__(self):
        return f"judgement {self.recorded_at:%Y-%m-%d}"


class ConversationWords(Owned):
    """What a supervisor's conversation came to about one child's judgement, in a sentence of its own."""

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="about")
    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="talked_through")
    words = models.TextField()
    is_restricted = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "conversation words"
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="conversation_has_words_about_each_child"),
            models.UniqueConstraint(fields=["conversation", "judgement"], name="conversation_once_about_a_judgement"),
        ]

    def __str__(self):
        return f"words about {self.judgement_id}"


class Concern(Owned):
    """A worry about exploitation of a child. It closes with a reason, a supervisor and a day to look again, or not at all."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="concerns")
    raised_at = models.DateTimeField()
    raised_by = models.TextField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.TextField(blank=True)
    closing_reason = models.TextField(blank=True)
    closing_supervisor = models.TextField(blank=True)
    look_again_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by="", closing_reason="", closing_supervisor="", look_again_on=None)
                | Q(closed_at__isnull=False, look_again_on__isnull=False)
                & ~Q(closed_by="")
                & ~Q(closing_reason="")
                & ~Q(closing_supervisor=""),
                name="concern_never_closes_silently",
            )
        ]

    def __str__(self):
        return f"concern {self.raised_at:%Y-%m-%d}"


class ConcernAssessment(Owned):
    """One dated assessment of a concern, with its author. The newest one's age is shown, never hidden."""

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="assessments")
    assessed_on = models.DateField()
    words = models.TextField()
    not_known = models.TextField(blank=True)
    author = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="concern_assessment_is_written")]

    def __str__(self):
        return f"assessment {self.assessed_on}"
