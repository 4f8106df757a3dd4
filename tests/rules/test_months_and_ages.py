"""Do months and birthdays fall on the days worked by hand, leap years too?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.rules.ages import Birthday, age_on, birthday
from placements.rules.calendar_months import add_months
from tests.rules.facts import day

ANY_DAY = st.dates(date(1950, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("from_on", "months", "expected"),
    [
        ("2025-10-21", 3, "2026-01-21"),
        ("2026-08-31", 3, "2026-11-30"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2027-11-30", 3, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-31", -2, "2025-11-30"),
    ],
)
def test_months_end_on_the_corresponding_date_or_the_last_of_the_month(from_on, months, expected):
    assert add_months(from_on=day(from_on), months=months) == day(expected)


@given(from_on=ANY_DAY, months=st.integers(0, 60))
def test_months_agree_with_walking_the_calendar_a_day_at_a_time(from_on, months):
    on, turns = from_on, 0
    while turns < months or on.day < from_on.day:
        following = on + timedelta(days=1)
        if following.month != on.month:
            if turns == months:
                break
            turns += 1
        on = following

    assert add_months(from_on=from_on, months=months) == on


def test_age_is_reached_at_the_start_of_the_birthday():
    assert birthday(date_of_birth=day("2009-05-03"), age=16) == Birthday(on=day("2025-05-03"))
    assert age_on(date_of_birth=day("2009-05-03"), on=day("2025-05-02")) == 15
    assert age_on(date_of_birth=day("2009-05-03"), on=day("2025-05-03")) == 16


def test_born_on_29_february_reaches_18_on_1_march_with_the_other_reading_shown():
    eighteenth = birthday(date_of_birth=day("2008-02-29"), age=18)

    assert eighteenth == Birthday(on=day("2026-03-01"), other_reading_on=day("2026-02-28"))
    assert eighteenth.earlier_on == day("2026-02-28")
    assert age_on(date_of_birth=day("2008-02-29"), on=day("2026-02-28")) == 17


def test_born_on_29_february_has_one_16th_birthday_because_that_year_is_a_leap_year():
    assert birthday(date_of_birth=day("2008-02-29"), age=16) == Birthday(on=day("2024-02-29"))


def test_age_before_birth_is_refused():
    with pytest.raises(ValueError, match="later"):
        age_on(date_of_birth=day("2010-01-02"), on=day("2010-01-01"))


@given(date_of_birth=ANY_DAY, days=st.integers(0, 12000))
def test_age_is_the_last_birthday_that_has_come(date_of_birth, days):
    on = date_of_birth + timedelta(days=days)

    age = age_on(date_of_birth=date_of_birth, on=on)

    assert (
        birthday(date_of_birth=date_of_birth, age=age).on <= on < birthday(date_of_birth=date_of_birth, age=age + 1).on
    )
