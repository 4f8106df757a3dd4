"""The placement's machine: every allowed pair moves, every other is refused with the way on."""

from itertools import product

import pytest

from placements import states
from placements.exceptions import InvalidTransition
from placements.models import Placement

Status = Placement.Status
ALLOWED = {
    (Status.PROPOSED, Status.STARTED),
    (Status.PROPOSED, Status.WITHDRAWN),
    (Status.STARTED, Status.ENDED),
}


@pytest.mark.parametrize(("present", "to"), sorted(product(Status, Status)))
def test_every_pair_of_states_moves_or_is_refused(present, to):
    placement = Placement(status=present)

    if (present, to) in ALLOWED:
        states.move(placement, to)
        assert placement.status == to
    else:
        with pytest.raises(InvalidTransition) as refusal:
            states.move(placement, to)
        assert placement.status == present
        assert refusal.value.permitted == [
            label for one, other in sorted(ALLOWED) if one == present for label in [other.label]
        ]


def test_the_table_names_every_state():
    assert set(states.TRANSITIONS) == set(Status)
