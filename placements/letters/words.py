"""What does a letter say? A closed set of fields, chosen for its reader: nothing else can stand in it.

No letter tells of an area of concern, of why a child moves, or of who else is written to. Without the address it tells
nothing of where: neither place, nor kind of place, nor host.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.template.loader import render_to_string

from placements import endings
from placements.letters import correspondents, kinds
from placements.letters.check import About, Line
from placements.models import Placement
from placements.owed import facts
from placements.place import places
from placements.place.verdicts import current as current_verdict
from placements.rules.finding import Basis
from placements.rules.written_dates import date_in_words
from placements.telling import bodies

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Who knows the child: written to as people, and without the day of birth, which a body needs to find the right record.
FAMILY = ("parents", "contact_in_care", "contact_not_in_care", "previous_carer", "carer")
OWN_NAMES = ("sender", "written_by", "email", "reader", "given_name", "name")
NOT_FIXED = "a day that is not fixed yet"


@dataclass(frozen=True)
class Address:
    """Where the child is to live, and whose area that is."""

    line: str
    postcode: str
    area: str


@dataclass(frozen=True)
class Words:
    """One letter, as its template reads it. `written_by` is the person who signs it; blank where no person made it."""

    kind: str
    is_to_family: bool
    is_law: bool
    reference: str
    written_on: str
    written_by: str
    sender: str
    telephone: str
    telephone_out_of_hours: str
    email: str
    reader: str
    reader_address: tuple[str, ...]
    about: str
    citation: str
    given_name: str
    name: str
    born_on: str
    day: str
    has_day: bool
    has_happened: bool
    address: Address | None
    reviewing_officer: str = ""
    replaces: str = ""
    correction: str = ""


def words(
    placement: Placement,
    line: Line,
    about: About,
    *,
    reference: str,
    on: date,
    written_by: str = "",
    replaces: str = "",
    correction: str = "",
) -> Words:
    """The words of a letter to the reader of a line, written on a day."""
    ring = bodies.whom_to_ring(placement.authority_id, on)
    child, reader, kind = placement.child, line.correspondent, line.kind.code
    day, has_happened = _day(placement, about)
    return Words(
        kind=kind,
        is_to_family=kind in FAMILY,
        is_law=line.kind.basis is Basis.LAW,
        reference=reference,
        written_on=date_in_words(on),
        written_by=written_by,
        sender=placement.authority.name,
        telephone=ring["contact_telephone"],
        telephone_out_of_hours=ring["contact_telephone_out_of_hours"],
        email=ring["contact_email"],
        reader=reader.name,
        reader_address=tuple(part.strip() for part in reader.postal_address.splitlines() if part.strip()),
        about=about.value,
        citation=str(line.kind.citation),
        given_name=child.given_name,
        name=f"{child.given_name} {child.family_name}",
        born_on="" if kind in (kinds.CHILD, *FAMILY) else date_in_words(child.born_on),
        day=day or NOT_FIXED,
        has_day=bool(day),
        has_happened=has_happened,
        address=_address(placement) if line.shows_address else None,
        reviewing_officer=_reviewing_officer(placement) if kind == kinds.CHILD else "",
        replaces=replaces,
        correction=correction,
    )


def without_own_names(words: Words) -> Words:
    """The same letter without the names and addresses of whoever sends it, reads it, and is written about."""
    return replace(words, **dict.fromkeys(OWN_NAMES, ""), reader_address=())


def html(words: Words) -> str:
    """The letter as a page; the child's own in the child's words."""
    name = "child" if words.kind == kinds.CHILD else "letter"
    return render_to_string(f"placements/letters/{name}.html", {"letter": words})


def _day(placement: Placement, about: About) -> tuple[str, bool]:
    if about in kinds.OF_AN_ENDING:
        ending = endings.expected(placement)
        on, has_happened = (ending.on if ending else None), about == About.ENDED
    else:
        on, has_happened = facts.start_of(placement), placement.starts_on is not None
    return (f"{WEEKDAYS[on.weekday()]} {date_in_words(on)}" if on else ""), has_happened


def _address(placement: Placement) -> Address | None:
    where, judged = places.of(placement), current_verdict(placement)
    if where is None:
        return None
    return Address(where.line, where.postcode, judged.host.name if judged and judged.host else "")


def _reviewing_officer(placement: Placement) -> str:
    officer = correspondents.on_the_list(placement).filter(code=kinds.REVIEWING_OFFICER).exclude(name="").first()
    return officer.name if officer else ""
