"""How is said what the authorities around a place share about it? Exactly the words that were stored, and whom to ring now."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from hotspots.overlay.sentences import asked_since
from hotspots.sharing.levels import Level
from hotspots.sharing.owners import reached_now
from placements.models import Screening
from placements.overlay import shadow
from placements.overlay.screening import ADULT
from placements.rules.ages import birthday
from web.presenters import dates
from web.presenters.elements import Lines, Section, Tag, Value

# One of four states an authority, in words of equal weight. None of them says anything good about a place.
STATES = {
    "near": "Something shared lies near",
    "nothing_near": "Shares, and nothing of it lies near",
    "stale": "What is shared is past its review date",
    "shares_nothing": "Shares nothing with us",
}
HOLDS_UP_NOTHING = "This does not hold up the move."
NOT_SCREENED = "Not checked yet. It will be within minutes; a person who is 18 or older is not checked."
STOPPED = "Not checked any more: 18 since {day}, and only children are checked. What is shared now is not known here."
NOT_LOCATED = "Not checked: this place has no grid reference here, so nothing can be said of what lies near it."


def section(screening: Screening | None, *, on: date, born_on: date) -> Section:
    """The latest check: one entry an authority, none coloured, none counted.

    The words stay as they were read; where another number is on file on the day, a sentence more gives it. From the 18th
    birthday on nothing is checked any more, and that is said first.
    """
    eighteen_on = birthday(date_of_birth=born_on, age=ADULT).on
    stopped = STOPPED.format(day=dates.day(eighteen_on)) if eighteen_on <= on else ""
    if screening is None:
        return Section("What others share about this place", (), stopped or NOT_SCREENED)
    again = screening.checked_again.order_by("at").last()
    heading = f"What others share about this place, as read on {dates.instant(screening.at)}"
    if again:
        heading += f", and the same when checked again on {dates.instant(again.at)}"
    answers = screening.answer["authorities"]
    reached = reached_now([UUID(one["authority_id"]) for one in answers if _says_whom_to_ask(one)], on)
    entries_read = tuple(_entry(one, reached) for one in answers)
    return Section(heading, (stopped, *entries_read) if stopped else entries_read, NOT_LOCATED)


def tried_out(answers: list[dict] | None, refused: Exception | None, *, is_shadow: bool, besides: str = "") -> Section:
    """What is shared about a place where nobody is placed yet; or why nobody was asked. It holds up nothing."""
    heading = "What others share about this place"
    if is_shadow or refused is not None:
        why = shadow.WORDS if refused is None else str(refused)
        return Section(heading, (), f"Not asked. {why} {HOLDS_UP_NOTHING}")
    words = tuple(one for one in (HOLDS_UP_NOTHING, besides) if one)
    return Section(heading, (*entries(answers), *words) if answers else (), NOT_LOCATED)


def entries(answers: list[dict]) -> tuple[Value, ...]:
    """One entry an authority, in the words that were read."""
    return tuple(_entry(one) for one in answers)


def _entry(answer: dict, reached: Mapping[UUID, str] | None = None) -> Value:
    said = [answer["name"], Tag(STATES[answer["state"]]), *answer["sentences"]]
    if reached is not None and _says_whom_to_ask(answer):
        now = reached.get(UUID(answer["authority_id"]), "")
        if now != answer["contact"]:
            said.append(asked_since(answer["name"], now))
    return Lines(tuple(said))


def _says_whom_to_ask(answer: dict) -> bool:
    """Of our own areas nobody is to be asked, save of those near a closed address."""
    return any(not answer["is_own"] or area["level"] == Level.CONTACT for area in answer["areas"])
