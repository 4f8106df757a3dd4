"""How is a notice said: to whom, what it tells, and what became of it?"""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse

from notifications.documents import OF_LEAVING_CARE
from notifications.models import Attempt, Climb, Delivery, Document, Rung
from notifications.reached import reached_at
from notifications.states import DocumentState, state_of
from placements.missing import Word
from placements.telling.consultations import BOXES
from web.presenters import dates, handover
from web.presenters.elements import Lines, Link, Row, Table, Tag, Value
from web.presenters.guest import how_said, person_of

# What each field of a notice is called on a page, in the order in which people ask for it.
LABELS = {
    "status": "State of the placement",
    "given_name": "Given name",
    "family_name": "Family name",
    "child_reference": "The responsible authority’s reference",
    "born_on": "Date of birth",
    "is_born_on_estimated": "Is the date of birth an estimate?",
    "sex": "Sex",
    "legal_status": "Legal status",
    "planned_start_on": "Planned start",
    "starts_on": "Start",
    "is_emergency": "Made in an emergency?",
    "address": "Address",
    "postcode": "Postcode",
    "is_address_withheld": "Is the address kept closed?",
    "kind_of_place": "Kind of place",
    "question": "What we want to know of the place",
    "answer_hoped_for_by": "Answer hoped for by",
    "needs_and_suitability": "Needs, and why this placement is the most suitable",
    "care_plan_version": "Care plan given: version",
    "care_plan_supplied_at": "Care plan given: when",
    "care_plan_channel": "Care plan given: how",
    "about_reference": "About",
    **BOXES,
    "earlier_planned_start_on": "Was planned for",
    "ends_on": "Ends, or ended",
    "is_intention": "Is it still to come?",
    "contact_telephone": "Whom to ring",
    "contact_telephone_out_of_hours": "Whom to ring out of hours",
    "contact_email": "Whom to write to",
    "still_owed": "Still to come",
    "missing_since_at": "Missing since",
    "last_seen": "Where last seen",
    "is_whereabouts_known": "Is it known where the child is?",
    "returned_at": "Came back",
    "interview_due_at": "Interview to be completed by",
    "is_interview_asked_of_you": "Are you asked to hold the interview?",
    "interview_ending": "How the interview ended",
    "word": "What they say",
    "happened_at": "When it happened",
    "words": "In their words",
    "post": "Post of whoever says it",
    "recalled": "What it says",
    "area_alert": "What it says",
}
# Ids that a system asks for; what a person reads is said in words.
FOR_SYSTEMS = {"recalled_versions"}
WAITING = "No reply yet"


def inbox(
    documents: Iterable[Document], *, caption: str = "Notices received", empty: str = "No notice has been received."
) -> Table:
    """What was received, unread first as the query gives it."""
    rows = tuple(
        (
            Link(one.reference, reverse("received_notice", args=[one.id])),
            one.sender.name,
            one.get_kind_display(),
            one.get_urgency_display(),
            dates.instant(one.composed_at),
            Tag(handover.state_for_recipient(one)),
        )
        for one in documents
    )
    heads = ("Reference", "From", "What", "Urgency", "Received", "State")
    return Table(caption, heads, rows, empty)


def outbox(documents: Iterable[Document], *, caption: str = "Notices sent") -> Table:
    """What was sent and whether a person answered: an unanswered notice has no reply yet, and is never called late."""
    rows = tuple(
        (
            Link(one.reference, reverse("sent_notice", args=[one.id])),
            one.recipient.name,
            one.get_kind_display(),
            dates.instant(one.composed_at),
            answer(one),
        )
        for one in documents
    )
    return Table(caption, ("Reference", "To", "What", "Sent", "Answer"), rows, "No notice has been sent.")


def rows(document: Document) -> tuple[Row, ...]:
    """The envelope of a notice."""
    shown = [
        Row("Reference", document.reference),
        Row("From", document.sender.name),
        Row("To", document.recipient.name),
        Row("What", document.get_kind_display()),
        Row("Urgency", document.get_urgency_display()),
        Row("Sent", f"{dates.instant(document.composed_at)}, by {document.composed_by}"),
        Row("State", Tag(state_of(document).label)),
    ]
    if document.due_on:
        by = "by" if document.body.get("is_emergency") else "before"
        shown.append(Row("Owed to the area’s authority", f"{by} {dates.day(document.due_on)}"))
    return tuple(shown)


def body(document: Document) -> tuple[Row, ...]:
    """The whole of what the recipient is told, nothing left out: as its sender reads it, recalled or not."""
    return _said(document, document.body)


