"""What does an authority's answer about a place mean? Every combination by a table, and what it says of itself."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import clock
from hotspots import actions
from hotspots.models import Coverage
from hotspots.sharing.coverage import Said, Sharing, State, state_of, statements
from hotspots.sharing.levels import Area, Level
from tests.hotspots.world import ROTHERHAM, SHEFFIELD, acting, authority

ON = date(2026, 12, 17)
FRESH, OLD = (Area(uuid4(), Level.PROXIMITY, is_stale=stale) for stale in (False, True))
OPEN, ALL_OLD = Sharing(is_any_fresh=True, within_metres=1_000), Sharing(is_any_fresh=False, within_metres=1_000)


def said(shares=True, review_on=None):
    return Said(shares, "", last_looked_on=date(2026, 12, 1), review_on=review_on, said_on=date(2026, 12, 1))


@pytest.mark.parametrize(
    ("areas", "sharing", "statement", "state"),
    [
        ([], None, None, State.SHARES_NOTHING),
        ([], None, said(shares=False), State.SHARES_NOTHING),
        ([], None, said(shares=True), State.SHARES_NOTHING),
        ([], None, said(review_on=date(2026, 9, 1)), State.SHARES_NOTHING),
        ([], OPEN, None, State.NOTHING_NEAR),
        ([], OPEN, said(), State.NOTHING_NEAR),
        ([], OPEN, said(shares=False), State.NOTHING_NEAR),
        ([], OPEN, said(review_on=date(2026, 12, 17)), State.NOTHING_NEAR),
        ([], OPEN, said(review_on=date(2026, 12, 16)), State.STALE),
        ([], ALL_OLD, None, State.STALE),
        ([OLD], OPEN, said(), State.STALE),
        ([OLD], ALL_OLD, said(), State.STALE),
        ([FRESH], OPEN, said(), State.NEAR),
        ([FRESH], OPEN, None, State.NEAR),
        ([FRESH, OLD], OPEN, said(), State.NEAR),
        ([OLD, FRESH], OPEN, said(review_on=date(2026, 9, 1)), State.NEAR),
    ],
)
def test_the_state_of_an_answer(areas, sharing, statement, state):
    assert state_of(areas, sharing=sharing, said=statement, on=ON) is state


@given(
    areas=st.lists(st.sampled_from([FRESH, OLD]), max_size=4),
    sharing=st.sampled_from([OPEN, ALL_OLD]),
    statement=st.sampled_from([None, said(), said(False), said(review_on=date(2026, 9, 1))]),
)
def test_an_area_that_is_near_is_never_passed_over_in_silence(areas, sharing, statement):
    state = state_of(areas, sharing=sharing, said=statement, on=ON)
    assert (state in (State.NEAR, State.STALE)) or not areas
    assert state is not State.SHARES_NOTHING


@pytest.mark.django_db
def test_a_new_statement_takes_the_place_of_the_old_and_the_same_one_changes_nothing():
    with acting(ROTHERHAM) as by:
        for shares in (False, False, True):
            actions.say_coverage(shares=shares, last_looked_on=clock.today(), by=by, at=clock.now())
    current = statements([authority(ROTHERHAM).id])[authority(ROTHERHAM).id]
    assert current.shares
    assert Coverage.objects.filter(authority=authority(ROTHERHAM)).count() == 2


@pytest.mark.django_db
def test_every_authority_reads_the_statement_and_only_its_own_may_say_it():
    with acting(ROTHERHAM) as by:
        actions.say_coverage(shares=False, last_looked_on=clock.today(), by=by, at=clock.now())
    with acting(SHEFFIELD):
        assert not statements([authority(ROTHERHAM).id])[authority(ROTHERHAM).id].shares
        assert statements([authority(SHEFFIELD).id]) == {}
