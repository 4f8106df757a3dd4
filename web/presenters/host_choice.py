"""How is it said between which areas a place lies, and who chose?"""

from placements.models import HostChoice
from placements.place.undoing import Followed
from web.presenters import dates
from web.presenters.elements import Lines, Row, Section
from web.presenters.verdict import STATES


def choices(candidates: list[dict]) -> list[tuple[str, str]]:
    """The areas of a stored verdict to choose between: "Brackwater, 12 addresses"."""
    return [(one["id"], in_words(one)) for one in candidates]


def in_words(candidate: dict) -> str:
    """An area with what speaks for it."""
    evidence = f"{candidate['addresses']} addresses" if candidate["addresses"] else candidate.get("evidence", "")
    return f"{candidate['name']}, {evidence}" if evidence else candidate["name"]


def followed(what: Followed) -> Section:
    """What another choice would bring about, before it is made."""
    host = what.judged.host.name if what.judged.host else "nobody can tell whose area"
    lines = [f"The place would lie in {host}: {STATES[what.judged.area.state.value].lower()}."]
    lines += [f"Approval asked for anew: {one.get_grade_display()}, {one.get_under_display()}." for one in what.asked]
    lines += [
        f"Taken back from {one.recipient.name}: {one.reference}, {one.get_kind_display().lower()}."
        for one in what.taken_back
    ]
    lines += [f"Sent to {one.recipient.name}: {one.get_kind_display().lower()}." for one in what.sent]
    lines += [f"Owed no more, with your reason: {one.title}." for one in what.no_longer_owed]
    lines += [f"Owed: {one.title}." for one in what.owed_anew]
    return Section("What this would bring about; nothing is saved yet", tuple(lines))


def row(choice: HostChoice) -> Row:
    """Who chose which area, when, and between which."""
    chosen = f"{choice.host.name}, by {choice.chosen_by}, {dates.instant(choice.chosen_at)}"
    return Row("Area chosen by a person", Lines((chosen, f"between {'; '.join(map(in_words, choice.candidates))}")))
