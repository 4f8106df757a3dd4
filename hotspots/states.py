"""In which state is an area of concern, and what may come next? Withdrawn is final: a new area has a new reference."""

from hotspots.exceptions import InvalidTransition
from hotspots.models import Hotspot

State = Hotspot.State

TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.SHARED, State.WITHDRAWN),
    State.SHARED: (State.LAPSED, State.WITHDRAWN),
    State.LAPSED: (State.SHARED, State.WITHDRAWN),
    State.WITHDRAWN: (),
}


def require(hotspot: Hotspot, to: State) -> None:
    """Refuse a step that is not in the table (InvalidTransition)."""
    present = State(hotspot.state)
    if to not in TRANSITIONS[present]:
        raise InvalidTransition(present.label, to.label, [state.label for state in TRANSITIONS[present]])


def move(hotspot: Hotspot, to: State) -> None:
    """Set the state of a row whose lock the caller holds; refuses every pair that is not in the table."""
    require(hotspot, to)
    hotspot.state = to
