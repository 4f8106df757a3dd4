"""What does the health page say of the database, and of ages?"""

from datetime import date, timedelta

import pytest

from audit.life import was_seen
from audit.models import SignOfLife
from audit.timetable import lines
from db.clock import real_now
from notifications import health


def test_a_database_whose_machine_was_not_upgraded_is_named_and_asks_for_nobody():
    light = health.database_light("15.14 (Debian 15.14-0+deb12u1)", "3.3.2", "3.3.2", None, None)
    assert (light.stands, light.needs_somebody) == ("PostgreSQL 15.14, PostGIS 3.3.2", False)


@pytest.mark.parametrize(
    ("loaded", "sorts_now", "why"),
    [("3.5.0", "2.36", "PostGIS 3.5.0 was installed under it"), ("3.3.2", "2.41", "sorts words otherwise")],
)
def test_an_upgrade_under_the_database_needs_somebody(loaded, sorts_now, why):
    light = health.database_light("15.14", "3.3.2", loaded, "2.36", sorts_now)
    assert light.needs_somebody
    assert why in light.stands


def test_every_recurring_work_is_on_the_board_with_its_age_and_asks_for_somebody_once_it_stops(as_worker):
    def board() -> dict[str, health.Light]:
        return {one.name: one for one in health.board()}

    assert {line.sweep.part for line in lines()} <= set(board())
    assert (board()["packs"].stands, board()["packs"].needs_somebody) == ("never seen", True)
    was_seen("packs")
    assert (board()["packs"].what, board()["packs"].needs_somebody) == ("Last done: make inspection packs", False)
    assert board()["packs"].stands.endswith(" ago")
    SignOfLife.objects.filter(part="packs").update(seen_at=real_now() - timedelta(minutes=4))
    assert board()["packs"].needs_somebody


def test_the_database_of_this_test_was_not_upgraded(db):
    [light] = [one for one in health.board() if one.name == "database"]
    assert not light.needs_somebody
    assert light.stands.startswith("PostgreSQL 15")


@pytest.mark.parametrize(
    ("on", "needs_somebody"), [(date(2026, 12, 1), False), (date(2028, 6, 26), False), (date(2028, 6, 27), True)]
)
def test_the_next_bank_holidays_are_asked_for_half_a_year_before_the_last_that_is_known(on, needs_somebody):
    light = health.holidays_light(on)
    assert light.needs_somebody is needs_somebody
    assert light.stands.startswith("known until 26 December 2028")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "0 seconds"), (1.2, "1 second"), (2, "2 seconds"), (119, "119 seconds"), (120, "2 minutes")],
)
def test_an_age_is_said_as_people_say_it(seconds, said):
    assert health._age(seconds) == said
