"""What was a host told and asked, what did it answer, and from whom was something withheld? Each with its times."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Prefetch, Q

from notifications.models import Document, DocumentFact
from placements.models import CarePlanSupply, TelephoneTry, Withholding
from placements.pack.register import ABOUT, Entry
from placements.pack.table import KEPT_CLOSED, NOT_RECORDED, Row, Table, table

Kind = Document.Kind
NOTICE_COLUMNS = f"{ABOUT} reference kind to composed_at composed_by given_at opened_at taken_back_at due_on"
FACT_COLUMNS = f"{ABOUT} reference to what at person post words"
ASKED_COLUMNS = f"{ABOUT} asked_whom asked_at how question answered_at answer"
SUPPLY_COLUMNS = f"{ABOUT} to version supplied_at channel recorded_at recorded_by"
WITHHELD_COLUMNS = (
    f"{ABOUT} paragraph_of_reg_13_2 what decided_by decided_on look_again_on recorded_at recorded_by ended_at ended_by"
)
QUESTIONS = (Kind.CONSULTATION, Kind.ENQUIRY)
ANSWERS = ("place", "health", "school", "contact", "call_us")
NO_REPLY = "no reply yet"


def notices_of(entries: Sequence[Entry], *, as_at: datetime) -> list[tuple[Entry, Document]]:
    """What was sent about each placement up to an instant, with the facts known by then as `known_facts`."""
    by_id = {one.placement.id: one for one in entries}
    facts = DocumentFact.objects.filter(at__lte=as_at).order_by("at", "id")
    rows = (
        Document.objects.filter(subject_id__in=list(by_id), composed_at__lte=as_at)
        .filter(sender_id__in={one.placement.authority_id for one in entries})
        .select_related("recipient")
        .prefetch_related(Prefetch("facts", queryset=facts, to_attr="known_facts"), "deliveries")
        .order_by("composed_at", "reference")
    )
    found: dict = {one: [] for one in by_id}
    for one in rows:
        if one.recalled_at and one.recalled_at > as_at:
            one.recalled_at = None  # only the copy in memory: it was taken back later
        found[one.subject_id].append((by_id[one.subject_id], one))
    return [pair for pairs in found.values() for pair in pairs]


def first_told_at(notices: Iterable[tuple[Entry, Document]]) -> dict:
    """When each placement's host was first told of it: a notice that was taken back counts for nothing."""
    told: dict = {}
    for entry, one in notices:
        if one.kind == Kind.PLACEMENT_NOTICE and not one.recalled_at:
            told.setdefault(entry.placement.id, one.composed_at)
    return told


def standing(found: Iterable[tuple[Entry, Document]]) -> list[tuple[Entry, Document]]:
    """The notices of placements that stood: neither taken back nor superseded by a newer one."""
    found = list(found)
    superseded = {one.supersedes_id for _, one in found}
    return [
        (entry, one)
        for entry, one in found
        if one.kind == Kind.PLACEMENT_NOTICE and one.recalled_at is None and one.id not in superseded
    ]


def notices(found: Iterable[tuple[Entry, Document]], *, as_at: datetime) -> Table:
    """Each paper: to whom, when, by whom, when a system took it and when somebody opened it."""
    rows = (
        entry.row(
            one.reference,
            one.get_kind_display(),
            host_of(entry, one),
            one.composed_at,
            one.composed_by,
            _given_at(one, as_at),
            next((fact.at for fact in one.known_facts if fact.fact == DocumentFact.Fact.OPENED), None),
            one.recalled_at,
            one.due_on,
        )
        for entry, one in found
    )
    return table("notices", "Notices to the areas’ authorities", NOTICE_COLUMNS, rows)


def facts(found: Iterable[tuple[Entry, Document]]) -> Table:
    """What a person at the host did with each paper. A host that has not answered owes nobody an answer."""
    rows = (
        entry.row(one.reference, host_of(entry, one), fact.get_fact_display(), fact.at, *_said_by(entry, fact))
        for entry, one in found
        for fact in one.known_facts
    )
    return table("facts_of_notices", "What the hosts did with the notices", FACT_COLUMNS, rows)


