"""What was owed because of each placement, when was it done, since when was it late, and who approved what, as what?"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from db.clock import london_date
from duties.actions import WHY_LATE
from duties.board import is_late, late_since
from duties.models import Closing, Duty, DutyEvent
from placements.models import Approval, MissingReport
from placements.pack.register import ABOUT, Entry
from placements.pack.table import KEPT_CLOSED, NOT_RECORDED, Row, Table, table

DUTY_COLUMNS = (
    f"{ABOUT} kind what basis citation due_on due_at became_late_on raised_at done_at closed_at closed_by closing"
    " evidence reason why_late working"
)
APPROVAL_COLUMNS = (
    f"{ABOUT} under asked_of requested_at requested_by decision decided_at decided_by as_deputy recorded_at recorded_by"
    " by_telephone confirmed_at decided_before_the_start superseded_at words"
)
ITEM_COLUMNS = f"{ABOUT} under satisfied_of citation standing words"


def duties_of(entries: Sequence[Entry], *, as_at: datetime) -> list[tuple[Entry, Duty]]:
    """Every duty of the placements, as it stood at an instant, in the order in which they were raised."""
    by_subject = {one.placement.id: one for one in entries}
    reports = MissingReport.objects.filter(placement__in=list(by_subject), recorded_at__lte=as_at)
    by_subject |= {one.id: by_subject[one.placement_id] for one in reports}
    rows = Duty.objects.filter(subject_id__in=list(by_subject), raised_at__lte=as_at).order_by(
        "raised_at", "kind", "id"
    )
    return _by_entry(entries, ((by_subject[one.subject_id], _stood(one, as_at)) for one in rows))


def became_late_on(duty: Duty, on: date) -> date | None:
    """The day on which a duty became late, whenever that was found; None for one that is not late on that day."""
    return late_since(duty) if is_late(duty, on) else None


def is_met_in_time(duty: Duty, on: date) -> bool:
    """Whether a duty was met before it was late."""
    return duty.closing == Closing.MET and not is_late(duty, on)


def why_late(stood: Iterable[tuple[Entry, Duty]], *, as_at: datetime) -> dict[UUID, str]:
    """Why duties were late, in the newest words that were written of each up to an instant."""
    found = DutyEvent.objects.filter(duty__in=[duty for _, duty in stood], what=WHY_LATE, at__lte=as_at)
    return {one.duty_id: one.reason for one in found.order_by("at", "id")}


def duties(stood: Sequence[tuple[Entry, Duty]], *, as_at: datetime) -> Table:
    """The duties with their time stamps, reasons and lateness as at an instant."""
    on, why = london_date(as_at), why_late(stood, as_at=as_at)
    rows = (_duty_row(entry, duty, on, why.get(duty.id, "")) for entry, duty in stood)
    return table("duties", "What was owed, when it was done, and since when it was late", DUTY_COLUMNS, rows)


def approvals_of(entries: Sequence[Entry], *, as_at: datetime) -> list[tuple[Entry, Approval]]:
    """Every approval asked for the placements, as it stood at an instant."""
    by_id = {one.placement.id: one for one in entries}
    rows = Approval.objects.filter(placement__in=list(by_id), requested_at__lte=as_at).order_by("requested_at", "id")
    return _by_entry(entries, ((by_id[one.placement_id], _decided(one, as_at)) for one in rows))


def is_before_the_start(entry: Entry, approval: Approval) -> bool | None:
    """Whether an approval was decided before the placement started; None while nothing is decided or has started."""
    if approval.decided_at is None or entry.starts_on is None:
        return None
    if entry.started_at is not None:
        return approval.decided_at <= entry.started_at
    return london_date(approval.decided_at) < entry.starts_on


def approvals(stood: Iterable[tuple[Entry, Approval]]) -> Table:
    """Who decided and who recorded it, and when each, are kept apart."""
    rows = (
        entry.row(
            one.get_under_display(),
            one.get_grade_display(),
            one.requested_at,
            one.requested_by,
            one.get_decision_display() or "not decided",
            one.decided_at,
            one.decided_by,
            one.is_deputy if one.decided_at else None,
            one.recorded_at,
            one.recorded_by,
            one.is_by_telephone if one.decided_at else None,
            one.confirmed_at,
            is_before_the_start(entry, one),
            one.superseded_at,
            _open_words(entry, one.words),
        )
        for entry, one in stood
    )
    return table("approvals", "Approvals: decided and recorded apart", APPROVAL_COLUMNS, rows)


def satisfied_of(stood: Iterable[tuple[Entry, Approval]]) -> Table:
    """Each thing of which the approver had to be satisfied, and how it stood: with evidence, or with a reason."""
    rows = (
        entry.row(
            one.get_under_display(),
            item["requirement"]["code"] if entry.is_closed else item["requirement"]["sentence"],
            _cited(item["requirement"]["citation"]),
            item["standing"].replace("_", " "),
            _open_words(entry, item["sentence"]),
        )
        for entry, one in stood
        for item in one.items
    )
    return table("satisfied_of", "Of what the approver was satisfied", ITEM_COLUMNS, rows)


def _duty_row(entry: Entry, duty: Duty, on: date, why: str) -> Row:
    said = duty.kind.split(":")[0].replace("_", " ").capitalize() if entry.is_closed else duty.title
    return entry.row(
        duty.kind,
        said,
        duty.get_basis_display(),
        duty.citation,
        duty.due_on,
        duty.due_at,
        became_late_on(duty, on),
        duty.raised_at,
        duty.done_at,
        duty.closed_at,
        duty.closed_by,
        duty.get_closing_display() or "open",
        _open_words(entry, duty.evidence),
        _open_words(entry, duty.reason),
        _open_words(entry, why),
        _open_words(entry, " ".join(duty.working)) or NOT_RECORDED,
    )


def _open_words(entry: Entry, words: str) -> str:
    """Words that may give a closed address away stay out of every file."""
    return KEPT_CLOSED if words and entry.is_closed else words


def _cited(citation: dict) -> str:
    return f"{citation['instrument']}, {citation['provision']}"


def _stood(duty: Duty, as_at: datetime) -> Duty:
    """The duty as it stood: one that was closed later is open. Only the copy in memory is changed."""
    if duty.closed_at and duty.closed_at > as_at:
        duty.closed_at = duty.done_at = None
        duty.closed_by = duty.closing = duty.evidence = duty.reason = ""
    return duty


def _decided(approval: Approval, as_at: datetime) -> Approval:
    """The approval as it stood: what was recorded later is not decided yet. Only the copy in memory is changed."""
    if approval.recorded_at and approval.recorded_at > as_at:
        approval.decision = approval.decided_as = approval.decided_by = approval.recorded_by = approval.words = ""
        approval.decided_at = approval.recorded_at = approval.confirmed_at = None
        approval.items = []
    if approval.confirmed_at and approval.confirmed_at > as_at:
        approval.confirmed_at = None
    if approval.superseded_at and approval.superseded_at > as_at:
        approval.superseded_at = None
    return approval


def _by_entry(entries: Sequence[Entry], found: Iterable[tuple[Entry, object]]) -> list:
    """The pairs in the order of the entries; within one, in the order in which they came."""
    held: dict[UUID, list] = {one.placement.id: [] for one in entries}
    for entry, one in found:
        held[entry.placement.id].append((entry, one))
    return [pair for pairs in held.values() for pair in pairs]
