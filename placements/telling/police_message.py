"""What is told to the police missing coordinator? A text by one template, to be copied or printed; nothing is sent.

Only what the template says: who is missing, since when, where last seen, who is responsible and whom to ring. Never a
judgement, an area of concern, another person, or an address that is kept closed.
"""

from datetime import datetime

from db.clock import london_date
from placements import missing
from placements.models import Child, MissingReport
from placements.place import places
from placements.rules.written_dates import date_in_words
from placements.rules.written_times import moment_in_words
from placements.telling.notices import whom_to_ring

KEPT_CLOSED = "Kept closed. Ring us."


def text_of(report: MissingReport, *, at: datetime) -> str:
    """The message as it stands at an instant, a line for each thing."""
    child = report.child
    ring = whom_to_ring(report.authority_id, london_date(at))
    numbers = [ring[name] for name in ("contact_telephone", "contact_telephone_out_of_hours") if ring[name]]
    lines = [
        ("To", "Police missing coordinator"),
        ("From", report.authority.name),
        ("About", "a child missing" if not report.is_whereabouts_known else "a child away without authorisation"),
        ("Child", child.name),
        ("Date of birth", _born(child)),
        ("Sex", Child.Sex(child.sex).label),
        ("Our reference", child.reference),
        ("Lives at", _address(report)),
        ("Missing since", moment_in_words(report.missing_since)),
        ("Where last seen", missing.last_seen_told(report)),
        ("Whereabouts known", "Yes" if report.is_whereabouts_known else "No"),
        ("Came back", moment_in_words(report.returned_at) if report.returned_at else "Not yet"),
        ("Ring us", " or ".join(numbers) or "No number is on file"),
    ]
    return "\n".join(f"{name}: {value}" for name, value in lines)


def _born(child: Child) -> str:
    written = date_in_words(child.born_on)
    return f"{written} (estimated)" if child.is_born_on_estimated else written


def _address(report: MissingReport) -> str:
    if report.placement is None:
        return "Not recorded"
    if report.placement.is_restricted:
        return KEPT_CLOSED
    place = places.of(report.placement)
    written = ", ".join(part for part in (place.line, place.postcode) if part) if place else ""
    return written or "Not recorded"
