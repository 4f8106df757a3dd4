"""In which words is an answer of the overlay read? Pure: facts in, sentences out, the same on pages and in screenings.

No sentence says that a place is good or bad, none orders or counts, and silence is named for what it is.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hotspots.models import Condition
from hotspots.sharing.coverage import Said, State
from hotspots.sharing.levels import Area, Containment, Level


@dataclass(frozen=True)
class AuthorityAnswer:
    """What one authority's information says about a place, on a day.

    `within_metres` is the distance for which "nothing near" holds, None where it is not told; `contact` is how its
    exploitation lead is reached, blank where nothing is near or nobody is known. `reach_metres` is how far the address
    may lie from the point that stands for it; `is_by_cell`, that below geometry level only the square of 1 km counted.
    """

    authority_id: UUID
    name: str
    is_own: bool
    state: State
    areas: tuple[Area, ...]
    said: Said | None
    within_metres: int | None
    contact: str
    on: date
    reach_metres: int = 0
    is_by_cell: bool = False


def sentences(answer: AuthorityAnswer) -> list[str]:
    """What a reader reads of one authority: a sentence or more for each thing told; the same thing is told once."""
    if answer.areas:
        return list(dict.fromkeys(_of_area(area, answer) for area in answer.areas))
    if answer.state is State.SHARES_NOTHING:
        return [_shares_nothing(answer)]
    if answer.state is State.STALE:
        return [
            f"{_subject(answer)}, but {_what_is_old(answer)}. {_nothing(answer)}; that is old news, not good news."
            f"{_may_be_nearer(answer)}"
        ]
    looked = f"; {_it(answer)} last looked on {_day(answer.said.last_looked_on)}" if answer.said else ""
    return [f"{_subject(answer)}; {_nothing(answer, begins=False)}{looked}.{_may_be_nearer(answer)} {SAYS_NOTHING}"]


def stored(answer: AuthorityAnswer) -> dict:
    """The answer in JSON's types, with what a level does not tell left out, and with the sentences as read."""
    # Not asdict, which copies deeply: a re-check of every register stores 84,000 answers.
    areas = [_without_nothing(vars(area)) for area in answer.areas]
    said = vars(answer.said) if answer.said else None
    return _plain(vars(answer) | {"areas": areas, "said": said}) | {"sentences": sentences(answer)}


def asked_since(name: str, contact: str) -> str:
    """Whom to ask today, beside a stored answer that names another number, or none."""
    lead = f"{name}'s exploitation lead"
    if not contact:
        return f"Since then nobody is on file as {lead}."
    return f"Since then that has changed: {'write to' if '@' in contact else 'ring'} {lead}, {contact}."


# In towns the reach changes few answers about near; in the country, half of them (the validity page has the figures).
REACH_TOLD_FROM_METRES = 250
SAYS_NOTHING = "This says nothing about the place itself."


def _of_area(area: Area, answer: AuthorityAnswer) -> str:
    if area.level is Level.CONTACT:
        return _ask(answer, by_name=True)
    parts = [f"{_where(area, answer)}.", *_kind(area)]
    parts += _conditions(area)
    if not answer.is_own:
        parts.append(_ask(answer, by_name=False))
    return " ".join(parts)


def _conditions(area: Area) -> list[str]:
    """What binds whoever reads this. A condition in words alone, which stay with the owner, binds everything."""
    if not area.has_conditions:
        return []
    if not area.condition_kinds:
        return ["Not to be passed to anybody without agreement."]
    return [f"{kind.label}." for kind in Condition if kind in area.condition_kinds]


