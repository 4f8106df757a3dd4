"""What used something that its owner has taken back, who has read it, and who is told? By the versions that were read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import Q, QuerySet

from accounts.acting import acting_for, service
from accounts.models import User
from audit import log
from audit.models import LogEntry
from hotspots.models import Disclosure
from hotspots.sharing import recall
from hotspots.sharing.recall import What
from notifications.models import Document
from placements.models import Judgement, NewLine, PackRequest, PassedOn, Placement, RecalledHere, Screening
from placements.overlay import new_lines

PURPOSE = "recall of a shared area"
# The log-book's line of a pack that a command wrote into a folder, with the versions that it used.
MADE_BY_COMMAND = "packs.make_by_command"
NOBODY_BY_NAME = "A system, a command or a re-check"
READ_BY = ("screenings.read", "judgements.read", "placements.read")


@dataclass(frozen=True)
class Reading:
    """That somebody opened a check which told what is taken back: who, and when first."""

    by: str
    placement_id: UUID
    at: datetime


@dataclass(frozen=True)
class OtherReading:
    """That it was told on a map, in a what-if or a list, to a check, or to a pack that a command wrote.

    To whom here, for what, and when; `id` is the disclosure's, none for a pack.
    """

    id: UUID | None
    by: str
    purpose: str
    at: datetime


@dataclass(frozen=True)
class Uses:
    """Everything of one authority that used what is taken back; of closed addresses, what the reader has a grant for.

    `packs` are those that used one of the versions; `alerts` what hosts got because such a check brought something new;
    `other_readings` are disclosures: what was asked of a placement, what-if questions, tiles of the map, and lists that a
    command screened, each with who asked.
    """

    screenings: Sequence[Screening]
    judgements: Sequence[Judgement]
    passed_on: Sequence[PassedOn]
    packs: Sequence[PackRequest]
    alerts: Sequence[Document]
    readings: Sequence[Reading]
    other_readings: Sequence[OtherReading]


def carry_out(owner_id: UUID, *, at: datetime) -> int:
    """Tell everybody who was shown what the owner took back, authority by authority, and the workers there; how many recalls.

    A run that stops halfway is taken up by the next one, and tells nobody twice.
    """
    with acting_for(service(owner_id), PURPOSE) as by:
        waiting = recall.waiting(owner_id)
        for one in waiting:
            recall.tell(one, by=by, at=at)
    for one in waiting:
        for reader_id in {owner_id, *one.readers, *one.closed_readers}:
            _take_in(reader_id, owner_id, one, at=at)
        with acting_for(service(owner_id), PURPOSE) as by:
            recall.close(one, by=by, at=at)
    return len(waiting)


def here() -> QuerySet[RecalledHere]:
    """What owners took back from this authority, the newest first."""
    return RecalledHere.objects.select_related("owner").order_by("-at", "id")


def uses(recalled: RecalledHere) -> Uses:
    """Everything here that used it, as far as whoever acts may read it."""
    checks = list(_checks(recalled.versions).select_related("placement__child").order_by("at", "id"))
    return Uses(
        screenings=checks,
        judgements=list(Judgement.objects.filter(screening__in=checks).order_by("recorded_at", "id")),
        passed_on=list(PassedOn.objects.filter(versions__overlap=recalled.versions).order_by("at", "id")),
        packs=list(_packs(recalled.versions, checks)),
        alerts=_alerts(checks),
        readings=_readings(checks),
        other_readings=_other_readings(recalled.versions),
    )


def _packs(versions: Sequence[UUID], checks: Sequence[Screening]) -> QuerySet[PackRequest]:
    """The packs that used one of the versions; of those made before that was kept, all since the first such check."""
    used = Q(versions__overlap=versions)
    if checks:
        used |= Q(versions=None, as_at__gte=min(check.at for check in checks))
    return PackRequest.objects.filter(used, made_at__isnull=False).defer("content").order_by("made_at", "id")


def _alerts(checks: Sequence[Screening]) -> list[Document]:
    """What hosts got of these checks: an alert goes out with the check that brought it."""
    of_checks = {(check.placement_id, check.at) for check in checks}
    rows = Document.objects.filter(
        kind=Document.Kind.AREA_ALERT, subject_id__in={check.placement_id for check in checks}
    ).select_related("recipient")
    return [one for one in rows.order_by("composed_at", "id") if (one.subject_id, one.composed_at) in of_checks]


def recalled_versions(authority_id: UUID) -> set[str]:
    """The ids of every version that was taken back from an authority, as a stored check writes them."""
    rows = RecalledHere.objects.filter(authority_id=authority_id).values_list("versions", flat=True)
    return {str(version) for versions in rows for version in versions}


def _take_in(reader_id: UUID, owner_id: UUID, taken_back: recall.Waiting, *, at: datetime) -> None:
    with acting_for(service(reader_id), PURPOSE):
        source = _source(reader_id, owner_id, taken_back)
        if source is None or RecalledHere.objects.filter(source=source).exists():
            return
        here_now = RecalledHere.objects.create(
            authority_id=reader_id,
            owner_id=owner_id,
            source=source,
            is_correction=taken_back.what == What.CORRECTED,
            versions=list(taken_back.versions),
            at=at,
        )
        told = new_lines.tell_recalled(
            _last_of_each(_checks(taken_back.versions)), sentence=recall.SENTENCES[taken_back.what], at=at
        )
        log.record(
            operation="recalls.take_in", subject_kind="recall", subject_ids=[here_now.id], detail={"lines": told}
        )


def _source(reader_id: UUID, owner_id: UUID, taken_back: recall.Waiting) -> UUID | None:
    """The document by which the reader was told; an id of its own where there is none: one's own area, a closed address."""
    if reader_id == owner_id:
        return taken_back.versions[-1] if taken_back.versions else None
    if reader_id in taken_back.closed_readers:
        return uuid5(taken_back.versions[-1], str(reader_id))
    received = Document.objects.filter(
        recipient_id=reader_id, sender_id=owner_id, kind=Document.Kind.AREA_RECALL, subject_id=taken_back.hotspot_id
    )
    newest = received.order_by("-composed_at", "-id").first()
    return newest.id if newest else None


