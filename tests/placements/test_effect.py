"""Is the effect of publishing told in words that cannot find one child? Counts by hand, near one place."""

from datetime import date, timedelta

import pytest
from django.contrib.gis.geos import Polygon

from accounts.acting import acting_for
from accounts.roles import Role
from db import clock
from hotspots.exceptions import HotspotNotFound, PreviewsSpent
from hotspots.sharing import agreements
from placements.overlay import effect
from tests import factories
from tests.hotspots import world as areas
from tests.placements.test_recheck import NEAR, point

OWNER, PARTNER, THIRD = areas.SHEFFIELD, areas.ROTHERHAM, areas.BARNSLEY


@pytest.fixture
def farah(committing):
    """An analyst of Sheffield, whose draft area lies beside the place."""
    return factories.person(OWNER, Role.HOTSPOT_ANALYST, name="Farah Aziz")


def drafted():
    east, north = point()
    (hotspot_id,) = areas.load(OWNER, areas.square("A1", geometry=areas.polygon(east + 300, north - 100))).hotspot_ids
    return hotspot_id


def placed(code: str, times: int = 1, **changes) -> None:
    by = factories.person(code, Role.SOCIAL_WORKER)
    for _ in range(times):
        factories.placement_at("proposed", by, of=factories.child(by, **changes), place=NEAR, tell_host=False)


def agree(by, code: str) -> None:
    said = {"purpose": "Protecting", "basis": "Protocol", "reference": code}
    with acting_for(by, "test"):
        at = clock.now()
        agreements.make(partner_id=factories.authority(code).id, **said, starts_at=at, by=by, at=at)


def told(by, hotspot_id, *, days: int = 0) -> effect.Effect:
    """What is told some days from now: the same question has the same answer all day."""
    wanted = {factories.authority(code).id: ("proximity", 1_000) for code in (PARTNER, THIRD)}
    with acting_for(by, "test"):
        return effect.preview(hotspot_id, shares=wanted, by=by, at=clock.now() + timedelta(days=days))


def test_our_own_are_counted_and_partners_are_not_told_from_none(farah):
    hotspot_id = drafted()
    agree(farah, PARTNER)
    placed(OWNER, 2)
    assert told(farah, hotspot_id) == effect.Effect(2, effect.OfPartners.FEWER_THAN_FIVE)
    placed(PARTNER, 4)
    assert told(farah, hotspot_id, days=1) == effect.Effect(2, effect.OfPartners.FEWER_THAN_FIVE)
    placed(PARTNER)
    assert told(farah, hotspot_id, days=2) == effect.Effect(2, effect.OfPartners.FIVE_TO_NINETEEN)


def test_partners_are_counted_together_and_only_under_an_agreement(farah):
    hotspot_id = drafted()
    placed(PARTNER, 3)
    placed(THIRD, 3)
    agree(farah, PARTNER)
    assert told(farah, hotspot_id).of_partners is effect.OfPartners.FEWER_THAN_FIVE
    agree(farah, THIRD)
    assert told(farah, hotspot_id).of_partners is effect.OfPartners.FIVE_TO_NINETEEN


def test_adults_and_closed_addresses_are_not_counted(farah):
    hotspot_id = drafted()
    placed(OWNER, born_on=date(2008, 12, 1))
    by = factories.person(OWNER, Role.SOCIAL_WORKER)
    factories.placement_at("proposed", by, place=NEAR, is_restricted=True, tell_host=False)
    assert told(farah, hotspot_id).own == 0


def test_what_lies_near_the_shape_that_counts_today_is_not_newly_near(farah):
    east, north = point()
    (hotspot_id,) = areas.publish(
        OWNER, areas.square("A1", geometry=areas.polygon(east + 300, north - 100)), to=PARTNER
    )
    placed(OWNER)
    placed(PARTNER, 6)
    assert told(farah, hotspot_id) == effect.Effect(0, effect.OfPartners.FEWER_THAN_FIVE)


def test_no_analyst_previews_another_authoritys_area_and_none_six_times_a_day(farah):
    hotspot_id = drafted()
    stranger = factories.person(PARTNER, Role.HOTSPOT_ANALYST)
    with pytest.raises(HotspotNotFound):
        told(stranger, hotspot_id)
    for metres in range(5):
        looked(farah, hotspot_id, metres)
    with pytest.raises(PreviewsSpent):
        looked(farah, hotspot_id, 5)


def test_the_same_question_has_the_same_answer_all_day(farah):
    hotspot_id = drafted()
    placed(OWNER)
    first = told(farah, hotspot_id)
    placed(OWNER)
    assert [told(farah, hotspot_id) for _ in range(4)] == [first] * 4
    with pytest.raises(PreviewsSpent):
        told(farah, hotspot_id)
    assert told(farah, hotspot_id, days=1).own == 2


def looked(by, hotspot_id, metres: int) -> effect.Effect:
    """What is told of a shape some metres further east."""
    east, north = point()
    x, y = east + 300 + metres, north - 100
    shape = Polygon.from_bbox((x, y, x + 100, y + 100))
    shape.srid = 27700
    with acting_for(by, "test"):
        return effect.preview(hotspot_id, shape=shape, by=by, at=clock.now())
