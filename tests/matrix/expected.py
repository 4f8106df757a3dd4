"""What must an address answer to a caller? Worked out from the policy table alone."""

from enum import Enum, auto

from accounts.policy import Relation
from tests.matrix import asks
from tests.matrix.callers import Caller
from tests.matrix.routes import Route
from tests.matrix.world import ADDRESSED, OWN


class Answer(Enum):
    """The four ways in which a cell of the matrix may come out."""

    SIGN_IN = auto()
    NOT_PERMITTED = auto()
    NOTHING_THERE = auto()
    TOLD = auto()


STATUSES = {
    Answer.SIGN_IN: {True: {401}, False: {302}},
    Answer.NOT_PERMITTED: {True: {403}, False: {403}},
    Answer.TOLD: {True: {200, 201}, False: {200, 302}},
}


def answer(route: Route, caller: Caller) -> Answer:
    """The cell's answer by the policy table: permitted or not, and whose row it is."""
    if caller.role is None:
        return Answer.SIGN_IN
    if not route.rule.permits(caller.role):
        return Answer.NOT_PERMITTED
    ask = asks.of(route)
    if ask.names_a_row and ask.party and caller.role not in route.rule.roles.get(_relation(ask, caller), ()):
        return Answer.NOTHING_THERE
    if ask.told_to and caller.role not in ask.told_to:
        return Answer.NOTHING_THERE
    return Answer.TOLD


def statuses(route: Route, caller: Caller) -> set[int]:
    """The statuses that say so, at this door."""
    found = answer(route, caller)
    return {asks.of(route).absent} if found is Answer.NOTHING_THERE else STATUSES[found][route.is_api]


def _relation(ask: asks.Ask, caller: Caller) -> Relation | None:
    """What the caller's authority is to the row that is asked for; None for neither."""
    if caller.authority != ask.party:
        return None
    return {OWN: Relation.OWN, ADDRESSED: Relation.ADDRESSED}[ask.party]