def _checks(versions: Iterable[UUID]) -> QuerySet[Screening]:
    return Screening.objects.filter(versions__overlap=list(versions))


def _last_of_each(checks: QuerySet[Screening]) -> list[Screening]:
    """Of each open placement, the last check that used it."""
    standing = checks.filter(
        placement__superseded_at=None,
        placement__status__in=[Placement.Status.PROPOSED, Placement.Status.APPROVED, Placement.Status.STARTED],
    )
    newest = standing.select_related("placement__child").order_by("placement_id", "-at", "-id")
    return list(newest.distinct("placement_id"))


def _readings(checks: Sequence[Screening]) -> list[Reading]:
    """Who opened a page or an answer that showed these checks, from the log-book; and who read a line of their own."""
    since = {}
    for check in checks:
        since.setdefault(check.placement_id, check.at)
    subjects = {check.id: check.placement_id for check in checks} | {one: one for one in since}
    entries = LogEntry.objects.filter(
        operation__in=READ_BY, subject_ids__overlap=list(subjects), person_id__isnull=False
    )
    first: dict[tuple[UUID, UUID], datetime] = {}
    for entry in entries.order_by("id"):
        for placement_id in {subjects[one] for one in entry.subject_ids if one in subjects}:
            if entry.at >= since[placement_id]:
                first.setdefault((entry.person_id, placement_id), entry.at)
    for line in NewLine.objects.filter(screening__in=checks, read_at__isnull=False):
        first.setdefault((line.person_id, line.placement_id), line.read_at)
    names = _names({person for person, _ in first})
    found = [Reading(names.get(person, "Somebody"), placement, at) for (person, placement), at in first.items()]
    return sorted(found, key=lambda one: (one.at, one.by))


def _other_readings(versions: Sequence[UUID]) -> list[OtherReading]:
    # Of closed addresses the checks themselves are listed, for whoever may read them: when one was asked about tells which.
    found = list(Disclosure.objects.filter(versions__overlap=versions, is_closed=False).order_by("at", "id"))
    names = _names({one.asker for one in found if one.asker})
    told = [OtherReading(one.id, names.get(one.asker, NOBODY_BY_NAME), one.purpose, one.at) for one in found]
    written = LogEntry.objects.filter(operation=MADE_BY_COMMAND, subject_ids__overlap=versions)
    packs = [OtherReading(None, NOBODY_BY_NAME, "a pack made by command", one.at) for one in written]
    return sorted([*told, *packs], key=lambda one: one.at)


def _names(people: Iterable[UUID]) -> dict[UUID, str]:
    return dict(User.objects.filter(id__in=list(people)).values_list("id", "name"))
