"""Do counts of working days end where the stories' calendars say?"""

import csv
import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.rules.finding import StepKind
from placements.rules.working_days import (
    CalendarNotKnown,
    Holidays,
    add_working_days,
    is_working_day,
    last_working_day_before,
    why_not_working,
)
from tests.rules.facts import BANK_HOLIDAYS, HOLIDAYS, SHARED, day

WITHIN_THE_TABLE = st.dates(date(2012, 2, 1), date(2028, 10, 1))


def ends_on(after, days):
    return add_working_days(after=day(after), days=days, holidays=HOLIDAYS).ends_on


@pytest.mark.parametrize(
    ("after", "days", "expected"),
    [
        ("2026-12-17", 5, "2026-12-24"),  # story 1: of approval
        ("2026-12-18", 5, "2026-12-29"),  # story 1: over Christmas
        ("2026-12-17", 10, "2027-01-05"),  # story 1: end of the old placement
        ("2026-11-09", 5, "2026-11-16"),  # story 4: 3005
        ("2026-12-02", 5, "2026-12-09"),  # story 4: 3009
        ("2026-12-04", 10, "2026-12-18"),  # story 4: 3004
        ("2027-03-02", 10, "2027-03-16"),  # story 5: Mia
        ("2027-04-09", 5, "2027-04-16"),  # story 6: judgement
        ("2027-03-25", 5, "2027-04-05"),  # Easter 2027: Good Friday and Easter Monday skipped
        ("2026-04-02", 5, "2026-04-13"),  # Easter 2026: 7, 8, 9, 10 and 13 April
        ("2022-09-16", 1, "2022-09-20"),  # the state funeral, proclaimed once
        ("2026-12-19", 1, "2026-12-21"),  # a Saturday start: day one is the next working day
    ],
)
def test_count_of_working_days_ends_on_the_day_worked_by_hand(after, days, expected):
    assert ends_on(after, days) == day(expected)


def test_count_names_every_day_that_it_skipped():
    count = add_working_days(after=day("2026-12-18"), days=5, holidays=HOLIDAYS)

    assert [step.text for step in count.steps if step.kind is StepKind.SKIPPED] == [
        "Sat 19 December 2026",
        "Sun 20 December 2026",
        "Fri 25 December 2026, Christmas Day",
        "Sat 26 December 2026",
        "Sun 27 December 2026",
        "Mon 28 December 2026, Boxing Day (substitute day)",
    ]
    assert [step.text for step in count.steps if step.kind is StepKind.COUNTED][
        -1
    ] == "Tue 29 December 2026, working day 5"


def test_last_working_day_before_easter_tuesday_is_maundy_thursday():
    before = last_working_day_before(on=day("2027-03-30"), holidays=HOLIDAYS)

    assert before.ends_on == day("2027-03-25")
    assert [step.text for step in before.steps] == [
        "Fri 26 March 2027, Good Friday",
        "Sat 27 March 2027",
        "Sun 28 March 2027",
        "Mon 29 March 2027, Easter Monday",
    ]


def test_substitute_day_is_a_holiday_and_the_real_boxing_day_a_saturday():
    assert why_not_working(on=day("2026-12-28"), holidays=HOLIDAYS) == "Boxing Day (substitute day)"
    assert why_not_working(on=day("2026-12-26"), holidays=HOLIDAYS) == "Saturday"
    assert is_working_day(on=day("2026-12-29"), holidays=HOLIDAYS)


def test_day_past_the_table_is_refused_with_the_way_on():
    with pytest.raises(CalendarNotKnown, match=r"Tue 26 December 2028.*load a later edition"):
        add_working_days(after=day("2028-12-22"), days=1, holidays=HOLIDAYS)
    with pytest.raises(CalendarNotKnown):
        is_working_day(on=day("2012-01-01"), holidays=HOLIDAYS)


def test_last_day_that_the_table_covers_is_still_counted_to():
    assert ends_on("2028-12-20", 2) == day("2028-12-22")


def test_last_row_of_the_table_is_itself_known():
    assert why_not_working(on=day("2028-12-26"), holidays=HOLIDAYS) == "Boxing Day"
    assert why_not_working(on=day("2012-01-02"), holidays=HOLIDAYS) == "New Year’s Day (substitute day)"


def test_count_of_no_days_is_refused():
    with pytest.raises(ValueError, match="starts at one"):
        add_working_days(after=day("2026-12-18"), days=0, holidays=HOLIDAYS)


def test_empty_table_is_refused():
    with pytest.raises(CalendarNotKnown, match="empty"):
        Holidays.from_rows([])


@given(after=WITHIN_THE_TABLE, days=st.integers(1, 25))
def test_count_agrees_with_listing_all_working_days(after, days):
    listed = [
        on
        for on in (after + timedelta(days=number) for number in range(1, 80))
        if on.isoweekday() < 6 and on not in HOLIDAYS.titles
    ]

    count = add_working_days(after=after, days=days, holidays=HOLIDAYS)

    assert count.ends_on == listed[days - 1]
    assert [step.on for step in count.steps] == [
        after + timedelta(days=number) for number in range(1, (count.ends_on - after).days + 1)
    ]


@given(on=WITHIN_THE_TABLE)
def test_day_after_the_last_working_day_before_counts_back_to_it(on):
    before = last_working_day_before(on=on, holidays=HOLIDAYS).ends_on

    assert is_working_day(on=before, holidays=HOLIDAYS)
    between = (before + timedelta(days=number) for number in range(1, (on - before).days))
    assert not any(is_working_day(on=day, holidays=HOLIDAYS) for day in between)


def test_table_is_the_published_one():
    published = SHARED / "bank_holidays" / "bank-holidays.json"
    if not published.exists():
        pytest.skip("the published list of bank holidays is not beside this checkout")
    events = json.loads(published.read_text(encoding="utf-8"))["england-and-wales"]["events"]

    with BANK_HOLIDAYS.open(encoding="utf-8") as lines:
        rows = [(row["on"], row["title"], row["notes"]) for row in csv.DictReader(lines)]

    assert rows == [(event["date"], event["title"], event["notes"]) for event in events]
