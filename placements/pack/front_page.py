"""What does the first page of a pack answer? Counts of placements and of duties; what is not measured is said to be so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from db.clock import london_date
from duties.models import Closing, Duty
from notifications.models import Document, DocumentFact
from placements import endings
from placements.models import Approval, Ending
from placements.overlay.ledger import Counts
from placements.pack import told
from placements.pack.owed import became_late_on, is_before_the_start, is_met_in_time
from placements.pack.question import Question
from placements.pack.register import Entry
from placements.pack.table import KEPT_CLOSED, NOT_RECORDED, Row, Table, in_words, table
from placements.pack.wrong_authority import SentWrongly
from placements.rules.written_dates import day_in_words

COLUMNS = "question answer which"
NOTICE = "notice_to_host"
# A receipt and an opening are no answers.
NO_ANSWER = (DocumentFact.Fact.RECEIVED, DocumentFact.Fact.OPENED)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the first page counts, as it stood at the question's instant."""

    question: Question
    entries: Sequence[Entry]
    cannot_tell: int
    short_breaks: int
    duties: Sequence[tuple[Entry, Duty]]
    approvals: Sequence[tuple[Entry, Approval]]
    notices: Sequence[tuple[Entry, Document]]
    why_late: Mapping[UUID, str]
    sent_wrongly: Sequence[SentWrongly]
    differing: Counts

    @property
    def measured(self) -> list[Entry]:
        """The placements that began in the period and are not stated as told before: on them the law's days ran here."""
        return [one for one in self.entries if self.question.began_in(one.starts_on) and one.told_before is None]


def front_page(known: Known) -> Table:
    """One row a question: the answer, and which placements it is about, by the children's references."""
    answers = (_open(known), _began(known), _told(known), _told_before(known), _approved(known))
    rows = (
        *answers,
        _ended(known),
        _wrong(known),
        _differed(known),
        _silent(known),
    )
    return table("front_page", "Front page", COLUMNS, (Row(None, one) for one in rows))


def _open(known: Known) -> tuple[str, str, str]:
    answer = (
        f"{len(known.entries)} (and {known.cannot_tell} where we cannot tell,"
        f" {known.short_breaks} in short breaks: no notice owed)"
    )
    return "Out-of-area placements open in the period", answer, _references(known.entries)


def _began(known: Known) -> tuple[str, str, str]:
    began = [one for one in known.entries if known.question.began_in(one.starts_on)]
    which = "; ".join(f"{one.child.reference} {day_in_words(one.starts_on)}" for one in began)
    return "of which began in the period", str(len(began)), which


def _told(known: Known) -> tuple[str, str, str]:
    """Measured by the duty of complete notice, with the day from which it was late."""
    owed = _by_entry(known.duties, kinds={NOTICE})
    dated = [one for one in known.measured if any(duty.late_from for duty in owed.get(one, []))]
    on = known.question.last_day
    late = [(one, duty) for one in dated for duty in owed[one] if became_late_on(duty, on)]
    in_time = [one for one in dated if any(is_met_in_time(duty, on) for duty in owed[one])]
    answer = f"{len(in_time)} of the {len(dated)} that can be measured"
    if without := len(known.measured) - len(dated):
        answer += f"; {without} without a day by which it was owed"
    waiting = [one for one in dated if one not in in_time and one not in [entry for entry, _ in late]]
    which = [_late(one, duty, known) for one, duty in late] + [f"{one.child.reference}: not due yet" for one in waiting]
    return "Host given complete notice in time", answer, "; ".join(which)


def _told_before(known: Known) -> tuple[str, str, str]:
    before = [one for one in known.entries if one.told_before]
    answer = f"{len(before)} of the {len(known.entries)}"
    return "Told before Placewatch (stated, not measured)", answer, _references(before)


def _approved(known: Known) -> tuple[str, str, str]:
    """By the grade that the law asks for: another cannot be recorded."""
    asked = _by_entry([pair for pair in known.approvals if pair[1].superseded_at is None])
    needed = [one for one in known.measured if one in asked]
    before = [one for one in needed if all(_is_approved_before(one, approval) for approval in asked[one])]
    which = [_approval(one, approval) for one in needed for approval in asked[one] if _is_worth_saying(one, approval)]
    answer = f"{len(before)} of the {len(needed)} that needed it"
    if exempt := len(known.measured) - len(needed):
        answer += f"; {exempt} needed nobody's approval"
    return "Approved before the start, by the right person", answer, "; ".join(which)


def _ended(known: Known) -> tuple[str, str, str]:
    """Told before the ending, or by the law's day after it with the reason why not before."""
    ended = [one for one in known.entries if known.question.began_in(one.ends_on)]
    owed = _by_entry(known.duties, kinds={endings.TO_HOST})
    reasons = _reasons(ended, known.question)
    on, in_time, which = known.question.last_day, 0, []
    for one in ended:
        duty = owed[one][-1] if one in owed else None
        in_time += duty is not None and is_met_in_time(duty, on)
        which.append(_ending(one, duty, reasons.get(one.placement.id, ""), on))
    with_reason = sum(bool(reasons.get(one.placement.id)) for one in ended)
    answer = f"{in_time} of {len(ended)}; {with_reason} with a reason why not before"
    return "Endings: host told before, or in time after it", answer, "; ".join(which)


