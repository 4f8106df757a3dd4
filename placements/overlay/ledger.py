"""Where did what people think differ from what is shared about places? By period, with the words; no figure for a child."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet

from accounts.acting import Actor
from db.clock import LONDON, london_date
from placements.models import Child, Concern, ConcernAssessment, ConversationWords, Judgement, Placement
from placements.place import grants

Agreement = Judgement.Agreement
BOTH_WAYS = (Agreement.NOT_WORRIED, Agreement.WORRIED)


@dataclass(frozen=True)
class Counts:
    """How many judgements of a period differed from what was shared, each way. Both days are counted in."""

    starts_on: date
    ends_on: date
    shared_and_not_worried: int
    nothing_near_and_worried: int


def disagreements(
    authority_id: UUID, *, starts_on: date, ends_on: date, as_at: datetime | None = None
) -> QuerySet[Judgement]:
    """The judgements of a period that differ from what was shared, in the order in which they were written.

    One said again in the period stands once, in its newest words. Judgements about closed addresses are left out, for
    every reader alike. With `as_at`, what was written after that instant is not read.
    """
    begins, ends = _midnight(starts_on), _midnight(ends_on + timedelta(days=1))
    if as_at is not None:
        ends = min(ends, as_at + timedelta.resolution)
    written = Judgement.objects.filter(
        authority_id=authority_id,
        recorded_at__gte=begins,
        recorded_at__lt=ends,
        agreement__in=BOTH_WAYS,
        is_restricted=False,
    )
    said_again = Q(superseded_by__agreement=F("agreement"), superseded_by__recorded_at__lt=ends)
    return with_words(written.exclude(said_again)).order_by("recorded_at", "id")


def counts(authority_id: UUID, *, starts_on: date, ends_on: date, as_at: datetime | None = None) -> Counts:
    """The two counts of a period."""
    found = disagreements(authority_id, starts_on=starts_on, ends_on=ends_on, as_at=as_at)
    ways = list(found.values_list("agreement", flat=True))
    return Counts(starts_on, ends_on, ways.count(Agreement.NOT_WORRIED), ways.count(Agreement.WORRIED))


def judgements_about(placement: Placement, *, by: Actor, at: datetime) -> QuerySet[Judgement]:
    """Every judgement about a placement's place, the newest first; none of a closed address without a grant."""
    rows = with_words(Judgement.objects.filter(placement=placement)).order_by("-recorded_at", "-id")
    if placement.is_restricted and placement.id not in grants.held([placement], by=by, at=at):
        return rows.none()
    return rows


def waiting_for_a_conversation(*, by: Actor, at: datetime) -> list[Judgement]:
    """Current judgements that nobody talked through yet, for a supervisor who did not write them; the longest first."""
    rows = Judgement.objects.filter(
        authority_id=by.authority_id,
        superseded_at=None,
        talked_through=None,
        placement__status__in=[Placement.Status.PROPOSED, Placement.Status.APPROVED, Placement.Status.STARTED],
    )
    waiting = list(
        rows.exclude(writer_id=by.person_id).select_related("placement__child").order_by("recorded_at", "id")
    )
    held = grants.held([one.placement for one in waiting], by=by, at=at)
    return [one for one in waiting if not one.is_restricted or one.placement_id in held]


def concerns_about(child: Child) -> QuerySet[Concern]:
    """A child's concerns, open ones first, past ones after them, with their assessments, the newest first."""
    return with_assessments(Concern.objects.filter(child=child)).order_by(
        F("closed_at").desc(nulls_first=True), "-raised_at", "id"
    )


def with_assessments(rows: QuerySet[Concern]) -> QuerySet[Concern]:
    """Concerns with their assessments as `looked_at`, the newest first."""
    newest_first = ConcernAssessment.objects.order_by("-assessed_on", "-recorded_at", "id")
    return rows.prefetch_related(Prefetch("assessments", queryset=newest_first, to_attr="looked_at"))


def with_words(rows: QuerySet[Judgement]) -> QuerySet[Judgement]:
    """Judgements with what their supervisors' conversations came to as `conversations`, in their order."""
    words = ConversationWords.objects.select_related("conversation").order_by("conversation__held_at", "id")
    return rows.select_related("screening").prefetch_related(
        Prefetch("talked_through", queryset=words, to_attr="conversations")
    )


def last_looked_on(concern: Concern) -> date:
    """The day of the newest assessment (use with the assessments of `with_assessments`)."""
    return concern.looked_at[0].assessed_on


def days_since_looked(concern: Concern, on: date) -> int:
    """How long ago that was, in days; shown, and never a reason to sort one child before another."""
    return (on - last_looked_on(concern)).days


def this_month(at: datetime) -> tuple[date, date]:
    """The month so far, for whoever names no period."""
    today = london_date(at)
    return today.replace(day=1), today


def _midnight(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=LONDON).astimezone(UTC)
