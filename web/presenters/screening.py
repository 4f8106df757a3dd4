"""How is said what the authorities around a place share about it? Exactly the words that were stored."""

from placements.models import Screening
from placements.overlay import shadow
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
NOT_LOCATED = "Not checked: this place has no grid reference here, so nothing can be said of what lies near it."


def section(screening: Screening | None) -> Section:
    """The latest check: one entry an authority, none coloured, none counted."""
    if screening is None:
        return Section("What others share about this place", (), NOT_SCREENED)
    again = screening.checked_again.order_by("at").last()
    heading = f"What others share about this place, as read on {dates.instant(screening.at)}"
    if again:
        heading += f", and the same when checked again on {dates.instant(again.at)}"
    return Section(heading, entries(screening.answer["authorities"]), NOT_LOCATED)


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


def _entry(answer: dict) -> Value:
    return Lines((answer["name"], Tag(STATES[answer["state"]]), *answer["sentences"]))
