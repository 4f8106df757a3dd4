"""How is a placement said?"""

from collections.abc import Iterable

from django.urls import reverse

from placements.code_labels import in_words
from placements.models import Placement, Verdict
from placements.place.places import Place
from placements.queries import Line
from web.presenters import dates
from web.presenters.elements import Lines, Link, Row, Table, Tag, Value
from web.presenters.verdict import COUNTRIES, RELATIONS, STATES, state

KEPT_CLOSED = "Kept closed: only a person with a named grant may read it"
KEPT_CLOSED_ROWS = (Row("Whose area", KEPT_CLOSED),)
MANNERS = {True: "In an emergency", False: "Planned", None: "Not known whether it was planned"}


def table(placements: Iterable[Placement], *, caption: str, empty: str = "No placement is recorded.") -> Table:
    """Placements with who, what state, since when."""
    rows = tuple(
        (
            Link(one.child.name, reverse("placement", args=[one.id]), f"placement {dates.short_day(start_of(one))}"),
            one.child.reference,
            state_of(one),
            _whose_area(one),
            _start(one),
            dates.short_day(one.ends_on, otherwise=""),
        )
        for one in placements
    )
    return Table(caption, ("Child", "Reference", "State", "Whose area", "Start", "End"), rows, empty)


def _whose_area(placement: Placement) -> str:
    """In a list nobody reads of a closed address; its own page opens to whoever has a grant."""
    if placement.is_restricted:
        return "Kept closed"
    verdict = next(iter(placement.current_verdicts), None)
    if verdict is None:
        return "Not worked out yet"
    words = STATES[verdict.state]
    return f"{verdict.host.name}: {words[:1].lower()}{words[1:]}" if verdict.host else words


def rows(placement: Placement, place: Place | None) -> tuple[Row, ...]:
    """What it is, since when, and where: of a closed address nothing, unless a grant opens it."""
    return (
        Row("Child", Link(placement.child.name, reverse("child", args=[placement.child_id]))),
        Row("State", state_of(placement)),
        Row("Start", _start(placement)),
        Row("End", dates.instant(placement.ended_at, otherwise=dates.day(placement.ends_on, otherwise="not ended"))),
        Row("Planned or emergency", MANNERS[placement.is_emergency]),
        Row("Kind of place", in_words("place", placement.place_code)),
        Row("Provider", in_words("provider", placement.provider_code)),
        Row("Legal status", in_words("legal_status", placement.legal_status)),
        Row("Address", _address(placement, place)),
        Row("Where this comes from", placement.get_source_display()),
        Row("Recorded", f"{dates.instant(placement.recorded_at)}, by {placement.recorded_by}"),
    )


def verdict_rows(verdict: Verdict | None) -> tuple[Row, ...]:
    """Whose area it is, as it was worked out at the time."""
    if verdict is None:
        return (Row("Whose area", "Not worked out yet; it will be within minutes"),)
    detail = verdict.detail
    shown = [
        Row("What the law makes of it", state(verdict.state)),
        Row("Whose area", verdict.host.name if verdict.host else "It cannot be told"),
        Row("How it lies to ours", RELATIONS[verdict.relation]),
        Row("Country", COUNTRIES[verdict.country]),
    ]
    if detail.get("pl_distance") is not None:
        shown.append(Row("Distance from home", distance(detail)))
    if detail.get("reason"):
        shown.append(Row("Why something is not told", detail["reason"]))
    worked_out = f"{dates.instant(verdict.recorded_at)}, for {dates.day(verdict.on)}"
    shown.append(Row("Where this comes from", Lines((detail.get("source") or "No directory holds it", worked_out))))
    return tuple(shown)


def timeline(lines: Iterable[Line]) -> Table:
    """What happened, and when it was recorded, kept apart."""
    shown = tuple((dates.instant(one.happened_at), one.words, one.by, dates.instant(one.recorded_at)) for one in lines)
    return Table("Timeline", ("Happened", "What", "By", "Recorded"), shown)


def choices(placements: Iterable[Placement]) -> list[tuple[str, str]]:
    """Placements to tick: whose, and since when."""
    return [
        (str(one.id), f"{one.child.name} ({one.child.reference}), since {dates.short_day(one.starts_on)}")
        for one in placements
    ]


def state_of(placement: Placement) -> Value:
    """The state as a neutral tag; an overlap in the return is said beside it."""
    tag = Tag(placement.get_status_display())
    return Lines((tag, "Disputed: its episode overlaps another of this child")) if placement.is_disputed else tag


def start_of(placement: Placement):
    """The actual start, else the planned one."""
    return placement.starts_on or placement.planned_start_on


def distance(detail: dict) -> str:
    """The miles of a stored verdict, said to be a statistic."""
    over = "over 20 miles" if detail["over_20_miles"] else "not over 20 miles"
    return f"{detail['pl_distance']} miles from home: {over} (a statistic; it decides nothing)."


def _start(placement: Placement) -> str:
    if placement.started_at:
        return dates.instant(placement.started_at)
    if placement.starts_on:
        return dates.day(placement.starts_on)
    return f"planned for {dates.day(placement.planned_start_on)}"


def _address(placement: Placement, place: Place | None) -> Value:
    if place is None:
        return KEPT_CLOSED if placement.is_restricted else "No address is held"
    written = tuple(line for line in (place.line, place.postcode) if line) or ("No address is held",)
    return Lines((*written, "Kept closed to all without a grant")) if placement.is_restricted else Lines(written)
