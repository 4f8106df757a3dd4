"""What does the health page say of the database, and of ages?"""

import pytest

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


def test_the_database_of_this_test_was_not_upgraded(db):
    [light] = [one for one in health.board() if one.name == "database"]
    assert not light.needs_somebody
    assert light.stands.startswith("PostgreSQL 15")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "0 seconds"), (1.2, "1 second"), (2, "2 seconds"), (119, "119 seconds"), (120, "2 minutes")],
)
def test_an_age_is_said_as_people_say_it(seconds, said):
    assert health._age(seconds) == said
