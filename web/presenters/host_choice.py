"""How is it said between which areas a place lies, and who chose?"""

from placements.models import HostChoice
from web.presenters import dates
from web.presenters.elements import Lines, Row


def choices(candidates: list[dict]) -> list[tuple[str, str]]:
    """The areas of a stored verdict to choose between: "Brackwater, 12 addresses"."""
    return [(one["id"], in_words(one)) for one in candidates]


def in_words(candidate: dict) -> str:
    """An area with what speaks for it."""
    evidence = f"{candidate['addresses']} addresses" if candidate["addresses"] else candidate.get("evidence", "")
    return f"{candidate['name']}, {evidence}" if evidence else candidate["name"]


def row(choice: HostChoice) -> Row:
    """Who chose which area, when, and between which."""
    chosen = f"{choice.host.name}, by {choice.chosen_by}, {dates.instant(choice.chosen_at)}"
    return Row("Area chosen by a person", Lines((chosen, f"between {'; '.join(map(in_words, choice.candidates))}")))
