"""What goes on where a young person lives now, and what does Placewatch not cover there?"""

from collections.abc import Iterator
from enum import StrEnum

from leaving_care.rules.status import Status
from placements.rules.finding import Basis, Citation, Finding
from placements.rules.instruments import CARE_LEAVERS_REGULATIONS, children_act

OWED = (Status.RELEVANT, Status.FORMER_RELEVANT, Status.QUALIFYING)
TELLS = children_act("s. 24C(1)")
KEEPS_IN_TOUCH = children_act("ss. 23B(1), 23C(2)")
SETTLED = Citation(CARE_LEAVERS_REGULATIONS, "reg. 3")
PROVIDED = Citation(CARE_LEAVERS_REGULATIONS, "reg. 8(2)", "ADR 0042")
IN_WALES = Citation("Social Services and Well-being (Wales) Act 2014", "ss. 104 to 115", "ADR 0119")
REMAND = Citation("Legal Aid, Sentencing and Punishment of Offenders Act 2012", "s. 104")
AFTER_CARE = Citation("Mental Health Act 1983", "s. 117")
HEALTH_BODY = children_act("s. 24C(2), (3)")


class Where(StrEnum):
    """Where somebody lives, as far as it changes what binds."""

    OUR_AREA = "our_area"
    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"
    CROWN_DEPENDENCY = "crown_dependency"
    NOT_KNOWN = "not_known"


BEYOND = {
    Where.SCOTLAND: Citation("Children (Scotland) Act 1995", "ss. 26A, 29, 30", "ADR 0119"),
    Where.NORTHERN_IRELAND: Citation("Children (Northern Ireland) Order 1995", "arts. 34A to 35D", "ADR 0119"),
    Where.CROWN_DEPENDENCY: Citation("The law of the Isle of Man or the Channel Islands", ""),
}


def whereabouts(*, where: Where, status: Status, is_held: bool, is_at_home: bool) -> tuple[Finding, ...]:
    """Sentence by sentence: what the responsible authority goes on owing, and where the law is another's to read.

    `is_held`: detained or in hospital today. `is_at_home`: living with a parent or the like, since leaving care.
    """
    return (*_of_country(where, status), *_of_being_held(is_held, status), *_of_home(is_at_home, status))


def _of_country(where: Where, status: Status) -> Iterator[Finding]:
    if where is Where.NOT_KNOWN and status in OWED:
        sentence = (
            "Nobody has recorded where the young person lives: the duty to stay in touch, or to be so again, goes on."
        )
        yield Finding("place_not_known", sentence, KEEPS_IN_TOUCH)
    if where is Where.WALES:
        if status in OWED:
            yield Finding("wales_is_told", "A Welsh authority is told as an English one is.", TELLS)
        yield _not_covered("wales", "What the Welsh authority owes of its own, housing included,", IN_WALES)
    if where in BEYOND:
        sentence = "Section 24C(1) speaks of England and Wales: telling the authority there is our own practice."
        yield Finding("beyond_is_practice", sentence, TELLS, Basis.PRACTICE)
        yield _not_covered(where.value, "What the law there gives a care leaver, housing included,", BEYOND[where])
    if (where is Where.WALES or where in BEYOND) and status in OWED:
        yield Finding("goes_on_beyond", "Our own duties go on wherever the young person lives.", KEEPS_IN_TOUCH)


def _of_being_held(is_held: bool, status: Status) -> Iterator[Finding]:
    if not is_held:
        return
    if status in OWED:
        sentence = "Staying in touch, the adviser and the pathway plan go on in custody and in hospital."
        yield Finding("held_goes_on", sentence, KEEPS_IN_TOUCH)
    sentence = (
        "Visits after a move are counted only where we provide the home: record the move on release or discharge."
    )
    yield Finding("held_visits", sentence, PROVIDED)
    yield Finding(
        "hospital_tells",
        "A health body informs the authority where the young person proposes to live after three months or more.",
        HEALTH_BODY,
    )
    yield _not_covered("remand", "Being looked after because of a remand", REMAND)
    yield _not_covered("after_care", "After-care from hospital", AFTER_CARE)


def _of_home(is_at_home: bool, status: Status) -> Iterator[Finding]:
    if is_at_home:
        sentence = (
            "Settled at home for six months, a 16 or 17 year old is no relevant child, and is one again if that breaks "
            "down: record both."
        )
        yield Finding("at_home", sentence, SETTLED)


def _not_covered(code: str, what: str, citation: Citation) -> Finding:
    return Finding(f"not_covered_{code}", f"{what} is not covered by Placewatch.", citation)
