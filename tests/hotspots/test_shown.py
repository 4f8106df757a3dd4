"""Does an owner learn who was shown what, when and for what, and never how often, how many or where?"""

from datetime import timedelta

import pytest

from db import clock
from hotspots.models import Disclosure, Share, Shown, Version
from hotspots.overlay import overlay
from hotspots.overlay.overlay import Place
from tests.hotspots.world import (
    DONCASTER,
    EAST,
    NORTH,
    ROTHERHAM,
    SHEFFIELD,
    acting,
    ask,
    authority,
    publish,
    share,
    square,
)

pytestmark = pytest.mark.django_db


def shown(code=ROTHERHAM):
    with acting(code):
        return list(Shown.objects.order_by("reader__name", "level", "hotspot__reference"))


def test_an_owner_reads_reader_area_version_level_purpose_and_day():
    (area,) = publish(ROTHERHAM, square("A1"), to=SHEFFIELD)
    ask(SHEFFIELD, 300)
    with acting(ROTHERHAM):
        (row,) = Shown.objects.all()
        assert (row.reader.name, row.hotspot_id, row.version_number) == ("Sheffield", area, 1)
        assert (row.level, row.purpose, row.on) == ("proximity", "a placement", clock.today())
        assert row.version_id == Version.objects.get().id


def test_an_owner_cannot_tell_one_question_of_a_day_from_many():
    publish(ROTHERHAM, square(), to=SHEFFIELD)
    ask(SHEFFIELD, 300)
    once = [(row.id, row.on) for row in shown()]
    for metres in (10, 500, 900):
        ask(SHEFFIELD, metres)
    assert [(row.id, row.on) for row in shown()] == once
    with acting(SHEFFIELD):
        assert Disclosure.objects.count() == 4


def test_many_places_in_one_question_read_as_one():
    publish(ROTHERHAM, square(), to=SHEFFIELD)
    places = [Place(EAST + 200 + metres, NORTH, frozenset()) for metres in (100, 200, 300)]
    with acting(SHEFFIELD):
        overlay.ask(places, radius_metres=1_000, at=clock.now(), purpose="a placement")
    assert len(shown()) == 1


def test_each_day_of_asking_is_a_row_even_where_nothing_lay_near():
    publish(ROTHERHAM, square(), to=SHEFFIELD)
    with acting(SHEFFIELD):
        for days in (0, 1, 2):
            far_away = Place(EAST + 90_000, NORTH, frozenset([authority(ROTHERHAM).id]))
            at = clock.now() - timedelta(days=days)
            overlay.ask([far_away], radius_metres=1_000, at=at, purpose="a placement")
    assert [(row.hotspot_id, row.level) for row in shown()] == [(None, "none near")] * 3
    assert len({row.on for row in shown()}) == 3


def test_an_owner_reads_no_row_of_a_reader_and_nobody_reads_of_anothers_areas():
    publish(ROTHERHAM, square(), to=SHEFFIELD)
    ask(SHEFFIELD, 300)
    with acting(ROTHERHAM):
        assert Disclosure.objects.count() == 0
    assert shown(SHEFFIELD) == shown(DONCASTER) == []


def test_what_two_partners_were_shown_at_two_levels_stands_apart():
    areas = publish(ROTHERHAM, square(), to=SHEFFIELD, level=Share.Level.CONTACT)
    share(ROTHERHAM, areas, DONCASTER, Share.Level.GEOMETRY)
    ask(SHEFFIELD, 300)
    ask(DONCASTER, 300)
    with acting(ROTHERHAM):
        told = list(Shown.objects.order_by("reader__name").values_list("reader__name", "level"))
    assert told == [("Doncaster", "geometry"), ("Sheffield", "contact")]


def test_an_owner_who_asks_of_its_own_areas_is_not_a_reader():
    publish(ROTHERHAM, square(), to=SHEFFIELD)
    ask(ROTHERHAM, 300)
    assert shown() == []
