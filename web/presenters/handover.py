"""How is a handover said: its parts with the young person's answer, and what the host reads and answers?"""

from collections.abc import Iterable, Set
from datetime import date
from uuid import UUID

from django.urls import reverse

from leaving_care import host_list
from leaving_care.host_list import Asked
from leaving_care.models import Handover
from leaving_care.parts import PARTS
from notifications.models import Document
from notifications.states import DocumentState, state_of
from web.presenters import dates
from web.presenters.elements import Lines, Link, Row, Section, Table, Tag, Value

FIELDS = {
    "stays_responsible": "Who stays responsible",
    "about_reference": "About",
    "question": "A question",
    "reply": "The reply",
    "given_name": "Given name",
    "family_name": "Family name",
    "born_on": "Date of birth",
    "is_born_on_estimated": "Is the date of birth an estimate?",
    "sex": "Sex",
    "child_reference": "The responsible authority’s reference",
    "status": "Status",
    "adviser": "Personal adviser",
    "contact_name": "Whom the adviser can ring",
    "contact_telephone": "Whom to ring",
    "contact_telephone_out_of_hours": "Whom to ring out of hours",
    "contact_email": "Whom to write to",
    "no_longer_looked_after_since": "No longer looked after since",
    "next_contact_on": "The adviser sees them next by",
    "lives_from": "Lives here from",
    "left_on": "Left on",
    "address": "Address",
    "postcode": "Postcode",
    "kind_of_place": "Who provides it",
    "post": "Post of whoever answered",
}
DAYS = ("born_on", "next_contact_on", "no_longer_looked_after_since", "lives_from", "left_on")


ASKED = {
    Asked.ANSWER: "Read it, name a contact, say what is offered here",
    Asked.ANSWERED: "Answered",
    Asked.READ: "Read it",
    Asked.TAKEN_BACK: "Nothing: it was taken back",
    Asked.SUPERSEDED: "Nothing: a newer one took its place",
}
UNREAD = (DocumentState.COMPOSED, DocumentState.GIVEN, DocumentState.RECEIVED)


def state_for_recipient(document: Document) -> str:
    """How a document stands, to those who received it: until a person opened it, nobody has read it."""
    state = state_of(document)
    return "Not read yet" if state in UNREAD else state.label


def received(documents: Iterable[Document], *, answered: Set[UUID]) -> Table:
    """Leaving-care documents addressed to us, unread first as the query gives them. The name is read by opening one."""
    rows = tuple(
        (
            Link(one.reference, reverse("received_handover", args=[one.id])),
            one.sender.name,
            one.get_kind_display(),
            _since(one),
            _asked(one, answered),
            Lines((dates.instant(one.composed_at), Tag(state_for_recipient(one)))),
        )
        for one in documents
    )
    heads = ("Reference", "From", "What", "Lives here from", "What is asked", "Received")
    return Table("Who is coming to live here, and what is asked", heads, rows, "Nothing has been received.")


def _since(document: Document) -> str:
    left_on = host_list.day_told(document, "left_on")
    if left_on:
        return f"Left on {dates.short_day(left_on)}"
    return dates.short_day(host_list.day_told(document, "lives_from"), otherwise="Not given")


def _asked(document: Document, answered: Set[UUID]) -> str:
    asked = host_list.asked(document, answered)
    return host_list.question(document) if asked is Asked.QUESTION else ASKED[asked]


def told(body: dict) -> tuple[Row, ...]:
    """What stands in a leaving-care document, who stays responsible first."""
    return tuple(Row(words, _value(name, body[name])) for name, words in FIELDS.items() if body.get(name))


def parts_told(body: dict) -> list[Section]:
    """The parts that go, each with its author and day where it has one."""
    return [
        Section(
            part["title"],
            tuple(line for line in (part["words"], *_days(part), _author(part), part.get("agreed")) if line),
        )
        for part in body.get("parts", ())
    ]


def more_told(body: dict) -> list[Section]:
    """Housing, and what a host offers."""
    found = []
    if body.get("housing"):
        found.append(Section("Housing", tuple(body["housing"])))
    if body.get("offers"):
        offers = tuple(Lines(tuple(v for v in (o["title"], o["words"], o["address"]) if v)) for o in body["offers"])
        found.append(Section("Offered from the local offer", offers))
    return found


def whole(body: dict) -> tuple[Row, ...]:
    """All of a leaving-care document in one list, for whoever sent it and for a guest."""
    pieces = [*parts_told(body), *more_told(body)]
    early = [Row("Sent early", "With the young person’s agreement")] if body.get("is_agreed_early") else []
    return (*told(body), *(Row(piece.heading, Lines(piece.items)) for piece in pieces), *early)


def parts(handover: Handover) -> Table:
    """Each part of our own handover: its words, the answer, and whether the host reads it."""
    order = list(PARTS)
    rows = tuple(
        (PARTS[row.part].title, _written(row), _answer(row), _goes(row))
        for row in sorted(handover.parts.all(), key=lambda row: order.index(row.part))
    )
    return Table("Parts", ("Part", "Words", "The young person’s answer", "Does the host read it?"), rows)


def _written(row) -> Value:
    titles = PARTS[row.part].dates
    days = [
        f"{title} {dates.day(date.fromisoformat(row.dates[kind]))}"
        for kind, title in titles.items()
        if kind in row.dates
    ]
    by = (
        [f"Written by {row.written_by}, {dates.day(row.written_on, otherwise='no day given')}"]
        if row.written_by
        else []
    )
    return Lines(tuple(one for one in (row.words, *days, *by) if one)) if row.words or days else "Nothing written"


def _answer(row) -> Value:
    said = [{True: "Yes", False: "No", None: "Not asked yet"}[row.is_agreed]]
    if row.answered_at:
        said.append(f"{dates.instant(row.answered_at)}, to {row.answer_taken_by}")
    if row.override_reason:
        said += [f"Overridden: {row.override_reason}", f"Decided by {row.override_by}"]
    elif row.is_agreed is False:
        said.append("Nothing overrides it")
    return Lines(tuple(said))


def _goes(row) -> str:
    if not row.words and not row.dates:
        return "Nothing to read"
    return "Yes" if row.is_agreed or row.override_reason else "No"


def _days(part: dict) -> list[str]:
    return [f"{one['title']} {dates.day(date.fromisoformat(one['on']))}" for one in part.get("dates", ())]


def _author(part: dict) -> str:
    said = [part.get("written_by", ""), part.get("written_on", "")]
    return ", ".join(one for one in said if one)


def _value(name: str, value) -> Value:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return dates.day(date.fromisoformat(value)) if name in DAYS else str(value)
