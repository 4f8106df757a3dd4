"""How is a duty said: what, of which kind, by when, with its working, and who can act on it?"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.urls import reverse

from accounts.roles import Role
from duties.board import is_late
from duties.bulk import Result
from duties.models import Duty, DutyEvent
from duties.roster import Hand, Roster
from leaving_care.milestone_duties import KINDS as LEAVING_CARE_KINDS
from web.presenters import dates
from web.presenters.elements import Lines, Link, Row, Table, Tag, Tick, Value
from web.presenters.rules import working

NAMES_SHOWN = 5
NOBODY = "nobody can act now; a manager can give these to a person"
ABOUT = "About"
HEADS = ("What is owed", ABOUT, "Kind", "Due")
PAGES_OF_SUBJECTS = {
    "child": ("child", "child_id"),
    "placement": ("placement", "placement_id"),
    "document": ("sent_notice", "document_id"),
    "missing_report": ("missing_report", "report_id"),
    "received_document": ("received_notice", "document_id"),
    "received_handover": ("received_handover", "document_id"),
    "local_offer": ("change_local_offer", "offer_id"),
    "authority": ("directory_of", "authority_id"),
}
# Of these the lines under a duty say whom to ring and what to say; of the others how its day was counted.
TO_BE_DONE = {"document", "authority"}


def table(
    duties: Iterable[Duty],
    when: date | datetime,
    *,
    caption: str,
    empty: str = "Nothing is owed.",
    marks: Mapping[UUID, str] | None = None,
    is_choosable: bool = False,
    is_about_one: bool = False,
) -> Table:
    """Duties in the order given, each with what it is, about whom, of which kind, and when due.

    `marks` says of a duty for whom the reader can act on it; `is_choosable` puts a box to tick before each. Where all are
    about the one whose page it is (`is_about_one`), that is not said again.
    """
    marked = marks or {}
    rows = []
    for duty in duties:
        what = Lines((_link(duty), Tag(marked[duty.id]))) if duty.id in marked else _link(duty)
        about = () if is_about_one else (duty.subject_reference,)
        choose = (_tick(duty),) if is_choosable else ()
        rows.append((*choose, what, *about, Tag(duty.get_basis_display()), due(duty, when)))
    heads = tuple(head for head in HEADS if not (is_about_one and head == ABOUT))
    return Table(caption, ("Choose", *heads) if is_choosable else heads, tuple(rows), empty)


def marks(duties: Iterable[Duty], roster: Roster, reader_id: UUID) -> dict[UUID, str]:
    """Those that the reader can act on because they cover somebody: "for Lewis Grant"."""
    hands = ((duty.id, roster.covers_for(reader_id, duty)) for duty in duties)
    return {duty_id: f"for {hand.covers_name}" for duty_id, hand in hands if hand}


def grouped(
    duties: Iterable[Duty], when: date | datetime, *, roster: Roster, reader_id: UUID, is_choosable: bool = False
) -> list[Table]:
    """A table for each person, then for each role where no person has it; in the order given."""
    listed = list(duties)
    marked = marks(listed, roster, reader_id)
    groups = [list(found) for _, found in groupby(listed, key=lambda duty: _holds(duty, roster))]
    return [
        table(found, when, caption=holder(found[0], roster), marks=marked, is_choosable=is_choosable)
        for found in groups
    ]


def holder(duty: Duty, roster: Roster) -> str:
    """Who can act on it: its owner, else the people of its role; with whoever covers them, and until when."""
    hands = roster.who_can_act(duty)
    names = [_hand(one) for one in hands[:NAMES_SHOWN]]
    if len(hands) > NAMES_SHOWN:
        names.append(f"and {len(hands) - NAMES_SHOWN} more")
    said = ", ".join(names) or NOBODY
    if roster.owner_of(duty):
        return said
    return f"{Role(duty.role).label if duty.role else 'Anyone who may'}: {said}"


def due(duty: Duty, when: date | datetime) -> Value:
    """When it is due, whether it is late, and once it is closed how and when that was: in words, no colour."""
    said: list[Value] = [_written(duty)]
    if is_late(duty, when):
        said += [Tag("Late"), f"since {dates.instant(duty.due_at) if duty.due_at else dates.day(duty.late_from)}"]
    if duty.closed_at:
        said += [Tag(duty.get_closing_display()), dates.instant(duty.done_at or duty.closed_at)]
    return said[0] if len(said) == 1 else Lines(tuple(said))


def due_with_working(duty: Duty, when: date | datetime) -> Value:
    """The same with the days that were counted and skipped, to open."""
    return Lines((due(duty, when), working(duty.working))) if duty.working else due(duty, when)


def rows(duty: Duty, when: date | datetime, roster: Roster) -> tuple[Row, ...]:
    """The whole of one duty."""
    shown = [
        Row("About", _subject(duty)),
        Row("Kind", Tag(duty.get_basis_display())),
        Row("Where it is written", duty.citation),
        Row("Due", due(duty, when)),
    ]
    if not duty.closed_at:
        shown.append(Row("Who can act now", holder(duty, roster)))
    if duty.working and duty.subject_kind in TO_BE_DONE:
        shown.append(Row("What to do", Lines(tuple(duty.working))))
    elif duty.working:
        shown.append(Row("Working", working(duty.working)))
    if duty.closed_at:
        shown.append(
            Row("Closed", f"{duty.get_closing_display()}, {dates.instant(duty.closed_at)}, by {duty.closed_by}")
        )
        shown.append(Row("In these words", duty.evidence or duty.reason))
    return tuple(shown)


def history(duty: Duty) -> Table:
    """What happened to the duty, in order, with for whom it was done where that was somebody else's work."""
    events = duty.history.select_related("for_person").order_by("at", "id")
    lines = tuple((dates.instant(one.at), in_words(one), _by(one), one.reason) for one in events)
    return Table("History", ("When", "What", "By", "Words"), lines)


