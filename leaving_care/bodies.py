"""In which words does a leaving-care document tell of a young person? Nothing goes that a part did not let go."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from accounts.models import User
from db.clock import london_date
from geo.models import Authority, Country
from leaving_care import facts
from leaving_care.facts import Known
from leaving_care.milestone_duties import milestones_of
from leaving_care.models import Handover, HandoverPart, Home
from leaving_care.parts import PARTS
from leaving_care.rules.entitlement import Entitlement
from leaving_care.rules.housing import housing
from leaving_care.rules.milestone import Milestone
from leaving_care.rules.status import Status
from notifications.directory import directory
from notifications.models import Contact
from placements.models import Child
from placements.owed import calendar
from placements.rules.ages import birthday
from placements.rules.finding import Finding
from placements.rules.written_dates import date_in_words
from placements.telling.bodies import whom_to_ring

CONTACTS = ("home_visit", "pathway_review", "home_review")
WORDS_OF_STATUS = {
    Status.ELIGIBLE: "eligible child",
    Status.RELEVANT: "relevant child",
    Status.FORMER_RELEVANT: "former relevant child",
    Status.QUALIFYING: "person qualifying for advice and assistance",
}


def of_handover(handover: Handover, *, on: date) -> dict:
    """The whole body of a handover: who stays responsible first, then what the parts let go."""
    child, home = handover.child, handover.home
    known = facts.of_child(child, on=on)
    answer, standing = milestones_of(known, on=on, holidays=calendar.holidays())
    return {
        **whom(child),
        **by_whom_reached(child.authority_id, on=on),
        "stays_responsible": stays_responsible(child.authority, answer),
        "adviser": adviser_name(child, on=on),
        "next_contact_on": _next_contact(standing),
        "lives_from": _lives_from(home, known, handover.host, on),
        "address": home.line if home else "",
        "postcode": home.postcode if home else "",
        "is_address_withheld": False,
        "kind_of_place": home.get_power_display() if home else "",
        "status": WORDS_OF_STATUS.get(answer.status, answer.status.value.replace("_", " ")),
        "parts": [_told(part) for part in goes(handover)],
        "housing": [one.sentence for one in _housing(handover, answer)],
        "is_agreed_early": handover.is_agreed_early,
    }


def whom(child: Child) -> dict:
    """Who it is."""
    return {
        "child_reference": child.reference,
        "given_name": child.given_name,
        "family_name": child.family_name,
        "born_on": child.born_on.isoformat(),
        "is_born_on_estimated": child.is_born_on_estimated,
        "sex": Child.Sex(child.sex).label,
    }


def by_whom_reached(authority_id: UUID, *, on: date) -> dict:
    """By whom our leaving-care team is reached; as far as the directory holds none of its own, as placements are."""
    ours = directory.current_contact(authority_id, Contact.Purpose.LEAVING_CARE, on)
    found = {"contact_email": ours.email, "contact_telephone": ours.telephone} if ours else {}
    return whom_to_ring(authority_id, on) | {name: given for name, given in found.items() if given}


def stays_responsible(authority: Authority, answer: Entitlement) -> str:
    """The first thing that a host reads: it does not take over."""
    how_long = next((one.sentence for one in answer.findings if one.code == "how_long"), "")
    sentence = f"{authority.name} stays responsible, wherever the young person lives."
    return f"{sentence} {how_long.replace('We stay', 'It stays')}".strip()


def adviser_name(child: Child, *, on: date) -> str:
    """Who advises the young person today; empty where nobody does."""
    adviser_id: UUID | None = facts.of_child(child, on=on).adviser_id
    return User.objects.get(id=adviser_id).name if adviser_id else ""


def goes(handover: Handover) -> list[HandoverPart]:
    """The parts that the host gets to read, in order: agreed to, or overridden with a reason; empty ones stay out."""
    order = list(PARTS)
    written = [part for part in handover.parts.all() if part.words or part.dates]
    parts = [part for part in written if part.is_agreed or part.override_reason]
    return sorted(parts, key=lambda part: order.index(part.part))


def present_home(child: Child, host: Authority, *, on: date) -> Home | None:
    """The home in the host's area that stands on that day or comes next; None where a placement still tells it."""
    homes = Home.objects.filter(child=child, area=host, superseded_at=None).order_by("starts_on")
    return next((home for home in homes if home.ends_on is None or home.ends_on > on), None)


def _lives_from(home: Home | None, known: Known, host: Authority, on: date) -> str | None:
    """The day from which they live in the host's area; of a placement the day alone, its notice tells the address."""
    if home is not None:
        return home.starts_on.isoformat()
    placed = (one.from_on for one in known.recorded.homes if one.area == str(host.id) and one.holds(on))
    since = min(placed, default=None)
    return since.isoformat() if since else None


def _next_contact(standing: Sequence[Milestone]) -> str | None:
    """The day by which the adviser sees the young person next, as far as a clock says so."""
    days = [one.due.due_on for one in standing if one.kind in CONTACTS and one.met_on is None and one.due.due_on]
    return min(days).isoformat() if days else None


def _told(part: HandoverPart) -> dict:
    known = PARTS[part.part]
    told = {"part": part.part, "title": known.title, "words": part.words}
    days = [
        {"kind": kind, "title": title, "on": part.dates[kind]}
        for kind, title in known.dates.items()
        if kind in part.dates
    ]
    if days:
        told["dates"] = days
    if not part.override_reason:
        told["agreed"] = _agreement(part)
    if part.written_by:
        told["written_by"] = part.written_by
    if part.written_on:
        told["written_on"] = date_in_words(part.written_on)
    return told


def _agreement(part: HandoverPart) -> str:
    """On whose word the part goes: who heard it, on which day. Of an override the host is told nothing."""
    if part.answered_at is None:
        return "Agreed by the young person."
    return f"Agreed by the young person on {date_in_words(london_date(part.answered_at))}, to {part.answer_taken_by}."


def _housing(handover: Handover, answer: Entitlement) -> tuple[Finding, ...]:
    host = handover.host
    return housing(
        answer=answer,
        twenty_five_on=_at(handover.child, 25),
        host=host.name,
        is_in_england=host.country == Country.ENGLAND,
    )


def _at(child: Child, age: int) -> date:
    return birthday(date_of_birth=child.born_on, age=age).on
