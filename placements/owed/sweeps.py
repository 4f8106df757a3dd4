"""What does the register still lack? Level-triggered: each run finds everything that is missing, not what fell due since."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.acting import acting_for, service
from db.clock import london_date
from duties.actions import raise_duties
from duties.owed import Owed
from geo.models import Authority, Country
from placements import go_live
from placements.approving import approvals
from placements.models import Placement, Screening, ShadowMode
from placements.models import Verdict as StoredVerdict
from placements.overlay import screening
from placements.overlay.screening import last_birthday_of_an_adult
from placements.owed import calendar, found_again, grounds, obligations, unreadable
from placements.owed.grounds import Grounds
from placements.place import verdicts
from placements.rules.working_days import Holidays

BATCH = 500
DUTIES_BATCH = 2_000
PURPOSE = "sweep of the register"
OPEN = Q(
    status__in=[Placement.Status.PROPOSED, Placement.Status.APPROVED, Placement.Status.STARTED], superseded_at=None
)
# What an ending obliges to is found again too; of history that only a return tells, nothing is asserted.
OWING = OPEN | Q(status=Placement.Status.ENDED, source=Placement.Source.REGISTER, superseded_at=None)

JUDGED = Exists(StoredVerdict.objects.filter(placement=OuterRef("pk"), superseded_at=None))
IN_SHADOW = Exists(ShadowMode.objects.filter(authority=OuterRef("authority"), ended_at=None))
# What shadow mode stored counts while it lasts: afterwards each place is checked anew, to be shown.
SCREENED = Exists(Screening.everything.filter(Q(is_shadow=False) | IN_SHADOW, placement=OuterRef("pk")))
# What goes away by itself, or stops the whole run: no row's fault.
NO_ROWS_FAULT = (OperationalError, InterfaceError, SoftTimeLimitExceeded)

Waiting = Callable[[UUID, datetime], QuerySet[Placement]]
Work = Callable[[Sequence[Placement], datetime], object]


def responsible_authorities() -> list[UUID]:
    """Every English authority: each may have a register here."""
    return list(Authority.objects.filter(country=Country.ENGLAND).values_list("id", flat=True))


def registers_waiting(*, at: datetime) -> list[UUID]:
    """The authorities in whose registers a placement waits to be judged or screened; one question for all of them.

    It may name one in which nothing can be done, and never leaves one out.
    """
    with connection.cursor() as cursor:
        born_after = last_birthday_of_an_adult(london_date(at))
        cursor.execute("select registers_waiting(%s, %s)", [responsible_authorities(), born_after])
        return [authority_id for (authority_id,) in cursor.fetchall()]


def screen_pending(authority_id: UUID, *, at: datetime) -> int:
    """Judge the open placements without a verdict and screen the children never screened (an import leaves them so).

    Returns how many were screened. Adults are judged and not screened. A row that cannot be read becomes a person's
    task, and is left alone until they have closed it.
    """
    while _batch_is_done(authority_id, _unjudged, _judge, at):
        pass
    screened = 0
    while done := _batch_is_done(authority_id, _unscreened, _screen, at):
        screened += done
    return screened


def raise_missing_duties(authority_id: UUID, *, at: datetime) -> int:
    """Raise the duties that the register gives rise to and nobody was asked for; returns how many.

    Placements that began before go-live raise none one by one: they stand on one list, "Before we began". A row that
    cannot be read becomes a person's task.
    """
    about = {"authority_id": authority_id, "by": "Placewatch", "at": at}
    with acting_for(service(authority_id), PURPOSE):
        raised = len(raise_duties(found_again.of_authority(authority_id, at=at), **about))
        found_again.close_what_was_found(authority_id, at=at)
        holidays = calendar.holidays()
        owing = list(_owing(authority_id).values_list("id", flat=True))
    for first in range(0, len(owing), DUTIES_BATCH):
        with acting_for(service(authority_id), PURPOSE):
            batch = Placement.objects.filter(id__in=owing[first : first + DUTIES_BATCH])
            wanted = _owed_by_all(list(batch.select_related("child", "authority")), holidays, at)
            raised += len(raise_duties(wanted, **about))
    return raised


def _owing(authority_id: UUID) -> QuerySet[Placement]:
    owing = _wanted(authority_id, OWING).filter(JUDGED)
    live_on = go_live.day_of(authority_id)
    if live_on is None:
        return owing
    began_since = Q(starts_on__gte=live_on) | Q(starts_on=None, planned_start_on__gte=live_on)
    return owing.filter(began_since | Q(is_disputed=True))


def _owed_by_all(placements: list[Placement], holidays: Holidays, at: datetime) -> list[Owed]:
    wanted: list[Owed] = []
    for found in grounds.read(placements):
        try:
            wanted += obligations.of_grounds(_with_approvals(found, at), holidays=holidays)
        except NO_ROWS_FAULT:
            raise
        except Exception:
            unreadable.ask_about_placement(found.placement, doing="working out what is owed", at=at)
    return wanted


def _with_approvals(found: Grounds, at: datetime) -> Grounds:
    """The grounds; with the approvals asked for, where a plan of an import, or a lost request, has none."""
    placement = found.placement
    if found.approvals or placement.status != Placement.Status.PROPOSED:
        return found
    judged = verdicts.current(placement)
    if not approvals.needed(placement, judged):
        return found
    with transaction.atomic():
        approvals.request(placement, judged, by="Placewatch", at=at)
        placement.save(update_fields=["approver_needed", "is_approved"])
    return grounds.of(placement, judged.area)


def _batch_is_done(authority_id: UUID, waiting: Waiting, work: Work, at: datetime) -> int:
    """Work through the next placements that wait, together; one by one where that fails. Returns how many were tried."""
    try:
        with acting_for(service(authority_id), PURPOSE):
            batch = _locked(waiting(authority_id, at))
            if batch:
                work(batch, at)
            return len(batch)
    except NO_ROWS_FAULT:
        raise
    except Exception:
        return _one_by_one(authority_id, waiting, work, at)


def _one_by_one(authority_id: UUID, waiting: Waiting, work: Work, at: datetime) -> int:
    with acting_for(service(authority_id), PURPOSE):
        batch = _locked(waiting(authority_id, at))
        for placement in batch:
            try:
                with transaction.atomic():
                    work([placement], at)
            except NO_ROWS_FAULT:
                raise
            except Exception:
                unreadable.ask_about_placement(placement, doing="saying whose area it lies in", at=at)
    return len(batch)


def _judge(placements: Sequence[Placement], at: datetime) -> None:
    verdicts.judge_all(placements, at=at)


def _screen(placements: Sequence[Placement], at: datetime) -> None:
    screening.screen(placements, at=at, purpose=PURPOSE)


def _unjudged(authority_id: UUID, at: datetime) -> QuerySet[Placement]:
    return _wanted(authority_id, OPEN).exclude(JUDGED).exclude(unreadable.is_with_a_person())


def _unscreened(authority_id: UUID, at: datetime) -> QuerySet[Placement]:
    minors = _wanted(authority_id, OPEN).filter(child__born_on__gt=last_birthday_of_an_adult(london_date(at)))
    return minors.exclude(SCREENED).exclude(unreadable.is_with_a_person())


def _wanted(authority_id: UUID, which: Q) -> QuerySet[Placement]:
    wanted = Placement.objects.filter(which, authority_id=authority_id, screening_wanted=True)
    return wanted.select_related("child", "authority")


def _locked(rows: QuerySet[Placement]) -> list[Placement]:
    return list(rows.select_for_update(of=("self",), skip_locked=True)[:BATCH])