def _where(area: Area, answer: AuthorityAnswer) -> str:
    if area.level is Level.PROXIMITY:
        return (
            f"An area of concern shared by {answer.name} lies within {_metres(area.within_metres)} of {_place(answer)}"
        )
    whose = "of our own" if answer.is_own else f"shared by {answer.name}"
    which = f"area of concern “{area.name or area.reference}” {whose}"
    if area.containment == Containment.POSSIBLY_INSIDE:
        return f"This address may lie inside the {which}: {_reach(answer)}"
    if area.is_inside:
        return f"This address lies inside the {which}"
    give_or_take = f", give or take {_metres(answer.reach_metres)}" if answer.reach_metres else ""
    return f"The {which} lies {_metres(max(1, round(area.metres)))} from this address{give_or_take}"


def _place(answer: AuthorityAnswer) -> str:
    return "the square kilometre of the map in which this address lies" if answer.is_by_cell else "this address"


def _reach(answer: AuthorityAnswer) -> str:
    return f"its postcode stands for addresses up to {_metres(answer.reach_metres)} from one point"


def _may_be_nearer(answer: AuthorityAnswer) -> str:
    """Measured from the one point of its postcode: where that stands for much ground, nothing near is not certain."""
    if answer.reach_metres <= REACH_TOLD_FROM_METRES:
        return ""
    return f" The address may lie up to {_metres(answer.reach_metres)} from the point that stands for its postcode, and nearer."


def _kind(area: Area) -> list[str]:
    parts = []
    if area.concern:
        words = area.concern.replace("_", " ").rstrip(".")
        parts.append(f"{words[:1].upper()}{words[1:]}.")
    dates = []
    if area.last_supported_on:
        dates.append(f"last supported {area.last_supported_on:%B %Y}")
    if area.review_on and area.is_stale:
        dates.append(f"its review date, {_day(area.review_on)}, has passed: that is old news, not good news")
    elif area.review_on:
        dates.append(f"review {_day(area.review_on)}")
    if dates:
        text = "; ".join(dates)
        parts.append(f"{text[:1].upper()}{text[1:]}.")
    return parts


def _ask(answer: AuthorityAnswer, *, by_name: bool) -> str:
    lead = f"{answer.name}'s exploitation lead"
    if not answer.contact:
        return f"Ask {lead}."
    if "@" in answer.contact:
        return f"Write to {lead}, {answer.contact}."
    return f"Ring {lead}, {answer.contact}." if by_name else f"Ring {answer.contact}."


def _shares_nothing(answer: AuthorityAnswer) -> str:
    if answer.is_own:
        return f"We share no area of concern of our own. {SAYS_NOTHING}"
    if answer.said is None:
        return f"{answer.name} has told us nothing. {SAYS_NOTHING}"
    if answer.said.shares:
        return f"{answer.name} shares nothing with you. {SAYS_NOTHING}"
    return f"{answer.name} shares nothing yet, said {_day(answer.said.said_on)}. {SAYS_NOTHING}"


def _subject(answer: AuthorityAnswer) -> str:
    return "We share areas of our own" if answer.is_own else f"{answer.name} shares"


def _what_is_old(answer: AuthorityAnswer) -> str:
    if answer.said and answer.said.is_past_review(answer.on):
        return f"its information is past its review date of {_day(answer.said.review_on)}"
    return "all of it is past its review date"


def _nothing(answer: AuthorityAnswer, *, begins: bool = True) -> str:
    where = "near this address" if answer.within_metres is None else f"within {_metres(answer.within_metres)}"
    if answer.is_by_cell and not answer.is_own:
        where = f"{where} of {_place(answer)}" if answer.within_metres else f"near {_place(answer)}"
    return f"Nothing that {_it(answer)} shared lies {where}" if begins else f"nothing {where}"


def _it(answer: AuthorityAnswer) -> str:
    return "we" if answer.is_own else "it"


def _metres(metres: int) -> str:
    return f"{metres:,} metre{'' if metres == 1 else 's'}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _without_nothing(facts: dict) -> dict:
    return {name: value for name, value in facts.items() if value is not None}


def _plain(value):
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return str(value) if isinstance(value, UUID | date) else value
