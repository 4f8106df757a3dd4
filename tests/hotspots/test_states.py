"""Does the table of an area's states refuse every pair that it does not name, and do the actions follow it?"""

from itertools import product

import pytest

from hotspots import actions
from hotspots.exceptions import HotspotNotFound, InvalidTransition
from hotspots.models import Hotspot
from hotspots.states import State, move
from tests.hotspots.world import ROTHERHAM, SHEFFIELD, acting, hotspot, load, publish, share, square

PERMITTED = {
    ("draft", "shared"),
    ("draft", "withdrawn"),
    ("shared", "lapsed"),
    ("shared", "withdrawn"),
    ("lapsed", "shared"),
    ("lapsed", "withdrawn"),
}


@pytest.mark.parametrize(("present", "wanted"), list(product(State, State)))
def test_each_pair_of_states_is_permitted_or_refused(present, wanted):
    one = Hotspot(reference="A1", state=present)
    if (present, wanted) in PERMITTED:
        move(one, wanted)
        assert one.state == wanted
    else:
        with pytest.raises(InvalidTransition):
            move(one, wanted)
        assert one.state == present


@pytest.mark.django_db
def test_what_was_withdrawn_is_not_shared_again():
    (area,) = publish(ROTHERHAM, square(), to=SHEFFIELD)
    with acting(ROTHERHAM) as by:
        actions.withdraw(area, by=by)
    with pytest.raises(InvalidTransition, match="nothing further"):
        share(ROTHERHAM, [area], SHEFFIELD)
    assert hotspot(ROTHERHAM, "A1").state == State.WITHDRAWN


@pytest.mark.django_db
def test_another_authoritys_area_is_not_found():
    (area,) = load(ROTHERHAM, square()).hotspot_ids
    with acting(SHEFFIELD) as by, pytest.raises(HotspotNotFound):
        actions.withdraw(area, by=by)
    with pytest.raises(HotspotNotFound):
        share(SHEFFIELD, [area], ROTHERHAM)
