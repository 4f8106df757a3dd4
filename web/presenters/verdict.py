"""How is the verdict on a place said?"""

from geo.models import Authority
from geo.place import Place, Precision, Termination
from notifications.models import Contact
from placements.place.jurisdiction import Verdict
from web.presenters import dates
from web.presenters.elements import Lines, Row, Section, Tag
from web.presenters.rules import finding

STATES = {
    "in_area": "In our own area",
    "out_of_area_adjoining": "Out of area, not at a distance",
    "out_of_area_distant": "Out of area and at a distance",
    "cannot_tell": "Cannot tell",
}
RELATIONS = {
    "same": "Our own area",
    "adjoining_land": "Adjoins us by land",
    "adjoining_tidal_water": "Adjoins us across tidal water",
    "not_adjoining": "Adjoins no boundary of ours",
    "unknown": "Not known",
}
COUNTRIES = {
    "england": "England",
    "wales": "Wales",
    "scotland": "Scotland",
    "northern_ireland": "Northern Ireland",
    "crown_dependency": "Crown dependency (Isle of Man or Channel Islands)",
    "outside_the_uk": "Outside the United Kingdom",
    "unknown": "Not known",
}
PRECISIONS = {
    Precision.POSTCODE_CENTROID: "The middle of the postcode, not the building",
    Precision.POINT: "The point that was given",
    Precision.NO_GRID_REFERENCE: "No British grid reference",
}


def state(code: str) -> Tag:
    """What the law makes of the place, as a tag in the one neutral colour."""
    return Tag(STATES.get(code, "Not worked out"))


def rows(verdict: Verdict) -> tuple[Row, ...]:
    """The answer: whose area, how it lies to ours, how far from home, and where the answer comes from."""
    place = verdict.place
    shown = [
        Row("Place", place.postcode or _point(verdict)),
        Row("On", dates.day(verdict.on)),
        Row("Asked for", verdict.authority.name),
        Row("What the law makes of it", state(verdict.area.state)),
        Row("Whose area", place.host.name if place.host else "It cannot be told"),
        Row("How it lies to ours", RELATIONS[verdict.area.relation]),
        Row("Country", COUNTRIES[verdict.area.country]),
    ]
    if place.candidates:
        shown.append(Row("It may be", Lines(tuple(_candidate(one) for one in place.candidates))))
    if verdict.distance:
        shown.append(Row("Distance from home", verdict.distance.sentence))
    if verdict.reason:
        shown.append(Row("Why something is not told", verdict.reason))
    shown += [
        Row("Where this comes from", place.source or "No directory holds this place"),
        Row("How exact", PRECISIONS[place.precision]),
    ]
    if place.postcode:
        shown.append(Row("Is the postcode in use?", _use(place)))
    return tuple(shown)


def telephone(host: Authority, contacts: list[Contact]) -> Section:
    """Whom to ring in the host's area, and when that was last confirmed."""
    return Section(
        heading=f"Whom to ring at {host.name}",
        items=tuple(_contact(contact) for contact in contacts),
        empty="No contact of this authority is on file. Ring its switchboard, and note the number for the next person.",
    )


def meaning(findings) -> Section:
    """What follows in law, in the order in which people act."""
    return Section("What that means", tuple(finding(found) for found in findings))


def _contact(contact: Contact) -> str:
    reached = " or ".join(way for way in (contact.telephone, contact.email) if way)
    return f"{contact.get_purpose_display()}: {reached}. Last confirmed {dates.short_day(contact.confirmed_on)}."


def _use(place: Place) -> str:
    match place.termination:
        case Termination.IN_USE:
            return "In use"
        case Termination.TERMINATED:
            return f"No longer in use since {dates.short_day(place.terminated_on)}"
        case Termination.NOT_KNOWN:
            return "Termination not known: this directory does not tell"


def _candidate(candidate) -> str:
    addresses = f", {candidate.addresses} addresses" if candidate.addresses else ""
    return f"{candidate.authority.name} ({candidate.evidence}{addresses})"


def _point(verdict: Verdict) -> str:
    asked = verdict.question
    return f"{asked.easting:g} metres east, {asked.northing:g} metres north" if asked.is_point else asked.postcode
