"""When is a delivery tried again? All 49 times, against a table written by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.delivery import schedule

SECOND, MINUTE, HOUR = 1, 60, 3600

# Attempt, and how long after the first it is made when no wait is spread.
FIRST_NINE = [
    (1, 0),
    (2, 5 * SECOND),
    (3, 35 * SECOND),
    (4, 2 * MINUTE + 35 * SECOND),
    (5, 12 * MINUTE + 35 * SECOND),
    (6, 42 * MINUTE + 35 * SECOND),
    (7, 1 * HOUR + 42 * MINUTE + 35 * SECOND),
    (8, 3 * HOUR + 42 * MINUTE + 35 * SECOND),
    (9, 7 * HOUR + 42 * MINUTE + 35 * SECOND),
]
LAST_FORTY = [(attempt, (7 + 4 * (attempt - 9)) * HOUR + 42 * MINUTE + 35 * SECOND) for attempt in range(10, 50)]
TABLE = FIRST_NINE + LAST_FORTY


def elapsed(attempt: int, chance: float) -> float:
    return sum(schedule.wait_seconds(made, retry_after_seconds=None, chance=chance) for made in range(1, attempt))


@pytest.mark.parametrize(("attempt", "after"), TABLE)
def test_each_attempt_is_made_at_its_time(attempt, after):
    assert elapsed(attempt, 0.5) == pytest.approx(after)


@pytest.mark.parametrize(("attempt", "after"), TABLE)
def test_each_attempt_is_spread_by_a_fifth_at_most(attempt, after):
    assert elapsed(attempt, 0) == pytest.approx(0.8 * after)
    assert elapsed(attempt, 1) == pytest.approx(1.2 * after)


def test_there_are_49_attempts_and_the_last_is_within_seven_days():
    assert schedule.ATTEMPTS == len(TABLE) == 49
    assert 7 * 24 * HOUR - 4 * HOUR < TABLE[-1][1] <= 7 * 24 * HOUR


@given(
    made=st.integers(1, 48),
    asked=st.floats(min_value=-1e9, max_value=1e9, allow_nan=False),
    chance=st.floats(min_value=0, max_value=1),
)
def test_what_a_receiver_asks_for_lies_between_one_step_and_two(made, asked, chance):
    step = schedule.STEPS_SECONDS[made - 1]
    wait = schedule.wait_seconds(made, retry_after_seconds=asked, chance=chance)
    assert step <= wait <= 2 * step
    if step <= asked <= 2 * step:
        assert wait == asked
