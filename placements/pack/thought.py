"""What was shared about each place as it was read then, and what did people think of it? Words; never a number or a rank."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from db.clock import london_date
from placements.models import ConversationWords, Judgement, Screening
from placements.overlay import ledger
from placements.pack.passing import MayStand, may_stand, versions_of
from placements.pack.question import Question
from placements.pack.register import ABOUT, Entry
from placements.pack.table import NOT_RECORDED, Row, Table, table

SCREENING_COLUMNS = f"{ABOUT} read_at within_metres authority what_it_says sentences"
JUDGEMENT_COLUMNS = (
    f"{ABOUT} written_by recorded_at superseded_at known_and_not_known thinks_and_why agreement look_again_on"
    " asked_whom asked_on they_said check_read_at talked_through"
)
DIFFERING_COLUMNS = "agreement known_and_not_known thinks_and_why written_by recorded_at talked_through"
NOT_LOCATED = "not read: this place has no grid reference here, so nothing can be said of what lies near it"


def screenings(entries: Sequence[Entry], *, as_at: datetime) -> Table:
    """Every check as it was stored then, authority by authority, as far as it may be passed on; none of a closed address."""
    found = list(_checks(entries, as_at))
    may = may_stand(found)
    rows = [row for entry, one in _by_entry(entries, found) for row in _readings(entry, one, may)]
    return table("screenings", "What others shared about the place, as it was read then", SCREENING_COLUMNS, rows)


def versions_used(entries: Sequence[Entry], question: Question) -> frozenset[UUID]:
    """The versions of areas whose sentences stand in a pack, and those of the checks that its judgements rest on."""
    found = list(_checks(entries, question.as_at))
    may = may_stand(found)
    told = {
        version
        for check in found
        for answer in check.answer["authorities"]
        if may.tells(answer, check.placement_id)
        for version in versions_of(answer)
    }
    written = Judgement.objects.filter(
        placement__in=_open(entries), recorded_at__lte=question.as_at, is_restricted=False
    )
    resting = [
        versions
        for rows in (written, _differing(question))
        for versions in rows.filter(screening__isnull=False).values_list("screening__versions", flat=True)
    ]
    return frozenset(told).union(*resting)


def checked_at(entries: Sequence[Entry], *, as_at: datetime) -> list[tuple]:
    """When each open placement's place was checked: placement id and instant."""
    return list(_checks(entries, as_at).values_list("placement_id", "at"))


def judgements(entries: Sequence[Entry], *, as_at: datetime) -> Table:
    """Every judgement with its supervisors' words, superseded ones too; none about a closed address."""
    found = Judgement.objects.filter(placement__in=_open(entries), recorded_at__lte=as_at, is_restricted=False)
    rows = [
        entry.row(
            one.written_by,
            one.recorded_at,
            one.superseded_at if one.superseded_at and one.superseded_at <= as_at else None,
            one.known_and_not_known,
            one.thinks_and_why,
            one.get_agreement_display(),
            one.look_again_on,
            one.asked_whom or NOT_RECORDED,
            one.asked_on,
            one.they_said or NOT_RECORDED,
            one.screening.at if one.screening else None,
            talked_through(one),
        )
        for entry, one in _by_entry(entries, _with_words(found, as_at).order_by("recorded_at", "id"))
    ]
    return table("judgements", "Professional judgements", JUDGEMENT_COLUMNS, rows)


def differing(question: Question) -> tuple[ledger.Counts, Table]:
    """Where judgements of the period differed from what was shared: two counts, and the words without a child."""
    counts = ledger.counts(question.authority.id, **_period(question))
    found = _with_words(_differing(question), question.as_at)
    rows = (
        Row(
            None,
            (
                one.get_agreement_display(),
                one.known_and_not_known,
                one.thinks_and_why,
                one.written_by,
                one.recorded_at,
                talked_through(one),
            ),
        )
        for one in found
    )
    return counts, table("differing", "Where judgements differ from what is shared", DIFFERING_COLUMNS, rows)


def talked_through(judgement: Judgement) -> str:
    """The supervisors' conversations about a judgement, each with its day."""
    told = (
        f"{one.conversation.supervisor_name}, {london_date(one.conversation.held_at).isoformat()}: {one.words}"
        for one in judgement.words_by_then
    )
    return " ".join(told) or NOT_RECORDED


def _readings(entry: Entry, screening: Screening, may: MayStand) -> list[Row]:
    if not screening.answer["is_located"]:
        return [entry.row(screening.at, screening.radius_metres, "", NOT_LOCATED, "")]
    return [
        entry.row(screening.at, screening.radius_metres, one["name"], *may.told_of(one, screening.placement_id))
        for one in screening.answer["authorities"]
    ]


def _differing(question: Question) -> QuerySet[Judgement]:
    return ledger.disagreements(question.authority.id, **_period(question))


def _period(question: Question) -> dict:
    return {"starts_on": question.starts_on, "ends_on": question.ends_on, "as_at": question.as_at}


def _checks(entries: Sequence[Entry], as_at: datetime) -> QuerySet[Screening]:
    found = Screening.objects.filter(placement__in=_open(entries), at__lte=as_at, is_restricted=False)
    return found.order_by("at", "id")


def _open(entries: Sequence[Entry]) -> list:
    return [one.placement.id for one in entries if not one.is_closed]


def _by_entry(entries: Sequence[Entry], rows: Iterable) -> list:
    found: dict = {one.placement.id: [] for one in entries}
    by_id = {one.placement.id: one for one in entries}
    for one in rows:
        found[one.placement_id].append((by_id[one.placement_id], one))
    return [pair for pairs in found.values() for pair in pairs]


def _with_words(rows, as_at: datetime):
    words = (
        ConversationWords.objects.filter(conversation__recorded_at__lte=as_at)
        .select_related("conversation")
        .order_by("conversation__held_at", "id")
    )
    return rows.select_related("screening").prefetch_related(
        Prefetch("talked_through", queryset=words, to_attr="words_by_then")
    )