def asked(entries: Sequence[Entry], found: Iterable[tuple[Entry, Document]], *, as_at: datetime) -> Table:
    """Who was asked about each place, in writing or by telephone, and what came of it."""
    by_id = {one.placement.id: one for one in entries}
    answers = {
        (one.subject_id, one.sender_id): one
        for one in Document.objects.filter(
            kind=Kind.ANSWER, subject_id__in=list(by_id), composed_at__lte=as_at
        ).order_by("composed_at")
    }
    tries = TelephoneTry.objects.filter(placement__in=list(by_id), recorded_at__lte=as_at).order_by("rung_at", "id")
    rows = [
        _asked_in_writing(entry, one, answers.get((one.subject_id, one.recipient_id)))
        for entry, one in found
        if one.kind in QUESTIONS
    ]
    rows += [_rung(by_id[one.placement_id], one) for one in tries]
    return table("asked", "Who was asked about the place, and what they said", ASKED_COLUMNS, _in_order(entries, rows))


def supplies(entries: Sequence[Entry], *, as_at: datetime) -> Table:
    """Which version of the care plan an authority was given, when and how."""
    by_id = {one.placement.id: one for one in entries}
    given = CarePlanSupply.objects.filter(placement__in=list(by_id), recorded_at__lte=as_at)
    rows = [
        by_id[one.placement_id].row(
            KEPT_CLOSED if by_id[one.placement_id].is_closed else one.supplied_to.name,
            one.version,
            one.supplied_at,
            one.channel,
            one.recorded_at,
            one.recorded_by,
        )
        for one in given.select_related("supplied_to").order_by("supplied_at", "id")
    ]
    return table("care_plans", "Care plans given", SUPPLY_COLUMNS, _in_order(entries, rows))


def withheld(entries: Sequence[Entry], *, as_at: datetime) -> Table:
    """That something was withheld, on whose decision; never from whom by name, nor why: that is read in Placewatch."""
    by_id = {one.placement.id: one for one in entries}
    made = Withholding.objects.filter(Q(placement__in=list(by_id)), recorded_at__lte=as_at).order_by(
        "recorded_at", "id"
    )
    rows = [
        by_id[one.placement_id].row(
            one.paragraph,
            one.get_what_display(),
            one.decided_by,
            one.decided_on,
            one.look_again_on,
            one.recorded_at,
            one.recorded_by,
            *((one.ended_at, one.ended_by) if one.ended_at and one.ended_at <= as_at else (None, "")),
        )
        for one in made
    ]
    return table("withheld", "Decisions that somebody is not told", WITHHELD_COLUMNS, _in_order(entries, rows))


def host_of(entry: Entry, document: Document) -> str:
    """To whom a paper went; of a closed address not even that."""
    return KEPT_CLOSED if entry.is_closed else document.recipient.name


def _given_at(document: Document, as_at: datetime) -> datetime | None:
    given = [one.given_at for one in document.deliveries.all() if one.given_at and one.given_at <= as_at]
    return min(given, default=None)


def _said_by(entry: Entry, fact: DocumentFact) -> tuple[str, str, str]:
    if entry.is_closed:
        return KEPT_CLOSED, KEPT_CLOSED, KEPT_CLOSED
    return fact.person, fact.post, fact.words


def _asked_in_writing(entry: Entry, question: Document, answer: Document | None) -> Row:
    said = NO_REPLY
    if answer is not None:
        said = " ".join(f"{name.replace('_', ' ').capitalize()}: {answer.body[name]}" for name in _answered(answer))
    if entry.is_closed:
        return entry.row(KEPT_CLOSED, question.composed_at, "in writing", KEPT_CLOSED, _at(answer), KEPT_CLOSED)
    words = question.body.get("question") or NOT_RECORDED
    return entry.row(question.recipient.name, question.composed_at, "in writing", words, _at(answer), said)


def _answered(answer: Document) -> list[str]:
    return [name for name in ANSWERS if answer.body.get(name)]


def _at(answer: Document | None) -> datetime | None:
    return answer.composed_at if answer else None


def _rung(entry: Entry, tried: TelephoneTry) -> Row:
    if entry.is_closed:
        return entry.row(KEPT_CLOSED, tried.rung_at, "by telephone", "", None, KEPT_CLOSED)
    return entry.row(tried.rung, tried.rung_at, "by telephone", "", None, tried.words)


def _in_order(entries: Sequence[Entry], rows: Iterable[Row]) -> list[Row]:
    """The rows in the order of the entries that they are about."""
    order = {one.placement.id: number for number, one in enumerate(entries)}
    return sorted(rows, key=lambda row: order[row.placement_id])