def done_while_away(events: Iterable[DutyEvent]) -> Table:
    """What others did about a person's duties, line by line."""
    lines = tuple(
        (
            dates.instant(one.at),
            in_words(one).capitalize(),
            _link(one.duty),
            one.duty.subject_reference,
            one.by,
            one.reason,
        )
        for one in events
    )
    return Table("Line by line", ("When", "What", "Duty", "About", "By", "Words"), lines, "Nothing was done.")


def in_words(event: DutyEvent) -> str:
    """What happened: "closed as not owed"."""
    return event.what.replace("_", " ")


def results(found: Iterable[Result]) -> Table:
    """What came of each of many duties, and why not."""
    lines = tuple(
        (_link(one.duty), one.duty.subject_reference, "Done" if one.is_done else f"Not done. {one.refusal}")
        for one in found
        if one.duty
    )
    return Table("What came of each", ("Duty", "About", "What happened"), lines)


def choices(duties: Iterable[Duty]) -> list[tuple[str, str]]:
    """Duties as boxes to tick."""
    return [(str(one.id), f"{one.title}, about {one.subject_reference}") for one in duties]


def _written(duty: Duty) -> str:
    if duty.due_on is None and duty.due_at is None:
        return "No time limit"
    written = dates.instant(duty.due_at) if duty.due_at else dates.day(duty.due_on)
    return f"before {written}" if duty.late_from and duty.late_from == duty.due_on else written


def _holds(duty: Duty, roster: Roster) -> UUID | str:
    return roster.owner_of(duty) or duty.role


def _hand(hand: Hand) -> str:
    if hand.covers_id is None:
        return hand.name
    return f"{hand.name} for {hand.covers_name} until {dates.day(hand.covers_until - timedelta(days=1))}"


def _by(event: DutyEvent) -> str:
    is_for_another = event.for_person_id and event.for_person_id != event.by_person_id
    return f"{event.by}, for {event.for_person.name}" if is_for_another else event.by


def _tick(duty: Duty) -> Tick:
    return Tick("duty", str(duty.id), f"Choose: {duty.title}, about {duty.subject_reference}")


def _link(duty: Duty) -> Link:
    return Link(duty.title, reverse("duty", args=[duty.id]), f"about {duty.subject_reference}")


def _subject(duty: Duty) -> Value:
    if duty.subject_kind not in PAGES_OF_SUBJECTS:
        return duty.subject_reference
    is_leaving_care = duty.subject_kind == "child" and duty.kind in LEAVING_CARE_KINDS
    name, argument = ("young_person", "child_id") if is_leaving_care else PAGES_OF_SUBJECTS[duty.subject_kind]
    return Link(duty.subject_reference, reverse(name, kwargs={argument: duty.subject_id}))
