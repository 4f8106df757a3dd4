"""Is every visit due on the day that reg. 28 gives?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.rules.visits import Living, VisitFacts, visit_clocks
from tests.rules.facts import HOLIDAYS, day
from tests.rules.naive import months_later


def clocks(start, *visits, **facts):
    visited_on = [day(visit) for visit in visits]
    return visit_clocks(facts=VisitFacts(starts_on=day(start), visited_on=visited_on, **facts), holidays=HOLIDAYS)


def next_due(start, *visits, **facts):
    return clocks(start, *visits, **facts)[-1].due.due_on


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-12-18", "2026-12-25"),  # story 1: Kayla
        ("2027-02-02", "2027-02-09"),  # story 2: Dean
        ("2027-04-28", "2027-05-05"),  # Pia
        ("2026-12-02", "2026-12-09"),  # AG-3009
        ("2026-12-03", "2026-12-10"),  # AG-3010
        ("2028-02-22", "2028-02-29"),
        ("2028-02-29", "2028-03-07"),
        ("2027-03-25", "2027-04-01"),  # summer time begins in between
    ],
)
def test_first_visit_is_due_one_calendar_week_after_the_start(start, due):
    assert next_due(start) == day(due)


def test_first_visit_of_story_1_falls_on_christmas_day_and_says_so():
    due = clocks("2026-12-18")[0].due

    assert due.sentence == (
        "By Fri 25 December 2026: one week after the start on Fri 18 December 2026. Christmas Day; a week is a week; "
        "last working day before: Thu 24 December 2026."
    )
    assert due.last_working_day_before == day("2026-12-24")
    assert due.late_from == day("2026-12-26")
    assert due.working[-1].text == "Fri 25 December 2026, one week later, Christmas Day"


@pytest.mark.parametrize(
    ("start", "visit", "is_meant_to_last_to_18", "due"),
    [
        ("2026-12-18", "2026-12-24", False, "2027-02-04"),
        ("2026-12-18", "2026-12-18", False, "2027-01-29"),  # seen on the day of the start
        ("2026-12-18", "2027-12-17", True, "2028-01-28"),  # last day of the first year: six weeks
        ("2026-12-18", "2027-12-18", True, "2028-03-18"),  # the year is over: three months
        ("2026-12-18", "2027-12-18", False, "2028-01-29"),
        ("2024-02-29", "2025-02-27", True, "2025-04-10"),  # the year from 29 February ends on the 28th
        ("2024-02-29", "2025-02-28", True, "2025-05-28"),
        ("2026-02-02", "2027-11-30", True, "2028-02-29"),  # no 30 February; a leap year
        ("2025-02-03", "2026-08-31", True, "2026-11-30"),
    ],
)
def test_next_visit_is_six_weeks_or_after_a_year_three_months_later(start, visit, is_meant_to_last_to_18, due):
    assert next_due(start, visit, is_meant_to_last_to_18=is_meant_to_last_to_18) == day(due)


def test_clock_starts_again_with_each_placement():
    assert next_due("2027-02-02", "2027-01-20", "2027-02-01") == day("2027-02-09")


def test_each_visit_is_shown_with_the_day_by_which_it_was_due():
    turns = clocks("2026-12-18", "2027-02-10", "2026-12-24")

    assert [(turn.due.due_on, turn.done_on) for turn in turns] == [
        (day("2026-12-25"), day("2026-12-24")),
        (day("2027-02-04"), day("2027-02-10")),
        (day("2027-03-24"), None),
    ]


@pytest.mark.parametrize(
    ("living", "visit", "first_review", "due"),
    [
        (Living.PARENTS_BEFORE_ASSESSMENT, "2027-02-08", None, "2027-02-15"),
        (Living.PARENTS_BEFORE_ASSESSMENT, "2027-02-08", "2027-02-09", "2027-02-15"),
        (Living.PARENTS_BEFORE_ASSESSMENT, "2027-02-09", "2027-02-09", "2027-03-23"),
        (Living.TEMPORARILY_APPROVED_CARER, "2027-02-08", None, "2027-02-15"),
        (Living.TEMPORARILY_APPROVED_CARER, "2027-02-09", "2027-02-09", "2027-03-09"),
        (Living.PARENTS_INTERIM_ORDER, "2027-02-09", "2027-02-09", "2027-03-09"),
        (Living.PARENTS_CARE_ORDER, "2027-02-09", None, "2027-03-23"),
    ],
)
def test_weekly_until_the_first_review_and_then_by_the_arrangement(living, visit, first_review, due):
    review_on = day(first_review) if first_review else None

    assert next_due("2027-02-02", visit, living=living, first_review_on=review_on) == day(due)


@pytest.mark.parametrize(
    ("order", "due"), [("2027-03-01", "2027-03-08"), ("2026-05-01", "2027-02-09"), (None, "2027-02-09")]
)
def test_at_home_under_a_care_order_the_week_runs_from_the_order_or_a_later_start(order, due):
    care_order_on = day(order) if order else None

    assert next_due("2027-02-02", living=Living.PARENTS_CARE_ORDER, care_order_on=care_order_on) == day(due)


def test_visit_before_the_care_order_does_not_answer_the_week_after_it():
    turns = clocks("2027-02-02", "2027-02-09", living=Living.PARENTS_CARE_ORDER, care_order_on=day("2027-03-01"))

    assert [(turn.due.due_on, turn.done_on) for turn in turns] == [(day("2027-03-08"), None)]


def test_three_months_are_for_ordinary_placements_alone():
    due = next_due("2025-02-03", "2026-08-31", living=Living.PARENTS_CARE_ORDER, is_meant_to_last_to_18=True)

    assert due == day("2026-10-12")


def test_days_are_not_counted_where_others_arrange_where_the_child_lives():
    facts = VisitFacts(starts_on=day("2027-02-02"), living=Living.OTHERS_ARRANGE)

    assert visit_clocks(facts=facts, holidays=HOLIDAYS) == ()


def test_visit_due_past_the_table_of_holidays_is_still_dated_since_weeks_need_no_table():
    due = clocks("2028-12-22")[0].due

    assert (due.due_on, due.last_working_day_before) == (day("2028-12-29"), None)


@given(
    start=st.dates(date(2012, 2, 1), date(2025, 1, 1)),
    gaps=st.lists(st.integers(0, 120), max_size=12),
    is_meant_to_last=st.booleans(),
)
def test_visits_agree_with_a_plain_count(start, gaps, is_meant_to_last):
    visits = [start + timedelta(days=sum(gaps[: number + 1])) for number in range(len(gaps))]
    year_later = months_later(start, 12)
    expected = [start + timedelta(days=7)]
    for visit in sorted(set(visits)):
        is_rare = is_meant_to_last and not visit < year_later
        expected.append(months_later(visit, 3) if is_rare else visit + timedelta(days=42))

    turns = visit_clocks(
        facts=VisitFacts(starts_on=start, visited_on=visits, is_meant_to_last_to_18=is_meant_to_last),
        holidays=HOLIDAYS,
    )

    assert [turn.due.due_on for turn in turns] == expected
    assert turns[-1].done_on is None
