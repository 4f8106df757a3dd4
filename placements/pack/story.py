"""What happened to one child, from start to end: both authorities, when it happened and when it was recorded, by which rule?"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from notifications.models import Document
from placements import missing
from placements.models import Child, PlacementEvent
from placements.pack import owed, thought, told, why
from placements.pack.register import ABOUT, MOVES, Entry, of_children
from placements.pack.table import KEPT_CLOSED, Row, Table, table

LINES = "story"
LINE_COLUMNS = f"{ABOUT} happened_at recorded_at by what rule"
# What may be said of a closed address: these lines name no other authority and no place.
SAID_OF_A_CLOSED = frozenset(
    {
        *MOVES,
        "Registered as a planned move",
        "Registered as an emergency move",
        "Did not go ahead",
        "New date",
        "A judgement about this place was written",
        "The judgement was talked through",
        "Came back",
    }
)


def tables(entries: Sequence[Entry], *, as_at: datetime) -> tuple[Table, ...]:
    """The lines of the placements, and every table that stands behind them."""
    duties = owed.duties_of(entries, as_at=as_at)
    approvals = owed.approvals_of(entries, as_at=as_at)
    notices = told.notices_of(entries, as_at=as_at)
    return (
        _lines(entries, duties, approvals, notices, as_at),
        why.here(entries, why.places_tried(entries, as_at=as_at)),
        owed.duties(duties, as_at=as_at),
        owed.approvals(approvals),
        owed.satisfied_of(approvals),
        told.notices(notices, as_at=as_at),
        told.facts(notices),
        told.asked(entries, notices, as_at=as_at),
        told.supplies(entries, as_at=as_at),
        told.withheld(entries, as_at=as_at),
        thought.screenings(entries, as_at=as_at),
        thought.judgements(entries, as_at=as_at),
    )


def of(children: Collection[Child], *, as_at: datetime) -> tuple[Table, ...]:
    """The stories of children of the authority acted for, start to end. Of a closed address they tell nobody more."""
    return tables(of_children(children, as_at=as_at), as_at=as_at)


def _lines(entries, duties, approvals, notices, as_at: datetime) -> Table:
    """Every line by the child's reference, then by when it happened and when that was recorded."""
    rows = [
        *_events(entries, as_at),
        *(_asked_for(entry, one) for entry, one in approvals),
        *(_done(entry, one) for entry, one in duties if one.closed_at),
        *(_sent(entry, one) for entry, one in notices),
        *(_fact(entry, one, fact) for entry, one in notices for fact in one.known_facts),
        *_missing(entries, as_at),
        *_read(entries, as_at),
    ]
    order = {one.placement.id: (one.child.reference, number) for number, one in enumerate(entries)}
    rows.sort(key=lambda row: (order[row.placement_id][0], row.cells[3], row.cells[4], row.cells[6], str(row.cells[7])))
    return table(LINES, "What happened, and when it was recorded", LINE_COLUMNS, rows)


def _events(entries: Sequence[Entry], as_at: datetime) -> list[Row]:
    by_id = {one.placement.id: one for one in entries}
    rows = PlacementEvent.objects.filter(placement__in=list(by_id), recorded_at__lte=as_at).order_by(
        "recorded_at", "id"
    )
    return [_event(by_id[one.placement_id], one) for one in rows]


def _event(entry: Entry, event: PlacementEvent) -> Row:
    words = f"{event.what}: {event.words}" if event.words else event.what
    if entry.is_closed:
        words = event.what if event.what in SAID_OF_A_CLOSED else KEPT_CLOSED
    return entry.row(event.happened_at, event.recorded_at, event.recorded_by, words, "")


def _asked_for(entry: Entry, approval) -> Row:
    what = f"{approval.get_grade_display()} was asked to approve"
    return entry.row(
        approval.requested_at, approval.requested_at, approval.requested_by, what, approval.get_under_display()
    )


def _done(entry: Entry, duty) -> Row:
    said = duty.kind.split(":")[0].replace("_", " ").capitalize() if entry.is_closed else duty.title
    how = "" if entry.is_closed else f" {duty.evidence or duty.reason}"
    what = f"{duty.get_closing_display()}: {said}.{how}"
    return entry.row(duty.done_at or duty.closed_at, duty.closed_at, duty.closed_by, what, duty.citation)


def _sent(entry: Entry, document: Document) -> Row:
    what = f"{document.get_kind_display()} {document.reference} to {told.host_of(entry, document)}"
    return entry.row(document.composed_at, document.composed_at, document.composed_by, what, "")


def _fact(entry: Entry, document: Document, fact) -> Row:
    host = told.host_of(entry, document)
    person = KEPT_CLOSED if entry.is_closed else f"{fact.person}, {fact.post}" if fact.post else fact.person
    what = f"{host}: {document.reference} {fact.get_fact_display().lower()}"
    return entry.row(fact.at, fact.at, person, what, "")


def _missing(entries: Sequence[Entry], as_at: datetime) -> list[Row]:
    """What host and we told each other of the child missing from these places; nothing of it for a closed one."""
    by_id: dict[UUID, Entry] = {one.placement.id: one for one in entries if not one.is_closed}
    reports = [
        one for entry in by_id.values() for one in entry.placement.missing_reports.filter(recorded_at__lte=as_at)
    ]
    placement_of = {one.id: by_id[one.placement_id] for one in reports}
    rows = []
    for report_id, exchange in missing.exchanges_of(reports).items():
        entry = placement_of[report_id]
        rows += [_sent(entry, one) for one in exchange.notices if one.composed_at <= as_at]
        rows += [_answered(entry, one) for one in exchange.answers if one.composed_at <= as_at]
    return rows


def _answered(entry: Entry, answer: Document) -> Row:
    said = f"{answer.sender.name}: {missing.Word(answer.body['word']).label}"
    happened_at = datetime.fromisoformat(answer.body["happened_at"])
    return entry.row(happened_at, answer.composed_at, answer.composed_by, said, "")


def _read(entries: Sequence[Entry], as_at: datetime) -> list[Row]:
    by_id = {one.placement.id: one for one in entries}
    return [
        by_id[placement_id].row(at, at, "Placewatch", "Checked against shared areas of concern", "")
        for placement_id, at in thought.checked_at(entries, as_at=as_at)
    ]