def told(document: Document) -> tuple[Row, ...]:
    """The same for the recipient: nothing any more once it was recalled."""
    return _said(document, document.told or {})


def given(document: Document) -> Row:
    """Since when it counts as given; an e-mail that came back, with nothing else, is no notice."""
    reached = reached_at(document)
    if reached is None:
        return Row("Given", "Not yet: the e-mail about it came back, and nobody there has opened it")
    return Row("Given", dates.instant(reached))


def facts(document: Document) -> Table:
    """In the inbox, opened, acknowledged, disputed: by whom and when."""
    stands = (dates.instant(document.composed_at), "It stands in the inbox", document.recipient.name, "")
    rest = ((dates.instant(one.at), one.get_fact_display(), how_said(one), one.words) for one in document.facts.all())
    return Table("What became of it", ("When", "What", "Who", "Words"), (stands, *rest))


def deliveries(document: Document) -> Table:
    """Each attempt to give it to the recipient's own system. A system is no person: this acknowledges nothing."""
    rows = tuple(
        (
            dates.instant(attempt.started_at),
            _attempt(delivery, attempt),
            Attempt.Outcome(attempt.outcome).label,
            _delivery(delivery),
        )
        for delivery in document.deliveries.all()
        for attempt in delivery.attempts.all()
    )
    empty = "Nothing was sent to a system or by e-mail: they have neither here, or the first attempt waits."
    return Table(
        "Given to the recipient’s own system, or sent by e-mail", ("When", "What", "Outcome", "State"), rows, empty
    )


STEPS = {
    "email_after_failure": "E-mail, if its system did not take it",
    "named_person": "A task of whoever sent it",
    "deputy": "E-mail to whoever stands in for them",
    "call_script": "A telephone call, with numbers and what to say",
    "manager": "A task of the manager of whoever sent it",
}


def ladder(document: Document) -> Table:
    """What is done until a person of the recipient has read it, and what of that was done: its ladder, as it was sent."""
    climb = Climb.objects.filter(document=document).prefetch_related("rungs").first()
    taken = {rung.number: rung for rung in climb.rungs.all()} if climb else {}
    rows = tuple(
        (
            dates.instant(datetime.fromisoformat(one["at"])),
            STEPS.get(one["step"], one["step"]),
            _step(climb, taken.get(number)),
        )
        for number, one in enumerate(climb.ladder if climb else (), start=1)
    )
    return Table(
        "Until a person there has read it", ("When", "What", "What was done"), rows, "Nothing more is planned."
    )


def _step(climb: Climb, rung: Rung | None) -> str:
    if rung:
        return f"{dates.instant(rung.at)}: {rung.words}"
    return "Not needed" if climb.ended_at else "To come"


def answer(document: Document) -> Value:
    """Who acknowledged or disputed it; else that there is no reply yet."""
    answers = [one for one in document.facts.all() if one.fact in ("acknowledged", "disputed")]
    state = state_of(document)
    if state in (DocumentState.RECALLED, DocumentState.SUPERSEDED):
        return Tag(state.label)
    if not answers:
        return Tag(WAITING) if reached_at(document) else Lines((Tag(WAITING), "The e-mail about it came back"))
    last = answers[-1]
    return Lines((Tag(last.get_fact_display()), f"{person_of(last)}, {dates.instant(last.at)}"))


def _said(document: Document, body: dict) -> tuple[Row, ...]:
    return handover.whole(body) if document.kind in OF_LEAVING_CARE else _fields(body)


def _fields(body: dict) -> tuple[Row, ...]:
    order = list(LABELS)
    shown = ((name, value) for name, value in body.items() if name not in FOR_SYSTEMS)
    ordered = sorted(shown, key=lambda field: order.index(field[0]))
    return tuple(Row(LABELS[name], _value(name, value)) for name, value in ordered)


def _attempt(delivery: Delivery, attempt: Attempt) -> str:
    return f"{delivery.get_channel_display()}, attempt {attempt.number}"


def _delivery(delivery: Delivery) -> str:
    if delivery.state == Delivery.State.QUEUED:
        return f"{delivery.get_state_display()}, next at {dates.instant(delivery.next_at)}"
    return delivery.get_state_display()


def _value(name: str, value) -> Value:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return Lines(tuple(str(one) for one in value)) if value else "Nothing"
    if name == "word":
        return Word(value).label
    if name.endswith(("_at", "_by")) and value:
        return dates.instant(datetime.fromisoformat(value))
    if name.endswith("_on") and value:
        on = date.fromisoformat(value)
        return dates.short_day(on) if name == "born_on" else dates.day(on)
    return str(value) if value not in (None, "") else "Not given"
