"""Is every review due on the day that reg. 33 gives?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.rules.reviews import review_clocks
from placements.rules.working_days import CalendarNotKnown
from tests.rules.facts import HOLIDAYS, day
from tests.rules.naive import months_later, nth_working_day_after


def clocks(since, *reviews):
    return review_clocks(
        looked_after_since=day(since), reviewed_on=[day(review) for review in reviews], holidays=HOLIDAYS
    )


def test_first_review_over_christmas_is_due_on_new_years_eve():
    # 2 to 4 December: three; two weeks of five: 13; 21 to 24: 17; 29, 30, 31: 20.
    due = clocks("2026-12-01")[0].due

    assert due.due_on == day("2026-12-31")
    assert "Fri 25 December 2026, Christmas Day" in [step.text for step in due.skipped]


@pytest.mark.parametrize(
    ("reviews", "due"),
    [
        (["2026-12-30"], "2027-03-30"),
        (["2026-12-30", "2027-03-25"], "2027-09-25"),
        (["2026-12-30", "2027-03-25", "2027-08-31"], "2028-02-29"),
        (["2027-11-30"], "2028-02-29"),
    ],
)
def test_second_review_is_due_after_three_months_and_later_ones_after_six(reviews, due):
    assert clocks("2026-12-01", *reviews)[-1].due.due_on == day(due)


def test_review_that_falls_on_a_sunday_is_not_moved_and_the_friday_before_is_named():
    due = clocks("2026-11-02", "2026-11-28")[-1].due

    assert due.sentence == (
        "By Sun 28 February 2027: three months after the first review on Sat 28 November 2026. Sunday; a month is a "
        "month; last working day before: Fri 26 February 2027."
    )


def test_review_of_an_earlier_time_of_being_looked_after_does_not_count():
    assert len(clocks("2026-12-01", "2025-06-01")) == 1


def test_first_review_past_the_table_is_refused():
    with pytest.raises(CalendarNotKnown):
        clocks("2028-12-01")


@given(since=st.dates(date(2012, 2, 1), date(2024, 1, 1)), gaps=st.lists(st.integers(1, 250), max_size=6))
def test_reviews_agree_with_a_plain_count(since, gaps):
    held = [since + timedelta(days=sum(gaps[: number + 1])) for number in range(len(gaps))]
    expected = [nth_working_day_after(since, 20)]
    expected += [months_later(on, 3 if number == 0 else 6) for number, on in enumerate(held)]

    turns = review_clocks(looked_after_since=since, reviewed_on=held, holidays=HOLIDAYS)

    assert [turn.due.due_on for turn in turns] == expected
