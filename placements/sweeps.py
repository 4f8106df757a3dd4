"""What does the register still lack? Level-triggered: each run finds everything that is missing, not what fell due since."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.acting import acting_for, service
from db.clock import london_date
from geo.models import Authority, Country
from placements import approvals, calendar, go_live, leaving_care, obligations, screening, verdicts
from placements.models import Placement, Screening
from placements.models import Verdict as StoredVerdict
from placements.screening import last_birthday_of_an_adult

BATCH = 500
PURPOSE = "sweep of the register"
OPEN = Q(
    status__in=[Placement.Status.PROPOSED, Placement.Status.APPROVED, Placement.Status.STARTED], superseded_at=None
)
# What an ending obliges to is found again too; of history that only a return tells, nothing is asserted.
OWING = OPEN | Q(status=Placement.Status.ENDED, source=Placement.Source.REGISTER, superseded_at=None)

JUDGED = Exists(StoredVerdict.objects.filter(placement=OuterRef("pk"), superseded_at=None))
SCREENED = Exists(Screening.objects.filter(placement=OuterRef("pk")))


def responsible_authorities() -> list[UUID]:
    """Every English authority: each may have a register here."""
    return list(Authority.objects.filter(country=Country.ENGLAND).values_list("id", flat=True))


def screen_pending(authority_id: UUID, *, at: datetime) -> int:
    """Judge the open placements without a verdict and screen the children never screened (an import leaves them so).

    Returns how many were screened. Adults are judged and not screened.
    """
    while _judge_a_batch(authority_id, at):
        pass
    screened = 0
    while batch := _screen_a_batch(authority_id, at):
        screened += batch
    return screened


def raise_missing_duties(authority_id: UUID, *, at: datetime) -> int:
    """Raise the duties that the register gives rise to and nobody was asked for; returns how many.

    Placements that began before go-live raise none one by one: they stand on one list, "Before we began".
    """
    raised = 0
    with acting_for(service(authority_id), PURPOSE):
        raised += len(leaving_care.raise_milestones(authority_id, on=london_date(at), by="Placewatch", at=at))
        live_on = go_live.day_of(authority_id)
        known = calendar.holidays()
        owing = _wanted(authority_id, OWING).filter(JUDGED)
        if live_on is not None:
            began_since = Q(starts_on__gte=live_on) | Q(starts_on=None, planned_start_on__gte=live_on)
            owing = owing.filter(began_since | Q(is_disputed=True))
        for placement in owing.iterator(chunk_size=BATCH):
            judged = verdicts.current(placement)
            if not placement.approvals.exists() and placement.status == Placement.Status.PROPOSED:
                approvals.request(placement, judged, by="Placewatch", at=at)
                placement.save(update_fields=["approver_needed", "is_approved"])
            raised += len(obligations.raise_for(placement, judged, holidays=known, by="Placewatch", at=at))
    return raised


def _judge_a_batch(authority_id: UUID, at: datetime) -> int:
    with acting_for(service(authority_id), PURPOSE):
        waiting = _locked_batch(_open(authority_id).exclude(JUDGED))
        if waiting:
            verdicts.judge_all(waiting, at=at)
    return len(waiting)


def _screen_a_batch(authority_id: UUID, at: datetime) -> int:
    with acting_for(service(authority_id), PURPOSE):
        minors = _open(authority_id).filter(child__born_on__gt=last_birthday_of_an_adult(london_date(at)))
        waiting = _locked_batch(minors.exclude(SCREENED))
        if waiting:
            screening.screen(waiting, at=at, purpose=PURPOSE)
    return len(waiting)


def _open(authority_id: UUID) -> QuerySet[Placement]:
    return _wanted(authority_id, OPEN)


def _wanted(authority_id: UUID, which: Q) -> QuerySet[Placement]:
    wanted = Placement.objects.filter(which, authority_id=authority_id, screening_wanted=True)
    return wanted.select_related("child", "authority")


def _locked_batch(rows: QuerySet[Placement]) -> list[Placement]:
    return list(rows.select_for_update(of=("self",), skip_locked=True)[:BATCH])
