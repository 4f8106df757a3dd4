"""How are visits, reviews and the end of looking after said?"""

from collections.abc import Iterable

from django.urls import reverse

from placements.approving import ceasings
from placements.models import Ceasing, Turn
from web.presenters import dates
from web.presenters.elements import Link, Section, Table
from web.presenters.rules import finding


def table(turns: Iterable[Turn], *, may_take_back: bool) -> Table:
    """Each visit and review, the latest first; what was taken back is said to be."""
    rows = tuple(
        (
            one.get_what_display(),
            dates.day(one.done_on),
            one.done_by,
            f"{dates.instant(one.recorded_at)}, by {one.recorded_by}",
            _standing(one, may_take_back),
        )
        for one in turns
    )
    return Table("Visits and reviews", ("What", "Day", "By whom", "Recorded", "Change"), rows, "None is recorded here.")


def ceasing(plan: Ceasing) -> Section:
    """The day on which looking after ends, who must approve it, and what comes before deciding."""
    said = ceasings.answer(plan)
    lines = [f"Planned for {dates.day(plan.ceases_on)}; recorded by {plan.recorded_by}."]
    if plan.decided_on:
        lines.append(f"Approved by {plan.decided_by} on {dates.day(plan.decided_on)}.")
    found = [finding(one) for one in said.findings] if said else []
    before = [f"Before deciding: {one.sentence}" for one in said.requirements] if said else []
    return Section("The end of looking after", (*lines, *found, *before))


def _standing(turn: Turn, may_take_back: bool):
    if turn.taken_back_at:
        return f"Taken back by {turn.taken_back_by}: {turn.taken_back_why}"
    if not may_take_back:
        return ""
    about = f"the {turn.what} of {dates.short_day(turn.done_on)}"
    return Link("Take it back", reverse("take_back_turn", args=[turn.id]), about)
