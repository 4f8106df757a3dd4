"""Where does a young person live today, as the rules ask it, and what follows from that?"""

from datetime import date

from geo.models import Authority, Country
from leaving_care.facts import Known
from leaving_care.rules.circumstances import holds_any
from leaving_care.rules.entitlement import Entitlement
from leaving_care.rules.whereabouts import Where, whereabouts
from placements.rules.finding import Finding

COUNTRIES = {
    Country.ENGLAND: Where.ENGLAND,
    Country.WALES: Where.WALES,
    Country.SCOTLAND: Where.SCOTLAND,
    Country.NORTHERN_IRELAND: Where.NORTHERN_IRELAND,
    Country.CROWN_DEPENDENCY: Where.CROWN_DEPENDENCY,
}


def whereabouts_of(known: Known, answer: Entitlement, *, on: date) -> tuple[Finding, ...]:
    """What goes on where they live on a day, and what is not covered there."""
    return whereabouts(
        where=_where(known, on),
        status=answer.status,
        is_held=holds_any(known.circumstances.held, on=on),
        is_at_home=any(stay.span.holds(on) for stay in known.circumstances.at_home),
    )


def _where(known: Known, on: date) -> Where:
    home = next((one for one in reversed(known.recorded.homes) if one.holds(on)), None)
    if home is None or not home.area:
        return Where.NOT_KNOWN
    if home.is_in_our_area:
        return Where.OUR_AREA
    return COUNTRIES[Authority.objects.get(id=home.area).country]
