"""Does an owner say, change and correct an area one version at a time, and does no version change afterwards?"""

from dataclasses import replace
from datetime import date

import pytest
from shapely import box

from db import clock
from hotspots import actions
from hotspots.drafting import Said, draft, revise, said_in, shape_of
from hotspots.exceptions import AreaRefused, HotspotNotFound, IsWithdrawn, ReferenceTaken, StaleVersion
from hotspots.models import Condition, StateChange, Version
from tests.hotspots.world import EAST, NORTH, ROTHERHAM, SHEFFIELD, acting, ask_about, load, polygon, publish, square

pytestmark = pytest.mark.django_db
CANAL = Said(kind_of_place="canal towpath", concern="collected by car, evenings", grading="2 B C")


def shape(east=EAST):
    return shape_of(polygon(east), 27700)


def make(by, reference="A1", said=CANAL):
    return draft(reference=reference, said=said, shape=shape(), by=by, at=clock.now())


def change(by, area, number, **changed):
    said = replace(CANAL, **{name: value for name, value in changed.items() if name not in ("shape", "correction")})
    return revise(
        area.id, said=said, shape=changed.get("shape", shape()), number=number,
        correction=changed.get("correction", ""), by=by, at=clock.now(),
    )  # fmt: skip


def test_a_draft_keeps_every_word_and_nobody_is_told():
    with acting(ROTHERHAM) as by:
        area = make(by)
        assert said_in(Version.objects.get(hotspot=area)) == CANAL
        assert StateChange.objects.get(hotspot=area).state == "draft"
    assert ask_about(ROTHERHAM, SHEFFIELD, 10).areas == ()


def test_a_change_is_a_new_version_and_the_one_before_stays_as_it_was():
    with acting(ROTHERHAM) as by:
        area = make(by)
        change(by, area, 1, concern="collected by bicycle", shape=shape(EAST + 800))
        first, second = Version.objects.filter(hotspot=area).order_by("number")
        assert (first.concern, second.concern) == ("collected by car, evenings", "collected by bicycle")
        assert first.superseded_at is not None
        assert second.superseded_at is None
        assert (first.shape.extent[0], second.shape.extent[0]) == (EAST, EAST + 800)


def test_the_same_said_again_is_no_version():
    with acting(ROTHERHAM) as by:
        area = make(by)
        assert change(by, area, 1).number == 1


def test_a_correction_is_a_version_of_its_own_even_with_the_same_words():
    with acting(ROTHERHAM) as by:
        area = make(by)
        corrected = change(by, area, 1, correction="The street was misread.")
    assert (corrected.number, corrected.correction) == (2, "The street was misread.")


def test_a_change_decided_on_an_older_version_is_refused():
    with acting(ROTHERHAM) as by:
        area = make(by)
        change(by, area, 1, concern="another")
        with pytest.raises(StaleVersion, match="Somebody changed"):
            change(by, area, 1, concern="a third")


def test_what_is_withdrawn_anothers_or_twice_named_is_refused():
    with acting(ROTHERHAM) as by:
        area = make(by)
        with pytest.raises(ReferenceTaken, match="A1 already"):
            make(by)
        actions.withdraw(area.id, reason="source unsafe", by=by, at=clock.now())
        with pytest.raises(IsWithdrawn):
            change(by, area, 1)
    with acting(SHEFFIELD) as by, pytest.raises(HotspotNotFound):
        change(by, area, 1)


@pytest.mark.parametrize(
    ("geometry", "srid", "why"),
    [
        (polygon(width=9), 27700, "one household"),
        ({"type": "Point", "coordinates": [EAST, NORTH]}, 27700, "a Point"),
        (polygon(), 4326, "out of range for degrees"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [9, 9], [9, 0], [0, 9], [0, 0]]]}, 27700, "not a valid area"),
    ],
)
def test_a_shape_that_cannot_stand_is_refused_with_the_reason(geometry, srid, why):
    with pytest.raises(AreaRefused, match=why) as refused:
        shape_of(geometry, srid)
    assert refused.value.field == "shape"


def test_degrees_come_out_in_metres_of_the_national_grid():
    """Ordnance Survey's worked point of Caister water tower, 52.65757 N 1.71792 E (WGS 84): 651409.8 E 313177.4 N."""
    west, south, east, north = shape_of(
        {"type": "Polygon", "coordinates": [[[1.716, 52.657], [1.72, 52.657], [1.72, 52.659], [1.716, 52.659],
         [1.716, 52.657]]]}, 4326,
    ).bounds  # fmt: skip
    assert box(west, south, east, north).contains(box(651409, 313176, 651411, 313179))


def test_days_that_cannot_be_are_refused():
    with acting(ROTHERHAM) as by, pytest.raises(AreaRefused, match="check both days"):
        make(by, said=replace(CANAL, first_supported_on=date(2027, 3, 2), last_supported_on=date(2027, 3, 1)))


def test_a_condition_in_words_alone_binds_as_every_condition_does():
    assert Version(conditions="Ask us first").binding == list(Condition)
    assert Version(conditions="Ask us", condition_kinds=["not_in_writing"]).binding == [Condition.NOT_IN_WRITING]
    assert Version().binding == []


def test_what_came_with_a_file_stays_with_the_area_when_a_person_changes_it():
    (area,) = publish(ROTHERHAM, square(severity="4"), to=SHEFFIELD)
    with acting(ROTHERHAM) as by:
        revise(area, said=CANAL, shape=shape(), number=1, by=by, at=clock.now())
        assert Version.objects.get(hotspot=area, superseded_at=None).received == {"severity": "4"}
    load(ROTHERHAM, square(severity="5"))