def _wrong(known: Known) -> tuple[str, str, str]:
    """Told in error and taken back when the area was put right."""
    found = [one for one in known.sent_wrongly if known.question.began_in(london_date(one.sent_at))]
    which = "; ".join(_undone(one) for one in found)
    return "Sent to the wrong authority", str(len(found)), which


def _undone(one: SentWrongly) -> str:
    to = KEPT_CLOSED if one.entry.is_closed else one.recipient
    return f"{one.entry.child.reference}: {to}, {in_words(one.sent_at)}, undone in {one.minutes} minutes"


def _differed(known: Known) -> tuple[str, str, str]:
    counts = known.differing
    both = counts.shared_and_not_worried + counts.nothing_near_and_worried
    answer = (
        f"{both}: {counts.shared_and_not_worried} where something is shared and it is no worry,"
        f" {counts.nothing_near_and_worried} where nothing is near and there is a worry"
    )
    return "Judgement and overlay disagreed", answer, "The words stand in their own list"


def _silent(known: Known) -> tuple[str, str, str]:
    """Hosts whose people have answered no notice of a placement of which one stands. No law obliges them to."""
    answered = {
        (entry.placement.id, one.recipient_id)
        for entry, one in known.notices
        if any(fact.fact not in NO_ANSWER for fact in one.known_facts)
    }
    waiting: dict[str, int] = {}
    for entry, one in told.standing(known.notices):
        if (entry.placement.id, one.recipient_id) not in answered:
            host = told.host_of(entry, one)
            waiting[host] = waiting.get(host, 0) + 1
    which = "; ".join(f"{host}: {count}" for host, count in sorted(waiting.items()))
    return "Host has not answered (no duty to)", str(sum(waiting.values())), which


def _late(entry: Entry, duty: Duty, known: Known) -> str:
    done = f"given {in_words(duty.done_at)}" if duty.done_at else "not given"
    reason = known.why_late.get(duty.id)
    said = KEPT_CLOSED if entry.is_closed and reason else reason or NOT_RECORDED
    since = day_in_words(became_late_on(duty, known.question.last_day))
    return f"{entry.child.reference}: late since {since}, {done}, reason: {said}"


def _approval(entry: Entry, approval: Approval) -> str:
    reference = entry.child.reference
    if approval.decided_at is None:
        return f"{reference}: not decided"
    how = "by telephone " if approval.is_by_telephone else ""
    confirmed = f"confirmed {in_words(approval.confirmed_at)}" if approval.confirmed_at else "not confirmed"
    decided = f"{approval.get_decision_display().lower()} {how}{in_words(approval.decided_at)}"
    return f"{reference}: {decided}, recorded {in_words(approval.recorded_at)}, {confirmed}"


def _is_worth_saying(entry: Entry, approval: Approval) -> bool:
    return approval.is_by_telephone or not _is_approved_before(entry, approval)


def _is_approved_before(entry: Entry, approval: Approval) -> bool:
    return approval.decision == Approval.Decision.APPROVED and is_before_the_start(entry, approval) is True


def _ending(entry: Entry, duty: Duty | None, reason: str, on: date) -> str:
    said = f"{entry.child.reference} ended {day_in_words(entry.ends_on)}"
    if duty is None:
        return f"{said}: notice {NOT_RECORDED}"
    by = f"by {day_in_words(duty.due_on)}" if duty.due_on else "by no day"
    done = f"told {in_words(duty.done_at)}" if duty.done_at else "not told"
    late = became_late_on(duty, on)
    since = f", late since {day_in_words(late)}" if late else ""
    why = KEPT_CLOSED if entry.is_closed and reason else reason or NOT_RECORDED
    return f"{said}, {by}, {done}{since}, why not before: {why}"


def _reasons(ended: Sequence[Entry], question: Question) -> dict:
    rows = Ending.objects.filter(
        placement__in=[one.placement.id for one in ended], recorded_at__lte=question.as_at
    ).order_by("recorded_at", "id")
    return {one.placement_id: one.why_not_before for one in rows}


def _by_entry(pairs, *, kinds: set[str] | None = None) -> dict[Entry, list]:
    """What is about each placement; of duties those of the kinds that were not replaced and were owed."""
    found: dict[Entry, list] = {}
    for entry, one in pairs:
        if kinds is None or (one.kind in kinds and one.closing not in (Closing.REPLACED, Closing.NOT_OWED)):
            found.setdefault(entry, []).append(one)
    return found


def _references(entries: Sequence[Entry]) -> str:
    return "; ".join(one.child.reference for one in entries)
