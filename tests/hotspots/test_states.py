"""Does the table of an area's states refuse every pair that it does not name, and do the actions follow it?"""

from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction

from db import clock
from hotspots import actions
from hotspots.exceptions import AreaRefused, HotspotNotFound, InvalidTransition
from hotspots.models import Hotspot, StateChange
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
        actions.withdraw(area, reason="source unsafe", by=by, at=clock.now())
    with pytest.raises(InvalidTransition, match="nothing further"):
        share(ROTHERHAM, [area], SHEFFIELD)
    assert hotspot(ROTHERHAM, "A1").state == State.WITHDRAWN


@pytest.mark.django_db
def test_another_authoritys_area_is_not_found():
    (area,) = load(ROTHERHAM, square()).hotspot_ids
    with acting(SHEFFIELD) as by, pytest.raises(HotspotNotFound):
        actions.withdraw(area, reason="source unsafe", by=by, at=clock.now())
    with pytest.raises(HotspotNotFound):
        share(SHEFFIELD, [area], ROTHERHAM)


@pytest.mark.django_db
@pytest.mark.parametrize(("present", "wanted"), list(product(State, State)))
def test_the_database_permits_the_same_pairs_whatever_the_application_asks(present, wanted):
    (area,) = load(ROTHERHAM, square()).hotspot_ids
    with acting(ROTHERHAM):
        for step in WAY_TO[present]:
            set_state(area, step)
        if present == wanted or (present, wanted) in PERMITTED:
            set_state(area, wanted)
        else:
            with pytest.raises(IntegrityError, match=f"may not go from {present} to {wanted}"), transaction.atomic():
                set_state(area, wanted)
            wanted = present
    assert hotspot(ROTHERHAM, "A1").state == wanted


WAY_TO = {"draft": [], "shared": ["shared"], "lapsed": ["shared", "lapsed"], "withdrawn": ["withdrawn"]}


def set_state(area, state):
    with connection.cursor() as cursor:
        cursor.execute("update hotspots_hotspot set state = %s where id = %s", [state, area])


@pytest.mark.django_db
def test_no_area_begins_otherwise_than_as_a_draft():
    with acting(ROTHERHAM) as by, pytest.raises(IntegrityError, match="begins as a draft"), transaction.atomic():
        Hotspot.objects.create(authority_id=by.authority_id, reference="A1", state=State.SHARED)


@pytest.mark.django_db
def test_an_area_is_withdrawn_with_a_reason_only_and_the_reason_stays():
    (area,) = publish(ROTHERHAM, square(), to=SHEFFIELD)
    with acting(ROTHERHAM) as by:
        with pytest.raises(AreaRefused, match="Say why"):
            actions.withdraw(area, reason="  ", by=by, at=clock.now())
        actions.withdraw(area, reason="source unsafe", by=by, at=clock.now())
        told = list(StateChange.objects.order_by("at", "state").values_list("state", "reason"))
    assert sorted(told) == [("draft", ""), ("shared", ""), ("withdrawn", "source unsafe")]
