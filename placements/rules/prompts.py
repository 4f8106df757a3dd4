"""What is worth thinking of where the law names no duty: a temporary stay, a hospital, a carer's move of house?"""

from dataclasses import dataclass
from datetime import date

from placements.rules.finding import Basis, Citation, Finding
from placements.rules.written_dates import day_in_words

WEEKS_WORTH_TELLING = 6
PRACTICE = Citation("Good practice", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A placement as the prompts read it. `host` is the area's authority, empty in our own area or where it is unknown.

    `moved_house_on` is the day of the carer's move that brought the child to the present address.
    """

    host: str = ""
    is_temporary: bool = False
    is_hospital: bool = False
    starts_on: date | None = None
    moved_house_on: date | None = None


def prompts(*, stay: Stay, on: date) -> tuple[Finding, ...]:
    """What to think of; every one is practice and never a duty in law."""
    found = []
    if stay.is_hospital and stay.host:
        found.append(Finding("hospital_elsewhere", _hospital(stay, on), PRACTICE, Basis.PRACTICE))
    elif stay.is_temporary:
        words = (
            "A temporary stay inside a placement that goes on: no new notice is owed for it. If it turns into more than "
            "that, register it as a move."
        )
        found.append(Finding("temporary_stay", words, PRACTICE, Basis.PRACTICE))
    if stay.moved_house_on is not None:
        found.append(Finding("carer_moved_house", _moved(stay, stay.moved_house_on), PRACTICE, Basis.PRACTICE))
    return tuple(found)


def _hospital(stay: Stay, on: date) -> str:
    if stay.starts_on and (on - stay.starts_on).days >= 7 * WEEKS_WORTH_TELLING:
        since = day_in_words(stay.starts_on)
        return f"In hospital in {stay.host} since {since}, {WEEKS_WORTH_TELLING} weeks or more: {stay.host} may need to know."
    return f"In hospital in {stay.host}: no notice is owed for a stay. If it lasts, {stay.host} may need to know."


def _moved(stay: Stay, moved_on: date) -> str:
    moved = f"The carer moved house on {day_in_words(moved_on)}: the same placement at a new address."
    if not stay.host:
        return f"{moved} Tell everybody who was told the earlier address."
    return (
        f"{moved} It lies in {stay.host} now. The regulations speak of a placement, not of a move of house; tell "
        f"{stay.host}, and everybody who was told the earlier address, all the same."
    )
